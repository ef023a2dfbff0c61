# SPDX-License-Identifier: GPL-2.0
"""`jailhouse hardware check` on machines that have everything or lack something."""

import re
import subprocess

import pytest


GOOD = {"aarch64": "kvm-arm.mode=none irqchip.gicv3_nolpi=1 id_aa64mmfr1.vh=0", "x86_64": "amd_iommu=off quiet"}


def hardware(kernel, machine, cmdline=None, files=()):
    """Verdicts by row of a machine with this command line; its exit code under the key "code"."""
    kernel.write("machine", machine.encode())
    for name, data in {"proc/cmdline": (GOOD[machine] if cmdline is None else cmdline) + "\n", **dict(files)}.items():
        (kernel.root / name).parent.mkdir(parents=True, exist_ok=True)
        (kernel.root / name).write_bytes(data.encode() if isinstance(data, str) else data)
    done = kernel.run("hardware", "check")
    rows = dict(re.findall(r"^(\S.*?)  +(ok|MISSING|missing \(optional\))$", done.stdout, re.M))
    assert done.stdout.endswith(f"\nCheck {'passed!' if done.returncode == 0 else 'FAILED!'}\n")
    return {**rows, "code": done.returncode}


def arm_tree(*compatible):
    nodes = "".join(f'n{i} {{ compatible = "{name}"; }};' for i, name in enumerate(compatible))
    return {"sys/firmware/fdt": subprocess.run(["dtc", "-q", "-O", "dtb"], input=f"/dts-v1/; / {{ {nodes} }};".encode(),
                                               capture_output=True, check=True).stdout}


CPU = "processor\t: 0\nflags\t\t: fpu svm lm npt lbrv\nbugs\t\t: svml\n"
IVRS = {"sys/firmware/acpi/tables/IVRS": "x"}
GIC = "GIC in device tree or ACPI tables"
ARM = ("arm,gic-v3", "arm,gic-v3-its", "arm,smmu-v3")


def test_hardware_that_has_everything(kernel):
    rows = hardware(kernel, "x86_64", files={"proc/cpuinfo": CPU, **IVRS})
    assert rows.pop("code") == 0 and set(rows.values()) == {"ok"} and len(rows) == 4


def test_arm_that_has_everything(kernel):
    rows = hardware(kernel, "aarch64", files=arm_tree(*ARM))
    assert rows.pop("code") == 0 and set(rows.values()) == {"ok"} and len(rows) == 7


@pytest.mark.parametrize("cmdline,files,row,verdict", [
    ("", {}, "IOMMU left alone by Linux", "MISSING"),
    ("amd_iommu=off1 xintel_iommu=off", {}, "IOMMU left alone by Linux", "MISSING"),
    ("x intel_iommu=off", {}, "IOMMU left alone by Linux", "ok"),
    (None, {"proc/cpuinfo": CPU.replace("svm lm", "svm2 lm xsvm")}, "virtualization (SVM)", "MISSING"),
    (None, {"proc/cpuinfo": CPU.replace(" npt", "")}, "nested paging", "MISSING"),
])
def test_x86_that_lacks_something(kernel, cmdline, files, row, verdict):
    rows = hardware(kernel, "x86_64", cmdline, {"proc/cpuinfo": CPU, **IVRS, **files})
    assert rows[row] == verdict and rows["code"] == (0 if verdict == "ok" else 2)


def test_x86_without_an_iommu_passes(kernel):
    rows = hardware(kernel, "x86_64", "", {"proc/cpuinfo": CPU})
    assert rows["IOMMU (AMD-Vi or VT-d)"] == "missing (optional)" and rows["code"] == 0


@pytest.mark.parametrize("cmdline,tree,files,row,verdict", [
    ("", ARM[::2], {}, "EL2 left alone by KVM", "ok"), (None, ARM, {"dev/kvm": ""}, "EL2 left alone by KVM", "MISSING"),
    (None, ARM, {"sys/class/misc/kvm/dev": "10:232"}, "EL2 left alone by KVM", "MISSING"),
    ("kvm-arm.mode=none", ARM, {}, "ITS left alone by Linux", "MISSING"),
    ("kvm-arm.mode=none", ARM[::2], {}, "ITS left alone by Linux", "ok"),
    ("kvm-arm.mode=none", ARM[::2], {}, "EL2 left alone by Linux (VHE)", "missing (optional)"),
    (None, (), {}, GIC, "MISSING"), (None, ("arm,gic-400",), {}, "GICv3", "missing (optional)"),
    (None, ("arm,gic-400",), {}, "SMMU", "missing (optional)"),
    (None, ARM, {"sys/bus/platform/drivers/arm-smmu-v3/bind": ""}, "SMMU left alone by Linux", "ok"),
    (None, ARM, {"sys/bus/platform/drivers/arm-smmu-v3/9050000.smmuv3": ""}, "SMMU left alone by Linux", "MISSING"),
])
def test_arm_that_lacks_something(kernel, cmdline, tree, files, row, verdict):
    rows = hardware(kernel, "aarch64", cmdline, {**arm_tree(*tree), **files})
    assert rows[row] == verdict and rows["code"] == (2 if verdict == "MISSING" else 0)


def test_arm_without_a_device_tree(kernel):
    assert hardware(kernel, "aarch64")[GIC] == "MISSING"


def acpi(madt=(), iort=()):
    """Tables with entries of these types; the distributor's is followed by the version it says."""
    entries = b"".join(bytes([kind, 24]) + bytes(18) + bytes([version, 0, 0, 0]) for kind, version in madt)
    nodes = b"".join(bytes([kind, 20, 1]) + bytes(273) for kind in iort)
    return {"sys/firmware/acpi/tables/APIC": bytes(44) + entries, "sys/firmware/acpi/tables/IORT": bytes(48) + nodes}


GICD, GICR, ITS, SMMU, SMMUV3, COMPLEX = 12, 14, 15, 3, 4, 2


def test_arm_with_tables_that_has_everything(kernel):
    rows = hardware(kernel, "aarch64", files=acpi([(11, 0), (GICD, 3), (GICR, 0), (ITS, 0)], [0, COMPLEX]))
    assert rows.pop("code") == 0 and rows.pop("SMMU") == "missing (optional)" and set(rows.values()) == {"ok"}


@pytest.mark.parametrize("cmdline,tables,row,verdict", [
    (None, acpi([(11, 0)]), GIC, "MISSING"), (None, acpi([(GICD, 2)]), GIC, "ok"),
    (None, acpi([(GICD, 2)]), "GICv3", "missing (optional)"), (None, acpi([(GICD, 4)]), "GICv3", "ok"),
    (None, acpi([(GICD, 0), (GICR, 0)]), "GICv3", "ok"), (None, acpi([(GICD, 0)]), "GICv3", "missing (optional)"),
    ("kvm-arm.mode=none", acpi([(GICD, 3), (ITS, 0)]), "ITS left alone by Linux", "MISSING"),
    ("kvm-arm.mode=none", acpi([(GICD, 3)]), "ITS left alone by Linux", "ok"),
    (None, acpi([(GICD, 3)], [COMPLEX, SMMUV3]), "SMMU left alone by Linux", "MISSING"),
    (None, acpi([(GICD, 3)], [0, SMMU]), "SMMU left alone by Linux", "MISSING"),
    (None, acpi([(GICD, 3)], [SMMUV3]), "SMMU", "ok"),
])
def test_arm_by_its_tables(kernel, cmdline, tables, row, verdict):
    rows = hardware(kernel, "aarch64", cmdline, tables)
    assert rows[row] == verdict and (rows["code"] == 2) == ("MISSING" in rows.values())


@pytest.mark.parametrize("cut", [0, 1, 43, 45, 46, 47, 60, 67])
def test_arm_with_a_truncated_table(kernel, cut):
    tables = {name: data[:cut] for name, data in acpi([(GICD, 3)], [SMMUV3]).items()}
    assert hardware(kernel, "aarch64", files=tables)[GIC] == "MISSING"


def test_arm_with_an_entry_without_a_length(kernel):
    assert hardware(kernel, "aarch64", files={"sys/firmware/acpi/tables/APIC": bytes(400)})[GIC] == "MISSING"


def test_hardware_of_an_unknown_kind(kernel):
    kernel.write("machine", b"riscv64")
    assert '"riscv64" are not known' in kernel.bad("hardware", "check")

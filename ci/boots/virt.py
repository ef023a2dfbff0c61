# SPDX-License-Identifier: GPL-2.0
"""The machine that arm64 is tested on: EL2, a GIC with or without SMMUv3, stock Linux at EL1."""

import os
import struct
import subprocess

QEMU = ("qemu-system-aarch64",)
CONSOLE = "ttyAMA0"
KERNELS = "-arm64"
CROSS = "aarch64-linux-gnu-"
OUT = "build/arm64"
BUSYBOX = os.environ.get("CELLBLOCK_CACHE", "/var/cache/cellblock") + "/arm64/bin/busybox"
PORTS = ("console", "cell0")    # there are two: Linux and the hypervisor share the first one

# Of Debian's qemu-efi-aarch64. It takes its memory, and that of kernel and initrd, at the end of RAM.
FIRMWARE = "/usr/share/qemu-efi-aarch64/QEMU_EFI.fd"

CPU = "cortex-a57"
# Virtual addressing at EL2 would make Linux stay there.
VHE_CPUS = ("max", "neoverse-n1")
UNITS = {
    # unit: (word of the machine, kernel parameter that makes Linux leave it alone)
    "none": ("none", ""),
    "smmuv3": ("smmuv3", "initcall_blacklist=arm_smmu_driver_init"),
}
UNIT = "smmuv3"

# Nobody owns EL2; memory from 0x70000000 on is not Linux'; message interrupts stay with the ITS, unused;
# nothing waits for a driver that does not come.
PARAMETERS = ("kvm-arm.mode=none", "mem=768M", "irqchip.gicv3_nolpi=1", "fw_devlink=off", "deferred_probe_timeout=0")


def hidden_unit():
    """An IORT without any unit, newer than QEMU's, which Linux takes in its place (ACPI 6.5, 5.2.6)."""
    table = bytearray(struct.pack("<4sIBB6s8sI4sIIII", b"IORT", 48, 3, 0, b"BOCHS ", b"BXPC    ", 2, b"CELL", 1,
                                  0, 48, 0))
    table[9] = -sum(table) & 0xff
    return bytes(table)


def parameters(row):
    words = list(PARAMETERS)
    if (row.cpu or CPU).split(",")[0] in VHE_CPUS:
        words.append("id_aa64mmfr1.vh=0")
    if row.gic > 2 and row.kernel == "6.1":
        words.append("pci=nomsi")       # or it warns that there is no domain for them
    if not row.linux_unit and not row.acpi:
        words.append(UNITS[row.iommu][1])
    return [word for word in words if word not in row.without]


def tree(row, file):
    """Makes QEMU write the machine's device tree, which it gives no Linux that has ACPI tables."""
    subprocess.run([*QEMU, "-smp", str(row.cpus), "-nodefaults", "-display", "none",
                    *board(row, f",dumpdtb={file}"), *["-serial", "null"] * len(PORTS)], check=True,
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def board(row, more=""):
    return ["-machine", f"{row.machine or 'virt'},virtualization={'on' if row.el2 else 'off'},gic-version={row.gic},"
            f"iommu={UNITS[row.iommu][0]},dtb-randomness=off{more}",
            "-cpu", (row.cpu or CPU) + row.cpu_flags, "-m", row.memory, *(("-bios", FIRMWARE) if row.acpi else ())]

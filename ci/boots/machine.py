# SPDX-License-Identifier: GPL-2.0
"""The emulated machine of a row, as a QEMU command line."""

import os
import pathlib

CACHE = pathlib.Path(os.environ.get("CELLBLOCK_CACHE", "/var/cache/cellblock"))
PORTS = ("console", "hypervisor", "cell0", "cell1")

# What TCG cannot do is switched off, so that it has nothing to warn about.
CPU = "EPYC,+svm,+x2apic,+vgif,-nrip-save,-fxsr-opt,-misalignsse,-osvw,-topoext,-xsavec"
UNITS = {
    # unit: (QEMU device, kernel parameter that makes Linux leave it alone)
    "none": ("", ""),
    "vtd": ("intel-iommu,intremap=off", "intel_iommu=off"),
    "amdvi": ("amd-iommu,intremap=off", "amd_iommu=off"),
}

# The DIMM at 0x100000000 is the one that Linux gives away. It is the last to be switched on, so that
# Linux takes its own memory from the other one first (README.md says why that matters).
DIMMS = [
    "-object", "memory-backend-ram,id=more,size=512M",
    "-device", "pc-dimm,memdev=more,id=d1,slot=0,addr=0x108000000",
    "-object", "memory-backend-ram,id=dimm,size=128M",
    "-device", "pc-dimm,memdev=dimm,id=d0,slot=1,addr=0x100000000",
]


def kernel_dir(kernel):
    return CACHE / "kernels" / kernel


def kernel_release(kernel):
    return (kernel_dir(kernel) / "release").read_text().strip()


def kernel_parameters(row, loglevel=5):
    off = "" if row.linux_unit else UNITS[row.iommu][1]
    words = [f"console=ttyS0 loglevel={loglevel} panic=-1", off, row.params]
    return " ".join(word for word in words if word)


def command(row, folder, serial=None, loglevel=5):
    """The machine of row with its files in folder; serial: what COM1 is, instead of a file."""
    words = ["qemu-system-x86_64", "-machine", "q35", "-cpu", CPU + row.cpu_flags,
             "-smp", str(row.cpus), "-vga", "none", "-nodefaults", "-display", "none", "-no-reboot"]
    if row.icount:
        words += ["-accel", "tcg,thread=single", "-icount", "shift=0,sleep=off",
                  "-rtc", "base=2024-01-01,clock=vm", "-seed", "1"]
    else:
        words += ["-accel", "tcg,thread=multi"]
    unit = "intel-iommu,intremap=on,eim=on" if row.x2apic else UNITS[row.iommu][0]
    if unit:
        words += ["-device", unit]      # before every device that it shall cover
    if row.dimm:
        words += ["-m", f"{row.memory},slots=2,maxmem=4G", *DIMMS]
    else:
        words += ["-m", row.memory]
    words += ["-device", "edu,addr=4.0,dma_mask=0xffffffffffffffff"]
    if row.nvme:
        disk = folder / "disk.raw"
        with open(disk, "wb") as file:
            file.truncate(64 << 20)
        words += ["-drive", f"file={disk},if=none,id=disk,format=raw,cache=unsafe",
                  "-device", "nvme,drive=disk,serial=1,addr=3.0"]
    words += row.devices
    for port in PORTS:
        special = serial if port == "console" and serial else f"file:{folder / port}.log"
        words += ["-serial", special]
    kernel = kernel_dir(row.kernel) / "boot" / f"vmlinuz-{kernel_release(row.kernel)}"
    return words + ["-kernel", str(kernel), "-initrd", str(folder / "initramfs.cpio"),
                    "-append", kernel_parameters(row, loglevel)]

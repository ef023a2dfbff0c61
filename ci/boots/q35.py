# SPDX-License-Identifier: GPL-2.0
"""The PC that x86 is tested on."""

QEMU = ("qemu-system-x86_64", "-vga", "none")
CONSOLE = "ttyS0"
KERNELS = ""            # what follows the version in the name of a kernel's folder
CROSS = ""              # what the names of its compiler and binutils begin with
OUT = "build"           # where tools/ and ci/ of this architecture lie
BUSYBOX = "/bin/busybox"
PORTS = ("console", "hypervisor", "cell0", "cell1")

# What TCG cannot do is switched off, so that it has nothing to warn about.
CPU = "EPYC,+svm,+x2apic,+vgif,-nrip-save,-fxsr-opt,-misalignsse,-osvw,-topoext,-xsavec"
UNITS = {
    # unit: (QEMU device, kernel parameter that makes Linux leave it alone)
    "none": ("", ""),
    "vtd": ("intel-iommu,intremap=off", "intel_iommu=off"),
    "amdvi": ("amd-iommu,intremap=off", "amd_iommu=off"),
}
UNIT = "vtd"            # of the tour

# The DIMM at 0x100000000 is the one that Linux gives away. It is the last to be switched on, so that
# Linux takes its own memory from the other one first (README.md says why that matters).
DIMMS = [
    "-object", "memory-backend-ram,id=more,size=512M",
    "-device", "pc-dimm,memdev=more,id=d1,slot=0,addr=0x108000000",
    "-object", "memory-backend-ram,id=dimm,size=128M",
    "-device", "pc-dimm,memdev=dimm,id=d0,slot=1,addr=0x100000000",
]


def parameters(row):
    words = [] if row.linux_unit else [UNITS[row.iommu][1]]
    if row.x2apic:
        # Behind interrupt remapping Linux has no second way to its timer, and panics when the emulator gets
        # no time in the few milliseconds that it gives the first.
        words.append("no_timer_check")
    return words


def board(row):
    words = ["-machine", "q35", "-cpu", CPU + row.cpu_flags]
    unit = "intel-iommu,intremap=on,eim=on" if row.x2apic else UNITS[row.iommu][0]
    if unit:
        words += ["-device", unit]      # before every device that it shall cover
    if row.dimm:
        return words + ["-m", f"{row.memory},slots=2,maxmem=4G", *DIMMS]
    return words + ["-m", row.memory]

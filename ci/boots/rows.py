# SPDX-License-Identifier: GPL-2.0
"""The boot tests: one row each.

A row boots a stock kernel on a machine, runs ci/boots/scripts/SCRIPT.sh in it as root, and passes when
every fact it lists was reported ok, none was reported failed, the kernel has nothing to complain about,
and the machine powered itself off in time.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Row:
    name: str
    script: str                 # ci/boots/scripts/SCRIPT.sh
    facts: str                  # names that must be reported ok, separated by blanks
    arch: str = "x86"           # or "arm64"; the machine is q35.py or virt.py
    kernel: str = "6.12"        # or "6.1"
    iommu: str = "none"         # or "vtd", "amdvi", "smmuv3": unit present, Linux keeps its hands off it
    linux_unit: bool = False    # without that: Linux uses the unit itself
    x2apic: bool = False        # vtd only: a stock Linux wants interrupt remapping with it, so it is on
    cpus: int = 4
    cpu: str = ""               # arm64: another CPU model
    cpu_flags: str = ""         # appended to the CPU model, e.g. ",+la57"
    machine: str = ""           # arm64: another version of the machine, e.g. "virt-9.1"
    gic: int = 3                # arm64: version of the interrupt controller, 2 to 4
    el2: bool = True            # arm64: there is a hypervisor's level
    acpi: bool = False          # arm64: UEFI starts Linux, with ACPI tables instead of a device tree
    memory: str = "1G"
    dimm: bool = True           # 128 MiB at 0x100000000 that Linux can give away, 512 MiB above it
    nvme: bool = True           # a 64 MiB disk at 00:03.0, /dev/nvme0n1
    devices: tuple = ()         # more QEMU arguments
    params: str = ""            # more kernel parameters
    without: tuple = ()         # arm64: kernel parameters to leave out
    cell_linux: bool = False    # stock kernel and a root file system for a cell, in /boot of the guest
    audit: bool = False         # audit.py looks at the machine from outside when the script says audit-now
    icount: bool = False        # count instructions: deterministic, one host thread
    timeout: int = 90           # seconds from power-on to power-off
    # What the machine must (not) have written to a serial port: (port, fact name, regular expression).
    # Port is console, hypervisor, cell0 or cell1 (COM1 to COM4); arm64 has console and cell0.
    expect: tuple = ()
    refuse: tuple = ()


BARE = "dimm-follows-policy machine-shape dimm-offline dimm-online disk"

ENABLE = "driver-loads reserve enable list works disable release"

CELL = ("reserve enable create counters counters-of-cell load start list shutdown destroy cpus-back counters-back "
        "disable release")

MEMMAP = "set-aside reserve enable claimed create load start ended destroy disable release still-aside"

CYCLES = "reserve enables enable creates cpus-back disable release reserve-anywhere memory-back unload"

ZEROS = ("reserve enable look all-zeros write-not-seen write-reported console-seen look-at-console two-pages "
         "root-works disable look-after image-seen write-did-nothing release")

DISK = "reserve disk-before takeovers no-error old-data release"

HOSTILE = ("reserve plant enable cell-runs attack-hypervisor attack-hypervisor-write attack-cell attack-cell-write "
           "attack-code cell-goes-on root-works cell-ends device-cell device-cell-ended device-gone device-back "
           "root-intact disable intact release")
NAMES = " names-hypervisor names-hypervisor-write names-cell names-cell-write names-pci names-code"
UNHINDERED = ("reserve plant enable cell-runs attack-hypervisor attack-cell list-says-unprotected cell-ends "
              "cell-must-say-so disable reserve-again enable-unprotected plant-root device-cell device-cell-ended "
              "device-gone device-back attack-hit-root disable-unprotected release")
CONFINED = (("cell0", "dma-inside", r"pci: DMA inside the cell ok\n(.*\n)*pci: DMA inside the cell ok"),
            ("cell0", "nothing-foreign", r"brought 0 foreign bytes$"))
ARRIVES = (("cell0", "interrupts-arrive", r"^pci: 3 of 3 interrupts by (line|message), ok$"),)

CELLS = ("reserve enable smp smp-cpus smp-ended smp-destroy smp-cpus-back timer alive two-running two-go-on "
         "two-go-on-both root-works timer-end other-goes-on alive-end window window-driver window-found "
         "window-talk window-end ring1 ring2 ring-found ring-talk1 ring-talk2 ring1-end ring2-end cpus-back "
         "held disable held-gone release")
CELLS_SAY = (
    ("cell0", "smp-says-ok", r"^smp: 1 of 1 other CPUs answered, ok$"),
    ("cell0", "timer-beats", r"^timer: beat \d+, jitter \d+ ns"),
    ("cell1", "alive-counts", r"^alive: \d+$"),
    ("cell1", "window-heard", r"^ivshmem: message 3 from peer 0: message 3 from peer 0$"),
    ("cell1", "window-doorbells", r"^ivshmem: [3-9] doorbells$"),
)

PARKED = ("read-hypervisor write-hypervisor execute-hypervisor read-root write-cell read-unit write-device pci-bar "
          "pci-foreign")


def faults(parked, others):
    """Facts of faults.sh: what parks the cell's CPU, and other attempts that only this architecture knows."""
    parked = f"{PARKED} {parked}".split()
    return " ".join(("reserve enable alive create", *parked, *(f"{name}-parked" for name in parked),
                     "hypercall-unknown hypercall-root", others, "root-works destroy again again-ended again-destroy "
                     "bar bar-goes-on bar-end bar-in-place alive-end cpus-back disable release"))


FAULTS = faults(
    "triple-fault cr4 strings-hypervisor port-read port-write port-string port-reset msr-read msr-write apic-base "
    "pci-crossing part-crossing part-end init-self smi", "part ipi-foreign init-foreign ud2 vmrun xsetbv bar-runs")
FAULTS_ALL_SAY = (
    ("cell0", "foreign-device-invisible", r"^faults: id 0xffffffff$"),
    ("cell0", "unknown-hypercall", r"^faults: result -38$"),
    ("cell0", "root-hypercalls", r"^faults: disable -1, destroy -1$"),
    ("cell0", "says-again", r"^hello: hello again, from CPU 3 of 1 in this cell$"),
)
FAULTS_SAY = FAULTS_ALL_SAY + (
    ("cell0", "says-ud2", r"^faults: about to ud2\nFATAL: exception 6, "),
    ("cell0", "says-vmrun", r"^faults: about to vmrun\nFATAL: exception 6, "),
    ("cell0", "says-xsetbv", r"^faults: about to xsetbv\nFATAL: exception 13, "),
    ("cell0", "says-bar", r"^faults: BAR was 0xfea00000, is 0xf0000000$"),
    ("cell1", "alive-counts", r"^alive: [1-9]\d\d$"),
)

BAD = (
    "driver-not-loaded create-before-enable disable-before-enable not-reserved reserve no-file "
    "cell-as-system system-signature system-revision system-architecture system-flags "
    "system-cpu-not-there system-truncated no-firmware short-firmware shorter-firmware "
    "unit-not-there cpu-offline enable second-enable unload release-while-enabled "
    "cell-truncated cell-signature cell-revision cell-architecture cell-flags cell-count "
    "region-flags region-overlap region-hypervisor region-linux region-not-of-root region-alignment cpu-not-there "
    "cpu-boot cpu-beyond cpu-none system-as-cell nothing-left-cpus nothing-left-pages create "
    "name-twice name-twice-other-cell region-of-cell cpu-of-cell nothing-left-cpu-2 root-name "
    "unknown-cell unknown-id image-too-large image-address image-not-loadable image-missing "
    "load-after-all ended-after-all destroy kills disable kills-enable enable-after-all "
    "cell-after-all cell-after-all-ended disable-with-cell cpus-back root-works release "
    "unload-after-all")

UNIT = "reserve refused refused-again root-works not-enabled release unload"

CLI = (
    "no-driver no-driver-list driver-loads disable-before-enable create-before-enable "
    "start-before-enable load-before-enable destroy-before-enable console-before-enable "
    "enable-no-config enable-text reserve-not-ram reserve-kernel reserve-too-much reserve-block "
    "block-online reserve-again reserve-part reserve-anywhere edu-writes edu-reads driver-unloads")

AUDIT = ("reserve enable timer window two-running audit-now timer-goes-on root-works timer-end "
         "window-end disable release audit-done audit-host audit-seal audit-cells audit-finds-writable-code "
         "audit-finds-open-seal audit-finds-foreign-page audit-finds-hypervisor-page "
         "audit-devices audit-finds-device-page audit-units audit-finds-unchecked-device audit-finds-foreign-tables")

STORM = "reserve rounds some-sent none-lost all-counted root-works release"

ROWS = [
    Row("storm", "storm", STORM, timeout=300),
    Row("enable", "enable", ENABLE),
    Row("cell", "cell", CELL),
    # The memory of the DIMM as plain memory, set aside by a kernel parameter instead of taken from Linux.
    Row("memmap", "memmap", MEMMAP, memory="1664M", dimm=False, nvme=False,
        devices=("-machine", "max-ram-below-4g=1G"), params="memmap=128M$0x100000000",
        expect=(("cell0", "cell-says-hello", "^hello: hello world, "),)),
    Row("audit", "audit", AUDIT + " audit-cpus", iommu="vtd", audit=True),
    Row("audit-amdvi", "audit", AUDIT + " audit-cpus", iommu="amdvi", audit=True),
    Row("zeros", "zeros", ZEROS),
    Row("enable-vtd", "enable", ENABLE, iommu="vtd"),
    Row("enable-amdvi", "enable", ENABLE, iommu="amdvi"),
    Row("cycles-vtd", "cycles", CYCLES, iommu="vtd", timeout=180),
    Row("cycles-amdvi", "cycles", CYCLES, iommu="amdvi", timeout=180),
    Row("disk-vtd", "disk", DISK, iommu="vtd"),
    Row("disk-amdvi", "disk", DISK, iommu="amdvi"),
    Row("hostile-vtd", "hostile", HOSTILE + NAMES, iommu="vtd", expect=CONFINED + ARRIVES),
    Row("hostile-amdvi", "hostile", HOSTILE, iommu="amdvi", expect=CONFINED + ARRIVES),
    # Without a unit the device takes the cell's addresses for the machine's.
    Row("hostile-none", "hostile", UNHINDERED,
        expect=(("cell0", "cell-says-so", "DMA inside the cell FAILED"), *ARRIVES)),
    Row("cells-vtd", "cells", CELLS, iommu="vtd", expect=CELLS_SAY),
    Row("faults-vtd", "faults", FAULTS, iommu="vtd", expect=FAULTS_SAY),
    Row("bad-vtd", "bad", BAD + " kvm-has-svm", iommu="vtd"),
    Row("unit-vtd", "unit", UNIT, iommu="vtd", linux_unit=True),
    Row("unit-amdvi", "unit", UNIT, iommu="amdvi", linux_unit=True),
    Row("unit-x2apic", "unit", UNIT, iommu="vtd", x2apic=True),
    Row("cells-6.1", "cells", CELLS, kernel="6.1", iommu="amdvi", expect=CELLS_SAY),
    Row("cli", "cli", CLI),
    Row("cli-6.1", "cli", CLI, kernel="6.1"),
    Row("bare-6.12", "bare", BARE),
    Row("bare-6.1", "bare", BARE, kernel="6.1"),
    Row("bare-vtd", "bare", BARE, iommu="vtd"),
    Row("bare-amdvi", "bare", BARE, iommu="amdvi"),
    Row("bare-x2apic", "bare", BARE + " x2apic", iommu="vtd", x2apic=True),
]

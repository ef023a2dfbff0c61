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
    kernel: str = "6.12"        # or "6.1"
    iommu: str = "none"         # or "vtd", "amdvi": unit present, Linux keeps its hands off it
    x2apic: bool = False        # vtd only: a stock Linux wants interrupt remapping with it, so it is on
    cpus: int = 4
    cpu_flags: str = ""         # appended to the CPU model, e.g. ",+la57"
    memory: str = "1G"
    dimm: bool = True           # 128 MiB at 0x100000000 that Linux can give away, 512 MiB above it
    nvme: bool = True           # a 64 MiB disk at 00:03.0, /dev/nvme0n1
    devices: tuple = ()         # more QEMU arguments
    params: str = ""            # more kernel parameters
    icount: bool = False        # count instructions: deterministic, one host thread
    timeout: int = 90           # seconds from power-on to power-off
    # What the machine must (not) have written to a serial port: (port, fact name, regular expression).
    # Port is console, hypervisor, cell0 or cell1 (COM1 to COM4).
    expect: tuple = ()
    refuse: tuple = ()


BARE = "dimm-follows-policy machine-shape dimm-offline dimm-online disk"

ENABLE = "driver-loads reserve enable list works disable release"

CELL = "reserve enable create load start list shutdown destroy cpus-back disable release"

ROWS = [
    Row("enable", "enable", ENABLE),
    Row("cell", "cell", CELL),
    Row("enable-vtd", "enable", ENABLE, iommu="vtd"),
    Row("enable-amdvi", "enable", ENABLE, iommu="amdvi"),
    Row("bare-6.12", "bare", BARE),
    Row("bare-6.1", "bare", BARE, kernel="6.1"),
    Row("bare-vtd", "bare", BARE, iommu="vtd"),
    Row("bare-amdvi", "bare", BARE, iommu="amdvi"),
    Row("bare-x2apic", "bare", BARE + " x2apic", iommu="vtd", x2apic=True),
]

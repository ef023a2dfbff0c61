# SPDX-License-Identifier: GPL-2.0
"""The boot tests on arm64: rows like those of rows.py, on the machine of virt.py."""

from functools import partial

from boots.judge import COMPLAINT
from boots.rows import (ARRIVES, AUDIT, BAD, CELL, CELLS, CLI, CONFINED, CYCLES, DISK, ENABLE, FAULTS_ALL_SAY, HOSTILE,
                        NAMES, UNHINDERED, ZEROS, Row, faults)

Arm = partial(Row, arch="arm64", iommu="smmuv3")
Acpi = partial(Arm, acpi=True, memory="2G")

# Where Linux left EL2: a stub that anyone at EL1 may ask.
STOCK = "machine-shape memory-is-free el2-stub disk timer cpu-away cpu-back"

# No block of memory can be removed, but pages can be taken.
ARM_CLI = " ".join(fact for fact in CLI.split() if fact not in ("reserve-block", "block-online", "reserve-again"))

STAGE1 = "reserve refused refused-again root-works not-enabled release unload"

OWNER = "driver-loads refused refused-again not-enabled root-works unload"

# The second cell prints to the hypervisor's console, as there is no third serial port.
CELLS_SAY = (
    ("cell0", "smp-says-ok", r"^smp: 1 of 1 other CPUs answered, ok$"),
    ("cell0", "timer-beats", r"^timer: beat \d+, jitter \d+ ns"),
    ("console", "alive-counts", r"^alive: \d+$"),
    ("console", "window-heard", r"^ivshmem: message 3 from peer 0: message 3 from peer 0$"),
    ("console", "window-doorbells", r"^ivshmem: [3-9] doorbells$"),
    ("cell0", "ring-doorbells", r"^ivshmem: [3-9] doorbells$"),
)

LINUX = ("reserve enable window-driver linux cpus-away list window-found linux-ready linux-asks linux-answers "
         "linux-goes-on root-works attack-read names-read attack-write names-write after-attack destroy cpus-back "
         "tree-intact root-works-alone linux-again again-ready again-asks again-answers again-goes-on again-destroy "
         "again-cpus-back disable release")
INSIDE = ("in-cpus in-every-cpu in-timers in-memory in-uart in-functions in-not-taken-over in-window-driver "
          "in-window-found in-answers in-root-ready in-asks in-program in-healthy")


def inside(starts):
    """Each fact that a Linux cell reports itself, once for each start."""
    return tuple(("cell0", name, rf"(FACT ok {name}$(.|\n)*){{{starts}}}") for name in INSIDE.split())


LINUX_NEVER = (("cell0", "inside", "FACT failed .*"), ("cell0", "no-complaint-inside", COMPLAINT.pattern))
Linux = partial(Arm, script="linux", facts=LINUX, cell_linux=True, timeout=180, expect=inside(2), refuse=LINUX_NEVER)

DIRECT = ("reserve enable root-passed passed straight passed-again straight-lives passed-beside list log both-go-on "
          "both-go-on-2 root-works passed-gone straight-gone cpus-back disk hold-off hold-off-gone hold-off-straight "
          "hold-off-silent hold-off-straight-gone root-goes-on disable enable-straight root-works-straight "
          "root-straight disk-straight passed-under-straight straight-under-straight cpus-back-straight still-straight "
          "disable-straight disk-after release")

FIRMWARE = ("tables hardware driver-loads gic-version hypervisor-at-tables enable cell-at-tables linux-tree create "
            "destroy root-works clock disk disable unload")

INTERRUPTS = ("disk pend-foreign disk-unaware interrupts-foreign disk-works sgi-all ipi-foreign cpu0-works "
              "exception-loop mask-all fill-lists bar-parked")
FAULTS = faults(
    "pair pair-write writeback writeback-write unaligned crossing part-misaligned part-end simd exclusive zero byte "
    "quad vectors walk read-uart "
    "read-config read-its send-its read-gicc read-actlr write-actlr read-impdef write-impdef",
    f"part {INTERRUPTS} gicr-foreign sgi-group0 dir-foreign group0-on write-sre el2-registers own-registers calls "
    "system-off system-reset")
FAULTS_GIC2 = faults("write-gich write-gicv send-message", INTERRUPTS)
GATE = ("reserve seed without untouched gate bit-set gate-open bit-stays inverted bit-clear last-bit last-bit-set "
        "no-such-bit in-ram in-hypervisor not-written release")
REGISTERS = ("reserve enable create from-root from-itself destroy root-works create-again from-cell ended destroy-again "
             "disable release")
CLEAN = (("cell0", "clean", r"(?s)(all passed, and now dirty.*){2}all passed"),)
SECURE = ("reserve enable alive goes-on root-works alive-end workaround workaround-denied workaround-end "
          "fill-lists fill-lists-end window "
          "window-driver window-found window-talk disk window-end cpus-back disable disk-after release")
MESSAGES = ("reserve disk-before enable cell cell-ended nobody-else write-reported foreign-message foreign-message-ended disk-unaware "
            "destroy disk owner-again root-works disable disk-after release")
OFF = "reserve enable create stays-off ended-each-time root-works destroy disable release"
SILENT = "reserve enable attack denials root-works cell ended reported destroy disable release"
BAD_ARM = BAD + (
    " hypervisor-in-region unit-silent unit-type irq-unlisted gic-version spi-private spi-chip spi-virtual stream-twice aarch32 "
    "no-links no-links-disable "
    "cpu-boot-given cpu-boot-away cpu-boot-runs cpu-boot-root-works cpu-boot-ended cpu-boot-gone cpu-boot-works "
    "region-bits device-code its-listed linux-tree linux-tree-no-cell linux-kernel linux-kernel-no-cell linux-initrd "
    "linux-initrd-no-cell linux-loader linux-loader-no-cell linux-x86 linux-x86-no-cell linux-no-kernel pci-there stream-of-cell pci-gone spi-of-cell")
EL2 = ("undefined read-hcr read-vttbr read-ich read-cntvoff read-scr write-hcr write-vbar write-ich write-sre-el2 "
       "tlb-el2 tlb-stage2")


def said(control):
    """What came of attempts that only touch what is not there for the cell; control: of its distributor."""
    lines = (("spi-enable", "enabled 0x0"), ("spi-pend", "pending 0x0"), ("spi-config", "configuration 0x0"),
             ("spi-priority", "priority 0x0"), ("gicd-off", f"control {control}"))
    return (*FAULTS_ALL_SAY, ("console", "alive-counts", r"^alive: [1-9]\d\d$"),
            *(("cell0", f"says-{name}", f"^faults: {text}\nfaults: survived {name}$") for name, text in lines))


FAULTS_SAY = said("0x50") + tuple(
    ("cell0", f"undefined-{name}", f"^faults: about to {name}\nfaults: exception class 0x0\nfaults: survived {name}$")
    for name in EL2.split()) + tuple(
    ("cell0", f"says-{name}", f"^{text}\nfaults: survived {name}$") for name, text in (
        ("gicr-foreign", "faults: enabled 0x0"), ("hvc-undefined", "faults: result -1"),
        ("smc-undefined", "faults: result -1"), ("smc-foreign", "faults: result 0xffffffffffffffff"),
        ("psci-foreign", "faults: start -2, state -2"),
        ("hvc-stub", "faults: call 2 gave 0xffffffffffffffff")))

ROWS = [
    Arm("enable-arm64", "enable", ENABLE),
    Arm("audit-arm64", "audit", AUDIT, audit=True),
    Arm("zeros-arm64", "zeros", ZEROS),
    Arm("gate-arm64", "gate", GATE),
    Arm("cell-arm64", "cell", CELL),
    Arm("cell-arm64-tags", "cell", CELL, cpu="max", machine="virt,mte=on"),
    Arm("cell-arm64-nosve", "cell", CELL, cpu="max", params="arm64.nosve"),
    Arm("cells-arm64", "cells", CELLS, expect=CELLS_SAY),
    Arm("cells-arm64-6.1", "cells", CELLS, kernel="6.1", expect=CELLS_SAY),
    Arm("cells-arm64-gic2", "cells", CELLS, gic=2, expect=CELLS_SAY),
    Arm("cells-arm64-gic4", "gic4", "too-narrow not-enabled " + CELLS, cpu="max", gic=4, expect=CELLS_SAY),
    Arm("cells-arm64-a72", "cells", CELLS, cpu="cortex-a72", expect=CELLS_SAY),
    Arm("cells-arm64-max", "cells", CELLS, cpu="max", expect=CELLS_SAY),
    Arm("cells-arm64-n1", "cells", CELLS, cpu="neoverse-n1", expect=CELLS_SAY),
    Acpi("cells-acpi", "cells", CELLS, expect=CELLS_SAY),
    Acpi("cells-acpi-6.1", "cells", CELLS, kernel="6.1", expect=CELLS_SAY),
    Acpi("firmware-acpi", "firmware", FIRMWARE),
    Linux("linux-arm64"),
    Linux("linux-arm64-gic2", gic=2),
    Linux("linux-arm64-6.1", kernel="6.1"),
    Linux("linux-arm64-max", cpu="max"),
    Linux("linux-acpi", acpi=True, memory="2G"),
    Arm("direct-arm64", "direct", DIRECT, timeout=180, expect=CELLS_SAY[1:3]),
    Arm("faults-arm64", "faults", FAULTS, timeout=300, expect=FAULTS_SAY),
    Arm("faults-arm64-gic2", "faults", FAULTS_GIC2, gic=2, timeout=180, expect=said("0x0")),
    Arm("bad-arm64", "bad", BAD_ARM, cell_linux=True, timeout=240),
    Arm("off-arm64", "off", OFF),
    Arm("silent-arm64", "silent", SILENT,
        expect=(("cell0", "cell-goes-on", r"^faults: survived ipi-foreign\nfaults: done$"),)),
    Arm("stage1-arm64", "stage1", STAGE1, machine="virt-9.1"),
    Arm("cycles-arm64", "cycles", CYCLES, timeout=240),
    Arm("disk-arm64", "disk", DISK),
    Arm("secure-arm64", "secure", SECURE, machine="virt,secure=on"),
    Arm("secure-arm64-max", "secure", SECURE, cpu="max", machine="virt,secure=on"),
    Arm("registers-arm64", "registers", REGISTERS, expect=CLEAN, refuse=(("cell0", "not-clean", r"FAILED"),)),
    Arm("registers-arm64-max", "registers", REGISTERS, cpu="max", expect=CLEAN,
        refuse=(("cell0", "not-clean", r"FAILED"),)),
    Arm("hostile-arm64", "hostile", HOSTILE + NAMES, expect=CONFINED + ARRIVES),
    Arm("hostile-arm64-none", "hostile", UNHINDERED, iommu="none",
        expect=(("cell0", "cell-says-so", "DMA inside the cell FAILED"), *ARRIVES)),
    Arm("messages-arm64-gic2", "messages", MESSAGES, gic=2, params="pci=nomsi",
        expect=(*CONFINED, ("cell0", "messages-arrive", "^pci: 3 of 3 interrupts by message, ok$"))),
    Arm("cli-arm64", "cli", ARM_CLI + " reserve-set-aside"),
    Arm("cli-arm64-6.1", "cli", ARM_CLI + " reserve-set-aside", kernel="6.1"),
    Arm("stock-arm64", "stock", STOCK),
    Arm("stock-arm64-6.1", "stock", STOCK, kernel="6.1"),
    Arm("stock-arm64-gic2", "stock", STOCK, gic=2, iommu="none"),
    Arm("stock-arm64-a72", "stock", STOCK, cpu="cortex-a72"),
    Arm("stock-arm64-max", "stock", STOCK, cpu="max"),
    Arm("stock-arm64-n1", "stock", STOCK, cpu="neoverse-n1"),
    Arm("owner-kvm", "owner", OWNER, without=("kvm-arm.mode=none",)),
    Arm("owner-kvm-max", "owner", OWNER, cpu="max", without=("kvm-arm.mode=none",)),
    Arm("owner-vhe", "owner", OWNER, cpu="neoverse-n1", without=("id_aa64mmfr1.vh=0",)),
    Arm("owner-smmu", "owner", OWNER, linux_unit=True, without=("fw_devlink=off", "deferred_probe_timeout=0")),
    Acpi("owner-acpi", "owner", OWNER, linux_unit=True),
    Arm("owner-gic", "owner", OWNER),
    Arm("owner-none", "owner", OWNER, el2=False),
]

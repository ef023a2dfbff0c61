# SPDX-License-Identifier: GPL-2.0
"""What is measured, what Jailhouse needs for it on the same machine, and what this project aims at."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    key: str            # in the JSON file
    title: str
    unit: str           # what one stands for in the JSON file
    jailhouse: float    # in shown units
    goal: float
    shown: float = 1    # how many of the unit are one in the table
    digits: int = 0     # behind the point in the table

    def text(self, value):
        return f"{value:.{self.digits}f}"

    def verdict(self, value):
        """("ok", "missed" or "WORSE", text of the table); None: it could not be measured."""
        if value is None:
            return "WORSE", "NOT MEASURED"
        value = round(value / self.shown, 6)
        if value > self.jailhouse:
            return "WORSE", f"WORSE than Jailhouse by {100 * (value / self.jailhouse - 1):.1f} %"
        if value > self.goal:
            return "missed", f"goal missed by {self.text(value - self.goal)}"
        return "ok", "ok"


def trap(key, title, jailhouse, goal):
    return Figure(key, title, "instructions", jailhouse, goal)


def request(key, jailhouse, goal):
    return Figure(key, key, "instructions", jailhouse, goal, shown=1e6, digits=2)


def pages(key, title, jailhouse, goal):
    return Figure(key, f"pool pages, {title}", "pages", jailhouse, goal)


# x86: Jailhouse e57d1eff on the machine of the same name under the same -icount; the empty pair of rdtsc is
# subtracted. Pool pages count one cell beside root. For VT-d there is no figure of Jailhouse on a CPU with
# SVM; a VT-d unit needs no more tables than an AMD-Vi, so AMD-Vi's figure is the measure.
X86 = (
    trap("cpuid_exit", "CPUID exit", 125, 65),
    trap("hypercall", "hypercall", 199, 90),
    trap("x2apic_rdmsr", "x2APIC RDMSR", 131, 75),
    trap("pio_config_read", "PIO config read", 220, 120),
    trap("ecam_read", "ECAM read", 2706, 500),
    request("enable", 38.7, 12),
    request("create", 46.6, 25),
    request("destroy", 33.2, 20),
    request("disable", 0.23, 0.2),
    pages("pages_no_iommu", "no IOMMU", 213, 100),
    pages("pages_amdvi", "AMD-Vi", 729, 120),
    pages("pages_vtd", "VT-d", 729, 120),
    Figure("image_bytes", "image", "bytes", 88072, 65536),
)

# arm64: Jailhouse d6e64f90, patched for a stock kernel, on the machine of the same name under the same
# -icount. A trap is the mean of a loop, with the two instructions of the loop.
ARM64 = (
    trap("hvc", "HVC, unknown hypercall", 124, 60),
    trap("psci_version", "SMC, PSCI_VERSION", 140, 70),
    trap("gicd_read", "GICD_TYPER read", 287, 120),
    trap("gicr_read", "GICR_TYPER read", 246, 110),
    trap("isenabler_read", "GICD_ISENABLER1 read", 923, 180),
    trap("ecam_read", "ECAM read", 333, 140),
    trap("sgi_send", "SGI, no target", 1060, 220),
    trap("timer_jitter", "timer interrupt, direct (opt-in)", 241, 60),
    Figure("idle_exits_2s", "idle timer cell, direct (opt-in)", "exits in 2 s", 29, 4),
    # Both once more with interrupts that the hypervisor passes on, which is how Jailhouse does it.
    trap("timer_jitter_passed", "timer interrupt, passed on (default)", 241, 220),
    Figure("idle_exits_2s_passed", "idle timer cell, passed on (default)", "exits in 2 s", 29, 24),
    request("enable", 53, 20),
    request("create", 29, 25),
    request("destroy", 27, 22),
    pages("pages", "one cell", 73, 50),
    Figure("image_bytes", "image", "bytes", 100360, 65536),
)

FIGURES = {"x86": X86, "arm64": ARM64}

HEAD = ("figure", "here", "Jailhouse", "goal", "verdict")


def unit_text(figure):
    return "M instructions" if figure.shown == 1e6 else figure.unit


def row(figure, value):
    here = "-" if value is None else figure.text(value / figure.shown)
    return (f"{figure.title} ({unit_text(figure)})", here, figure.text(figure.jailhouse),
            "<= " + figure.text(figure.goal), figure.verdict(value)[1])


def table(figures, values):
    """The table as lines; values: key -> number or None."""
    rows = [HEAD] + [row(figure, values.get(figure.key)) for figure in figures]
    widths = [max(len(line[n]) for line in rows) for n in range(len(HEAD))]
    rows.insert(1, tuple("-" * width for width in widths))
    return ["  ".join((line[0].ljust(widths[0]), *(line[n].rjust(widths[n]) for n in (1, 2, 3)),
                       line[4])) for line in rows]

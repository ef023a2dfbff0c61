# SPDX-License-Identifier: GPL-2.0
"""Boots the stock kernel on a machine that counts instructions, and reads what it printed.

With -icount shift=0,sleep=off every instruction takes one nanosecond of the machine's time, whichever
CPU executes it, and idle time is skipped up to the next timer. So the machine's clocks count the
instructions of the whole machine plus the time in which all of it waits for a timer. A run gives the same
numbers again, to the last digit, as long as no device works in a thread of its own: hence no disk.
"""

import concurrent.futures
import importlib.machinery
import importlib.util
import pathlib
import re
import subprocess
from dataclasses import dataclass
from functools import partial

from boots import initramfs, judge, machine
from boots.rows import Row

CI = pathlib.Path(__file__).resolve().parents[1]
FACTS = "reserve idle enable pages-root create pages-cell inmate destroy disable"
IDLE_FACTS = "reserve enable create timer exits destroy disable release"
REQUESTS = ("enable", "create", "destroy", "disable")
Counting = partial(Row, icount=True, nvme=False, timeout=200)
Virt = partial(Counting, arch="arm64", iommu="smmuv3", params="nokaslr")


@dataclass(frozen=True)
class Bench:
    rows: dict          # short name of a machine -> its row
    result: str         # file below build/bench
    image: str          # file below build
    traps: dict         # key of the figure -> word of the inmate
    empty: str          # its word for the cost of measuring, which is subtracted; "": it is not
    pages: dict         # key of the figure -> machine

    def main(self):
        """The machine whose requests and traps are the figures."""
        return next(iter(self.rows))


BENCHES = {
    "x86": Bench(
        # xAPIC: QEMU 10.0 cannot count instructions with direct access to x2APIC registers.
        rows={unit: Counting(f"bench-{unit}", "bench", FACTS, iommu=unit) for unit in ("amdvi", "vtd", "none")},
        result="x86_64.json", image="x86/jailhouse-amd.bin",
        traps={"cpuid_exit": "cpuid", "hypercall": "hypercall", "x2apic_rdmsr": "x2apic_rdmsr",
               "pio_config_read": "pio_config_read", "ecam_read": "ecam_read"},
        empty="empty",
        pages={"pages_amdvi": "amdvi", "pages_vtd": "vtd", "pages_no_iommu": "none"}),
    "arm64": Bench(
        rows={"smmuv3": Virt("bench-smmuv3", "bench", FACTS), "idle": Virt("bench-idle", "bench-idle", IDLE_FACTS),
              # The same with the interrupts of the cell passed on by the hypervisor.
              "idle-passed": Virt("bench-idle-passed", "bench-idle", IDLE_FACTS,
                                  params="nokaslr bench_cell=timer")},
        result="aarch64.json", image="arm64/jailhouse.bin",
        traps={"hvc": "hvc_unknown", **{key: key for key in ("psci_version", "gicd_read", "gicr_read",
                                                             "isenabler_read", "ecam_read", "sgi_send")}},
        empty="",
        pages={"pages": "smmuv3"}),
}


def load_boot():
    """ci/boot as a module."""
    loader = importlib.machinery.SourceFileLoader("boot", str(CI / "boot"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("boot", loader))
    loader.exec_module(module)
    return module


def build_helper(arch):
    board = machine.BOARDS[arch]
    helper = initramfs.REPO / board.OUT / "ci" / "timed-ioctl"
    helper.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run([f"{board.CROSS}gcc", "-std=gnu11", "-D_GNU_SOURCE", "-O2", "-Wall", "-Wextra", "-Werror",
                    "-static", "-I", str(initramfs.REPO), "-o", str(helper), str(CI / "benchmark" / "timed-ioctl.c")],
                   check=True)


def boot_all(bench):
    """Boots every machine, two at a time; machine -> (facts, seconds)."""
    boot = load_boot()
    with concurrent.futures.ThreadPoolExecutor(boot.AT_A_TIME) as pool:
        runs = {name: pool.submit(boot.boot, row) for name, row in bench.rows.items()}
    return boot, {name: run.result() for name, run in runs.items()}


def numbers(row):
    """Name -> every number of that name that the machine's Linux and its cell reported, sorted."""
    folder = initramfs.BUILD / "boots" / row.name
    lines = re.findall(r"FIGURE (\w+) (\d+)$", judge.read(folder, "console"), re.M)
    lines += re.findall(r"^BENCH (\w+) (\d+)$", judge.read(folder, "cell0"), re.M)
    lines += re.findall(r"^timer: beat \d+, (jitter) (\d+) ns", judge.read(folder, "cell0"), re.M)
    found = {}
    for name, value in lines:
        found.setdefault(name, []).append(int(value))
    return {name: sorted(values) for name, values in found.items()}


def middle(found, name):
    """The median: where a request falls between two timer ticks of Linux matters. None: not reported."""
    values = found.get(name)
    return values[(len(values) - 1) // 2] if values else None


def net(found, name, empty):
    """A trap's cost without that of measuring it. None: not reported."""
    if name not in found or empty and empty not in found:
        return None
    return found[name][0] - (found[empty][0] if empty else 0)


def figures(bench, found):
    """Key of the JSON file -> number or None; found: machine -> its numbers."""
    main = found[bench.main()]
    values = {key: net(main, word, bench.empty) for key, word in bench.traps.items()}
    for request in REQUESTS:
        values[request] = middle(main, request)
    for name, suffix in (("idle", ""), ("idle-passed", "_passed")):
        if name in found:
            values["timer_jitter" + suffix] = middle(found[name], "jitter")
            values["idle_exits_2s" + suffix] = middle(found[name], "idle_exits")
    for key, name in bench.pages.items():
        pages = found[name].get("pages_cell")
        values[key] = pages[-1] if pages else None
    values["image_bytes"] = (initramfs.BUILD / bench.image).stat().st_size
    return values

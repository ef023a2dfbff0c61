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

from boots import initramfs, judge
from boots.rows import Row

CI = pathlib.Path(__file__).resolve().parents[1]
FACTS = "reserve idle enable pages-root create pages-cell inmate destroy disable"
REQUESTS = ("enable", "create", "destroy", "disable")
HELPER = initramfs.BUILD / "ci" / "timed-ioctl"
IMAGE = initramfs.BUILD / "x86" / "jailhouse-amd.bin"
UNITS = ("amdvi", "vtd", "none")
# xAPIC: QEMU 10.0 cannot count instructions with direct access to x2APIC registers.
ROWS = {unit: Row(f"bench-{unit}", "bench", FACTS, iommu=unit, icount=True, nvme=False, timeout=200)
        for unit in UNITS}
TRAPS = {   # key of the figure: word of the inmate
    "cpuid_exit": "cpuid", "hypercall": "hypercall", "x2apic_rdmsr": "x2apic_rdmsr",
    "pio_config_read": "pio_config_read", "ecam_read": "ecam_read",
}


def load_boot():
    """ci/boot as a module."""
    loader = importlib.machinery.SourceFileLoader("boot", str(CI / "boot"))
    module = importlib.util.module_from_spec(importlib.util.spec_from_loader("boot", loader))
    loader.exec_module(module)
    return module


def build_helper():
    HELPER.parent.mkdir(parents=True, exist_ok=True)
    subprocess.run(["gcc", "-std=gnu11", "-D_GNU_SOURCE", "-O2", "-Wall", "-Wextra", "-Werror", "-static",
                    "-I", str(initramfs.REPO), "-o", str(HELPER), str(CI / "benchmark" / "timed-ioctl.c")],
                   check=True)


def boot_all():
    """Boots every machine, two at a time; unit -> (facts, seconds)."""
    boot = load_boot()
    with concurrent.futures.ThreadPoolExecutor(boot.AT_A_TIME) as pool:
        runs = {unit: pool.submit(boot.boot, row) for unit, row in ROWS.items()}
    return boot, {unit: run.result() for unit, run in runs.items()}


def numbers(unit):
    """Name -> every number of that name that the machine's Linux and its cell reported, sorted."""
    folder = initramfs.BUILD / "boots" / ROWS[unit].name
    lines = re.findall(r"FIGURE (\w+) (\d+)$", judge.read(folder, "console"), re.M)
    lines += re.findall(r"^BENCH (\w+) (\d+)$", judge.read(folder, "cell0"), re.M)
    found = {}
    for name, value in lines:
        found.setdefault(name, []).append(int(value))
    return {name: sorted(values) for name, values in found.items()}


def middle(found, name):
    """The median: where a request falls between two timer ticks of Linux matters. None: not reported."""
    values = found.get(name)
    return values[(len(values) - 1) // 2] if values else None


def net(found, name):
    """A trap's cost without that of measuring it."""
    if name not in found or "empty" not in found:
        return None
    return found[name][0] - found["empty"][0]


def figures(found):
    """Key of the JSON file -> number or None; found: unit -> its numbers."""
    values = {key: net(found["amdvi"], word) for key, word in TRAPS.items()}
    for request in REQUESTS:
        values[request] = middle(found["amdvi"], request)
    for key, unit in (("pages_no_iommu", "none"), ("pages_amdvi", "amdvi"), ("pages_vtd", "vtd")):
        pages = found[unit].get("pages_cell")
        values[key] = pages[-1] if pages else None
    values["image_bytes"] = IMAGE.stat().st_size
    return values

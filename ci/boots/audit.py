# SPDX-License-Identifier: GPL-2.0
"""Looks at a stopped machine from outside: what do the tables in hypervisor memory really allow?

A row with audit=True reports "audit-now" while its cells run. The machine is stopped, hypervisor memory is
copied by the monitor, and facts about it are written to audit.log. Then each check gets a copy with a mistake
planted, which it must find.
"""

import json
import re
import socket
import struct
import subprocess
import time

from boots import machine, units, walk
from boots.initramfs import REPO

WINDOWS = range(0xfe8004000000, 0xfe8004200000)     # look-at windows and, last, their own table
WINDOW_TABLE = WINDOWS[-walk.PAGE]
POOL_SLOT = 257
DEVICES = {"vtd": walk.vtd, "amdvi": walk.amdvi, "smmuv3": walk.stage2}
# What cells may share: (first byte, size, may be written).
BOARDS = {
    "x86": {"elf": "build/x86/jailhouse-amd.elf", "own": walk.x86, "cell": walk.x86, "open": 1 << 1,
            "shut": 0,
            "memory": (0x100000000, 0x600000),
            "shared": [(0xfee00000, 0x1000, False), (0x107000000, 0x1000000, True)]},
    "arm64": {"elf": "build/arm64/jailhouse.elf", "own": walk.el2, "cell": walk.stage2,
              "open": 0, "shut": 1 << 7 | 1 << 62, "memory": (0x7fc00000, 0x400000),
              "shared": [(0x7fa00000, 0x200000, True)]},
}


class Monitor:
    def __init__(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.connect(str(path))
        self.file = self.socket.makefile("rw")
        self.file.readline()
        self.do("qmp_capabilities")

    def do(self, command, **arguments):
        self.file.write(json.dumps({"execute": command, "arguments": arguments}) + "\n")
        self.file.flush()
        while "return" not in (answer := json.loads(self.file.readline())):
            if "error" in answer:
                raise OSError(f"{command}: {answer['error']}")
        return answer["return"]

    def u32(self, address):
        """A register of a device."""
        said = self.do("human-monitor-command", **{"command-line": f"xp /1wx {address:#x}"})
        return int(said.split()[1], 16)


class Tables:
    """The roots of all tables, found by the names and offsets of the image that runs."""

    def __init__(self, row, dump):
        self.row, self.dump, self.board = row, dump, BOARDS[row.arch]
        cross, elf = machine.board(row).CROSS, REPO / self.board["elf"]
        names = subprocess.run([cross + "nm", elf], check=True, text=True, stdout=subprocess.PIPE).stdout
        self.at = {name: int(value, 16) for value, name in re.findall(r"^(\w+) \w (\w+)$", names, re.M)}
        self.header = struct.unpack_from("<8x4Q8x2I24x2Q12xI3Q", dump.data)
        used = self.header[0] + self.header[4] * self.header[1] + self.header[8]
        self.pool = range(dump.start + -(-used // walk.PAGE) * walk.PAGE, dump.start + len(dump.data))
        self.cells = self.find_cells(cross)

    def word(self, name, offset=0):
        return self.dump.u64(self.dump.start + self.at[name] - self.at["image_start"] + offset)

    def find_cells(self, cross):
        """Slot -> (root of the CPUs' table, VTCR_EL2, of the devices', its levels, its root pages)."""
        wanted = ("sizeof(struct pt)", "__builtin_offsetof(struct machine, now.cells)", "sizeof(struct cell_tables)",
                  *(f"__builtin_offsetof(struct cell_tables, {name})" for name in
                    ("cpu", "walk", "dma.root", "dma.levels", "dma.root_pages")))
        code = "#include <arch/machine.h>\n" + "".join(
            f"unsigned long long audit_{i} = {value} + 1;\n" for i, value in enumerate(wanted))
        done = subprocess.run([cross + "gcc", "-std=gnu11", "-ffreestanding", "-Ulinux", "-Ihypervisor", "-Iinclude",
                               "-S", "-O0", "-x", "c", "-o", "-", "-"], cwd=REPO, input=code, check=True, text=True,
                              stdout=subprocess.PIPE).stdout
        values = [int(n) - 1 for n in re.findall(r"audit_\d:\s+\.(?:quad|xword)\s+(\d+)", done)]
        if len(values) != len(wanted):
            raise LookupError("the compiler says something else than offsets")
        behind, first, size, root, vtcr, devices, levels, pages = values
        self.writable, self.sealed = self.word("host", behind), self.word("host", behind + 8)  # see host_map.c
        rows = {slot: first + slot * size for slot in range(16)}
        return {slot: (self.word("machine", at + root), self.word("machine", at + vtcr),
                       self.word("machine", at + devices), self.word("machine", at + levels) & 255,
                       self.word("machine", at + pages) & 255)
                for slot, at in rows.items() if self.word("machine", at + root)}

    def own(self, root):
        return list(walk.leaves(self.dump, self.board["own"], root, 4))

    def cell(self, slot):
        root, vtcr, *_ = self.cells[slot]
        if not vtcr:
            return list(walk.leaves(self.dump, self.board["cell"], root, 4))
        levels, bits = (vtcr >> 6 & 3) + 2, 64 - (vtcr & 63)       # Arm ARM, VTCR_EL2: SL0, T0SZ
        return list(walk.leaves(self.dump, self.board["cell"], root, levels, 1 << bits - 9 * levels - 3))


    def devices(self, slot):
        _, _, root, levels, pages = self.cells[slot]
        walked = DEVICES[self.row.iommu]
        return list(walk.leaves(self.dump, walked, root, levels, 512 * (pages or 1))) if root else []

    def units(self):
        return units.entries(self.row, self.dump.registers, self.dump)


def overlap(a, b):
    first, end = max(a.out, b.out), min(a.out + a.size, b.out + b.size)
    return (first, end - first) if first < end else None


def check_host(tables):
    """No byte that the hypervisor can write can be executed by it, under either root."""
    for root in (tables.sealed, tables.writable):
        own = tables.own(root)
        code = [leaf for leaf in own if leaf.execute]
        if not code:
            yield "nothing can be executed"
        for leaf in own:
            if leaf.write and leaf.va not in WINDOWS and any(overlap(leaf, other) for other in code):
                yield f"{leaf.va:#x} can be written, and is code"


def check_seal(tables):
    """Sealed, the pool can be written nowhere but in the table of the look-at windows, and those show no table."""
    pool = walk.Leaf(0, len(tables.pool), tables.pool.start, False, False, 0)
    shown = {leaf.out for slot in tables.cells for leaf in tables.cell(slot)}
    if not any(leaf.write and overlap(leaf, pool) and leaf.va not in WINDOWS for leaf in tables.own(tables.writable)):
        yield "the pool is read-only without the seal, too"
    for leaf in tables.own(tables.sealed):
        if not leaf.write or leaf.va == WINDOW_TABLE or not overlap(leaf, pool):
            continue
        if leaf.va not in WINDOWS or leaf.out not in shown:
            yield f"{leaf.va:#x} can be written, and is {leaf.out:#x} of the pool"


def check_hypervisor(tables, slot, cells):
    """A cell has one page of the hypervisor; root sees zeros and the two pages made for it, read-only."""
    dump = tables.dump
    own = [leaf for leaf in cells[slot] if dump.holds(leaf.out) or dump.holds(leaf.out + leaf.size - 1)]
    made = {dump.start + tables.header[3], dump.start + tables.header[6]}
    pages = {leaf.out for leaf in own}
    if any(leaf.size != walk.PAGE for leaf in own) or any(leaf.execute for leaf in own):
        yield f"slot {slot}: a large page of the hypervisor, or one to execute"
    if slot:
        others = {leaf.out for other in cells if other != slot for leaf in cells[other]}
        if len(pages) != 1 or pages & others or min(pages) not in tables.pool:
            yield f"slot {slot}: hypervisor pages {sorted(map(hex, pages))}"
        return
    rest = pages - made
    if any(leaf.write for leaf in own) or len(rest) != 1 or any(dump.page(min(rest))):
        yield f"root: hypervisor pages {sorted(map(hex, rest))[:9]}"
    if len(own) * walk.PAGE != len(dump.data):
        yield f"root: {len(own)} pages stand for the hypervisor's"


def shared(tables, first, size, write):
    return any(start <= first and first + size <= start + length and (may_write or not write)
               for start, length, may_write in tables.board["shared"])


def check_cells(tables):
    """No cell, root included, maps hypervisor memory or what another cell has, but for what they share."""
    cells = {slot: tables.cell(slot) for slot in tables.cells}
    if len(cells) < 3:
        yield f"there are only {len(cells)} cells"
    for slot in cells:
        yield from check_hypervisor(tables, slot, cells)
    for a in cells:
        for b in (slot for slot in cells if slot > a):
            for mine in cells[a]:
                for its in cells[b]:
                    both = overlap(mine, its)
                    if both and not shared(tables, *both, mine.write or its.write) and both[0] not in tables.pool:
                        yield f"slots {a} and {b} both have {both[0]:#x} + {both[1]:#x}"


def check_devices(tables):
    """Devices of a cell reach nothing of the hypervisor, and of another cell only what they share."""
    cells = {slot: tables.cell(slot) for slot in tables.cells}
    whole = walk.Leaf(0, len(tables.dump.data), tables.dump.start, False, False, 0)
    if not tables.devices(0):
        yield "no device of root reaches anything"
    for slot in cells:
        for leaf in tables.devices(slot):
            if overlap(leaf, whole):
                yield f"devices of slot {slot} reach {leaf.out:#x} + {leaf.size:#x} of the hypervisor"
            for other in (other for other in cells if other != slot):
                for its in cells[other]:
                    both = overlap(leaf, its)
                    if both and not shared(tables, *both, leaf.write):
                        yield f"devices of slot {slot} reach {both[0]:#x} + {both[1]:#x} of slot {other}"


def check_units(tables):
    """Every device of these rows is root's: blocked, or behind the tables made for root's devices, under one tag."""
    entries, root = tables.units(), tables.cells[0][2]
    if not entries:
        yield "no device may do DMA"
    for entry in entries:
        if entry.root != root:
            yield f"device {entry.requester:#x} uses tables at {entry.root:#x}"
    if len({entry.tag for entry in entries}) > 1:
        yield "the tables have more than one tag"


def check_cpus(tables):
    """x86: each CPU entered its guest under the seal, on a cell's table (APM vol. 2, appendix B; QEMU's save area)."""
    for cpu in range(tables.header[4]):
        area = tables.dump.start + tables.header[0] + cpu * tables.header[1]
        if tables.dump.u64(area + 0x1000 + 0xb0) not in {root for root, *_ in tables.cells.values()}:
            yield f"CPU {cpu} uses a table that no cell has"
        if tables.dump.u64(area + 0x2000 + 0x550) != tables.sealed:
            yield f"CPU {cpu} runs the hypervisor unsealed"


def plant_seal(tables):
    return tables.sealed + 8 * POOL_SLOT, lambda entry: entry


def plant_host(tables):
    return next(leaf.entry for leaf in tables.own(tables.sealed) if leaf.execute), lambda entry: entry


def plant_foreign(tables):
    theirs = next(leaf.out for leaf in tables.cell(2) if leaf.execute)
    return next(leaf.entry for leaf in tables.cell(1) if leaf.execute), lambda entry: entry & ~walk.OUTPUT | theirs


def plant_hypervisor(tables):
    return (next(leaf.entry for leaf in tables.cell(0) if leaf.out == tables.dump.start + tables.header[3]),
            lambda entry: entry & ~walk.OUTPUT | tables.sealed)


def plant_device(tables):
    theirs = next(leaf.out for leaf in tables.cell(1) if leaf.execute)
    leaf = min(tables.devices(0), key=lambda leaf: leaf.size)
    return leaf.entry, lambda entry: entry & ~walk.OUTPUT | theirs & -leaf.size


def plant_unchecked(tables):
    """An entry that lets its device pass."""
    at = next(entry.at for entry in tables.units())
    change = {"vtd": lambda entry: entry | 2 << 2, "amdvi": lambda entry: entry & ~3,
              "smmuv3": lambda entry: entry & ~(7 << 1) | 4 << 1}[tables.row.iommu]
    return (at - 24 if tables.row.iommu == "smmuv3" else at), change


def plant_foreign_tables(tables):
    theirs = next(root for slot, (root, *_) in tables.cells.items() if slot)
    return next(entry.at for entry in tables.units()), lambda entry: entry & ~walk.OUTPUT | theirs


def planted(tables, plant):
    """The same tables, with one entry changed; its writing is allowed as well."""
    entry, change = plant(tables)
    dump = walk.Dump(tables.dump.start, bytearray(tables.dump.data), tables.dump.registers)
    board = tables.board
    dump.put(entry, change(dump.u64(entry)) & ~board["shut"] | board["open"])
    return Tables(tables.row, dump)


CHECKS = {
    # fact: (check, mistakes it must find)
    "audit-host": (check_host, {"audit-finds-writable-code": plant_host}),
    "audit-seal": (check_seal, {"audit-finds-open-seal": plant_seal}),
    "audit-cells": (check_cells, {"audit-finds-foreign-page": plant_foreign,
                                  "audit-finds-hypervisor-page": plant_hypervisor}),
    "audit-devices": (check_devices, {"audit-finds-device-page": plant_device}),
    "audit-units": (check_units, {"audit-finds-unchecked-device": plant_unchecked,
                                  "audit-finds-foreign-tables": plant_foreign_tables}),
}


def findings(check, tables):
    try:
        return list(check(tables))
    except LookupError as error:
        return [str(error)]


def audit(row, dump):
    """Lines for the judge."""
    tables = Tables(row, dump)
    checks = dict(CHECKS) if row.arch != "x86" else {**CHECKS, "audit-cpus": (check_cpus, {})}
    for fact, (check, mistakes) in checks.items():
        found = findings(check, tables)
        yield f"FACT failed {fact}: {'; '.join(found[:4])}" if found else f"FACT ok {fact}"
        for name, plant in mistakes.items():
            found = findings(check, planted(tables, plant))
            yield f"found: {found[:2]}"
            yield f"FACT ok {name}" if found else f"FACT failed {name}: it was not found"


def take(row, folder):
    """A copy of hypervisor memory at the moment the row asks for."""
    console, end = folder / "console.log", time.monotonic() + row.timeout
    while not console.exists() or "FACT ok audit-now" not in console.read_text(errors="replace"):
        if time.monotonic() > end:
            raise OSError("the row never asked")
        time.sleep(0.1)
    start, size = BOARDS[row.arch]["memory"]
    monitor = Monitor(folder / "qmp")
    monitor.do("stop")
    monitor.do("pmemsave", val=start, size=size, filename=str(folder / "memory.raw"))
    registers = units.words(row, monitor.u32)
    monitor.do("cont")
    return walk.Dump(start, bytearray((folder / "memory.raw").read_bytes()), registers)


def watch(row, folder):
    """Runs beside the machine; what it finds is in audit.log when it returns."""
    try:
        lines = list(audit(row, take(row, folder)))
    except Exception as error:      # pylint: disable=broad-except
        lines = [f"FACT failed audit-done: {error!r}"]
    (folder / "audit.log").write_text("\n".join([*lines, "FACT ok audit-done", ""]))

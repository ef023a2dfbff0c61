# SPDX-License-Identifier: GPL-2.0
"""Page tables as the manuals describe them, walked in a copy of hypervisor memory.

Written apart from hypervisor/pt: neither code nor data is shared with what made the tables.
"""

from dataclasses import dataclass, field
import struct

PAGE = 0x1000
OUTPUT = 0x000ffffffffff000     # address bits of an entry


@dataclass(frozen=True)
class Leaf:
    va: int
    size: int
    out: int
    write: bool
    execute: bool
    entry: int                  # physical address of the entry


@dataclass
class Dump:
    """Bytes of physical memory from start on, and registers of the unit (units.py)."""
    start: int
    data: bytearray
    registers: dict = field(default_factory=dict)

    def holds(self, address):
        return 0 <= address - self.start < len(self.data)

    def u64(self, address):
        if not self.holds(address):
            raise LookupError(f"a table lies at {address:#x}, outside of hypervisor memory")
        return struct.unpack_from("<Q", self.data, address - self.start)[0]

    def put(self, address, value):
        struct.pack_into("<Q", self.data, address - self.start, value)

    def page(self, address):
        return self.data[address - self.start:address - self.start + PAGE]


# decode(entry, level) -> None, or (is a leaf, allows writing, allows execution); level 0 holds pages.

def x86(entry, level):
    """AMD64 APM vol. 2, 5.3: P, RW, PS, NX; nested tables alike (15.25)."""
    if not entry & 1:
        return None
    return level == 0 or bool(entry >> 7 & 1), bool(entry >> 1 & 1), not entry >> 63


def el2(entry, level):
    """Arm ARM, D8.3: stage 1 of EL2; a table restricts by APTable[1] and XNTable, a leaf by AP[2] and XN."""
    if not entry & 1:
        return None
    if level and entry & 2:
        return False, not entry >> 62 & 1, not entry >> 60 & 1
    return True, not entry >> 7 & 1, not entry >> 54 & 1


def stage2(entry, level):
    """Arm ARM, D8.3: stage 2; S2AP[1] writes, XN[1] forbids execution."""
    if not entry & 1:
        return None
    if level and entry & 2:
        return False, True, True
    return True, bool(entry >> 7 & 1), not entry >> 54 & 1


def vtd(entry, level):
    """VT-d specification, 9.8: second stage; R or W is present, PS."""
    if not entry & 3:
        return None
    return level == 0 or bool(entry >> 7 & 1), bool(entry >> 1 & 1), False


def amdvi(entry, level):
    """AMD I/O virtualization specification 48882, 2.2.3: PR, next level 0 or 7 ends the walk, IW."""
    if not entry & 1:
        return None
    return level == 0 or entry >> 9 & 7 in (0, 7), bool(entry >> 62 & 1), False


def leaves(dump, decode, root, levels, root_entries=512):
    """All leaves below root, with the rights that all levels together allow."""
    def table(at, level, va, count, write, execute):
        for index in range(count):
            address = at + 8 * index
            entry = dump.u64(address)
            kind = decode(entry, level)
            if kind is None:
                continue
            size = PAGE << 9 * level
            here, out = va + index * size, entry & OUTPUT
            rights = write and kind[1], execute and kind[2]
            if kind[0]:
                yield Leaf(here, size, out & -size, *rights, address)
            else:
                yield from table(out, level - 1, here, 512, *rights)
    yield from table(root, levels - 1, 0, root_entries, True, True)

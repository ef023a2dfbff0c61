# SPDX-License-Identifier: GPL-2.0
"""What an IOMMU lets devices do: its registers and the tables they name, as the manuals describe them.

Written apart from hypervisor/dev/iommu: neither code nor data is shared with what made the tables.
"""

from dataclasses import dataclass

from boots.walk import OUTPUT, PAGE


@dataclass(frozen=True)
class Entry:
    """A device that may do DMA."""
    requester: int              # stream id, or bus << 8 | device << 3 | function
    root: int                   # of its tables; 0: nothing translates or checks what it does
    tag: int                    # what the unit's caches know these tables by
    at: int                     # physical address of the word that says which tables


def u64(words, offset):
    return words[offset] | words[offset + 4] << 32


def smmuv3(words, dump):
    """Arm IHI 0070, 6.3 and 5.2: CR0.SMMUEN, GBPA.ABORT; two levels; a stage 2 entry has Config 0b110."""
    if not words[0x20] & 1 or not words[0x44] >> 20 & 1:
        raise LookupError("the SMMU does not translate, or would let streams pass if it did not")
    if words[0x88] >> 16 & 3 != 1:
        raise LookupError("the stream table has not two levels")
    split, first = words[0x88] >> 6 & 31, u64(words, 0x80) & OUTPUT
    for index in range(1 << (words[0x88] & 63) - split):
        level1 = dump.u64(first + 8 * index)
        for low in range(1 << (level1 & 31) >> 1):
            at = (level1 & OUTPUT | level1 & 0xfc0) + 64 * low
            config = dump.u64(at) >> 1 & 7
            if dump.u64(at) & 1 and config:
                root = dump.u64(at + 24) & OUTPUT if config == 6 else 0
                yield Entry(index << split | low, root, dump.u64(at + 16) & 0xffff, at + 24 if root else at)


def vtd(words, dump):
    """VT-d specification, 11.4.4, 11.4.5, 9.1, 9.3: GSTS.TES, legacy root table, context entries of type 00."""
    if not words[0x1c] >> 31 or words[0x20] >> 10 & 3:
        raise LookupError("the unit does not translate, or not by a table of legacy mode")
    for bus in range(256):
        context = dump.u64((u64(words, 0x20) & OUTPUT) + 16 * bus)
        for function in range(256 if context & 1 else 0):
            at = (context & OUTPUT) + 16 * function
            low, high = dump.u64(at), dump.u64(at + 8)
            if low & 1:
                yield Entry(bus << 8 | function, 0 if low >> 2 & 3 else low & OUTPUT, high >> 8 & 0xffff, at)


def amdvi(words, dump):
    """AMD I/O virtualization specification 48882, 3.4.1 and 2.2.2: IommuEn; an entry that is not V lets pass."""
    if not words[0x18] & 1:
        raise LookupError("the unit does not translate")
    for function in range(((words[0] & 0x1ff) + 1) * PAGE // 32):
        at = (u64(words, 0) & OUTPUT) + 32 * function
        low = dump.u64(at)
        if low & 3 != 3:
            yield Entry(function, 0, 0, at)
        elif low >> 61 & 3:
            yield Entry(function, low & OUTPUT if low >> 9 & 7 else 0, dump.u64(at + 8) & 0xffff, at)


# row.iommu -> (reader, base, offsets of the 32-bit words that it wants)
KINDS = {
    "smmuv3": (smmuv3, 0x09050000, (0x20, 0x44, 0x80, 0x84, 0x88)),
    "vtd": (vtd, 0xfed90000, (0x1c, 0x20, 0x24)),
    "amdvi": (amdvi, 0xfed80000, (0x0, 0x4, 0x18)),
}


def words(row, read):
    """Offset -> value of a unit's registers; read(address) gives 32 bits of a stopped machine."""
    _, base, offsets = KINDS[row.iommu]
    return {offset: read(base + offset) for offset in offsets}


def entries(row, registers, dump):
    return list(KINDS[row.iommu][0](registers, dump))

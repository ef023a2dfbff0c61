# SPDX-License-Identifier: GPL-2.0
"""Compiled cell and system configurations of arm64, made field by field for tests.

The layouts are those of include/jailhouse/cell-config.h, spelled out a second time so that a test sees
when they move.
"""

import struct

READ, WRITE, EXECUTE, DMA, IO, COMM, LOADABLE, SHARED = (1 << bit for bit in range(8))
RAM = READ | WRITE | EXECUTE | DMA | LOADABLE
LOADER = READ | WRITE | EXECUTE | LOADABLE
PL011, UART_8250, MMIO = 3, 2, 1
DEVICE, IVSHMEM = 1, 3
LINK_SECTIONS = 48      # where a device says which its first section is


def region(start, size, flags, phys=None):
    return struct.pack("<QQQQ", start if phys is None else phys, start, size, flags)


def irqchip(first, *numbers, address=0x08000000):
    pins = 0
    for number in numbers:
        pins |= 1 << (number - first)
    return struct.pack("<QII16s", address, 0, first, pins.to_bytes(16, "little"))


def console(address=0x09040000, size=0x1000, kind=PL011, flags=MMIO, divider=0):
    return struct.pack("<QIHHIIQ", address, size, kind, flags, divider, 0, 0)


def link(bdf=0, domain=1, vectors=0, kind=IVSHMEM):
    return struct.pack("<BBHH6I", kind, 0, domain, bdf, 0xfffff000, 0, 0, 0, 0, 0) + struct.pack(
        "<HHBBHHQIBBH", 0, 0, 0, 0, vectors, 0, 0, 0, 0, 2, 0)


def sections(n):
    """Those of the n-th link, seen by the peer with id 0: state table, nothing, its output, the other's."""
    start = 0x7fb00000 + n * 0x4000
    return [region(start, 0x1000, READ | SHARED), region(0, 0, 0), region(start + 0x1000, 0x1000, READ | WRITE | SHARED),
            region(start + 0x2000, 0x1000, READ | SHARED)]


def with_sections(memory, devices):
    """Each link gets its own, behind the memory that is there."""
    memory, placed = list(memory), []
    for number, device in enumerate(devices):
        placed.append(device[:LINK_SECTIONS] + struct.pack("<I", len(memory)) + device[LINK_SECTIONS + 4:])
        memory += sections(number)
    return memory, placed


def cell(name="linux", architecture=2, cpus=(2, 3), cpu_bytes=8, memory=(), irqchips=(), devices=(), streams=(), vpci=180,
         reset=0, uart=console(0, 0, 0, 0), signature=b"JHCLL"):
    memory, devices = with_sections(memory, devices)
    cpu_set = sum(1 << cpu for cpu in cpus).to_bytes(cpu_bytes, "little")
    desc = struct.pack("<5sBH32sII", signature, architecture, 14, name.encode(), 0, 0)
    desc += struct.pack("<9I", cpu_bytes, len(memory), 0, len(irqchips), 0, len(devices), 0, len(streams), vpci)
    desc += struct.pack("<QQ", reset, 0) + uart
    assert len(desc) == 132
    return desc + cpu_set + b"".join(memory) + b"".join(irqchips) + b"".join(devices) + struct.pack(f"<{len(streams)}I", *streams)


# What root has of a machine in which anything may be a cell's: all but the hypervisor's, and devices.
ROOT_MEMORY = [region(*part, READ | WRITE | EXECUTE) for part in (
    (0, 0x08000000), (0x10000000, 0x10000000), (0x40000000, 0x3fc00000), (1 << 32, 128 << 20))]


def system(ecam=0x0b000000, end_bus=0, virtual=1, architecture=2, gic=3, gicd=0x08000000, gicc=0, gicr=0x080a0000,
           streams=()):
    head = struct.pack("<5sBHI", b"JHSYS", architecture, 14, 0) + region(0, 0x400000, 0, phys=0x7fc00000)
    head += console(0, 0, 0, 0) + struct.pack("<QBBH", ecam, end_bus, virtual, 1)
    head = head.ljust(0x138, b"\0") + struct.pack("<BBH5Q", 25, gic, 0, gicd, gicc, gicc and gicd + 0x30000,
                                                  gicc and gicd + 0x40000, gicr)
    assert len(head) == 0x164
    return head + cell("root", architecture, cpus=(0, 1, 2, 3), memory=ROOT_MEMORY, streams=streams,
                       signature=b"\0" * 5)


def linux_cell(**changes):
    """The Linux cell of the test machine: 128 MiB, two CPUs, the second PL011, one window."""
    fields = {
        "memory": [region(0, 0x10000, LOADER, phys=0x7fa00000), region(0x70000000, 128 << 20, RAM),
                   region(0x09040000, 0x1000, READ | WRITE | IO), region(0x80000000, 0x1000, READ | WRITE | COMM)],
        "irqchips": [irqchip(32, 40)],
        "devices": [link(0)], "uart": console(),
    }
    return cell(**{**fields, **changes})

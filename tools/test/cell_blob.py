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


def cell(name="linux", architecture=2, cpus=(2, 3), cpu_bytes=8, memory=(), irqchips=(), devices=(), vpci=180,
         reset=0, uart=console(0, 0, 0, 0), signature=b"JHCLL"):
    cpu_set = sum(1 << cpu for cpu in cpus).to_bytes(cpu_bytes, "little")
    desc = struct.pack("<5sBH32sII", signature, architecture, 14, name.encode(), 0, 0)
    desc += struct.pack("<9I", cpu_bytes, len(memory), 0, len(irqchips), 0, len(devices), 0, 0, vpci)
    desc += struct.pack("<QQ", reset, 0) + uart
    assert len(desc) == 132
    return desc + cpu_set + b"".join(memory) + b"".join(irqchips) + b"".join(devices)


def system(ecam=0x0b000000, end_bus=0):
    head = struct.pack("<5sBHI", b"JHSYS", 2, 14, 0) + region(0, 0x400000, 0, phys=0x7fc00000)
    head += console(0, 0, 0, 0) + struct.pack("<QBBH", ecam, end_bus, 1, 1)
    head = head.ljust(0x164, b"\0")
    return head + cell("root", cpus=(0, 1, 2, 3), signature=b"\0" * 5)


def linux_cell(**changes):
    """The Linux cell of the test machine: 128 MiB, two CPUs, the second PL011, one window."""
    fields = {
        "memory": [region(0, 0x10000, LOADER, phys=0x7fa00000), region(0x70000000, 128 << 20, RAM),
                   region(0x09040000, 0x1000, READ | WRITE | IO), region(0x80000000, 0x1000, READ | WRITE | COMM)],
        "irqchips": [irqchip(32, 40)],
        "devices": [link(0)], "uart": console(),
    }
    return cell(**{**fields, **changes})

# SPDX-License-Identifier: GPL-2.0
"""Notes of `jailhouse config check`: what obeys every rule and still cannot do what its author means."""

import re
import struct

import pytest

from cell_blob import COMM, DMA, EXECUTE, IO, LOADABLE, READ, WRITE, linux_cell, region
from fake_kernel import REPO

BLOBS = REPO / "build/configs/arm64"
FLAGS, STREAMS, VPCI, RESET, DESC, PASSIVE = 0x2c, 0x4c, 0x50, 0x54, 132, 1   # of a cell's descriptor
ROOT, CPUS = 0x164, 8           # where root's begins; bytes of each CPU set here
RAM = READ | WRITE | EXECUTE | LOADABLE
COMM_PAGE = region(0x80000000, 0x1000, READ | WRITE | COMM)
DMA_NOTE = "but no region has JAILHOUSE_MEM_DMA, so its devices reach nothing [note dma-reaches-memory]. Fix: "


def blob(name):
    return bytearray((BLOBS / f"{name}.cell").read_bytes())


def put(data, offset, value):
    struct.pack_into("<I", data, offset, value)
    return data


def count(data, offset):
    return struct.unpack_from("<I", data, offset)[0]


def cell(*memory, flags=PASSIVE, reset=0, streams=()):
    data = bytearray(linux_cell(memory=memory, devices=[], irqchips=[], reset=reset))
    put(put(data, FLAGS, flags), STREAMS, len(streams))
    return data + b"".join(struct.pack("<I", stream) for stream in streams)


def ram(flags=RAM, size=0x10000):
    return region(0, size, flags, phys=0x7f080000)


def checked(kernel, *cells, system="qemu-virt"):
    """What is said about these cells beside that every rule holds, line by line."""
    paths = [kernel.write(f"{number}.cell", bytes(data)) for number, data in enumerate(cells)]
    text = kernel.good("config", "check", "--allow-unprotected", BLOBS / f"{system}.cell", *paths)
    return text.split("Every rule holds.\n")[1].splitlines()


def the_note(kernel, *cells, **system):
    note, summary = checked(kernel, *cells, **system)
    assert note.startswith("Note: cell ") and note.endswith(".") and summary == "1 note."
    return note


def test_nothing_to_say(kernel):
    assert checked(kernel, cell(ram())) == []


def test_streams_without_memory(kernel):
    assert the_note(kernel, cell(ram(), streams=[0x77])).startswith(
        f'Note: cell "linux": it lists 1 stream id, {DMA_NOTE}')
    assert "lists 2 stream ids, " in the_note(kernel, cell(ram(), streams=[0x77, 0x78]))
    assert checked(kernel, cell(ram(RAM | DMA), streams=[0x77])) == []
    assert checked(kernel, cell(ram(), streams=[0x77]), system="qemu-virt-none") == []


def root_without_dma(kernel):
    """As a root config of Jailhouse for Arm, where nothing looks at the flag."""
    data = blob("qemu-virt")
    for entry in range(count(data, ROOT + 0x34)):
        flags = ROOT + DESC + CPUS + entry * 32 + 24
        put(data, flags, count(data, flags) & ~DMA)
    return kernel.write("root.cell", bytes(data))


def test_root_without_dma(kernel):
    text = kernel.good("config", "check", root_without_dma(kernel))
    assert 'Note: cell "qemu-virt": it lists ' in text and DMA_NOTE in text and text.endswith("\n1 note.\n")


def test_enable_says_it_too(kernel):
    done = kernel.run("enable", root_without_dma(kernel))
    assert done.returncode == 0 and done.stdout == "" and "JAILHOUSE_ENABLE" in kernel.log()[0]
    assert len(done.stderr.splitlines()) == 1 and DMA_NOTE in done.stderr
    assert kernel.good("enable", BLOBS / "qemu-virt.cell") == ""


def test_subpage_without_width(kernel):
    def uart(flags):
        return cell(ram(), region(0x09040000, 0x800, READ | WRITE | IO | flags))

    assert 'cell "linux", mem_regions[1]: the region at 0x9040000 ' in the_note(kernel, uart(0))
    assert "[note subpage-has-width]" in the_note(kernel, uart(0))
    for width in range(4):
        assert checked(kernel, uart(1 << 16 << width)) == []


@pytest.mark.parametrize("reset, flags, good", [
    (0xfffc, RAM, True), (0x10000, RAM, False), (0, RAM & ~EXECUTE, False), (0x80000000, RAM, False)])
def test_reset_address(kernel, reset, flags, good):
    data = cell(ram(flags), COMM_PAGE, reset=reset)
    if good:
        assert checked(kernel, data) == []
    else:
        assert f"it starts at {reset:#x}, where " in the_note(kernel, data)
        assert "[note reset-executable]" in the_note(kernel, data)


def test_a_cell_that_would_be_asked(kernel):
    assert "[note comm-region-listed]" in the_note(kernel, cell(ram(), flags=0))
    assert checked(kernel, cell(ram(), COMM_PAGE, flags=0)) == []
    assert len(checked(kernel, cell(ram(RAM & ~EXECUTE), flags=0))) == 3
    assert checked(kernel, cell(ram(RAM & ~EXECUTE), flags=0))[2] == "2 notes."


def link_at(data):
    """Where the first device of this cell is."""
    return DESC + CPUS + 32 * (count(data, 0x34) + count(data, 0x3c))


def test_a_link_to_nobody(kernel):
    data = blob("ring2")
    assert checked(kernel, data) == []
    struct.pack_into("<H", data, link_at(data) + 4, 0x10 << 3)
    note = the_note(kernel, data)
    assert 'cell "ring2", pci_devices[0]: ' in note and "00:10.0 [note link-has-peer]" in note
    other = blob("ring1")
    struct.pack_into("<H", other, link_at(other) + 4, 0x10 << 3)
    assert checked(kernel, data, other) == []


def test_lines_that_nobody_chose(kernel):
    data = put(blob("ring2"), VPCI, 0)
    note = the_note(kernel, data)
    assert 'cell "ring2", vpci_irq_base: it is 0, ' in note and "raise interrupt 35, " in note
    assert "[note vpci-irq-chosen]" in note
    pins = DESC + CPUS + 32 * count(data, 0x34) + 16
    assert checked(kernel, put(data, pins, count(data, pins) | 8)) == []


def test_lines_of_root_that_nobody_chose(kernel):
    system = kernel.write("root.cell", bytes(put(blob("qemu-virt"), ROOT + VPCI, 0)))
    assert "raise interrupt 34, " in kernel.good("config", "check", system)


def test_each_is_documented():
    known = re.findall(r'{ "([a-z-]+)", note_', (REPO / "tools/jailhouse/notes.c").read_text())
    text = (REPO / "Documentation/cli.md").read_text().split("### Notes")[1].split("\n#")[0]
    assert known and re.findall(r"^\| `([a-z-]+)` \|", text, re.M) == known

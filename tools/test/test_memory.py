# SPDX-License-Identifier: GPL-2.0
"""`jailhouse memory`: reserve, release, show."""

import json
import re

import pytest



@pytest.mark.parametrize("wish,start,size", [
    ("128M", 2**64 - 1, 128 << 20), ("128M@0x100000000", 1 << 32, 128 << 20), ("4K@8192", 8192, 4096),
    ("1G@0", 0, 1 << 30), ("0x8000000", 2**64 - 1, 128 << 20), ("0x10K@0x1000", 4096, 16 << 10),
])
def test_reserve(kernel, wish, start, size):
    text = kernel.good("memory", "reserve", wish)
    assert kernel.log() == [f"JAILHOUSE_MEMORY_RESERVE start=0x{start:x} size=0x{size:x}"]
    assert text.endswith(", removed\n")


@pytest.mark.parametrize("wish", ["", "0", "M", "128m", "1T", "12.5M", "100", "4097", "@0", "4K@", "4K@1",
                                  "4K@x", "4K@4K", "17179869184G", "8K@0xfffffffffffff000", "4K@0@0"])
def test_wrong_sizes(kernel, wish):
    assert re.match(r"jailhouse: (size|address) ", kernel.bad("memory", "reserve", wish))
    assert kernel.log() == []


def memory_blocks(kernel, folder, **states):
    (kernel.root / folder).mkdir()
    (kernel.root / folder / "block_size_bytes").write_text("8000000\n")
    for name, state in states.items():
        (kernel.root / folder / name).mkdir()
        (kernel.root / folder / name / "state").write_text(state + "\n")


def states(kernel):
    return {path.parent.name: path.read_text().strip() for path in kernel.root.glob("blocks/*/state")}


def test_release_puts_returned_memory_to_use(kernel):
    kernel.file("memory", "100000000-10fffffff removed")
    memory_blocks(kernel, "blocks", memory0="online")
    memory_blocks(kernel, "blocks.after", memory0="online", memory31="offline", memory32="offline",
                  memory33="offline", memory34="offline")
    kernel.answer("JAILHOUSE_MEMORY_RELEASE", 1001)
    assert kernel.good("memory", "release") == ""
    assert {name: text[:6] for name, text in states(kernel).items()} == {
        "memory0": "online", "memory31": "offlin", "memory32": "online", "memory33": "online",
        "memory34": "offlin"}
    assert states(kernel)["memory32"].startswith("online_movable")


def test_release_leaves_blocks_alone_that_linux_handles(kernel):
    kernel.file("memory", "100000000-107ffffff removed")
    memory_blocks(kernel, "blocks", memory32="offline")
    kernel.good("memory", "release")
    assert states(kernel) == {"memory32": "offline"}


def test_release_of_nothing_says_so(kernel):
    assert kernel.good("memory", "release") == "nothing was reserved\n"


def test_release_names_a_block_that_stays_offline(kernel):
    kernel.file("memory", "100000000-107ffffff removed")
    memory_blocks(kernel, "blocks", memory0="online")
    kernel.answer("JAILHOUSE_MEMORY_RELEASE", 1001)
    assert "memory block 32 stays offline" in kernel.bad("memory", "release")


def test_show(kernel):
    assert kernel.good("memory", "show") == "nothing is reserved\n"
    assert json.loads(kernel.good("memory", "show", "--json")) == []
    kernel.file("memory", "100000000-107ffffff removed\n3a000000-3a000fff allocated")
    assert kernel.good("memory", "show") == ("0x100000000-0x107ffffff 128 MiB, removed\n"
                                             "0x3a000000-0x3a000fff 4 KiB, allocated\n")
    assert json.loads(kernel.good("memory", "show", "--json")) == [
        {"start": 1 << 32, "size": 128 << 20, "method": "removed"},
        {"start": 0x3a000000, "size": 4096, "method": "allocated"}]

# SPDX-License-Identifier: GPL-2.0
"""Images on their way into a cell: addresses, pieces, progress."""

import os
import pty
import re
import signal
import subprocess
import time

import pytest

from fake_kernel import EINVAL, TOOL


def test_load_of_several_images_is_one_request(kernel):
    first, second = kernel.write("one", b"\x11" * 5000), kernel.write("two", b"\x22\x33")
    kernel.good("cell", "load", "1", first, second, "-a", "0x10000", "-s", "text", "--address", "4096")
    assert kernel.log() == ["JAILHOUSE_CELL_LOAD id=1 name= [0x0+5000 11..11] [0x10000+2 22..33] "
                            "[0x1000+5 74..00]"]


def test_load_of_an_empty_string_writes_its_nul(kernel):
    kernel.good("cell", "load", "--name", "1", "-s", "")
    assert kernel.log() == ["JAILHOUSE_CELL_LOAD id=-1 name=1 [0x0+1 00..00]"]


@pytest.mark.parametrize("words", [
    ["--name=7", "one", "-a4096", "-stext", "--address=0x10"], ["--name", "7", "one", "-a=4096", "--string=text", "-a0x10"]])
def test_a_value_may_be_in_the_options_own_word(kernel, words):
    kernel.write("one", b"\x11")
    kernel.good("cell", "load", *words)
    assert kernel.log() == ["JAILHOUSE_CELL_LOAD id=-1 name=7 [0x1000+1 11..11] [0x10+5 74..00]"]


@pytest.mark.parametrize("text,value", [
    ("0", 0), ("4096", 4096), ("0xffffFFFF0", 0xffffffff0), ("0XA0", 0xa0), ("010", 10),
    ("0xfffffffffffffffe", 2**64 - 2),
])
def test_addresses(kernel, text, value):
    kernel.good("cell", "load", "1", kernel.write("i", b"\1"), "-a", text)
    assert kernel.log() == [f"JAILHOUSE_CELL_LOAD id=1 name= [0x{value:x}+1 01..01]"]


@pytest.mark.parametrize("text", ["", "x", "0x", "-1", "+1", " 1", "1 ", "12k", "0x1g", "1.5", "0b1",
                                  "0x10000000000000000", "18446744073709551616"])
def test_wrong_addresses(kernel, text):
    words = kernel.bad("cell", "load", "1", kernel.write("i", b"\1"), "-a", text)
    assert f'address "{text}"' in words and "0x100000" in words
    assert kernel.log() == []


def test_load_past_the_end_of_the_address_space(kernel):
    assert "past the end" in kernel.bad("cell", "load", "1", kernel.write("i", b"\1\2"), "-a",
                                        "0xffffffffffffffff")
    assert kernel.log() == []


def test_all_files_are_opened_before_anything_is_loaded(kernel):
    image = kernel.write("i", b"\1")
    assert "opening missing" in kernel.bad("cell", "load", "1", image, "missing")
    assert "is empty" in kernel.bad("cell", "load", "1", image, kernel.write("e", b""))
    assert kernel.log() == []


def test_large_images_travel_last_piece_first(kernel):
    size = (17 << 20) + 3
    image = kernel.root / "large"
    with image.open("wb") as file:
        file.write(b"\xaa")
        file.truncate(size)
        file.seek(size - 1)
        file.write(b"\xbb")
    kernel.good("cell", "load", "1", image, "-a", "0x100000")
    lines = kernel.log()
    assert [re.search(r"\[(0x\w+)\+(\d+) (\w\w)\.\.(\w\w)\]", line).groups() for line in lines] == [
        (f"0x{(0x100000 + (16 << 20)):x}", str((1 << 20) + 3), "00", "bb"),
        (f"0x{(0x100000 + (8 << 20)):x}", str(8 << 20), "00", "00"),
        ("0x100000", str(8 << 20), "aa", "00"),
    ]


def test_a_refused_piece_ends_the_load(kernel):
    image = kernel.root / "large"
    with image.open("wb") as file:
        file.truncate(20 << 20)
    kernel.answer("JAILHOUSE_CELL_LOAD", EINVAL)
    kernel.bad("cell", "load", "1", image)
    assert len(kernel.log()) == 1


def large_image(kernel, mib=24):
    image = kernel.root / "large"
    with image.open("wb") as file:
        file.truncate(mib << 20)
    return image


def test_progress_of_a_long_load_in_a_log(kernel):
    kernel.answer("delay", 600)
    done = kernel.run("cell", "load", "1", large_image(kernel))
    assert done.returncode == 0 and done.stdout == ""
    assert done.stderr.splitlines() == ["jailhouse: loading, 16 of 24 MiB (66 %)",
                                        "jailhouse: loading, 24 of 24 MiB (100 %)"]


def test_progress_of_a_long_load_on_a_terminal(kernel):
    kernel.answer("delay", 600)
    master, slave = pty.openpty()
    child = subprocess.Popen([TOOL, "cell", "load", "1", large_image(kernel)], stderr=slave,
                             env=kernel.environment())
    assert child.wait(10) == 0
    text = os.read(master, 4096)
    os.close(master)
    os.close(slave)
    assert text.startswith(b"\rjailhouse: loading, 16 of 24 MiB (66 %)\r") and text.endswith(b"(100 %)\r\n")


def test_no_progress_of_a_short_load(kernel):
    assert kernel.good("cell", "load", "1", large_image(kernel)) == ""


def test_interrupt_ends_a_load_between_pieces(kernel):
    kernel.answer("delay", 300)
    # A test run in the background of a shell inherits an ignored SIGINT.
    with subprocess.Popen([TOOL, "cell", "load", "1", large_image(kernel, 80)],
                          preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
                          env=kernel.environment()) as child:
        time.sleep(0.5)
        child.send_signal(signal.SIGINT)
        assert child.wait(10) == -signal.SIGINT
    assert 1 <= len(kernel.log()) <= 4

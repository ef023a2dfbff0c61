# SPDX-License-Identifier: GPL-2.0
"""`jailhouse cell stats`, once and live."""

import json
import os
import pty
import select
import subprocess
import time

import pytest

from fake_kernel import TOOL


def test_stats_once(two_cells):
    for words in (["1"], ["rt cell"], ["--name", "rt cell"], ["1", "--once"]):
        lines = two_cells.good("cell", "stats", *words).splitlines()
        assert [line.split() for line in lines] == [
            ["COUNTER", "SUM"], ["total", "77"], ["hypercall", "2"], ["mmio", "5"]]


def test_stats_json(two_cells):
    assert json.loads(two_cells.good("cell", "stats", "1", "--json")) == {
        "cell": "rt cell", "counters": {"total": 77, "hypercall": 2, "mmio": 5},
        "cpus": {"3": {"total": 77, "hypercall": 2, "mmio": 5}}}


def test_stats_of_an_unknown_cell(two_cells):
    text = two_cells.bad("cell", "stats", "nobody")
    assert 'there is no cell "nobody"' in text and '0 "RootCell", 1 "rt cell"' in text
    assert "no counters" in two_cells.bad("cell", "stats", "0", "--json")


def read_until(master, wanted, seconds=10):
    text, end = b"", time.monotonic() + seconds
    while wanted not in text and time.monotonic() < end:
        if select.select([master], [], [], 0.2)[0]:
            text += os.read(master, 4096)
    return text


@pytest.mark.parametrize("term", ["vt100", "linux", "no-such-terminal"])
def test_live_view_without_terminal_descriptions(two_cells, term):
    master, slave = pty.openpty()
    environment = dict(two_cells.environment(), TERM=term, TERMINFO="/nonexistent",
                       TERMINFO_DIRS="/nonexistent", HOME="/nonexistent", LINES="24", COLUMNS="80")
    child = subprocess.Popen([TOOL, "cell", "stats", "1"], env=environment, stdin=slave, stdout=slave,
                             stderr=slave)
    try:
        assert b"77" in read_until(master, b"a all CPUs")
        os.write(master, b"c")
        assert b"CPU 3" in read_until(master, b"CPU 3")
        os.write(master, b"q")
        read_until(master, b"\0never", 0.5)
        assert child.wait(10) == 0
    finally:
        child.kill()
        os.close(master)
        os.close(slave)

# SPDX-License-Identifier: GPL-2.0
"""`jailhouse cell list`."""

import json

import pytest



def test_list_table(two_cells):
    assert two_cells.good("cell", "list") == (
        f"{'ID':8}{'Name':24}{'State':18}{'Assigned CPUs':24}{'Failed CPUs':24}\n"
        f"{'0':8}{'RootCell':24}{'running':18}{'0-2':24}{'':24}\n"
        f"{'1':8}{'rt cell':24}{'shut down':18}{'3':24}{'3':24}\n")


def test_list_is_sorted_by_number(kernel):
    for number in (10, 2, 0):
        kernel.cell(number)
    assert [line.split()[0] for line in kernel.good("cell", "list").splitlines()[1:]] == ["0", "2", "10"]


def test_list_without_cells_prints_nothing(kernel):
    assert kernel.good("cell", "list") == ""
    (kernel.root / "sysfs/cells").mkdir()
    assert kernel.good("cell", "list") == ""
    assert json.loads(kernel.good("cell", "list", "--json")) == []


def test_list_json(kernel):
    kernel.cell(0, cpus_assigned_list="0-2,5,7-8")
    kernel.cell(4, name='a"b\\c\x01\tü', cpus_assigned_list="", unprotected="dma")
    first, second = json.loads(kernel.good("cell", "list", "--json"))
    assert first == {"id": 0, "name": "RootCell", "state": "running", "cpus": [0, 1, 2, 5, 7, 8],
                     "failed_cpus": [], "unprotected": ""}
    assert second["name"].startswith('a"b\\c\x01\t') and second["cpus"] == []
    assert second["unprotected"] == "dma"


@pytest.mark.parametrize("what,text", [
    ("dma", "reach all memory"), ("irq", "raise any interrupt"),
    ("dma irq", "reach all memory and raise any interrupt"), ("new", "new"),
])
def test_list_says_what_is_not_isolated(kernel, what, text):
    kernel.cell(0, unprotected=what)
    kernel.cell(1, name="safe", unprotected="0")
    kernel.cell(2, name="safe too", unprotected="")
    *table, last = kernel.good("cell", "list").splitlines()
    assert len(table) == 4 and last == f'cell "RootCell" is not isolated: its devices can {text}'


@pytest.mark.parametrize("what,lines", [("delivery", 1), ("irq delivery", 2)])
def test_list_says_who_takes_interrupts_itself(kernel, what, lines):
    kernel.cell(0)
    kernel.cell(1, name="direct", unprotected=what)
    said = kernel.good("cell", "list").splitlines()[3:]
    assert len(said) == lines and said[0].startswith('cell "direct" takes its interrupts itself: it can refuse')
    assert all("raise any interrupt" in line for line in said[1:])


def test_list_with_a_missing_file_fails(kernel):
    kernel.cell(0)
    (kernel.root / "sysfs/cells/0/state").unlink()
    assert "cells/0/state: No such file" in kernel.bad("cell", "list")

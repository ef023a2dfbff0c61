# SPDX-License-Identifier: GPL-2.0
"""What the user reads when the driver refuses, or is not there."""

import os
import subprocess

import pytest

from fake_kernel import EBUSY, EINTR, EINVAL, ENOENT, ENOTTY, REAL, REPO, system_blob

REQUESTS = [
    ("JAILHOUSE_DISABLE", ["disable"]),
    ("JAILHOUSE_CELL_START", ["cell", "start", "1"]),
    ("JAILHOUSE_CELL_DESTROY", ["cell", "destroy", "1"]),
    ("JAILHOUSE_CELL_LOAD", ["cell", "shutdown", "1"]),
    ("JAILHOUSE_CELL_CREATE", ["cell", "create", "console"]),
    ("JAILHOUSE_MEMORY_RESERVE", ["memory", "reserve", "1M"]),
    ("JAILHOUSE_MEMORY_RELEASE", ["memory", "release"]),
]


@pytest.mark.parametrize("request_name,words", REQUESTS)
def test_the_drivers_sentence_follows_the_error(kernel, request_name, words):
    kernel.answer(request_name, EBUSY)
    kernel.file("refusal", 'cell "x", cpus: the rule (0x3 of 0x1); do this')
    assert kernel.bad(*words) == (f"{request_name}: Device or resource busy\n"
                                  'jailhouse: cell "x", cpus: the rule (0x3 of 0x1); do this\n')


def test_enable_refused(kernel):
    kernel.answer("JAILHOUSE_ENABLE", EBUSY)
    kernel.file("refusal", "already enabled")
    assert kernel.bad("enable", system_blob()) == ("JAILHOUSE_ENABLE: Device or resource busy\n"
                                                   "jailhouse: already enabled\n")


def test_a_driver_without_words(kernel):
    kernel.answer("JAILHOUSE_DISABLE", EINVAL)
    assert "dmesg" in kernel.bad("disable")


@pytest.mark.parametrize("error,word", [(EINTR, "signal"), (ENOTTY, "does not know"), (14, "cut off")])
def test_errors_without_a_sentence_of_the_driver(kernel, error, word):
    kernel.answer("JAILHOUSE_DISABLE", error)
    assert word in kernel.bad("disable")


def test_a_signal_is_not_explained_by_an_older_sentence(kernel):
    kernel.answer("JAILHOUSE_DISABLE", EINTR)
    kernel.file("refusal", "an older sentence")
    assert "older" not in kernel.bad("disable")


def test_an_unknown_cell_is_answered_with_the_known_ones(two_cells):
    two_cells.answer("JAILHOUSE_CELL_START", ENOENT)
    two_cells.file("refusal", 'there is no cell "x"')
    assert two_cells.bad("cell", "start", "x") == (
        "JAILHOUSE_CELL_START: No such file or directory\njailhouse: there is no cell \"x\"\n"
        'jailhouse: existing cells: 0 "RootCell", 1 "rt cell"\n')


def test_no_driver(kernel):
    kernel.answer("open", ENOENT)
    for words in (["disable"], ["console"], ["cell", "start", "1"], ["memory", "release"]):
        text = kernel.bad(*words)
        assert text.startswith("opening /dev/jailhouse: No such file or directory\n")
        assert "modprobe jailhouse" in text


def test_no_permission(kernel):
    kernel.answer("open", 13)
    assert "as root" in kernel.bad("disable")


def test_the_real_tool_uses_the_real_device():
    done = subprocess.run([REAL, "disable"], capture_output=True, text=True,
                          env=dict(os.environ, FAKE_ROOT="/tmp"))
    assert done.returncode == 1 and done.stderr.startswith("opening /dev/jailhouse: ")
    assert b"FAKE_ROOT" not in REAL.read_bytes()


def test_programs_are_static():
    for name in ("jailhouse", "ivshmem-demo", "edu-attack"):
        headers = subprocess.run(["readelf", "-lW", REPO / "build/tools" / name], capture_output=True,
                                 text=True, check=True).stdout
        assert "INTERP" not in headers and "LOAD" in headers

# SPDX-License-Identifier: GPL-2.0
"""`jailhouse console` and `jailhouse denials`."""

import subprocess

import pytest

from fake_kernel import EAGAIN, EPERM, TOOL


def test_console(kernel):
    (kernel.root / "console").write_bytes(b"line\n" * 100)
    assert kernel.good("console") == "line\n" * 100
    assert kernel.good("console", "-f") == kernel.good("console", "--follow")


@pytest.mark.parametrize("error,name,word", [
    (EAGAIN, "Resource temporarily unavailable", "not enabled"),
    (EPERM, "Operation not permitted", "JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE"),
])
def test_console_refused(kernel, error, name, word):
    kernel.answer("read", error)
    text = kernel.bad("console")
    assert text.startswith(f"read(console): {name}\n") and word in text


def test_denials(kernel):
    kernel.file("denials", "one\ntwo")
    assert kernel.good("denials") == "one\ntwo\n"
    kernel.file("denials", "")
    assert kernel.good("denials") == ""
    (kernel.root / "sysfs/denials").unlink()
    assert "denials: No such file" in kernel.bad("denials")


def test_a_full_disk_is_an_error(two_cells):
    with open("/dev/full", "w") as full:
        done = subprocess.run([TOOL, "cell", "list"], env=two_cells.environment(), stdout=full,
                              stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1 and "No space left" in done.stderr

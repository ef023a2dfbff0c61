# SPDX-License-Identifier: GPL-2.0
"""What a command asks of the driver, and which files and cells it takes."""

import pathlib
import re
import subprocess

import pytest

from fake_kernel import cell_blobs, system_blob


def test_enable_passes_the_configuration(kernel):
    assert kernel.good("enable", system_blob()) == ""
    assert kernel.log() == ["JAILHOUSE_ENABLE JHSYS"]


def test_enable_warns_of_what_is_missing(kernel):
    kernel.file("refusal", "virtual PCI: its window is not free")
    done = kernel.run("enable", system_blob())
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "jailhouse: warning: virtual PCI: its window is not free\n"


def test_enable_reads_a_pipe(kernel):
    with subprocess.Popen(["cat", system_blob()], stdout=subprocess.PIPE) as cat:
        done = kernel.run("enable", "/dev/stdin", stdin=cat.stdout)
    assert (done.returncode, done.stderr) == (0, "")


def test_enable_of_no_file(kernel):
    assert "opening no-such-file: No such file or directory" in kernel.bad("enable", "no-such-file")
    assert "is empty" in kernel.bad("enable", kernel.write("empty", b""))
    assert "Is a directory" in kernel.bad("enable", kernel.root)
    assert kernel.log() == []


def test_enable_refuses_every_truncation(kernel):
    blob = system_blob().read_bytes()
    for length in sorted({0, 1, 4, 5, 7, 8, 355, 356, 487, 488, len(blob) // 2, len(blob) - 1}):
        assert "short" in kernel.bad("enable", kernel.write("short", blob[:length]))
    assert kernel.log() == []


def test_enable_refuses_trailing_bytes_and_cells(kernel):
    blob = system_blob().read_bytes()
    kernel.bad("enable", kernel.write("long", blob + b"\0" * 8))
    kernel.bad("enable", kernel.write("huge", blob + b"\0" * 100000))
    kernel.bad("enable", cell_blobs()[0])
    assert kernel.log() == []


def test_files_that_have_a_size_but_no_mapping(kernel):
    """As /sys/firmware/fdt: PCI config space is such a file wherever there is PCI."""
    sized = next(path for pattern in ("bus/pci/devices/*/config", "firmware/fdt", "kernel/btf/vmlinux",
                                      "kernel/notes")
                 for path in sorted(pathlib.Path("/sys").glob(pattern)) if path.stat().st_size)
    assert not re.search("opening|reading", kernel.bad("cell", "linux", sized, sized))


def test_disable(kernel):
    assert kernel.good("disable") == ""
    assert kernel.log() == ["JAILHOUSE_DISABLE"]


def test_cell_create_passes_the_size(kernel):
    assert kernel.good("cell", "create", kernel.write("c", bytes(321))) == ""
    assert kernel.log() == ["JAILHOUSE_CELL_CREATE size=321"]


@pytest.mark.parametrize("command", ["start", "destroy"])
@pytest.mark.parametrize("words,logged", [
    (["3"], "id=3 name="), (["rt cell"], "id=-1 name=rt cell"), (["--name", "3"], "id=-1 name=3"),
    (["3x"], "id=-1 name=3x"), (["2147483647"], "id=2147483647 name="), (["--name", "-f"], "id=-1 name=-f"),
    (["--name=3"], "id=-1 name=3"), (["--name=a=b"], "id=-1 name=a=b"),
    (["n" * 31], "id=-1 name=" + "n" * 31),
])
def test_cells_are_named_by_id_or_name(kernel, command, words, logged):
    kernel.good("cell", command, *words)
    assert kernel.log() == [f"JAILHOUSE_CELL_{command.upper()} {logged}"]


@pytest.mark.parametrize("word", ["", "n" * 32, "2147483648", "99999999999999999999999999"])
def test_impossible_cells_are_refused_here(kernel, word):
    if word.isdigit() and len(word) > 20:
        kernel.good("cell", "start", word)      # no number at all, so a name
        return
    assert kernel.bad("cell", "start", word).startswith("jailhouse: cell ")
    assert kernel.log() == []


def test_shutdown_loads_nothing(kernel):
    kernel.good("cell", "shutdown", "--name", "7")
    assert kernel.log() == ["JAILHOUSE_CELL_LOAD id=-1 name=7"]

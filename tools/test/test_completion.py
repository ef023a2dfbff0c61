# SPDX-License-Identifier: GPL-2.0
"""The manual's reference and the shell's completion know every command."""

import os
import subprocess

from fake_kernel import REPO, TOOL, commands


def test_the_manual_has_the_reference():
    text = subprocess.run([TOOL, "help", "--markdown"], capture_output=True, text=True, check=True).stdout
    manual = (REPO / "Documentation/cli.md").read_text()
    assert text.strip() in manual, "run tools/make-cli-doc"


COMPLETION = REPO / "tools/jailhouse-completion.bash"


def complete(kernel, *words):
    """COMPREPLY for a line of these words, the last of which is being typed."""
    script = f"""source {COMPLETION}
COMP_WORDS=("$@"); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _jailhouse; printf '%s\\n' "${{COMPREPLY[@]}}" """
    done = subprocess.run(["bash", "-c", script, "bash", "jailhouse", *words], text=True, check=True,
                          capture_output=True, cwd=kernel.root,
                          env=dict(os.environ, JAILHOUSE_CELLS=str(kernel.root / "sysfs/cells")))
    assert done.stderr == ""
    return sorted(set(done.stdout.split("\n")) - {""})


def test_completion_is_bash():
    subprocess.run(["bash", "-n", COMPLETION], check=True)


def test_completion_knows_every_command(kernel):
    for words, _ in commands():
        *before, last = words.split()
        assert last in complete(kernel, *before, last[:3]), words
        assert set(complete(kernel, *before, "")) >= {last}


def test_completion_offers_no_command_that_does_not_exist(kernel):
    known = {words for words, _ in commands()}
    for first in complete(kernel, ""):
        seconds = [] if first in ("help", "enable", "console") else complete(kernel, first, "")
        for name in [f"{first} {second}" for second in seconds] or [first]:
            assert name in known | {"--help", "--version"}


def test_completion_of_cells_and_files(two_cells):
    kernel = two_cells
    kernel.write("image.bin", b"")
    for command in ("start", "shutdown", "destroy", "load"):
        assert complete(kernel, "cell", command, "") == ["--name", "1", r"rt\ cell"]
    assert complete(kernel, "cell", "stats", "R") == ["RootCell"]
    assert complete(kernel, "cell", "start", "--name", "") == [r"rt\ cell"]
    assert complete(kernel, "cell", "start", "1", "") == []
    assert complete(kernel, "cell", "load", "1", "im") == ["image.bin"]
    assert complete(kernel, "cell", "load", "1", "x", "-a", "im") == []
    assert complete(kernel, "enable", "im") == ["image.bin"]
    assert complete(kernel, "cell", "create", "im") == ["image.bin"]
    assert complete(kernel, "config", "check", "a", "im") == ["image.bin"]
    assert complete(kernel, "cell", "linux", "im") == ["image.bin"]
    assert complete(kernel, "cell", "linux", "a", "b", "--in") == ["--initrd"]
    assert complete(kernel, "cell", "linux", "a", "b", "-c", "im") == []
    assert complete(kernel, "cell", "linux", "a", "b", "--dtb", "im") == ["image.bin"]
    assert "image.bin" in complete(kernel, "cell", "linux", "a", "b", "--dtb", "=")
    assert complete(kernel, "cell", "linux", "a", "b", "--dtb", "=", "im") == ["image.bin"]
    assert complete(kernel, "cell", "linux", "a", "b", "--cmdline", "=", "im") == []

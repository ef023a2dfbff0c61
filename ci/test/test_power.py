# SPDX-License-Identifier: GPL-2.0
"""A machine whose emulator dies is switched on again only if nothing of ours ran in it."""

import pytest

from boots import initramfs, power
from boots.rows import Row

ROW = Row("row", "script", "")
DEATH = "QEMU died of SIGABRT: assertion failed"


def machine(folder, *lives):
    """A run() for power.attempt: each life is (how it ends, what Linux said on its console)."""
    lives = iter(lives)

    def run(row, where):
        assert row is ROW and where == folder
        assert not list(folder.glob("*.log")), "the logs of the run before are still there"
        end, said = next(lives)
        (folder / "console.log").write_text(said)
        return end
    return run


@pytest.mark.parametrize("code, text, end", [
    (0, "a warning\n", ""),
    (-6, "", "QEMU died of SIGABRT"),
    (-11, "1\n2\n3\n4\n", "QEMU died of SIGSEGV: 2 / 3 / 4"),
    (1, "no such device\n", "QEMU ended with code 1: no such device"),
])
def test_end_has_the_emulators_last_words(logs, code, text, end):
    assert power.how(code, logs(qemu=text)) == end


def test_clean_end_is_the_end(tmp_path):
    assert power.attempt(ROW, tmp_path, machine(tmp_path, ("", power.BEGUN))) == ""


@pytest.mark.parametrize("end, why", [
    (DEATH, DEATH), ("still running after 60 s", "still running after 60 s"), ("", "it powered off")])
def test_stillborn_machine_is_switched_on_again(tmp_path, capsys, end, why):
    lives = (end, "Linux boots\n"), ("", power.BEGUN)
    assert power.attempt(ROW, tmp_path, machine(tmp_path, *lives)) == ""
    assert f"row: {why}" in capsys.readouterr().out
    assert (tmp_path / "console.stillborn").read_text() == "Linux boots\n"


def test_third_death_is_the_last(tmp_path):
    assert power.attempt(ROW, tmp_path, machine(tmp_path, *[(DEATH, "")] * 3)) == DEATH


@pytest.mark.parametrize("end", [DEATH, "still running after 60 s"])
def test_end_after_linux_has_booted_is_judged(tmp_path, end):
    assert power.attempt(ROW, tmp_path, machine(tmp_path, (end, f"Linux\n{power.BEGUN}\n"))) == end


def test_wrong_command_line_is_not_tried_again(tmp_path):
    end = "QEMU ended with code 1: no such device"
    assert power.attempt(ROW, tmp_path, machine(tmp_path, (end, ""))) == end


def test_first_process_says_that_it_runs():
    assert f'echo "{power.BEGUN}"\n' in (initramfs.GUEST / "init").read_text()

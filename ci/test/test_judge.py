# SPDX-License-Identifier: GPL-2.0
"""What a machine wrote, and the facts that are taken from it."""

import pytest

from boots import judge
from boots.rows import Row

GOOD = "[ 1.0] FACT ok works\n[ 1.1] FACT ok script-finished\n[ 1.2] FACT ok kernel-healthy\n"


def bad(row, folder, end=""):
    return {name: why for name, why in judge.judge(row, folder, end).items() if why is not None}


def test_all_facts_hold(logs):
    facts = judge.judge(Row("row", "script", "works"), logs(console=GOOD), "")
    assert set(facts) == {"works", "script-finished", "kernel-healthy", "no-complaint", "power-off"}
    assert not any(facts.values())


def test_fact_that_nobody_reported_failed(logs):
    assert bad(Row("row", "script", "works more"), logs(console=GOOD)) == {"more": "was never reported"}


def test_script_that_did_not_end_failed(logs):
    assert set(bad(Row("row", "script", "works"), logs(console="FACT ok works\n"))) == set(judge.ALWAYS)


def test_machine_without_a_console_failed(logs):
    assert set(bad(Row("row", "script", "works"), logs())) == {"works", *judge.ALWAYS}


@pytest.mark.parametrize("text", ["FACT failed works: why\nFACT ok works\n", "FACT ok works\nFACT failed works: why\n"])
def test_one_failure_outweighs_every_ok(logs, text):
    assert bad(Row("row", "script", "works"), logs(console=text + GOOD)) == {"works": "why"}


def test_failure_that_no_row_lists_counts(logs):
    assert "other" in bad(Row("row", "script", "works"), logs(console=GOOD + "FACT failed other: why\n"))


def test_audit_reports_facts_too(logs):
    folder = logs(console=GOOD, audit="FACT failed tables: a page too many\n")
    assert bad(Row("row", "script", "works"), folder) == {"tables": "a page too many"}


@pytest.mark.parametrize("complaint", ["WARNING: CPU: 1 PID: 7", "BUG: bad page", "Kernel panic - not syncing",
                                       "rcu: INFO: rcu_sched self-detected stall", "segfault at 0"])
def test_complaint_of_the_kernel_failed(logs, complaint):
    why = bad(Row("row", "script", "works"), logs(console=f"{GOOD}[ 2.0] {complaint}\n"))
    assert why == {"no-complaint": f"console.log:4: [ 2.0] {complaint}"}


def test_other_ports_say_what_they_must(logs):
    row = Row("row", "script", "works", expect=(("cell0", "beats", r"^beat \d+$"),),
              refuse=(("cell1", "never", "secret"),))
    assert not bad(row, logs(console=GOOD, cell0="beat 1\r\n", cell1="nothing\n"))
    assert set(bad(row, logs(console=GOOD, cell0="bleat\n", cell1="a secret\n"))) == {"beats", "never"}


def test_machine_that_did_not_power_off_failed(logs):
    assert bad(Row("row", "script", "works"), logs(console=GOOD), "still running") == {"power-off": "still running"}


def test_fact_that_a_cell_printed_into_is_said_again(logs):
    text = "FACT ok wotimer: beat 2\nrks\nAgain: FACT ok works\nFACT ok script-finished\nFACT ok kernel-healthy\n"
    assert not bad(Row("row", "script", "works"), logs(console=text))

# SPDX-License-Identifier: GPL-2.0
"""Reads what a machine wrote and says which facts hold."""

import re

COMPLAINT = re.compile(
    r"BUG:|\bOops\b|WARNING: CPU|Kernel panic|general protection fault|unable to handle|"
    r"soft lockup|hard LOCKUP|rcu.*detected stall|rcu.*self-detected|blocked for more than|segfault at")
FACT = re.compile(r"FACT (ok|failed) ([\w.,:/=+-]+?)(?:: (.*))?$")
ALWAYS = ("script-finished", "kernel-healthy")


def read(folder, port):
    path = folder / f"{port}.log"
    return path.read_text(errors="replace").replace("\r", "") if path.exists() else ""


def facts_of(text):
    """Fact name -> None when it held every time it was reported, else why it did not."""
    facts = {}
    for line in text.splitlines():
        if match := FACT.search(line):
            verdict, name, why = match.groups()
            if verdict == "failed":
                facts[name] = why or "failed"
            else:
                facts.setdefault(name, None)
    return facts


def judge(row, folder, end):
    """All facts of a finished run; end says how the machine stopped, "" for a clean power-off."""
    console = read(folder, "console")
    facts = facts_of(console + read(folder, "audit"))
    for name in (*row.facts.split(), *ALWAYS):
        facts.setdefault(name, "was never reported")
    for port, name, pattern in row.expect:
        found = re.search(pattern, read(folder, port), re.M)
        facts[name] = None if found else f"/{pattern}/ is not in {port}.log"
    for port, name, pattern in row.refuse:
        found = re.search(pattern, read(folder, port), re.M)
        facts[name] = f"{port}.log has: {found[0]}" if found else None
    complaint = COMPLAINT.search(console)
    line = console[:complaint.start()].count("\n") if complaint else 0
    facts["no-complaint"] = f"console.log:{line + 1}: {console.splitlines()[line]}" if complaint else None
    facts["power-off"] = end or None
    return facts

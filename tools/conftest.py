# SPDX-License-Identifier: GPL-2.0
"""Ends the report of the tools' tests in the line that `make check` adds up."""


def pytest_terminal_summary(terminalreporter):
    counts = {name: len(terminalreporter.stats.get(name, []))
              for name in ("passed", "failed", "error", "skipped", "xfailed", "xpassed")}
    passed = counts.pop("passed")
    terminalreporter.write_line(f"tools-test: {passed} passed, {sum(counts.values())} failed")

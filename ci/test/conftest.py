# SPDX-License-Identifier: GPL-2.0
"""The parts of ci/ that decide whether a test passed, tested without a machine."""

import pathlib
import sys

import pytest

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1]))


@pytest.fixture
def logs(tmp_path):
    """Writes NAME.log files; returns their folder."""
    def write(**texts):
        for name, text in texts.items():
            (tmp_path / f"{name}.log").write_text(text)
        return tmp_path
    return write

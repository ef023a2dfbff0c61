# SPDX-License-Identifier: GPL-2.0
"""The command line tool against a fake driver: words, requests, answers, texts, exit codes.

build/tools/test/jailhouse-fake is the real tool with tools/fake_device.c instead of device.c; its
"kernel" is a folder made by each test. The configuration commands are also run on configurations that
the tree builds.
"""

import os
import pathlib
import re
import subprocess

import pytest

REPO = pathlib.Path(__file__).resolve().parents[2]
TOOL = REPO / "build/tools/test/jailhouse-fake"
REAL = REPO / "build/tools/jailhouse"
EINVAL, ENOENT, EPERM, EINTR, EAGAIN, ENOTTY, EBUSY = 22, 2, 1, 4, 11, 25, 16

CELL_FILES = {"name": "RootCell", "state": "running", "cpus_assigned_list": "0-2", "cpus_failed_list": ""}


class Kernel:
    """A fake kernel in a folder, and the tool running on it."""

    def __init__(self, root):
        self.root = root
        (root / "sysfs").mkdir()
        (root / "console").write_bytes(b"")
        self.file("memory", "")

    def file(self, name, text):
        path = self.root / "sysfs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text + "\n" if text else "")

    def cell(self, number, **files):
        for name, text in {**CELL_FILES, **files}.items():
            self.file(f"cells/{number}/{name}", text)
            if not text:
                (self.root / f"sysfs/cells/{number}/{name}").write_text("\n")

    def answer(self, request, result):
        with (self.root / "answers").open("a") as file:
            file.write(f"{request} {result}\n")

    def environment(self):
        return dict(os.environ, FAKE_ROOT=str(self.root))

    def run(self, *words, stdin=subprocess.DEVNULL):
        return subprocess.run([TOOL, *map(str, words)], env=self.environment(), text=True, timeout=20,
                              capture_output=True, stdin=stdin, cwd=self.root)

    def good(self, *words):
        done = self.run(*words)
        assert (done.returncode, done.stderr) == (0, "")
        return done.stdout

    def bad(self, *words):
        done = self.run(*words)
        assert (done.returncode, done.stdout) == (1, "")
        return done.stderr

    def log(self):
        path = self.root / "log"
        return path.read_text().splitlines() if path.exists() else []

    def write(self, name, data):
        path = self.root / name
        path.write_bytes(data)
        return path


BLOBS = sorted((REPO / "build/configs/x86").glob("*.cell"))
ARM64_BLOBS = sorted((REPO / "build/configs/arm64").glob("*.cell"))


def system_blob():
    """The test machine's own configuration, or any that is a system configuration."""
    for path in BLOBS:
        if path.read_bytes()[:5] == b"JHSYS":
            return path
    pytest.fail("build/configs/x86 has no system configuration; make configs")


def cell_blobs():
    return [path for path in BLOBS if path.read_bytes()[:5] == b"JHCLL"]


def commands():
    """Words and usage of every command, as the tool itself prints them."""
    text = subprocess.run([TOOL, "help", "--markdown"], capture_output=True, text=True, check=True).stdout
    return re.findall(r"^### (.*)\n\n```\njailhouse \1 ?(.*)\n```", text, re.M)

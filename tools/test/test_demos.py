# SPDX-License-Identifier: GPL-2.0
"""The demo programs' own checks."""

import pathlib
import subprocess

from fake_kernel import REPO


def test_edu_attack_refuses_wrong_words():
    for words in ([], ["read"], ["read", "x"], ["write", "0"], ["write", "0", "0x100000000"], ["peek", "0"]):
        done = subprocess.run([REPO / "build/tools/edu-attack", *words], capture_output=True, text=True)
        assert done.returncode == 2 and done.stderr.startswith("usage: edu-attack")


def test_edu_attack_without_the_device():
    done = subprocess.run([REPO / "build/tools/edu-attack", "-d", "ffff:ff:1f.7", "read", "0"],
                          capture_output=True, text=True)
    assert done.returncode == 1 and "device ffff:ff:1f.7" in done.stderr


def test_edu_attack_looks_for_the_device():
    if [path for path in pathlib.Path("/sys/bus/pci/devices").glob("*/device") if path.read_text() == "0x11e8\n"]:
        return      # on a machine that has one, this would be an attack
    done = subprocess.run([REPO / "build/tools/edu-attack", "read", "0"], capture_output=True, text=True)
    assert done.returncode == 1 and done.stderr.startswith("edu-attack: no PCI device is 1234:11e8")


def test_ivshmem_demo_without_a_window():
    demo = REPO / "build/tools/ivshmem-demo"
    assert subprocess.run([demo, "-x"], capture_output=True).returncode == 2
    assert subprocess.run([demo, "-n", "many"], capture_output=True).returncode == 2
    done = subprocess.run([demo, "-d", "/dev/no-such-uio"], capture_output=True, text=True)
    assert done.returncode == 1 and done.stderr.startswith("ivshmem-demo: /dev/no-such-uio: ")

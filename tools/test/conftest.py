# SPDX-License-Identifier: GPL-2.0
"""A fake kernel for every test, and the line at the end of the report that `make check` adds up."""

import subprocess

import pytest

from fake_kernel import Kernel
from linux_bench import Bench


@pytest.fixture
def kernel(tmp_path):
    return Kernel(tmp_path)


@pytest.fixture
def two_cells(kernel):
    kernel.cell(0)
    kernel.cell(1, name="rt cell", state="shut down", cpus_assigned_list="3", cpus_failed_list="3")
    for reason, value in (("total", 77), ("mmio", 5), ("hypercall", 2)):
        kernel.file(f"cells/1/statistics/vmexits_{reason}", str(value))
        kernel.file(f"cells/1/statistics/cpu3/vmexits_{reason}", str(value))
    return kernel


@pytest.fixture(scope="session")
def machines(tmp_path_factory):
    """Device trees of QEMU's virt machine by GIC version."""
    folder, trees = tmp_path_factory.mktemp("machines"), {}
    for version in (2, 3):
        path = trees[version] = folder / f"gic{version}.dtb"
        subprocess.run(["qemu-system-aarch64", "-machine",
                        f"virt,virtualization=on,gic-version={version},iommu=smmuv3,dtb-randomness=off,dumpdtb={path}",
                        "-cpu", "cortex-a57", "-smp", "4", "-m", "1G", "-display", "none", "-serial", "null",
                        "-serial", "null"], check=True, capture_output=True, timeout=60)
    return trees


@pytest.fixture
def bench(kernel, machines):
    return Bench(kernel, machines[3])


def pytest_terminal_summary(terminalreporter):
    counts = {name: len(terminalreporter.stats.get(name, []))
              for name in ("passed", "failed", "error", "skipped", "xfailed", "xpassed")}
    passed = counts.pop("passed")
    terminalreporter.write_line(f"tools-test: {passed} passed, {sum(counts.values())} failed")

# SPDX-License-Identifier: GPL-2.0
"""`jailhouse cell linux`: where kernel, tree, initrd and loader go, and what does not fit."""

import re
import subprocess

import pytest

from cell_blob import COMM, DMA, EXECUTE, IO, LOADABLE, LOADER, RAM, SHARED, WRITE, linux_cell, region
from linux_bench import IMAGE_SIZE, MIB, image, own


def places(bench, *words, **changes):
    text = bench.good("--dry-run", *words, **changes)
    return dict(re.findall(r'("kernel=[^"]*"|\S+) -a (0x[0-9a-f]+)', text))


def test_places(bench):
    bench.kernel.write("initrd", b"i")
    assert places(bench, "-i", "initrd") == {
        "loader.bin": "0x0", '"kernel=0x70200000 dtb=0x70000000"': "0x1000", "Image": "0x70200000",
        "TREE.dtb": "0x70000000", "initrd": f"0x{0x70200000 + IMAGE_SIZE:x}"}


@pytest.mark.parametrize("offset,size,length,address,behind", [
    (0, IMAGE_SIZE, 4096, 0x70200000, 0x70500000), (0x80000, IMAGE_SIZE, 4096, 0x70280000, 0x70580000),
    (0, IMAGE_SIZE + 1, 4096, 0x70200000, 0x70501000), (0, 4096, 8192, 0x70200000, 0x70202000),
    (0, 0, 4096, 0x70280000, 0x71282000), (0x80000, 0, 5 * MIB, 0x70280000, 0x71c80000), (0x1ff000, 4096, 64, 0x703ff000, 0x70400000),
])
def test_kernels_of_all_sizes(bench, offset, size, length, address, behind):
    bench.kernel.write("Image", image(size, offset, length=length))
    bench.kernel.write("initrd", b"i")
    where = places(bench, "-i", "initrd")
    assert (int(where["Image"], 0), int(where["initrd"], 0)) == (address, behind)


def test_a_region_that_holds_the_loader_too(bench):
    bench.kernel.write("linux.cell", linux_cell(reset=0x70000000, memory=[
        region(0x70000000, 128 * MIB, RAM), region(0x09040000, 0x1000, 3 | IO)]))
    where = places(bench)
    assert where["loader.bin"] == "0x70000000" and where["TREE.dtb"] == "0x70010000"
    assert where["Image"] == "0x70200000"


@pytest.mark.parametrize("reset,good", [(0x77ff0000, True), (0x70500000, True), (0x704ff000, False),
                                        (0x70001000, False), (0x70300000, False)])
def test_a_loader_in_the_middle_of_the_ram(bench, reset, good):
    bench.kernel.write("linux.cell", linux_cell(reset=reset, memory=[
        region(0x70000000, 128 * MIB, RAM), region(0x09040000, 0x1000, 3 | IO)]))
    if good:
        assert places(bench)["loader.bin"] == f"0x{reset:x}"
    else:
        assert "in the middle of the RAM" in bench.bad()


@pytest.mark.parametrize("reset", [0x70000800, 0x70000004, 0x70000ffc])
def test_a_loader_off_its_page(bench, reset):
    bench.kernel.write("linux.cell", linux_cell(reset=reset, memory=[
        region(0x70000000, 128 * MIB, RAM), region(0x09040000, 0x1000, 3 | IO)]))
    assert f"at the reset address 0x{reset:x}; make cpu_reset_address a multiple of 0x1000" in bench.bad()


def ram(size, start=0x70000000):
    return linux_cell(memory=[region(0, 0x10000, LOADER), region(start, size, RAM), region(0x09040000, 0x1000, 3 | IO)])


def test_the_last_byte_fits_and_no_more(bench):
    needed = 2 * MIB + IMAGE_SIZE + 5000
    bench.kernel.write("initrd", b"i" * 5000)
    bench.kernel.write("linux.cell", ram((needed + 0xfff) & ~0xfff))
    bench.good("--dry-run", "-i", "initrd")
    bench.kernel.write("linux.cell", ram(needed & ~0xfff))
    text = bench.bad("-i", "initrd")
    assert "the initrd (0x1388 bytes at 0x70500000) does not fit into the RAM at 0x70000000 (5124 KiB)" in text
    assert f"at least 0x{(needed + 0xfff) & ~0xfff:x} bytes" in text


def test_a_kernel_that_does_not_fit(bench):
    bench.kernel.write("linux.cell", ram(2 * MIB + IMAGE_SIZE))
    bench.good("--dry-run")
    bench.kernel.write("linux.cell", ram(2 * MIB + IMAGE_SIZE - 0x1000))
    text = bench.bad()
    assert "the kernel (0x300000 bytes at 0x70200000) does not fit into the RAM at 0x70000000" in text
    assert "at least 0x500000 bytes" in text


def test_a_device_tree_that_does_not_fit(bench):
    own(bench, more="n { x = [" + "00" * 4096 + "]; };")
    bench.kernel.write("linux.cell", ram(0x1000))
    assert "the device tree (0x1" in bench.bad("-d", "own.dtb")
    assert "the kernel (" in bench.bad()


def test_a_command_line_longer_than_linux_takes(bench):
    assert bench.tree("-c", "x" * 2047)["/chosen"]["bootargs"] == ["x" * 2047]
    assert "2048 characters" in bench.bad("-c", "x" * 2048)


def test_a_device_tree_larger_than_linux_takes(bench):
    source = f"""/dts-v1/; / {{ #address-cells = <2>; #size-cells = <2>; a {{ b = [{"00" * (2 * MIB)}]; }}; }};"""
    subprocess.run(["dtc", "-q", "-O", "dtb", "-o", bench.kernel.root / "big.dtb"], input=source, text=True, check=True)
    assert "Linux takes at most 0x200000" in bench.bad("-d", "big.dtb")


def test_the_first_region_that_is_large_enough(bench):
    bench.kernel.write("linux.cell", linux_cell(memory=[
        region(0, 0x10000, LOADER), region(0x60000000, 4 * MIB, RAM), region(0x70000000, 16 * MIB, RAM),
        region(0x09040000, 0x1000, 3 | IO)]))
    assert places(bench)["Image"] == "0x70200000"


@pytest.mark.parametrize("size,good", [(0x10000, True), (0xf000, False)])
def test_the_loaders_region(bench, size, good):
    bench.kernel.write("linux.cell", linux_cell(memory=[region(0, size, LOADER), region(0x70000000, 128 * MIB, RAM),
                                                        region(0x09040000, 0x1000, 3 | IO)]))
    if good:
        bench.good("--dry-run")
    else:
        assert "need 64 KiB at 0x0, its region has 0xf000" in bench.bad()


@pytest.mark.parametrize("flags", [LOADER & ~LOADABLE, LOADER & ~WRITE])
def test_a_loader_without_a_region(bench, flags):
    bench.kernel.write("linux.cell", linux_cell(memory=[region(0, 0x10000, flags), region(0x70000000, 128 * MIB, RAM),
                                                        region(0x09040000, 0x1000, 3 | IO)]))
    assert "no loadable, writable memory region holds the reset address 0x0" in bench.bad()


@pytest.mark.parametrize("flags", [RAM & ~LOADABLE, RAM & ~DMA, RAM & ~EXECUTE, RAM | SHARED, RAM | IO, RAM | COMM])
def test_no_ram_for_linux(bench, flags):
    bench.kernel.write("linux.cell", linux_cell(devices=[], memory=[
        region(0, 0x10000, LOADER), region(0x70000000, 128 * MIB, flags), region(0x09040000, 0x1000, 3 | IO)]))
    assert "no memory region is RAM for Linux" in bench.bad(system=None)


def test_a_loader_too_large(bench):
    bench.kernel.write("loader.bin", b"l" * 0x10000)
    bench.good("--dry-run")
    bench.kernel.write("loader.bin", b"l" * 0x10001)
    assert "the loader (0x10001 bytes)" in bench.bad()

# SPDX-License-Identifier: GPL-2.0
"""`jailhouse cell linux`: the device tree that a configuration makes."""

import pytest

from cell_blob import (DMA, EXECUTE, IO, LOADABLE, LOADER, RAM, READ, SHARED, WRITE, console, irqchip, link,
                       linux_cell, region, system)
from fake_kernel import REPO
from linux_bench import IMAGE_SIZE, MIB


def test_root_says_what_it_is(bench):
    root = bench.tree()["/"]
    assert root["compatible"] == ["jailhouse,cell"] and root["model"] == ["Jailhouse cell linux"]
    assert (root["#address-cells"], root["#size-cells"]) == ([2], [2])


def test_only_what_the_configuration_states(bench):
    assert set(bench.tree()) == {
        "/", "/chosen", "/aliases", "/memory@70000000", "/cpus", "/cpus/cpu@2", "/cpus/cpu@3", "/psci", "/timer",
        "/interrupt-controller@8000000", "/uart-clock", "/serial@9040000", "/pci@b000000"}


def test_memory_is_ram_only(bench):
    shared = RAM | SHARED
    bench.kernel.write("linux.cell", linux_cell(devices=[], memory=[
        region(0, 0x10000, LOADER), region(0x60000000, 0x100000, shared), region(0x70000000, 96 * MIB, RAM),
        region(0x61000000, 0x1000, RAM | IO), region(0x62000000, 0x1000, RAM & ~EXECUTE),
        region(0x63000000, 0x1000, RAM & ~DMA), region(0x64000000, 0, RAM),
        region(0x1_00000000, 0x200000, RAM & ~LOADABLE), region(0x09040000, 0x1000, READ | WRITE | IO)]))
    memory = bench.tree(system=None)["/memory@70000000"]
    assert memory == {"device_type": ["memory"],
                      "reg": [0, 0x70000000, 0, 96 * MIB, 1, 0, 0, 0x200000]}


def test_cpus_have_their_affinity_and_psci(bench):
    tree = bench.tree()
    assert tree["/cpus/cpu@3"] == {"device_type": ["cpu"], "compatible": ["arm,cortex-a57"], "reg": [0, 3],
                                   "enable-method": ["psci"]}
    assert tree["/psci"] == {"compatible": ["arm,psci-1.0", "arm,psci-0.2"], "method": ["smc"]}


def test_gic3(bench):
    assert bench.tree()["/interrupt-controller@8000000"] == {
        "compatible": ["arm,gic-v3"], "interrupt-controller": [], "#interrupt-cells": [3], "#address-cells": [0],
        "#redistributor-regions": [1], "reg": [0, 0x8000000, 0, 0x10000, 0, 0x80a0000, 0, 0xf60000], "phandle": [1]}


def test_gic2_without_the_hypervisors_registers(bench, machines):
    bench.kernel.write("system.cell", system(gic=2, gicc=0x8010000, gicr=0))
    gic = bench.tree(machine=machines[2])["/interrupt-controller@8000000"]
    assert gic["compatible"] == ["arm,gic-400"] and "#redistributor-regions" not in gic
    assert gic["reg"] == [0, 0x8000000, 0, 0x10000, 0, 0x8010000, 0, 0x2000]


def test_timer(bench):
    timer = bench.tree()["/timer"]
    assert timer["interrupts"] == [1, 13, 4, 1, 14, 4, 1, 11, 4, 1, 10, 4] and timer["always-on"] == []
    assert timer["compatible"] == ["arm,armv8-timer"]


def test_uart_is_wired_as_in_the_machine(bench):
    tree = bench.tree()
    assert tree["/serial@9040000"] == {
        "compatible": ["arm,pl011", "arm,primecell"], "reg": [0, 0x9040000, 0, 0x1000], "interrupts": [0, 8, 4],
        "clock-frequency": [24000000], "clocks": [2, 2], "clock-names": ["uartclk", "apb_pclk"]}
    assert tree["/uart-clock"] == {"compatible": ["fixed-clock"], "#clock-cells": [0],
                                   "clock-frequency": [24000000], "phandle": [2]}
    assert tree["/chosen"]["stdout-path"] == tree["/aliases"]["serial0"] == ["/serial@9040000"]


def test_uart_at_another_guest_address(bench):
    bench.kernel.write("linux.cell", linux_cell(
        uart=console(0x10001000), memory=[region(0, 0x10000, LOADER), region(0x70000000, 128 * MIB, RAM),
                                          region(0x10000000, 0x2000, READ | WRITE | IO, phys=0x0903f000)]))
    assert bench.tree()["/serial@10001000"]["interrupts"] == [0, 8, 4]


def uart_cell(uart, flags=IO, **changes):
    return linux_cell(uart=uart, **changes, memory=[
        region(0, 0x10000, LOADER), region(0x70000000, 128 * MIB, RAM), region(0x09040000, 0x1000, 3 | flags)])


def without_console(tree):
    return not [path for path in tree if "serial" in path or "clock" in path or "aliases" in path] and \
        "stdout-path" not in tree["/chosen"]


@pytest.mark.parametrize("uart", [console(0, 0, 0, 0), console(kind=1)], ids=["none", "screen"])
def test_no_console_is_wanted(bench, uart):
    bench.kernel.write("linux.cell", uart_cell(uart, devices=[]))
    assert without_console(bench.tree(system=None))


@pytest.mark.parametrize("uart,flags,changes,reason", [
    (console(flags=0), IO, {}, "0x9040000 lacks JAILHOUSE_CON_ACCESS_MMIO in its flags; set it"),
    (console(0x09041000), IO, {}, "0x9041000 is in none of its mem_regions; add one that holds"),
    (console(), IO | SHARED, {"irqchips": [irqchip(32, 41)]}, "0x9040000 raises interrupt 40, which its irqchips do not"),
    (console(0x09040100), IO | SHARED, {}, "0x9040100 is not in the machine's device tree"),
], ids=["access", "region", "interrupt", "tree"])
def test_a_console_that_the_cell_can_do_without(bench, uart, flags, changes, reason):
    bench.kernel.write("linux.cell", uart_cell(uart, flags, devices=[], **changes))
    tree, notes = bench.noted(system=None)
    assert without_console(tree)
    assert notes.startswith('jailhouse: no console: cell "linux": its console at ' + reason) and notes.count("\n") == 1


def test_a_console_that_root_keeps(bench):
    """As configurations have it that were written for Jailhouse."""
    bench.kernel.write("linux.cell", uart_cell(console()))
    own = bench.tree()
    bench.kernel.write("linux.cell", uart_cell(console(), IO | SHARED))
    tree, notes = bench.noted()
    assert tree == own and "/serial@9040000" in tree
    assert notes == ('jailhouse: cell "linux": its console at 0x9040000 is shared with root; keep root\'s driver away '
                     "from it\n")


def test_virtual_pci_host(bench):
    assert bench.tree()["/pci@b000000"] == {
        "compatible": ["pci-host-ecam-generic"], "device_type": ["pci"], "bus-range": [0, 0],
        "#address-cells": [3], "#size-cells": [2], "reg": [0, 0xb000000, 0, 0x100000], "linux,pci-domain": [1],
        "#interrupt-cells": [1], "interrupt-map-mask": [0, 0, 0, 7],
        "interrupt-map": [cell for pin in range(4) for cell in (0, 0, 0, pin + 1, 1, 0, 180 + pin, 1)],
        "ranges": [0x2000000, 0, 0xb100000, 0, 0xb100000, 0, 0x100000]}


def test_the_pci_window_avoids_what_is_there(bench):
    bench.kernel.write("linux.cell", linux_cell(memory=[
        region(0, 0x10000, LOADER), region(0x70000000, 128 * MIB, RAM), region(0x09040000, 0x1000, 3 | IO),
        region(0x0b1ff000, 0x1000, READ | WRITE), region(0x0b200000, 0x1000, READ | WRITE)]))
    assert bench.tree()["/pci@b000000"]["ranges"][4] == 0xb300000


def test_the_pci_window_is_below_4_gib(bench):
    bench.kernel.write("system.cell", system(ecam=0x40_10000000))
    host = bench.tree()["/pci@4010000000"]
    assert host["reg"][:2] == [0x40, 0x10000000] and host["ranges"][3:5] == [0, 0x10000000]


def test_buses_as_far_as_there_are_devices(bench):
    bench.kernel.write("linux.cell", linux_cell(devices=[link(0x0100, domain=7), link(0)]))
    assert "bus 1" in bench.bad("--dry-run")
    bench.kernel.write("system.cell", system(end_bus=2, virtual=0))
    host = bench.tree()["/pci@b000000"]
    assert (host["bus-range"], host["reg"][3], host["linux,pci-domain"]) == ([0, 1], 2 * MIB, [7])
    assert host["ranges"][4] == 0xb300000


def test_no_host_without_links(bench):
    bench.kernel.write("linux.cell", linux_cell(devices=[]))
    assert not [path for path in bench.tree(system=None) if "pci" in path]


def test_chosen(bench):
    bench.kernel.write("initrd", b"i" * 5000)
    chosen = bench.tree("-i", "initrd", "-c", 'console=ttyAMA0 a="b c"')["/chosen"]
    assert chosen["bootargs"] == ['console=ttyAMA0 a=\\"b c\\"']
    start = 0x70200000 + IMAGE_SIZE
    assert (chosen["linux,initrd-start"], chosen["linux,initrd-end"]) == ([0, start], [0, start + 5000])
    assert set(bench.tree()["/chosen"]) == {"bootargs", "stdout-path"}


@pytest.mark.parametrize("version", [2, 3])
def test_the_linux_cell_we_ship(bench, machines, version):
    configs = REPO / "build/configs/arm64"
    (bench.kernel.root / "linux.cell").write_bytes((configs / "linux.cell").read_bytes())
    system = {2: "qemu-virt-gic2.cell", 3: "qemu-virt.cell"}[version]
    tree = bench.tree(machine=machines[version], system=configs / system)
    assert {"/memory@70000000", "/cpus/cpu@2", "/cpus/cpu@3", "/serial@9040000", "/pci@b000000"} < set(tree)
    assert tree["/pci@b000000"]["interrupt-map"][6] == 180

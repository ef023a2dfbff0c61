# SPDX-License-Identifier: GPL-2.0
"""`jailhouse cell linux`: the device tree it makes, where everything goes, and what it refuses.

The machine is QEMU's, from its own mouth (dumpdtb), or one written here for what QEMU's does not have. Trees
are read back by dtc, not by the library that wrote them.
"""

import re
import struct
import subprocess

import pytest

from cell_blob import (COMM, DEVICE, DMA, EXECUTE, IO, LOADABLE, LOADER, MMIO, RAM, READ, SHARED, UART_8250, WRITE,
                       cell, console, irqchip, link, linux_cell, region, system)
from test_cli import EINVAL, ENOENT, REPO, TOOL, kernel   # noqa: F401 (kernel is a fixture)

MIB = 1 << 20
IMAGE_SIZE = 3 * MIB
LOADER_SIZE = 0x2345


def image(size=IMAGE_SIZE, offset=0, flags=10, length=4096):
    head = struct.pack("<IIQQQQQQ4sI", 0, 0, offset, size, flags, 0, 0, 0, b"ARM\x64", 0)
    return head.ljust(length, b"\x7e")


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


class Bench:
    """One call of the command with files that fit together, unless a test says otherwise."""

    def __init__(self, kernel, machine):
        self.kernel = kernel
        kernel.write("linux.cell", linux_cell())
        kernel.write("system.cell", system())
        kernel.write("Image", image())
        kernel.write("loader.bin", b"\x1d" * LOADER_SIZE)
        self.machine = machine
        self.words = {"--loader": "loader.bin", "--machine": machine, "--system": "system.cell"}

    def call(self, *words, **changes):
        options = {**self.words, **{f"--{name}": value for name, value in changes.items()}}
        flat = [word for option, value in options.items() if value is not None for word in (option, value)]
        return ["cell", "linux", "linux.cell", "Image", *flat, *words]

    def good(self, *words, **changes):
        return self.kernel.good(*self.call(*words, **changes))

    def bad(self, *words, **changes):
        text = self.kernel.bad(*self.call(*words, **changes))
        assert self.kernel.log() == []
        return text

    def tree(self, *words, **changes):
        self.good("--dry-run", "--write-dtb", "out.dtb", *words, **changes)
        return decompile(self.kernel.root / "out.dtb")


@pytest.fixture
def bench(kernel, machines):
    return Bench(kernel, machines[3])


def value_of(text):
    """A property as dtc writes it: a flat list of cells, or of strings."""
    strings = re.findall(r'"((?:[^"\\]|\\.)*)"', text)
    return strings if strings else [int(cell, 0) for cell in re.findall(r"0x[0-9a-f]+|\b\d+\b", text)]


def decompile(path):
    """{path: {property: value}} of a flattened tree, by dtc; its warnings are failures."""
    done = subprocess.run(["dtc", "-I", "dtb", "-O", "dts", path], capture_output=True, text=True, check=True)
    nodes, stack = {}, []
    for line in map(str.strip, done.stdout.splitlines()):
        if line.endswith("{"):
            stack.append(line[:-1].strip().strip("/"))
            nodes["/".join(stack) or "/"] = {}
        elif line == "};":
            stack.pop()
        elif stack and (match := re.fullmatch(r"([\w,#.-]+)(?: = (.*))?;", line)):
            nodes["/".join(stack) or "/"][match[1]] = value_of(match[2] or "")
    assert not stack and done.stderr == "", done.stderr
    return nodes


# --- the tree ---

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
    bench.kernel.write("linux.cell", linux_cell(memory=[
        region(0, 0x10000, LOADER), region(0x60000000, 0x100000, shared), region(0x70000000, 96 * MIB, RAM),
        region(0x61000000, 0x1000, RAM | IO), region(0x62000000, 0x1000, RAM & ~EXECUTE),
        region(0x63000000, 0x1000, RAM & ~DMA), region(0x64000000, 0, RAM),
        region(0x1_00000000, 0x200000, RAM & ~LOADABLE), region(0x09040000, 0x1000, READ | WRITE | IO)]))
    memory = bench.tree()["/memory@70000000"]
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


@pytest.mark.parametrize("uart,flags", [
    (console(0, 0, 0, 0), IO), (console(kind=1), IO), (console(flags=0), IO), (console(0x09041000), IO),
    (console(), IO | SHARED),
])
def test_no_uart_unless_it_is_the_cells_own(bench, uart, flags):
    bench.kernel.write("linux.cell", linux_cell(uart=uart, memory=[
        region(0, 0x10000, LOADER), region(0x70000000, 128 * MIB, RAM), region(0x09040000, 0x1000, 3 | flags)]))
    tree = bench.tree()
    assert not [path for path in tree if "serial" in path or "clock" in path or "aliases" in path]
    assert "stdout-path" not in tree["/chosen"]


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
    bench.kernel.write("system.cell", system(end_bus=2))
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
    tree = bench.tree(machine=machines[version], system=configs / "qemu-virt.cell")
    assert {"/memory@70000000", "/cpus/cpu@2", "/cpus/cpu@3", "/serial@9040000", "/pci@b000000"} < set(tree)
    assert tree["/pci@b000000"]["interrupt-map"][6] == 180


# --- machines unlike QEMU's ---

OTHER = """/dts-v1/;
/ {
	#address-cells = <2>; #size-cells = <2>; interrupt-parent = <&other>;
	other: other-controller { interrupt-controller; #interrupt-cells = <1>; phandle = <9>; };
	cpus {
		#address-cells = <2>; #size-cells = <0>;
		cpu-map { };
		cpu@1 { device_type = "cpu"; compatible = "x,a"; reg = <0 0x80000101>; };
		cpu@2 { device_type = "cpu"; compatible = "x,b"; reg = <1 0x100>; };
		cpu@3 { device_type = "cpu"; reg = <2 0x200>; };
		cache { device_type = "cache"; };
	};
	soc {
		#address-cells = <1>; #size-cells = <1>; interrupt-parent = <&gic>;
		ranges = <0x40000000 0 0xff800000 0x100000>, <0x7e000000 0 0xfe000000 0x1800000>;
		gic: interrupt-controller@40041000 {
			compatible = "arm,gic-400"; interrupt-controller; #interrupt-cells = <3>; phandle = <5>;
			reg = <0x40041000 0x1000>, <0x40042000 0x1000>;
		};
		uart: serial@7e215040 {
			compatible = "brcm,bcm2835-aux-uart", "ns16550a"; reg = <0x7e215040 0x40>; reg-shift = <2>;
			reg-io-width = <4>; interrupts = <0 93 4>; CLOCKS
		};
		lost: serial@12340000 { compatible = "ns16550a"; reg = <0x12340000 0x40>; interrupts = <0 94 4>; };
	};
	far: serial@90000000 {
		compatible = "ns16550a"; reg = <0 0x90000000 0 0x100>; clock-frequency = <1843200>;
		interrupts = <3>; FAR
	};
	timer { compatible = "arm,armv8-timer"; interrupt-parent = <&gic>; interrupts = TIMER; };
	controller: clock { compatible = "x,cprman"; #clock-cells = <1>; phandle = <7>; };
};
"""
TIMER = "<1 13 0xf08>, <1 14 0xf08>, <1 11 0xf08>, <1 10 0xf08>"


@pytest.fixture
def other(kernel):
    """A bench on that machine; build(word=text) replaces words of its source."""
    bench = Bench(kernel, "other.dtb")
    fields = {"memory": [region(0, 0x10000, LOADER), region(0x10000000, 64 * MIB, RAM),
                         region(0xfe215000, 0x1000, READ | WRITE | IO), region(0x90000000, 0x1000, 3 | IO)],
              "irqchips": [irqchip(32, 93 + 32)], "devices": [], "cpus": (0, 2)}

    def build(words=(), **changes):
        source = OTHER
        for word, text in {"CLOCKS": "clock-frequency = <48000000>;", "FAR": "", "TIMER": TIMER,
                           **dict(words)}.items():
            source = source.replace(word, text)
        subprocess.run(["dtc", "-q", "-I", "dts", "-O", "dtb", "-o", kernel.root / "other.dtb"], input=source,
                       text=True, check=True)
        uart = console(0xfe215040, 0x40, UART_8250, MMIO, changes.pop("divider", 0))
        kernel.write("linux.cell", cell(**{**fields, "uart": uart, **changes}))
        return bench

    return build


def test_affinities_of_two_cells(other):
    tree = other().tree()
    assert tree["/cpus/cpu@80000101"]["reg"] == [0, 0x80000101]
    assert tree["/cpus/cpu@200000200"]["reg"] == [2, 0x200] and "compatible" not in tree["/cpus/cpu@200000200"]


def test_addresses_behind_a_bus(other):
    tree = other().tree()
    assert tree["/interrupt-controller@ff841000"]["reg"] == [0, 0xff841000, 0, 0x1000, 0, 0xff842000, 0, 0x1000]
    assert tree["/timer"]["interrupts"][:3] == [1, 13, 0xf08]


def test_8250(other):
    uart = other().tree()["/serial@fe215040"]
    assert uart == {"compatible": ["brcm,bcm2835-aux-uart", "ns16550a"], "reg": [0, 0xfe215040, 0, 0x40],
                    "interrupts": [0, 93, 4], "clock-frequency": [48000000], "reg-shift": [2], "reg-io-width": [4]}


def test_a_clock_nobody_knows_comes_from_the_divider(other):
    bench = other({"CLOCKS": "clocks = <&controller 3>;"}.items(), divider=13)
    uart = bench.tree()["/serial@fe215040"]
    assert uart["clock-frequency"] == [13 * 16 * 115200] and uart["clocks"] == [2]
    text = other({"CLOCKS": "clocks = <&controller 3>;"}.items()).bad()
    assert "nobody knows the clock" in text and "divider" in text


def test_interrupts_extended(other):
    uart = console(0x90000000, 0x100, UART_8250)
    bench = other({"FAR": "interrupts-extended = <&gic 0 93 1>, <&other 3>;"}.items(), uart=uart)
    assert bench.tree()["/serial@90000000"]["interrupts"] == [0, 93, 1]
    text = other(uart=uart).bad()          # its interrupt goes to another controller
    assert "0x90000000 is not in the machine's device tree, or has no interrupt" in text


@pytest.mark.parametrize("words,sentence", [
    ({"arm,gic-400": "x,none"}, "no GIC"), ({"arm,armv8-timer": "x,none"}, "armv8 timer has no interrupt"),
    ({"TIMER": "<1 13 8>, <1 14 8>, <1 11 8>"}, "no interrupt number 3"),
    ({'device_type = "cpu"': "kind = <1>"}, "no CPUs"), ({", <0x40042000 0x1000>": ""}, "no address number 1"),
    ({"0x40041000 0x1000": "0x50041000 0x1000"}, "no address number 0"),
])
def test_machines_that_lack_something(other, words, sentence):
    assert sentence in other(words.items()).bad()


def test_a_file_that_is_no_tree(bench):
    for data in (b"", b"\xd0\x0d\xfe\xed" * 20, b"text"):
        bench.kernel.write("tree", data)
        assert "no flattened device tree" in bench.bad(machine="tree")
        assert "compile it with dtc" in bench.bad("-d", "tree")
    assert "opening none" in bench.bad(machine="none")


# --- the running machine ---

def live(bench, tree, order=(0, 1, 2, 3)):
    """The fake kernel shows this tree, and CPU n at affinity order[n]."""
    root = bench.kernel.root / "sys"
    (root / "firmware").mkdir(parents=True)
    (root / "firmware/fdt").write_bytes(tree.read_bytes())
    for number, affinity in enumerate(order):
        node = root / f"devices/system/cpu/cpu{number}/of_node"
        node.mkdir(parents=True)
        (node / "reg").write_bytes(struct.pack(">I", affinity))
    (bench.kernel.root / "sysfs/config").write_bytes(system())
    bench.words = {"--loader": "loader.bin"}


def test_the_running_machine_needs_no_options(bench):
    told = bench.tree()
    live(bench, bench.machine)
    assert bench.tree() == told


def test_cpus_have_linuxs_numbers(bench):
    live(bench, bench.machine, (3, 2, 0, 1))
    tree = bench.tree()
    assert "/cpus/cpu@0" in tree and "/cpus/cpu@1" in tree and "/cpus/cpu@2" not in tree


def test_a_cpu_that_the_tree_does_not_have(bench):
    live(bench, bench.machine, (0, 1, 2, 7))
    assert "CPU 3 has affinity 0x7" in bench.bad()


def test_without_tree_or_configuration(bench):
    assert "--machine" in bench.bad(machine=None)
    assert "--system" in bench.bad(system=None)
    (bench.kernel.root / "sysfs/config").write_bytes(b"")
    assert "enable the hypervisor first" in bench.bad(system=None)


# --- places ---

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
    (0, 0, 4096, 0x70280000, 0x70281000), (0x1ff000, 4096, 64, 0x703ff000, 0x70400000),
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
    bench.kernel.write("linux.cell", linux_cell(memory=[region(0, 0x10000, LOADER), region(0x70000000, 128 * MIB, flags),
                                                        region(0x09040000, 0x1000, 3 | IO)]))
    assert "no memory region is RAM for Linux" in bench.bad()


def test_a_loader_too_large(bench):
    bench.kernel.write("loader.bin", b"l" * 0x10000)
    bench.good("--dry-run")
    bench.kernel.write("loader.bin", b"l" * 0x10001)
    assert "the loader (0x10001 bytes)" in bench.bad()


# --- what a cell must grant ---

def test_an_interrupt_that_the_cell_does_not_have(bench):
    bench.kernel.write("linux.cell", linux_cell(irqchips=[irqchip(32, 39, 41), irqchip(160, 168)]))
    assert "console at 0x9040000 raises interrupt 40, which its irqchips do not grant" in bench.bad()


@pytest.mark.parametrize("cpu,good", [(3, True), (4, False)])
def test_a_cpu_that_the_machine_does_not_have(bench, cpu, good):
    bench.kernel.write("linux.cell", linux_cell(cpus=(cpu,)))
    if good:
        bench.good("--dry-run")
    else:
        assert "it has CPU 4, the machine's device tree has 4 CPUs" in bench.bad()


@pytest.mark.parametrize("data,word", [
    (b"\x1f\x8b" + b"x" * 100, "gunzip"), (b"\xfd7zXZ\0" + b"x" * 100, "xz -dc"), (b"\x28\xb5\x2f\xfd" * 30, "zstd -dc"),
    (b"MZ\0\0zimg" + b"x" * 100, "arch/arm64/boot/Image"), (b"\x7fELF" + b"x" * 100, "arch/arm64/boot/Image"),
    (b"MZ".ljust(0x202, b"\0") + b"HdrS", "for x86"), (b"text", "no arm64 kernel Image"), (b"", "is empty"),
    (image()[:63], "no arm64 kernel Image"), (image(flags=11), "big-endian"), (image(offset=2 * MIB), "damaged"),
    (image(size=1 << 63), "damaged"),
])
def test_files_that_are_no_kernel(bench, data, word):
    bench.kernel.write("Image", data)
    text = bench.bad()
    assert "Image" in text and word in text


def test_cells_of_other_machines(bench):
    bench.kernel.write("linux.cell", linux_cell(architecture=0))
    assert "x86" in bench.bad() and "arm64 so far" in bench.bad()
    for data in (linux_cell(architecture=1), linux_cell()[:-1], system(), b"", b"x" * 70000):
        bench.kernel.write("linux.cell", data)
        assert bench.bad().startswith("jailhouse: linux.cell")


# --- a tree of one's own ---

OWN = """/dts-v1/;
/ { #address-cells = <WIDTH>; #size-cells = <WIDTH>; board { compatible = "x,y"; }; MORE };"""


def own(bench, width=2, more=""):
    subprocess.run(["dtc", "-q", "-O", "dtb", "-o", bench.kernel.root / "own.dtb"], check=True, text=True,
                   input=OWN.replace("WIDTH", str(width)).replace("MORE", more))
    return bench.tree("-d", "own.dtb", "-i", "loader.bin", "-c", "quiet", machine=None, system=None)


def test_a_tree_of_ones_own_is_filled_in(bench):
    tree = own(bench)
    assert tree["/board"] == {"compatible": ["x,y"]}
    assert tree["/memory@70000000"] == {"device_type": ["memory"], "reg": [0, 0x70000000, 0, 128 * MIB]}
    assert tree["/chosen"] == {"bootargs": ["quiet"], "linux,initrd-start": [0, 0x70200000 + IMAGE_SIZE],
                               "linux,initrd-end": [0, 0x70200000 + IMAGE_SIZE + LOADER_SIZE]}


def test_its_nodes_are_kept(bench):
    tree = own(bench, 1, 'memory@1 { device_type = "memory"; reg = <1 2>; }; '
                         'chosen { stdout-path = "x"; bootargs = "a"; };')
    assert tree["/memory@1"]["reg"] == [0x70000000, 128 * MIB] and "/memory@70000000" not in tree
    assert tree["/chosen"]["stdout-path"] == ["x"] and tree["/chosen"]["bootargs"] == ["quiet"]


def test_ram_that_its_cells_cannot_hold(bench):
    bench.kernel.write("linux.cell", linux_cell(memory=[region(0, 0x10000, LOADER), region(1 << 32, 128 * MIB, RAM)]))
    with pytest.raises(AssertionError):
        own(bench, 1)
    assert "own.dtb: filling in memory" in bench.bad("-d", "own.dtb")


# --- what the driver is asked ---

def requests(bench):
    return [line.split()[0] for line in bench.kernel.log()]


def test_one_command_makes_loads_and_starts(bench):
    bench.kernel.write("initrd", b"\x11" * 100)
    assert bench.good("-i", "initrd") == ""
    create, load, start = bench.kernel.log()
    assert create == f"JAILHOUSE_CELL_CREATE size={len(linux_cell())}"
    assert start == "JAILHOUSE_CELL_START id=-1 name=linux"
    assert re.fullmatch(r"JAILHOUSE_CELL_LOAD id=-1 name=linux \[0x0\+9029 1d..1d\] \[0x1000\+33 6b..00\] "
                        r"\[0x70200000\+4096 00..7e\] \[0x70000000\+\d+ d0..\w\w\] \[0x70500000\+100 11..11\]", load)


def test_a_cell_that_is_there_is_used_again(bench):
    bench.kernel.cell(1, name="linux")
    bench.good()
    assert requests(bench) == ["JAILHOUSE_CELL_LOAD", "JAILHOUSE_CELL_START"]


@pytest.mark.parametrize("failing", ["LOAD", "START"])
def test_a_failure_leaves_no_cell_behind(bench, failing):
    bench.kernel.answer(f"JAILHOUSE_CELL_{failing}", EINVAL)
    bench.kernel.file("refusal", "because")
    assert "jailhouse: because" in bench.kernel.bad(*bench.call())
    assert requests(bench)[-1] == "JAILHOUSE_CELL_DESTROY"


@pytest.mark.parametrize("failing", ["LOAD", "START"])
def test_a_failure_leaves_an_older_cell_alone(bench, failing):
    bench.kernel.cell(1, name="linux")
    bench.kernel.answer(f"JAILHOUSE_CELL_{failing}", EINVAL)
    bench.kernel.bad(*bench.call())
    assert "JAILHOUSE_CELL_DESTROY" not in requests(bench)


def test_create_refused(bench):
    bench.kernel.answer("JAILHOUSE_CELL_CREATE", ENOENT)
    bench.kernel.bad(*bench.call())
    assert requests(bench) == ["JAILHOUSE_CELL_CREATE"]


def test_a_dry_run_prints_commands_that_do_the_same(bench):
    bench.kernel.write("initrd", b"\x11" * 100)
    text = bench.good("--dry-run", "--write-dtb", "t.dtb", "-i", "initrd")
    assert bench.kernel.log() == []
    for line in text.splitlines():
        subprocess.run(["bash", "-c", line.replace("jailhouse", "$TOOL", 1)], check=True, cwd=bench.kernel.root,
                       env=dict(bench.kernel.environment(), TOOL=str(TOOL)))
    by_hand = bench.kernel.log()
    bench.good("-i", "initrd")
    by_tool = bench.kernel.log()[len(by_hand):]

    def parts(lines):
        return [sorted(line.replace("[", "\n[").split("\n")) for line in lines]
    assert parts(by_hand) == parts(by_tool)


def elsewhere(bench, *words):
    """The program in a folder with nothing that a build leaves."""
    folder = bench.kernel.root / "bin"
    folder.mkdir(exist_ok=True)
    (folder / "jailhouse").write_bytes(TOOL.read_bytes())
    (folder / "jailhouse").chmod(0o755)
    return subprocess.run([folder / "jailhouse", *map(str, bench.call(*words, loader=None))], text=True,
                          capture_output=True, cwd=bench.kernel.root, env=bench.kernel.environment())


def test_a_dry_run_needs_no_loader(bench):
    assert "linux-loader.bin -a 0x0" in elsewhere(bench, "--dry-run").stdout
    done = elsewhere(bench)
    assert done.returncode == 1 and "name it with --loader" in done.stderr and bench.kernel.log() == []


def test_the_loader_beside_the_program(bench):
    elsewhere(bench)
    bench.kernel.write("bin/linux-loader.bin", b"beside")
    assert f"{bench.kernel.root}/bin/linux-loader.bin -a 0x0" in elsewhere(bench, "--dry-run").stdout


def test_the_loader_of_the_build(bench):
    """The one that is built fits the place it gets."""
    loader = REPO / "build/inmates/arm64/linux-loader.bin"
    (bench.kernel.root / "build/arm64/tools").mkdir(parents=True)
    (bench.kernel.root / "build/inmates").mkdir()
    (bench.kernel.root / "build/inmates/arm64").symlink_to(loader.parent)
    (bench.kernel.root / "bin").symlink_to("build/arm64/tools")
    done = elsewhere(bench, "--dry-run")
    assert (done.returncode, done.stderr) == (0, "")
    assert "build/arm64/tools/../../inmates/arm64/linux-loader.bin -a 0x0" in done.stdout


@pytest.mark.parametrize("words", ["", "a", "a b c", "a b --initrd", "a b --frob x", "a b -i", "a -x b"])
def test_wrong_words(kernel, words):
    text = kernel.bad("cell", "linux", *words.split())
    assert text.startswith("jailhouse cell linux: ") and "\nusage: jailhouse cell linux " in text


def test_files_that_are_not_there(bench):
    for words in (["-i", "none"], ["-d", "none"], ["--loader", "none"], ["--machine", "none"], ["--system", "none"]):
        assert "opening none" in bench.bad(*words)
    assert "writing none/x" in bench.bad("--write-dtb", "none/x")

# SPDX-License-Identifier: GPL-2.0
"""`jailhouse cell linux` on machines unlike QEMU's, and on the one it runs on."""

import struct
import subprocess

import pytest

from cell_blob import IO, LOADER, MMIO, RAM, READ, UART_8250, WRITE, cell, console, irqchip, region, system
from linux_bench import MIB, Bench

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
	timer { compatible = "arm,armv8-timer"; interrupt-parent = <&gic>; interrupts = TIMER; QUIRKS };
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
                           "QUIRKS": "", **dict(words)}.items():
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


QUIRKS = {"clock-frequency": [24000000], "arm,no-tick-in-suspend": [], "arm,cpu-registers-not-fw-configured": [],
          "fsl,erratum-a008585": [], "hisilicon,erratum-161010101": [], "allwinner,erratum-unknown1": [],
          "interrupt-names": ["sec-phys", "phys", "virt", "hyp-phys"]}


@pytest.mark.parametrize("wiring", ["interrupts = " + TIMER, "interrupts-extended = " + TIMER.replace("<", "<&gic ")])
def test_quirks_of_the_timer(other, wiring):
    text = '''clock-frequency = <24000000>; arm,no-tick-in-suspend; arm,cpu-registers-not-fw-configured;
        fsl,erratum-a008585; hisilicon,erratum-161010101; allwinner,erratum-unknown1; phandle = <77>;
        clocks = <&controller 1>; power-domains = <&controller 2>; always-on;
        interrupt-names = "sec-phys", "phys", "virt", "hyp-phys";'''
    cells = [1, 13, 0xf08, 1, 14, 0xf08, 1, 11, 0xf08, 1, 10, 0xf08]
    assert other({"interrupts = " + TIMER: wiring, "QUIRKS": text}.items()).tree()["/timer"] == {
        "compatible": ["arm,armv8-timer"], "interrupts": cells, "always-on": [], **QUIRKS}


def test_a_timer_without_quirks(other):
    assert set(other().tree()["/timer"]) == {"compatible", "interrupts", "always-on"}


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
        text = f"jailhouse: tree: {len(data)} bytes are no flattened device tree; compile it with dtc\n"
        assert bench.bad(machine="tree") == bench.bad("-d", "tree") == text
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

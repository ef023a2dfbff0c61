# SPDX-License-Identifier: GPL-2.0
"""`jailhouse cell linux` on machines unlike QEMU's, and on the one it runs on."""

import struct
import subprocess

import pytest

from cell_blob import IO, LOADER, MMIO, RAM, READ, UART_8250, WRITE, cell, console, irqchip, linux_cell, region, system
from fake_kernel import REPO
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
    kernel.write("system.cell", system(gic=2, gicd=0xff841000, gicc=0xff842000, gicr=0))
    fields = {"memory": [region(0, 0x10000, LOADER), region(0x10000000, 64 * MIB, RAM),
                         region(0xfe215000, 0x1000, READ | WRITE | IO), region(0x90000000, 0x1000, 3 | IO)],
              "irqchips": [irqchip(32, 93 + 32, address=0xff841000)], "devices": [], "cpus": (0, 2)}

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
    assert tree["/interrupt-controller@ff841000"]["reg"] == [0, 0xff841000, 0, 0x1000, 0, 0xff842000, 0, 0x2000]
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


def test_a_pl011_that_does_not_identify_itself(other):
    words = {"CLOCKS": "clock-frequency = <48000000>; arm,primecell-periphid = <0x341011>;"}
    assert other(words.items()).tree()["/serial@fe215040"]["arm,primecell-periphid"] == [0x341011]


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


# --- the system configuration and the machine's tree ---

ALIASED = {"0x40041000 0x1000>, <0x40042000 0x1000": "0x40010000 0x10000>, <0x40020000 0x20000"}


def test_a_cpu_interface_that_repeats_itself(other):
    """A GIC-400 with 64 KiB frames: the hypervisor shows the 8 KiB at gicc_base, as ZCU102 configurations have it."""
    bench = other(ALIASED.items(), irqchips=[irqchip(32, 93 + 32, address=0xff810000)])
    bench.kernel.write("system.cell", system(gic=2, gicd=0xff810000, gicc=0xff82f000, gicr=0))
    assert bench.tree()["/interrupt-controller@ff810000"]["reg"] == [0, 0xff810000, 0, 0x10000, 0, 0xff82f000, 0, 0x2000]
    whole = bench.tree(system=None)["/interrupt-controller@ff810000"]["reg"]
    assert whole[4:] == [0, 0xff820000, 0, 0x2000]


@pytest.mark.parametrize("fields,sentence", [
    ({"gicd": 0x08010000}, "gicd_base 0x8000000 there, 0x8010000 here"),
    ({"gicr": 0x080c0000}, "gicr_base 0x80a0000 there, 0x80c0000 here"),
    ({"gic": 2, "gicc": 0x08010000, "gicr": 0}, "gic_version 0x3 there, 0x2 here"),
])
def test_a_tree_of_another_machine(bench, fields, sentence):
    chip = irqchip(32, 40, address=fields.get("gicd", 0x08000000))
    bench.kernel.write("linux.cell", linux_cell(irqchips=[chip]))
    bench.kernel.write("system.cell", system(**fields))
    text = bench.bad()
    assert sentence in text and "--machine and --system" in text


def test_a_system_that_breaks_a_rule(bench):
    bench.kernel.write("system.cell", system(gic=5))
    assert bench.bad().startswith('jailhouse: system.cell: cell "root", system header: ')


def test_redistributors_of_a_gic4(bench):
    told = bench.tree()
    bench.kernel.write("system.cell", system(gic=4))
    assert bench.tree() == told


def test_a_system_of_another_kind(bench):
    assert "is of an x86 machine" in bench.bad(system=REPO / "build/configs/x86/qemu-q35.cell")


def test_the_rules_come_first(bench):
    """In the hypervisor's words, and before files are read that belong to a cell that cannot be."""
    bench.kernel.write("linux.cell", linux_cell(cpus=(2, 5)))
    for words in ([], ["--dry-run"], ["-i", "none"], ["-d", "none"]):
        text = bench.bad(*words)
        assert text.startswith('jailhouse: linux.cell: cell "linux", cpus[5]: ') and "[rule cpu-of-root]" in text
    assert "opening none" in bench.bad("-i", "none", system=None)


def test_a_cell_that_takes_a_device_without_a_unit(bench):
    """allow_unprotected is a parameter of the driver, which knows it."""
    bench.kernel.write("linux.cell", linux_cell(streams=[7]))
    bench.kernel.write("system.cell", system(streams=[7]))
    bench.good("--dry-run")


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


@pytest.mark.parametrize("data", [b"", system(architecture=0), b"JHSYS\2"])
def test_a_configuration_in_force_that_says_nothing(bench, data):
    (bench.kernel.root / "sysfs/config").write_bytes(data)
    bench.kernel.write("linux.cell", linux_cell(devices=[]))
    bench.good("--dry-run", system=None)


def test_the_configuration_in_force_has_the_interrupt_controller(bench, machines):
    (bench.kernel.root / "sysfs/config").write_bytes(system(gic=2, gicc=0x0801f000, gicr=0))
    bench.kernel.write("linux.cell", linux_cell(devices=[]))
    gic = bench.tree(machine=machines[2], system=None)["/interrupt-controller@8000000"]
    assert gic["reg"] == [0, 0x8000000, 0, 0x10000, 0, 0x801f000, 0, 0x2000]

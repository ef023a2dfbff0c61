# SPDX-License-Identifier: GPL-2.0
"""`jailhouse config` on the configurations that the tree builds."""

import struct

import pytest

from fake_kernel import ARM64_BLOBS, BLOBS, REPO, cell_blobs, system_blob
from linux_bench import image


ROOT_NAME = 0x164 + 8       # in a system's header


def patched(path, offset, layout, value):
    blob = bytearray(path.read_bytes())
    struct.pack_into(layout, blob, offset, value)
    return bytes(blob)


def test_check_of_what_we_ship(kernel):
    system = system_blob()
    text = kernel.good("config", "check", system)
    assert text.splitlines()[0] == "Reading configuration set:" and text.endswith("\nEvery rule holds.\n")
    assert f"({system})" in text


# Machines that share their cells. A board is a family with the one guest that is named after it.
FAMILIES = {"qemu-q35": BLOBS, "qemu-virt": ARM64_BLOBS, "rpi4": ARM64_BLOBS}


def pairs():
    for family, blobs in FAMILIES.items():
        systems = [path for path in blobs if path.read_bytes()[:5] == b"JHSYS" and path.stem.startswith(family)]
        cells = [path for path in blobs if path.read_bytes()[:5] == b"JHCLL"
                 and path.stem.startswith("rpi4-") == (family == "rpi4")]
        assert systems and cells, family
        yield from ((system, cell) for system in systems for cell in cells)


@pytest.mark.parametrize("system,cell", pairs(), ids=lambda path: path.stem)
def test_every_cell_we_ship_fits_every_machine(kernel, system, cell):
    text = kernel.good("config", "check", "--allow-unprotected", system, cell)
    notes = text.split("\nEvery rule holds.\n")[1]
    alone = cell.stem.startswith("ring") and system.stem.endswith("-bench")     # which has one link of two
    assert cell.stem in text and (notes == "" if not alone else "[note link-has-peer]" in notes and "1 note." in notes)


def test_unprotected_devices_must_be_allowed(kernel):
    words = [path for path in BLOBS if path.stem in ("qemu-q35-none", "pci")]
    words.sort(key=lambda path: path.stem != "qemu-q35-none")
    done = kernel.run("config", "check", *words)
    assert done.returncode == 1 and "dma-isolated" in done.stderr and "allow_unprotected=1" in done.stderr


def test_every_system_is_of_a_family():
    for path in BLOBS + ARM64_BLOBS:
        assert path.read_bytes()[:5] == b"JHCLL" or any(path.stem.startswith(family) for family in FAMILIES)


def test_cells_of_another_architecture_do_not_fit(kernel):
    arm64 = [path for path in ARM64_BLOBS if path.stem == "qemu-virt"]
    text = kernel.bad("config", "check", *arm64, cell_blobs()[0])
    assert str(cell_blobs()[0]) in text and "architecture" in text


@pytest.mark.parametrize("system", ["x86/qemu-q35", "arm64/qemu-virt"])
def test_plan_names_the_cpus_owner(kernel, system):
    blob = REPO / f"build/configs/{system}.cell"
    text = kernel.good("config", "plan", blob)
    assert len(text.splitlines()) > 10 and "cpu" in text.lower()
    assert text == kernel.good("config", "plan", blob)


def test_check_refuses_hypervisor_memory_that_wraps(kernel):
    broken = kernel.write("broken.cell", patched(system_blob(), 0x0c, "<Q", 2**64 - 4096))
    done = kernel.run("config", "check", broken)
    assert done.returncode == 1 and done.stderr.startswith("jailhouse: ")
    assert "Every rule holds" not in done.stdout


def test_check_refuses_the_same_cell_twice(kernel):
    cell = cell_blobs()[0]
    done = kernel.run("config", "check", system_blob(), cell, cell)
    assert done.returncode == 1 and done.stderr.startswith("jailhouse: ")


@pytest.mark.parametrize("offset,layout,value", [(0, "5s", b"XXXXX"), (5, "B", 1), (5, "B", 3), (6, "<H", 13)])
def test_check_refuses_wrong_headers(kernel, offset, layout, value):
    broken = kernel.write("broken.cell", patched(system_blob(), offset, layout, value))
    assert kernel.bad("config", "check", broken).startswith(f"jailhouse: {broken}: ")


@pytest.mark.parametrize("data,word", [
    (b"\x7fELF\2\1\1" + bytes(200), "is an ELF object; take the configuration out of it: objcopy -O binary"),
    (b"/* source */\n\t\xc3\xa4" + b"x" * 70000, "is a text file; compile it"), (b"x", "is a text file"),
    (image(length=70000), "is a kernel; in \"jailhouse cell linux\" the configuration comes before it"),
    (b"\x1f\x8b" + bytes(70000), "is compressed by gzip"),
], ids=["object", "source", "letter", "kernel", "gzip"])
def test_files_that_are_taken_for_configurations(kernel, data, word):
    kernel.write("Image", image())
    path = kernel.write("other", data)
    for words in (["config", "check", path], ["enable", path], ["cell", "create", path], ["config", "plan", system_blob(), path],
                  ["cell", "linux", path, "Image", "--dry-run"]):
        assert kernel.bad(*words).startswith(f"jailhouse: {path} is ") and word in kernel.bad(*words)
    assert kernel.log() == []


@pytest.mark.parametrize("data", [b"J", b"JH", b"JHSYS", b"JHCLX", b"XHSYS\2\x0e"])
def test_damaged_configurations_are_none_of_these(kernel, data):
    assert "[rule blob-" in kernel.bad("config", "check", kernel.write("cut", data))


def test_a_cell_without_a_name_is_known_by_its_file(kernel):
    nameless = kernel.write("nameless.cell", patched(cell_blobs()[0], 8, "32s", b""))
    done = kernel.run("config", "check", system_blob(), nameless)
    assert done.returncode == 1 and done.stderr.startswith(f"jailhouse: {nameless}: ") and "name-given" in done.stderr
    system = kernel.write("nameless.system", patched(system_blob(), ROOT_NAME, "32s", b""))
    assert f"jailhouse: {system}: " in kernel.run("config", "check", system).stderr


def test_a_forgotten_architecture(kernel):
    """It is 0 then, which is a PC's."""
    arm64 = [path for path in ARM64_BLOBS if path.stem == "qemu-virt"]
    forgotten = kernel.write("forgotten.cell", patched(ARM64_BLOBS[0], 5, "B", 0))
    text = kernel.bad("config", "check", *arm64, forgotten)
    assert text.startswith(f"jailhouse: {forgotten}: ") and "JAILHOUSE_ARM64" in text


def test_check_of_nothing(kernel):
    assert "1 to" in kernel.bad("config", "check", kernel.write("empty", b""))
    assert "opening" in kernel.bad("config", "check", "missing")
    assert "a configuration has at most 65536" in kernel.bad("config", "check", kernel.write("large", bytes(65537)))
    assert "at most" in kernel.bad("config", "check", *[system_blob()] * 17)


def of_arm64(*names):
    return [REPO / f"build/configs/arm64/{name}.cell" for name in names]


def test_another_cell_is_called_by_its_name(kernel):
    done = kernel.run("config", "check", *of_arm64("qemu-virt", "hello", "ring1"))
    assert done.returncode == 1 and 'cell "ring1", cpus[3]: CPU 3 belongs to cell "hello" already [rule' in done.stderr


def test_plan_tells_who_is_at_the_other_end(kernel):
    text = kernel.good("config", "plan", *of_arm64("qemu-virt", "ring1", "ring2"))
    links = [line.split(", ", 1)[1] for line in text.splitlines() if line.startswith("  link 00:0f.0 ")]
    memory = "memory 00007fa10000-00007fa1ffff"
    assert links == [f'{memory}, interrupt 211, peers here: "ring1", "ring2"',
                     f'{memory}, 1 vector, peers here: "qemu-virt", "ring2"',
                     f'{memory}, interrupt 219, peers here: "qemu-virt", "ring1"']
    assert "\n  interrupts 216-219 irqchips[1]\n" in text
    assert "\n  pins 0-23 of 0000fec00000 irqchips[0]\n" in kernel.good("config", "plan", system_blob())


def test_a_line_of_virtual_pci_is_no_irqchip(kernel):
    link = kernel.write("link.cell", patched(of_arm64("ring2")[0], 0x50, "<I", 208 - 32))   # as root's own
    done = kernel.run("config", "check", *of_arm64("qemu-virt"), link)
    assert done.returncode == 1 and 'cell "ring2", vpci_irq_base: interrupt 211, ' in done.stderr

# SPDX-License-Identifier: GPL-2.0
"""`jailhouse cell linux`: what a cell must grant, a tree of one's own, and what the driver is asked."""

import gzip
import re
import subprocess
import zlib

import pytest

from cell_blob import LOADER, RAM, irqchip, linux_cell, region, system
from fake_kernel import EINVAL, ENOENT, REPO, TOOL
from linux_bench import IMAGE_SIZE, LOADER_SIZE, MIB, efi_image, image, own

# --- what a cell must grant ---

def test_an_interrupt_that_the_cell_does_not_have(bench):
    bench.kernel.write("linux.cell", linux_cell(irqchips=[irqchip(32, 39, 41), irqchip(160, 168)]))
    assert "console at 0x9040000 raises interrupt 40, which its irqchips do not grant" in bench.bad()


@pytest.mark.parametrize("cpu,good", [(3, True), (4, False)])
def test_a_cpu_that_the_machine_does_not_have(bench, cpu, good):
    bench.kernel.write("linux.cell", linux_cell(cpus=(cpu,), devices=[]))
    if good:
        bench.good("--dry-run", system=None)
    else:
        assert "it has CPU 4, the machine's device tree has 4 CPUs" in bench.bad(system=None)


@pytest.mark.parametrize("data,word", [
    (b"\xfd7zXZ\0" + b"x" * 100, "xz -dc"), (b"\x28\xb5\x2f\xfd" * 30, "zstd -dc"),
    (b"MZ\0\0zimg" + b"x" * 100, "arch/arm64/boot/Image"), (b"\x7fELF" + b"x" * 100, "arch/arm64/boot/Image"),
    (b"MZ".ljust(0x202, b"\0") + b"HdrS", "for x86"), (b"text", "no arm64 kernel Image"), (b"", "is empty"),
    (image()[:63], "no arm64 kernel Image"), (image(flags=11), "big-endian"), (image(offset=2 * MIB), "damaged"),
    (image(size=1 << 63), "damaged"),
])
def test_files_that_are_no_kernel(bench, data, word):
    bench.kernel.write("Image", data)
    text = bench.bad()
    assert "Image" in text and word in text


def test_a_kernel_that_is_cut_off(bench):
    """The header for EFI says where the last section ends; without one nobody can tell."""
    whole = efi_image(0x1000, 0x9000, 0x5000, length=0x9000)
    for data in (whole, whole + b"signature", image()[:64]):
        bench.kernel.write("Image", data)
        bench.good("--dry-run")
    for length in (0x8fff, 0x1000, 64 + 24 + 160 + 79, 64 + 24 + 160, 64 + 24, 64 + 23, 64):
        bench.kernel.write("Image", whole[:length])
        text = bench.bad()
        assert f"Image ends after {length} bytes" in text and "cut off" in text
    bench.kernel.write("Image", whole[:0x8fff])
    assert "need at least 36864;" in bench.bad()
    for data in (efi_image(0xffffffff, length=4096), efi_image(at=0xf00, length=4096)[:0xf10],
                 efi_image(*[512] * 0xffff, length=4096)[:4096]):
        bench.kernel.write("Image", data)
        assert "cut off" in bench.bad()
    for data in (whole[:64] + b"QE" + whole[66:100], whole[:60] + bytes(4) + whole[64:100], b"MX" + whole[2:100]):
        bench.kernel.write("Image", data)
        bench.good("--dry-run")


# --- compressed kernels ---

def packed(data=None):
    return gzip.compress(image() if data is None else data)


def test_a_kernel_compressed_by_gzip_is_unpacked(bench):
    bench.good("-i", "loader.bin")
    plain = bench.kernel.log()
    for data in (packed(), gzip.compress(image()[:100]) + gzip.compress(image()[100:])):
        bench.kernel.write("Image", data)
        bench.good("-i", "loader.bin")
        assert bench.kernel.log()[-len(plain):] == plain


def test_a_large_one(bench):
    """Many times the room that is there at first."""
    data = image(length=40 * MIB)
    bench.kernel.write("Image", data)
    bench.good()
    plain = bench.kernel.log()
    bench.kernel.write("Image", packed(data))
    bench.good()
    assert bench.kernel.log() == plain * 2


@pytest.mark.parametrize("data,word", [
    (packed()[:-1], "cut off"), (packed()[:30], "cut off"), (packed()[:2], "cut off"), (b"\x1f\x8b" + b"x" * 100, "damaged"),
    (packed()[:-8] + bytes(8), "damaged"), (packed() + b"more", "damaged"), (packed()[:20] + b"\xff" * 9 + packed()[29:], "damaged"),
    (packed(b"text"), "no arm64 kernel Image"), (packed(b""), "no arm64 kernel Image"), (packed(packed()), "no arm64 kernel Image"),
])
def test_damaged_ones(bench, data, word):
    bench.kernel.write("Image", data)
    text = bench.bad()
    assert "jailhouse: Image" in text and word in text


def test_one_that_fills_the_memory(bench):
    """Pieces of 16 MiB of zeros, more than are allowed: the limit is met before the end, which is not there."""
    unit = zlib.compressobj(9, zlib.DEFLATED, 31)
    head = unit.compress(b"") + unit.flush(zlib.Z_FULL_FLUSH)
    piece = unit.compress(bytes(16 * MIB)) + unit.flush(zlib.Z_FULL_FLUSH)
    bench.kernel.write("Image", head + piece * 32)
    assert "but it is cut off" in bench.bad()
    bench.kernel.write("Image", head + piece * 33)
    assert "Image is compressed by gzip, but it unpacks to more than 512 MiB" in bench.bad()


# --- options of Jailhouse's own command ---

def test_the_architecture_may_be_named(bench):
    for word in ("arm64", "aarch64"):
        assert bench.good("-a", word, "--dry-run") == bench.good("--dry-run", arch=word) == bench.good("--dry-run")
    for word in ("arm", "x86", ""):
        assert f'for arm64 so far, not for "{word}"' in bench.bad("-a", word)


def test_parameters_are_written_and_nothing_else_is_done(bench):
    text = bench.good("-w", "params")
    assert text == bench.good("--write-params", "params2").replace("params2", "params")
    assert text == bench.good("--dry-run", "--write-dtb", "params") and bench.kernel.log() == []
    assert (bench.kernel.root / "params2").read_bytes()[:4] == b"\xd0\x0d\xfe\xed"
    assert "writing none/x" in bench.bad("-w", "none/x")


VALUES = {"-i": "loader.bin", "-c": "a=b c", "-d": "own.dtb", "-w": "out.dtb", "-a": "arm64", "-k": "2"}
LARGE = {"-i": "--initrd", "-c": "--cmdline", "-d": "--dtb", "-w": "--write-params", "-a": "--arch",
         "-k": "--kernel-decomp-factor"}


def test_a_value_may_be_in_the_options_own_word(bench):
    """As argparse takes it, which reads the options of Jailhouse's own command."""
    own(bench)
    text = bench.good(*[word for pair in VALUES.items() for word in pair])
    tree = (bench.kernel.root / "out.dtb").read_bytes()
    for words in ([name + value for name, value in VALUES.items()],
                  [f"{name}={value}" for name, value in VALUES.items()],
                  [f"{LARGE[name]}={value}" for name, value in VALUES.items()]):
        (bench.kernel.root / "out.dtb").unlink()
        assert bench.good(*words) == text and (bench.kernel.root / "out.dtb").read_bytes() == tree
    told = bench.good("--dry-run", "--write-dtb", "out.dtb")
    flat = [f"{option}={value}" for option, value in bench.words.items()]
    assert bench.kernel.good("cell", "linux", *flat, "linux.cell", "Image", "--dry-run", "--write-dtb=out.dtb") == told


def initrd_of(bench, *words):
    return bench.tree("-i", "loader.bin", *words)["/chosen"]["linux,initrd-start"][1]


def test_room_behind_the_kernel(bench):
    told = initrd_of(bench)
    assert told == 0x70200000 + IMAGE_SIZE
    for word in ("-k", "--kernel-decomp-factor"):
        assert initrd_of(bench, word, "0") == initrd_of(bench, word, "1") == told
    bench.kernel.write("Image", image(length=IMAGE_SIZE))
    assert initrd_of(bench, "-k", "1") == 0x70200000 + 2 * IMAGE_SIZE
    bench.kernel.write("Image", packed(image(length=IMAGE_SIZE)))
    assert initrd_of(bench, "-k", "2") == 0x70200000 + 3 * IMAGE_SIZE
    assert "does not fit into the RAM" in bench.bad("-k", "255")
    for word in ("256", "-1", "x", "1.5", ""):
        assert "-k wants a number from 0 to 255" in bench.bad("-k", word)


def test_cells_of_other_machines(bench):
    bench.kernel.write("linux.cell", linux_cell(architecture=0))
    assert "x86" in bench.bad() and "arm64 so far" in bench.bad() and "JAILHOUSE_ARM64" in bench.bad()
    bench.kernel.write("linux.cell", linux_cell(name=""))
    assert bench.bad() == "jailhouse: linux.cell: the cell has no name; set .name in it\n"
    for data in (linux_cell(architecture=1), linux_cell()[:-1], system(), b"", b"x" * 70000):
        bench.kernel.write("linux.cell", data)
        assert bench.bad().startswith("jailhouse: linux.cell")


# --- a tree of one's own ---

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


def test_memory_that_the_cell_does_not_have(bench):
    tree = own(bench, 1, """memory@1 { device_type = "memory"; reg = <1 2>; };
        memory@40000000 { device_type = "memory"; reg = <0x40000000 0x40000000>; };
        bus { #address-cells = <1>; #size-cells = <1>;
              memory@c0000000 { device_type = "memory"; reg = <0xc0000000 0x1000>; }; };""")
    assert [path for path in tree if "memory" in path] == ["/memory@1"] and "/bus" in tree
    assert tree["/memory@1"]["reg"] == [0x70000000, 128 * MIB]


def test_an_initrd_of_somebody_else(bench):
    own(bench, more="chosen { linux,initrd-start = <0 1>; linux,initrd-end = <2>; stdout-path = \"x\"; };")
    assert bench.tree("-d", "own.dtb")["/chosen"] == {"stdout-path": ["x"]}
    assert bench.tree("-d", "own.dtb", "-i", "loader.bin")["/chosen"]["linux,initrd-start"][0] == 0


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


@pytest.mark.parametrize("pack", [image, packed])
def test_a_dry_run_prints_commands_that_do_the_same(bench, pack):
    bench.kernel.write("Image", pack())
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


@pytest.mark.parametrize("words", ["", "a", "a b c", "a b --initrd", "a b --frob x", "a b -i", "a -x b", "a b --cmdlines=c",
                                   "a b --dry-run=1", "a b --=c"])
def test_wrong_words(kernel, words):
    text = kernel.bad("cell", "linux", *words.split())
    assert text.startswith("jailhouse cell linux: ") and "\nusage: jailhouse cell linux " in text


def test_files_that_are_not_there(bench):
    for words in (["-i", "none"], ["-d", "none"], ["--loader", "none"], ["--machine", "none"], ["--system", "none"]):
        assert "opening none" in bench.bad(*words)
    assert "writing none/x" in bench.bad("--write-dtb", "none/x")

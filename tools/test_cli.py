# SPDX-License-Identifier: GPL-2.0
"""The command line tool against a fake driver: words, requests, answers, texts, exit codes.

build/tools/test/jailhouse-fake is the real tool with tools/fake_device.c instead of device.c; its
"kernel" is a folder made by each test. The configuration commands are also run on configurations that
the tree builds.
"""

import json
import os
import pathlib
import pty
import re
import select
import signal
import struct
import subprocess
import time

import pytest

REPO = pathlib.Path(__file__).resolve().parents[1]
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


def commands():
    """Words and usage of every command, as the tool itself prints them."""
    text = subprocess.run([TOOL, "help", "--markdown"], capture_output=True, text=True, check=True).stdout
    return re.findall(r"^### (.*)\n\n```\njailhouse \1 ?(.*)\n```", text, re.M)


# --- words ---

def test_the_table_is_complete():
    words = [words for words, _ in commands()]
    assert len(words) == len(set(words)) == 19
    for name in "create load linux start shutdown destroy list stats".split():
        assert f"cell {name}" in words


def test_version(kernel):
    assert re.fullmatch(r"Jailhouse management tool \S+\n", kernel.good("--version"))


def test_help_lists_every_command(kernel):
    text = kernel.good("--help")
    assert text.startswith("usage: jailhouse ")
    for words, _ in commands():
        assert re.search(rf"^  {words} +\S", text, re.M)


def test_no_command_is_an_error_with_usage(kernel):
    assert kernel.bad().startswith("usage: jailhouse ")


@pytest.mark.parametrize("words,usage", commands())
def test_each_command_explains_itself(kernel, words, usage):
    first = f"usage: jailhouse {words} {usage}\n"
    for call in (["help", *words.split()], [*words.split(), "--help"], [*words.split(), "-h"]):
        assert kernel.good(*call).startswith(first)


def test_help_of_a_group(kernel):
    text = kernel.good("help", "memory")
    assert text.count("usage: ") == 3
    assert "jailhouse help: there is no command \"mamory\"" in kernel.bad("help", "mamory")


@pytest.mark.parametrize("typed,meant", [
    ("enabel", "enable"), ("cell strat", "cell start"), ("cell destory", "cell destroy"),
    ("memory resrve", "memory reserve"), ("cel list", "cell list"), ("consol", "console"),
])
def test_nearest_command_is_suggested(kernel, typed, meant):
    assert f'there is no command "{typed}"; did you mean "jailhouse {meant}"?' in kernel.bad(*typed.split())


def test_nothing_is_suggested_for_nonsense(kernel):
    assert "did you mean" not in kernel.bad("xylophone")


def test_half_a_command(kernel):
    text = kernel.bad("cell")
    assert '"cell" wants one more word' in text and "cell create" in text and "enable" not in text


def test_helper_programs_are_run(kernel):
    helper = kernel.write("jailhouse-cell-frob", b"#!/bin/sh\necho helper \"$@\"\nexit 7\n")
    helper.chmod(0o755)
    done = subprocess.run([TOOL, "cell", "frob", "a", "b c"], capture_output=True, text=True,
                          env=dict(os.environ, PATH=f"{kernel.root}:{os.environ['PATH']}"))
    assert (done.returncode, done.stdout) == (7, "helper a b c\n")


@pytest.mark.parametrize("words", [
    "enable", "enable a b", "disable a", "cell create", "cell start", "cell start 1 2", "cell list x",
    "cell list --jason", "cell stats", "console --follows", "memory reserve", "memory reserve 1M 2M",
    "memory release 1", "config check", "config plan", "cell load", "cell load 1", "cell load 1 a -a",
    "cell load 1 -a 0 a", "cell load 1 -s", "cell load 1 a -b 3", "cell load -a 1", "cell load --name",
])
def test_wrong_use_names_the_command_and_its_usage(kernel, words):
    text = kernel.bad(*words.split())
    name = " ".join(words.split()[:2 if words.split()[0] in ("cell", "memory", "config") else 1])
    assert text.startswith(f"jailhouse {name}: ") and f"\nusage: jailhouse {name} " in text
    assert kernel.log() == []


# --- requests ---

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


def test_enable_passes_the_configuration(kernel):
    assert kernel.good("enable", system_blob()) == ""
    assert kernel.log() == ["JAILHOUSE_ENABLE JHSYS"]


def test_enable_reads_a_pipe(kernel):
    with subprocess.Popen(["cat", system_blob()], stdout=subprocess.PIPE) as cat:
        done = kernel.run("enable", "/dev/stdin", stdin=cat.stdout)
    assert (done.returncode, done.stderr) == (0, "")


def test_enable_of_no_file(kernel):
    assert "opening no-such-file: No such file or directory" in kernel.bad("enable", "no-such-file")
    assert "is empty" in kernel.bad("enable", kernel.write("empty", b""))
    assert "Is a directory" in kernel.bad("enable", kernel.root)
    assert kernel.log() == []


def test_enable_refuses_every_truncation(kernel):
    blob = system_blob().read_bytes()
    for length in sorted({0, 1, 4, 5, 7, 8, 355, 356, 487, 488, len(blob) // 2, len(blob) - 1}):
        assert "short" in kernel.bad("enable", kernel.write("short", blob[:length]))
    assert kernel.log() == []


def test_enable_refuses_trailing_bytes_and_cells(kernel):
    blob = system_blob().read_bytes()
    kernel.bad("enable", kernel.write("long", blob + b"\0" * 8))
    kernel.bad("enable", kernel.write("huge", blob + b"\0" * 100000))
    kernel.bad("enable", cell_blobs()[0])
    assert kernel.log() == []


def test_files_that_have_a_size_but_no_mapping(kernel):
    """As /sys/firmware/fdt: PCI config space is such a file wherever there is PCI."""
    sized = next(path for pattern in ("bus/pci/devices/*/config", "firmware/fdt", "kernel/btf/vmlinux",
                                      "kernel/notes")
                 for path in sorted(pathlib.Path("/sys").glob(pattern)) if path.stat().st_size)
    assert not re.search("opening|reading", kernel.bad("cell", "linux", sized, sized))


def test_disable(kernel):
    assert kernel.good("disable") == ""
    assert kernel.log() == ["JAILHOUSE_DISABLE"]


def test_cell_create_passes_the_size(kernel):
    assert kernel.good("cell", "create", kernel.write("c", b"x" * 321)) == ""
    assert kernel.log() == ["JAILHOUSE_CELL_CREATE size=321"]


@pytest.mark.parametrize("command", ["start", "destroy"])
@pytest.mark.parametrize("words,logged", [
    (["3"], "id=3 name="), (["rt cell"], "id=-1 name=rt cell"), (["--name", "3"], "id=-1 name=3"),
    (["3x"], "id=-1 name=3x"), (["2147483647"], "id=2147483647 name="), (["--name", "-f"], "id=-1 name=-f"),
    (["n" * 31], "id=-1 name=" + "n" * 31),
])
def test_cells_are_named_by_id_or_name(kernel, command, words, logged):
    kernel.good("cell", command, *words)
    assert kernel.log() == [f"JAILHOUSE_CELL_{command.upper()} {logged}"]


@pytest.mark.parametrize("word", ["", "n" * 32, "2147483648", "99999999999999999999999999"])
def test_impossible_cells_are_refused_here(kernel, word):
    if word.isdigit() and len(word) > 20:
        kernel.good("cell", "start", word)      # no number at all, so a name
        return
    assert kernel.bad("cell", "start", word).startswith("jailhouse: cell ")
    assert kernel.log() == []


def test_shutdown_loads_nothing(kernel):
    kernel.good("cell", "shutdown", "--name", "7")
    assert kernel.log() == ["JAILHOUSE_CELL_LOAD id=-1 name=7"]


# --- loading ---

def test_load_of_several_images_is_one_request(kernel):
    first, second = kernel.write("one", b"\x11" * 5000), kernel.write("two", b"\x22\x33")
    kernel.good("cell", "load", "1", first, second, "-a", "0x10000", "-s", "text", "--address", "4096")
    assert kernel.log() == ["JAILHOUSE_CELL_LOAD id=1 name= [0x0+5000 11..11] [0x10000+2 22..33] "
                            "[0x1000+5 74..00]"]


def test_load_of_an_empty_string_writes_its_nul(kernel):
    kernel.good("cell", "load", "--name", "1", "-s", "")
    assert kernel.log() == ["JAILHOUSE_CELL_LOAD id=-1 name=1 [0x0+1 00..00]"]


@pytest.mark.parametrize("text,value", [
    ("0", 0), ("4096", 4096), ("0xffffFFFF0", 0xffffffff0), ("0XA0", 0xa0), ("010", 10),
    ("0xfffffffffffffffe", 2**64 - 2),
])
def test_addresses(kernel, text, value):
    kernel.good("cell", "load", "1", kernel.write("i", b"\1"), "-a", text)
    assert kernel.log() == [f"JAILHOUSE_CELL_LOAD id=1 name= [0x{value:x}+1 01..01]"]


@pytest.mark.parametrize("text", ["", "x", "0x", "-1", "+1", " 1", "1 ", "12k", "0x1g", "1.5", "0b1",
                                  "0x10000000000000000", "18446744073709551616"])
def test_wrong_addresses(kernel, text):
    words = kernel.bad("cell", "load", "1", kernel.write("i", b"\1"), "-a", text)
    assert f'address "{text}"' in words and "0x100000" in words
    assert kernel.log() == []


def test_load_past_the_end_of_the_address_space(kernel):
    assert "past the end" in kernel.bad("cell", "load", "1", kernel.write("i", b"\1\2"), "-a",
                                        "0xffffffffffffffff")
    assert kernel.log() == []


def test_all_files_are_opened_before_anything_is_loaded(kernel):
    image = kernel.write("i", b"\1")
    assert "opening missing" in kernel.bad("cell", "load", "1", image, "missing")
    assert "is empty" in kernel.bad("cell", "load", "1", image, kernel.write("e", b""))
    assert kernel.log() == []


def test_large_images_travel_last_piece_first(kernel):
    size = (17 << 20) + 3
    image = kernel.root / "large"
    with image.open("wb") as file:
        file.write(b"\xaa")
        file.truncate(size)
        file.seek(size - 1)
        file.write(b"\xbb")
    kernel.good("cell", "load", "1", image, "-a", "0x100000")
    lines = kernel.log()
    assert [re.search(r"\[(0x\w+)\+(\d+) (\w\w)\.\.(\w\w)\]", line).groups() for line in lines] == [
        (f"0x{(0x100000 + (16 << 20)):x}", str((1 << 20) + 3), "00", "bb"),
        (f"0x{(0x100000 + (8 << 20)):x}", str(8 << 20), "00", "00"),
        ("0x100000", str(8 << 20), "aa", "00"),
    ]


def test_a_refused_piece_ends_the_load(kernel):
    image = kernel.root / "large"
    with image.open("wb") as file:
        file.truncate(20 << 20)
    kernel.answer("JAILHOUSE_CELL_LOAD", EINVAL)
    kernel.bad("cell", "load", "1", image)
    assert len(kernel.log()) == 1


def large_image(kernel, mib=24):
    image = kernel.root / "large"
    with image.open("wb") as file:
        file.truncate(mib << 20)
    return image


def test_progress_of_a_long_load_in_a_log(kernel):
    kernel.answer("delay", 600)
    done = kernel.run("cell", "load", "1", large_image(kernel))
    assert done.returncode == 0 and done.stdout == ""
    assert done.stderr.splitlines() == ["jailhouse: loading, 16 of 24 MiB (66 %)",
                                        "jailhouse: loading, 24 of 24 MiB (100 %)"]


def test_progress_of_a_long_load_on_a_terminal(kernel):
    kernel.answer("delay", 600)
    master, slave = pty.openpty()
    child = subprocess.Popen([TOOL, "cell", "load", "1", large_image(kernel)], stderr=slave,
                             env=kernel.environment())
    assert child.wait(10) == 0
    text = os.read(master, 4096)
    os.close(master)
    os.close(slave)
    assert text.startswith(b"\rjailhouse: loading, 16 of 24 MiB (66 %)\r") and text.endswith(b"(100 %)\r\n")


def test_no_progress_of_a_short_load(kernel):
    assert kernel.good("cell", "load", "1", large_image(kernel)) == ""


def test_interrupt_ends_a_load_between_pieces(kernel):
    kernel.answer("delay", 300)
    # A test run in the background of a shell inherits an ignored SIGINT.
    with subprocess.Popen([TOOL, "cell", "load", "1", large_image(kernel, 80)],
                          preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
                          env=kernel.environment()) as child:
        time.sleep(0.5)
        child.send_signal(signal.SIGINT)
        assert child.wait(10) == -signal.SIGINT
    assert 1 <= len(kernel.log()) <= 4


# --- refusals ---

REQUESTS = [
    ("JAILHOUSE_DISABLE", ["disable"]),
    ("JAILHOUSE_CELL_START", ["cell", "start", "1"]),
    ("JAILHOUSE_CELL_DESTROY", ["cell", "destroy", "1"]),
    ("JAILHOUSE_CELL_LOAD", ["cell", "shutdown", "1"]),
    ("JAILHOUSE_CELL_CREATE", ["cell", "create", "console"]),
    ("JAILHOUSE_MEMORY_RESERVE", ["memory", "reserve", "1M"]),
    ("JAILHOUSE_MEMORY_RELEASE", ["memory", "release"]),
]


@pytest.mark.parametrize("request_name,words", REQUESTS)
def test_the_drivers_sentence_follows_the_error(kernel, request_name, words):
    kernel.answer(request_name, EBUSY)
    kernel.file("refusal", 'cell "x", cpus: the rule (0x3 of 0x1); do this')
    assert kernel.bad(*words) == (f"{request_name}: Device or resource busy\n"
                                  'jailhouse: cell "x", cpus: the rule (0x3 of 0x1); do this\n')


def test_enable_refused(kernel):
    kernel.answer("JAILHOUSE_ENABLE", EBUSY)
    kernel.file("refusal", "already enabled")
    assert kernel.bad("enable", system_blob()) == ("JAILHOUSE_ENABLE: Device or resource busy\n"
                                                   "jailhouse: already enabled\n")


def test_a_driver_without_words(kernel):
    kernel.answer("JAILHOUSE_DISABLE", EINVAL)
    assert "dmesg" in kernel.bad("disable")


@pytest.mark.parametrize("error,word", [(EINTR, "signal"), (ENOTTY, "does not know"), (14, "cut off")])
def test_errors_without_a_sentence_of_the_driver(kernel, error, word):
    kernel.answer("JAILHOUSE_DISABLE", error)
    assert word in kernel.bad("disable")


def test_a_signal_is_not_explained_by_an_older_sentence(kernel):
    kernel.answer("JAILHOUSE_DISABLE", EINTR)
    kernel.file("refusal", "an older sentence")
    assert "older" not in kernel.bad("disable")


def test_an_unknown_cell_is_answered_with_the_known_ones(two_cells):
    two_cells.answer("JAILHOUSE_CELL_START", ENOENT)
    two_cells.file("refusal", 'there is no cell "x"')
    assert two_cells.bad("cell", "start", "x") == (
        "JAILHOUSE_CELL_START: No such file or directory\njailhouse: there is no cell \"x\"\n"
        'jailhouse: existing cells: 0 "RootCell", 1 "rt cell"\n')


def test_no_driver(kernel):
    kernel.answer("open", ENOENT)
    for words in (["disable"], ["console"], ["cell", "start", "1"], ["memory", "release"]):
        text = kernel.bad(*words)
        assert text.startswith("opening /dev/jailhouse: No such file or directory\n")
        assert "modprobe jailhouse" in text


def test_no_permission(kernel):
    kernel.answer("open", 13)
    assert "as root" in kernel.bad("disable")


def test_the_real_tool_uses_the_real_device():
    done = subprocess.run([REAL, "disable"], capture_output=True, text=True,
                          env=dict(os.environ, FAKE_ROOT="/tmp"))
    assert done.returncode == 1 and done.stderr.startswith("opening /dev/jailhouse: ")
    assert b"FAKE_ROOT" not in REAL.read_bytes()


def test_programs_are_static():
    for name in ("jailhouse", "ivshmem-demo", "edu-attack"):
        headers = subprocess.run(["readelf", "-lW", REPO / "build/tools" / name], capture_output=True,
                                 text=True, check=True).stdout
        assert "INTERP" not in headers and "LOAD" in headers


# --- lists ---

def test_list_table(two_cells):
    assert two_cells.good("cell", "list") == (
        f"{'ID':8}{'Name':24}{'State':18}{'Assigned CPUs':24}{'Failed CPUs':24}\n"
        f"{'0':8}{'RootCell':24}{'running':18}{'0-2':24}{'':24}\n"
        f"{'1':8}{'rt cell':24}{'shut down':18}{'3':24}{'3':24}\n")


def test_list_is_sorted_by_number(kernel):
    for number in (10, 2, 0):
        kernel.cell(number)
    assert [line.split()[0] for line in kernel.good("cell", "list").splitlines()[1:]] == ["0", "2", "10"]


def test_list_without_cells_prints_nothing(kernel):
    assert kernel.good("cell", "list") == ""
    (kernel.root / "sysfs/cells").mkdir()
    assert kernel.good("cell", "list") == ""
    assert json.loads(kernel.good("cell", "list", "--json")) == []


def test_list_json(kernel):
    kernel.cell(0, cpus_assigned_list="0-2,5,7-8")
    kernel.cell(4, name='a"b\\c\x01\tü', cpus_assigned_list="", unprotected="dma")
    first, second = json.loads(kernel.good("cell", "list", "--json"))
    assert first == {"id": 0, "name": "RootCell", "state": "running", "cpus": [0, 1, 2, 5, 7, 8],
                     "failed_cpus": [], "unprotected": ""}
    assert second["name"].startswith('a"b\\c\x01\t') and second["cpus"] == []
    assert second["unprotected"] == "dma"


@pytest.mark.parametrize("what,text", [
    ("dma", "reach all memory"), ("irq", "raise any interrupt"),
    ("dma irq", "reach all memory and raise any interrupt"), ("new", "new"),
])
def test_list_says_what_is_not_isolated(kernel, what, text):
    kernel.cell(0, unprotected=what)
    kernel.cell(1, name="safe", unprotected="0")
    kernel.cell(2, name="safe too", unprotected="")
    *table, last = kernel.good("cell", "list").splitlines()
    assert len(table) == 4 and last == f'cell "RootCell" is not isolated: its devices can {text}'


@pytest.mark.parametrize("what,lines", [("delivery", 1), ("irq delivery", 2)])
def test_list_says_who_takes_interrupts_itself(kernel, what, lines):
    kernel.cell(0)
    kernel.cell(1, name="direct", unprotected=what)
    said = kernel.good("cell", "list").splitlines()[3:]
    assert len(said) == lines and said[0].startswith('cell "direct" takes its interrupts itself: it can refuse')
    assert all("raise any interrupt" in line for line in said[1:])


def test_list_with_a_missing_file_fails(kernel):
    kernel.cell(0)
    (kernel.root / "sysfs/cells/0/state").unlink()
    assert "cells/0/state: No such file" in kernel.bad("cell", "list")


# --- statistics ---

def test_stats_once(two_cells):
    for words in (["1"], ["rt cell"], ["--name", "rt cell"], ["1", "--once"]):
        lines = two_cells.good("cell", "stats", *words).splitlines()
        assert [line.split() for line in lines] == [
            ["COUNTER", "SUM"], ["total", "77"], ["hypercall", "2"], ["mmio", "5"]]


def test_stats_json(two_cells):
    assert json.loads(two_cells.good("cell", "stats", "1", "--json")) == {
        "cell": "rt cell", "counters": {"total": 77, "hypercall": 2, "mmio": 5},
        "cpus": {"3": {"total": 77, "hypercall": 2, "mmio": 5}}}


def test_stats_of_an_unknown_cell(two_cells):
    text = two_cells.bad("cell", "stats", "nobody")
    assert 'there is no cell "nobody"' in text and '0 "RootCell", 1 "rt cell"' in text
    assert "no counters" in two_cells.bad("cell", "stats", "0", "--json")


def read_until(master, wanted, seconds=10):
    text, end = b"", time.monotonic() + seconds
    while wanted not in text and time.monotonic() < end:
        if select.select([master], [], [], 0.2)[0]:
            text += os.read(master, 4096)
    return text


@pytest.mark.parametrize("term", ["vt100", "linux", "no-such-terminal"])
def test_live_view_without_terminal_descriptions(two_cells, term):
    master, slave = pty.openpty()
    environment = dict(two_cells.environment(), TERM=term, TERMINFO="/nonexistent",
                       TERMINFO_DIRS="/nonexistent", HOME="/nonexistent", LINES="24", COLUMNS="80")
    child = subprocess.Popen([TOOL, "cell", "stats", "1"], env=environment, stdin=slave, stdout=slave,
                             stderr=slave)
    try:
        assert b"77" in read_until(master, b"a all CPUs")
        os.write(master, b"c")
        assert b"CPU 3" in read_until(master, b"CPU 3")
        os.write(master, b"q")
        read_until(master, b"\0never", 0.5)
        assert child.wait(10) == 0
    finally:
        child.kill()
        os.close(master)
        os.close(slave)


# --- console and denials ---

def test_console(kernel):
    (kernel.root / "console").write_bytes(b"line\n" * 100)
    assert kernel.good("console") == "line\n" * 100
    assert kernel.good("console", "-f") == kernel.good("console", "--follow")


@pytest.mark.parametrize("error,name,word", [
    (EAGAIN, "Resource temporarily unavailable", "not enabled"),
    (EPERM, "Operation not permitted", "JAILHOUSE_SYS_VIRTUAL_DEBUG_CONSOLE"),
])
def test_console_refused(kernel, error, name, word):
    kernel.answer("read", error)
    text = kernel.bad("console")
    assert text.startswith(f"read(console): {name}\n") and word in text


def test_denials(kernel):
    kernel.file("denials", "one\ntwo")
    assert kernel.good("denials") == "one\ntwo\n"
    kernel.file("denials", "")
    assert kernel.good("denials") == ""
    (kernel.root / "sysfs/denials").unlink()
    assert "denials: No such file" in kernel.bad("denials")


def test_a_full_disk_is_an_error(two_cells):
    with open("/dev/full", "w") as full:
        done = subprocess.run([TOOL, "cell", "list"], env=two_cells.environment(), stdout=full,
                              stderr=subprocess.PIPE, text=True)
    assert done.returncode == 1 and "No space left" in done.stderr


# --- memory ---

@pytest.mark.parametrize("wish,start,size", [
    ("128M", 2**64 - 1, 128 << 20), ("128M@0x100000000", 1 << 32, 128 << 20), ("4K@8192", 8192, 4096),
    ("1G@0", 0, 1 << 30), ("0x8000000", 2**64 - 1, 128 << 20), ("0x10K@0x1000", 4096, 16 << 10),
])
def test_reserve(kernel, wish, start, size):
    text = kernel.good("memory", "reserve", wish)
    assert kernel.log() == [f"JAILHOUSE_MEMORY_RESERVE start=0x{start:x} size=0x{size:x}"]
    assert text.endswith(", removed\n")


@pytest.mark.parametrize("wish", ["", "0", "M", "128m", "1T", "12.5M", "100", "4097", "@0", "4K@", "4K@1",
                                  "4K@x", "4K@4K", "17179869184G", "8K@0xfffffffffffff000", "4K@0@0"])
def test_wrong_sizes(kernel, wish):
    assert re.match(r"jailhouse: (size|address) ", kernel.bad("memory", "reserve", wish))
    assert kernel.log() == []


def memory_blocks(kernel, folder, **states):
    (kernel.root / folder).mkdir()
    (kernel.root / folder / "block_size_bytes").write_text("8000000\n")
    for name, state in states.items():
        (kernel.root / folder / name).mkdir()
        (kernel.root / folder / name / "state").write_text(state + "\n")


def states(kernel):
    return {path.parent.name: path.read_text().strip() for path in kernel.root.glob("blocks/*/state")}


def test_release_puts_returned_memory_to_use(kernel):
    kernel.file("memory", "100000000-10fffffff removed")
    memory_blocks(kernel, "blocks", memory0="online")
    memory_blocks(kernel, "blocks.after", memory0="online", memory31="offline", memory32="offline",
                  memory33="offline", memory34="offline")
    kernel.answer("JAILHOUSE_MEMORY_RELEASE", 1001)
    assert kernel.good("memory", "release") == ""
    assert {name: text[:6] for name, text in states(kernel).items()} == {
        "memory0": "online", "memory31": "offlin", "memory32": "online", "memory33": "online",
        "memory34": "offlin"}
    assert states(kernel)["memory32"].startswith("online_movable")


def test_release_leaves_blocks_alone_that_linux_handles(kernel):
    kernel.file("memory", "100000000-107ffffff removed")
    memory_blocks(kernel, "blocks", memory32="offline")
    kernel.good("memory", "release")
    assert states(kernel) == {"memory32": "offline"}


def test_release_of_nothing_says_so(kernel):
    assert kernel.good("memory", "release") == "nothing was reserved\n"


def test_release_names_a_block_that_stays_offline(kernel):
    kernel.file("memory", "100000000-107ffffff removed")
    memory_blocks(kernel, "blocks", memory0="online")
    kernel.answer("JAILHOUSE_MEMORY_RELEASE", 1001)
    assert "memory block 32 stays offline" in kernel.bad("memory", "release")


def test_show(kernel):
    assert kernel.good("memory", "show") == "nothing is reserved\n"
    assert json.loads(kernel.good("memory", "show", "--json")) == []
    kernel.file("memory", "100000000-107ffffff removed\n3a000000-3a000fff allocated")
    assert kernel.good("memory", "show") == ("0x100000000-0x107ffffff 128 MiB, removed\n"
                                             "0x3a000000-0x3a000fff 4 KiB, allocated\n")
    assert json.loads(kernel.good("memory", "show", "--json")) == [
        {"start": 1 << 32, "size": 128 << 20, "method": "removed"},
        {"start": 0x3a000000, "size": 4096, "method": "allocated"}]


# --- configurations ---

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
    assert text.endswith("\nEvery rule holds.\n") and cell.stem in text


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


def test_check_of_nothing(kernel):
    assert "1 to" in kernel.bad("config", "check", kernel.write("empty", b""))
    assert "opening" in kernel.bad("config", "check", "missing")
    assert "at most" in kernel.bad("config", "check", *[system_blob()] * 17)


# --- hardware ---

GOOD = {"aarch64": "kvm-arm.mode=none irqchip.gicv3_nolpi=1 id_aa64mmfr1.vh=0", "x86_64": "amd_iommu=off quiet"}


def hardware(kernel, machine, cmdline=None, files=()):
    """Verdicts by row of a machine with this command line; its exit code under the key "code"."""
    kernel.write("machine", machine.encode())
    for name, data in {"proc/cmdline": (GOOD[machine] if cmdline is None else cmdline) + "\n", **dict(files)}.items():
        (kernel.root / name).parent.mkdir(parents=True, exist_ok=True)
        (kernel.root / name).write_bytes(data.encode() if isinstance(data, str) else data)
    done = kernel.run("hardware", "check")
    rows = dict(re.findall(r"^(\S.*?)  +(ok|MISSING|missing \(optional\))$", done.stdout, re.M))
    assert done.stdout.endswith(f"\nCheck {'passed!' if done.returncode == 0 else 'FAILED!'}\n")
    return {**rows, "code": done.returncode}


def arm_tree(*compatible):
    nodes = "".join(f'n{i} {{ compatible = "{name}"; }};' for i, name in enumerate(compatible))
    return {"sys/firmware/fdt": subprocess.run(["dtc", "-q", "-O", "dtb"], input=f"/dts-v1/; / {{ {nodes} }};".encode(),
                                               capture_output=True, check=True).stdout}


CPU = "processor\t: 0\nflags\t\t: fpu svm lm npt lbrv\nbugs\t\t: svml\n"
IVRS = {"sys/firmware/acpi/tables/IVRS": "x"}
ARM = ("arm,gic-v3", "arm,gic-v3-its", "arm,smmu-v3")


def test_hardware_that_has_everything(kernel):
    rows = hardware(kernel, "x86_64", files={"proc/cpuinfo": CPU, **IVRS})
    assert rows.pop("code") == 0 and set(rows.values()) == {"ok"} and len(rows) == 4


def test_arm_that_has_everything(kernel):
    rows = hardware(kernel, "aarch64", files=arm_tree(*ARM))
    assert rows.pop("code") == 0 and set(rows.values()) == {"ok"} and len(rows) == 7


@pytest.mark.parametrize("cmdline,files,row,verdict", [
    ("", {}, "IOMMU left alone by Linux", "MISSING"),
    ("amd_iommu=off1 xintel_iommu=off", {}, "IOMMU left alone by Linux", "MISSING"),
    ("x intel_iommu=off", {}, "IOMMU left alone by Linux", "ok"),
    (None, {"proc/cpuinfo": CPU.replace("svm lm", "svm2 lm xsvm")}, "virtualization (SVM)", "MISSING"),
    (None, {"proc/cpuinfo": CPU.replace(" npt", "")}, "nested paging", "MISSING"),
])
def test_x86_that_lacks_something(kernel, cmdline, files, row, verdict):
    rows = hardware(kernel, "x86_64", cmdline, {"proc/cpuinfo": CPU, **IVRS, **files})
    assert rows[row] == verdict and rows["code"] == (0 if verdict == "ok" else 2)


def test_x86_without_an_iommu_passes(kernel):
    rows = hardware(kernel, "x86_64", "", {"proc/cpuinfo": CPU})
    assert rows["IOMMU (AMD-Vi or VT-d)"] == "missing (optional)" and rows["code"] == 0


@pytest.mark.parametrize("cmdline,tree,files,row,verdict", [
    ("", ARM, {}, "EL2 left alone by KVM", "MISSING"), (None, ARM, {"dev/kvm": ""}, "EL2 left alone by KVM", "MISSING"),
    ("kvm-arm.mode=none", ARM, {}, "ITS left alone by Linux", "MISSING"),
    ("kvm-arm.mode=none", ARM[::2], {}, "ITS left alone by Linux", "ok"),
    ("kvm-arm.mode=none", ARM[::2], {}, "EL2 left alone by Linux (VHE)", "missing (optional)"),
    (None, (), {}, "device tree", "MISSING"), (None, ("arm,gic-400",), {}, "GICv3", "missing (optional)"),
    (None, ("arm,gic-400",), {}, "SMMU", "missing (optional)"),
    (None, ARM, {"sys/bus/platform/drivers/arm-smmu-v3/bind": ""}, "SMMU left alone by Linux", "ok"),
    (None, ARM, {"sys/bus/platform/drivers/arm-smmu-v3/9050000.smmuv3": ""}, "SMMU left alone by Linux", "MISSING"),
])
def test_arm_that_lacks_something(kernel, cmdline, tree, files, row, verdict):
    rows = hardware(kernel, "aarch64", cmdline, {**arm_tree(*tree), **files})
    assert rows[row] == verdict and rows["code"] == (2 if verdict == "MISSING" else 0)


def test_arm_without_a_device_tree(kernel):
    assert hardware(kernel, "aarch64")["device tree"] == "MISSING"


def test_hardware_of_an_unknown_kind(kernel):
    kernel.write("machine", b"riscv64")
    assert '"riscv64" are not known' in kernel.bad("hardware", "check")


# --- documentation and completion ---

def test_the_manual_has_the_reference():
    text = subprocess.run([TOOL, "help", "--markdown"], capture_output=True, text=True, check=True).stdout
    manual = (REPO / "Documentation/cli.md").read_text()
    assert text.strip() in manual, "run tools/make-cli-doc"


COMPLETION = REPO / "tools/jailhouse-completion.bash"


def complete(kernel, *words):
    """COMPREPLY for a line of these words, the last of which is being typed."""
    script = f"""source {COMPLETION}
COMP_WORDS=("$@"); COMP_CWORD=$((${{#COMP_WORDS[@]}} - 1)); _jailhouse; printf '%s\\n' "${{COMPREPLY[@]}}" """
    done = subprocess.run(["bash", "-c", script, "bash", "jailhouse", *words], text=True, check=True,
                          capture_output=True, cwd=kernel.root,
                          env=dict(os.environ, JAILHOUSE_CELLS=str(kernel.root / "sysfs/cells")))
    assert done.stderr == ""
    return sorted(set(done.stdout.split("\n")) - {""})


def test_completion_is_bash():
    subprocess.run(["bash", "-n", COMPLETION], check=True)


def test_completion_knows_every_command(kernel):
    for words, _ in commands():
        *before, last = words.split()
        assert last in complete(kernel, *before, last[:3]), words
        assert set(complete(kernel, *before, "")) >= {last}


def test_completion_offers_no_command_that_does_not_exist(kernel):
    known = {words for words, _ in commands()}
    for first in complete(kernel, ""):
        seconds = [] if first in ("help", "enable", "console") else complete(kernel, first, "")
        for name in [f"{first} {second}" for second in seconds] or [first]:
            assert name in known | {"--help", "--version"}


def test_completion_of_cells_and_files(two_cells):
    kernel = two_cells
    kernel.write("image.bin", b"")
    for command in ("start", "shutdown", "destroy", "load"):
        assert complete(kernel, "cell", command, "") == ["--name", "1", r"rt\ cell"]
    assert complete(kernel, "cell", "stats", "R") == ["RootCell"]
    assert complete(kernel, "cell", "start", "--name", "") == [r"rt\ cell"]
    assert complete(kernel, "cell", "start", "1", "") == []
    assert complete(kernel, "cell", "load", "1", "im") == ["image.bin"]
    assert complete(kernel, "cell", "load", "1", "x", "-a", "im") == []
    assert complete(kernel, "enable", "im") == ["image.bin"]
    assert complete(kernel, "cell", "create", "im") == ["image.bin"]
    assert complete(kernel, "config", "check", "a", "im") == ["image.bin"]
    assert complete(kernel, "cell", "linux", "im") == ["image.bin"]
    assert complete(kernel, "cell", "linux", "a", "b", "--in") == ["--initrd"]
    assert complete(kernel, "cell", "linux", "a", "b", "-c", "im") == []
    assert complete(kernel, "cell", "linux", "a", "b", "--dtb", "im") == ["image.bin"]


# --- the demo programs' own checks ---

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

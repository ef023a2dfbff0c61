# SPDX-License-Identifier: GPL-2.0
"""A call of `jailhouse cell linux`, and its tree read back by dtc, not by the library that wrote it."""

import re
import struct
import subprocess

from cell_blob import linux_cell, system

MIB = 1 << 20
IMAGE_SIZE = 3 * MIB
LOADER_SIZE = 0x2345


def image(size=IMAGE_SIZE, offset=0, flags=10, length=4096):
    head = struct.pack("<IIQQQQQQ4sI", 0, 0, offset, size, flags, 0, 0, 0, b"ARM\x64", 0)
    return head.ljust(length, b"\x7e")


def efi_image(*ends, at=64, **changes):
    """With a header for EFI at this place, which lists sections that end at these bytes of the file."""
    header = struct.pack("<4sHH12xHH", b"PE\0\0", 0xaa64, len(ends), 160, 0) + bytes(160)
    header += b"".join(struct.pack("<8sIIII16x", b".part", 0, 0, end - 512, 512) for end in ends)
    data = bytearray(image(**changes))
    data[:2], data[60:64], data[at:at + len(header)] = b"MZ", struct.pack("<I", at), header
    return bytes(data)


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
        tree, notes = self.noted(*words, **changes)
        assert notes == ""
        return tree

    def noted(self, *words, **changes):
        """The tree, and what is said on stderr although nothing is wrong."""
        done = self.kernel.run(*self.call("--dry-run", "--write-dtb", "out.dtb", *words, **changes))
        assert done.returncode == 0, done.stderr
        return decompile(self.kernel.root / "out.dtb"), done.stderr


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


OWN = """/dts-v1/;
/ { #address-cells = <WIDTH>; #size-cells = <WIDTH>; board { compatible = "x,y"; }; MORE };"""


def own(bench, width=2, more=""):
    """A call with a tree that is not a machine's."""
    subprocess.run(["dtc", "-q", "-O", "dtb", "-o", bench.kernel.root / "own.dtb"], check=True, text=True,
                   input=OWN.replace("WIDTH", str(width)).replace("MORE", more))
    return bench.tree("-d", "own.dtb", "-i", "loader.bin", "-c", "quiet", machine=None, system=None)

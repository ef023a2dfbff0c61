# SPDX-License-Identifier: GPL-2.0
"""The emulated machine of a row, as a QEMU command line."""

import os
import pathlib
import sys

from boots import q35, virt

CACHE = pathlib.Path(os.environ.get("CELLBLOCK_CACHE", "/var/cache/cellblock"))
BOARDS = {"x86": q35, "arm64": virt}


def board(row):
    return BOARDS[row.arch]


def choose(arches, iommu):
    """[(architecture, IOMMU)] for a command's words: empty ones mean all, and the usual one."""
    for arch in arches:
        if arch not in BOARDS:
            sys.exit(f"no architecture named {arch}; there are: {', '.join(BOARDS)}")
    chosen = [(arch, iommu or BOARDS[arch].UNIT) for arch in arches or BOARDS
              if not iommu or iommu in BOARDS[arch].UNITS]
    if not chosen:
        units = sorted({unit for arch in arches or BOARDS for unit in BOARDS[arch].UNITS})
        sys.exit(f"no IOMMU named {iommu}; there are: {', '.join(units)}")
    return chosen


def kernel_dir(row):
    return CACHE / "kernels" / (row.kernel + board(row).KERNELS)


def kernel_release(row):
    return (kernel_dir(row) / "release").read_text().strip()


def kernel_image(row):
    return kernel_dir(row) / "boot" / f"vmlinuz-{kernel_release(row)}"


def kernel_parameters(row, loglevel=5):
    words = [f"console={board(row).CONSOLE} loglevel={loglevel} panic=-1", *board(row).parameters(row), row.params]
    return " ".join(word for word in words if word)


def devices(row, folder):
    """What every machine has on its PCI bus."""
    words = ["-device", "edu,addr=4.0,dma_mask=0xffffffffffffffff"]
    if row.nvme:
        folder.mkdir(parents=True, exist_ok=True)
        disk = folder / "disk.raw"
        with open(disk, "wb") as file:
            file.truncate(64 << 20)
        words += ["-drive", f"file={disk},if=none,id=disk,format=raw,cache=unsafe",
                  "-device", "nvme,drive=disk,serial=1,addr=3.0"]
    return [*words, *row.devices]


def command(row, folder, serial=None, loglevel=5):
    """The machine of row with its files in folder; serial: what the console is, instead of a file."""
    words = [*board(row).QEMU, "-smp", str(row.cpus), "-nodefaults", "-display", "none", "-no-reboot"]
    if row.icount:
        words += ["-accel", "tcg,thread=single", "-icount", "shift=0,sleep=off",
                  "-rtc", "base=2024-01-01,clock=vm", "-seed", "1"]
    else:
        words += ["-accel", "tcg,thread=multi"]
    words += board(row).board(row) + devices(row, folder)
    if row.audit:
        words += ["-qmp", f"unix:{folder / 'qmp'},server=on,wait=off"]
    for port in board(row).PORTS:
        special = serial if port == "console" and serial else f"file:{folder / port}.log"
        words += ["-serial", special]
    return words + ["-kernel", str(kernel_image(row)), "-initrd", str(folder / "initramfs.cpio"),
                    "-append", kernel_parameters(row, loglevel)]

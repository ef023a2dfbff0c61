# SPDX-License-Identifier: GPL-2.0
"""The root file system of a boot: busybox, stock modules, and what build/ holds.

    /usr/bin/                 programs of build/tools/ and build/ci/ (arm64: build/arm64/tools/, build/arm64/ci/)
    /lib/firmware/            build/ARCH/*.bin
    /lib/modules/RELEASE/     stock modules and build/driver/RELEASE/*.ko, for modprobe
    /configs/ /inmates/       build/configs/ARCH/*.cell, build/inmates/ARCH/*.bin
    /tests/                   ci/boots/scripts/*.sh and lib.sh
    /kernel/firmware/acpi/    tables that Linux takes instead of the firmware's, when the row has ACPI
    /boot/                    vmlinuz and cell.cpio, when the row has a cell with Linux; with ACPI machine.dtb, too
"""

import lzma
import os
import pathlib
import shutil
import stat
import subprocess

from boots import machine, virt

REPO = pathlib.Path(__file__).resolve().parents[2]
BUILD = REPO / "build"
GUEST = REPO / "ci" / "boots" / "guest"
# Stock modules a test can load; what they need comes along.
MODULES = ("nvme", "e1000e", "uio", "kvm-amd", "virtio_net", "virtio_pci", "vfat", "ext4", "loop")


def module_index(tree):
    """Module name -> (path in tree, names it needs), from the package's own file list."""
    files = {}
    for path in sorted((tree / "kernel").rglob("*.ko*")):
        files[path.name.split(".ko")[0].replace("-", "_")] = path
    return files


def needs(path):
    text = subprocess.run(["modinfo", "-F", "depends", str(path)], check=True, text=True,
                          stdout=subprocess.PIPE).stdout
    return [name.replace("-", "_") for name in text.strip().split(",") if name]


def copy_modules(root, row, modules="*", stock=MODULES):
    release = machine.kernel_release(row)
    files = module_index(machine.kernel_dir(row) / "lib" / "modules" / release)
    target = root / "lib" / "modules" / release
    (target / "kernel").mkdir(parents=True)
    driver = sorted((BUILD / "driver" / release).glob(f"{modules}.ko"))
    wanted = [name.replace("-", "_") for name in stock]
    for path in driver:     # a cell has no room for what debuggers want to know
        subprocess.run([machine.board(row).CROSS + "strip", "--strip-debug", "-o", target / path.name, path], check=True)
        wanted += needs(path)
    done = {path.stem.replace("-", "_") for path in driver}
    while wanted:
        name = wanted.pop()
        if name in done or name not in files:       # not in files: built into the kernel
            continue
        done.add(name)
        data = files[name].read_bytes()
        if files[name].suffix == ".xz":
            data = lzma.decompress(data)
        (target / "kernel" / f"{name}.ko").write_bytes(data)
        wanted += needs(files[name])
    # Without the package's list of built-in modules depmod only warns.
    subprocess.run(["depmod", "-b", str(root), release], check=True, stderr=subprocess.DEVNULL)


def copy_all(pattern, target, programs_only=False):
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(REPO.glob(pattern)):
        if path.is_file() and (os.access(path, os.X_OK) or not programs_only):
            shutil.copy(path, target)


def newc(root):
    """The tree below root as a cpio archive in the newc format."""
    out = bytearray()

    def add(name, mode, data, number):
        encoded = name.encode() + b"\0"
        fields = (number, mode, 0, 0, 1, 0, len(data), 0, 0, 0, 0, len(encoded), 0)
        out.extend(b"070701" + b"".join(b"%08x" % field for field in fields) + encoded)
        out.extend(b"\0" * (-len(out) % 4) + data)
        out.extend(b"\0" * (-len(out) % 4))

    for number, path in enumerate(sorted(root.rglob("*")), 1):
        name, mode = str(path.relative_to(root)), path.lstat().st_mode
        if path.is_symlink():
            add(name, stat.S_IFLNK | 0o777, str(path.readlink()).encode(), number)
        elif path.is_dir():
            add(name, stat.S_IFDIR | 0o755, b"", number)
        else:
            add(name, stat.S_IFREG | (mode & 0o777), path.read_bytes(), number)
    add("TRAILER!!!", 0, b"", 0)
    return bytes(out)


def plant(row, root, script):
    """What every root file system has; script is the name that /init runs, "" for a shell."""
    shutil.rmtree(root, ignore_errors=True)
    for name in ("bin", "dev", "proc", "sys", "tmp", "etc", "root", "usr/bin", "usr/share"):
        (root / name).mkdir(parents=True, exist_ok=True)
    (root / "sbin").symlink_to("bin")
    shutil.copy(machine.board(row).BUSYBOX, root / "bin" / "busybox")
    shutil.copy(GUEST / "init", root / "init")
    (root / "init").chmod(0o755)
    (root / "etc" / "script").write_text(script + "\n")
    (root / "etc" / "profile").write_text("PATH=/usr/bin:/bin\nPS1='root cell# '\n")
    copy_all("ci/boots/guest/lib.sh", root / "tests")


def plant_cell(row, root):
    """A small one for a Linux in a cell, which runs inside.sh."""
    plant(row, root, "inside")
    copy_all("ci/boots/scripts/inside.sh", root / "tests")
    copy_all("ci/boots/scripts/window.sh", root / "tests")
    copy_all(f"{machine.board(row).OUT}/tools/ivshmem-demo", root / "usr/bin")
    copy_all(f"{machine.board(row).OUT}/tools/jailhouse", root / "usr/bin")
    copy_all(f"build/configs/{row.arch}/qemu-virt.cell", root / "configs")
    copy_modules(root, row, "*i*", ())


def plant_root(row, root, script):
    out = machine.board(row).OUT
    plant(row, root, script)
    copy_all("ci/boots/scripts/*.sh", root / "tests")
    copy_all(f"{out}/tools/*", root / "usr/bin", programs_only=True)
    copy_all(f"{out}/ci/*", root / "usr/bin", programs_only=True)
    copy_all(f"build/{row.arch}/*.bin", root / "lib/firmware")
    copy_all(f"build/configs/{row.arch}/*.cell", root / "configs")
    copy_all(f"build/inmates/{row.arch}/*.bin", root / "inmates")
    copy_all(f"build/inmates/{row.arch}/linux-loader.bin", root / "usr/bin")     # beside the tool, which looks there
    copy_modules(root, row)
    if row.acpi and not row.linux_unit:
        tables = root / "kernel/firmware/acpi"
        tables.mkdir(parents=True)
        (tables / "IORT.aml").write_bytes(virt.hidden_unit())


def make(row, folder, script):
    """Writes folder/initramfs.cpio for row; script is the name that /init runs, "" for a shell."""
    root, cell = folder / "root", folder / "cell.cpio"
    if row.cell_linux:
        plant_cell(row, root)
        cell.write_bytes(newc(root))
    plant_root(row, root, script)
    if row.cell_linux:
        (root / "boot").mkdir()
        shutil.copy(machine.kernel_image(row), root / "boot" / "vmlinuz")
        cell.rename(root / "boot" / "cell.cpio")
        if row.acpi:
            virt.tree(row, root / "boot" / "machine.dtb")
    (folder / "initramfs.cpio").write_bytes(newc(root))
    shutil.rmtree(root)

# SPDX-License-Identifier: GPL-2.0
"""The documents name files, functions, targets and rows that exist, and their examples are true."""

import pathlib
import re
import subprocess

import pytest

REPO = pathlib.Path(__file__).resolve().parents[2]
TOOL = REPO / "build/tools/jailhouse"
DOCUMENTS = [REPO / "README.md", REPO / "ci/boots/README.md", *sorted((REPO / "Documentation").glob("*.md"))]
FOLDERS = ("ci", "configs", "Documentation", "driver", "hypervisor", "include", "inmates", "tools")
SOURCES = "".join(path.read_text(errors="replace") for folder in ("hypervisor", "driver", "tools")
                  for path in sorted((REPO / folder).rglob("*.[chS]")))
CONFIGURATION = REPO / "Documentation/configuration.md"


def words(document):
    """What stands between backticks, but for blocks."""
    return re.findall(r"`([^`\n]+)`", re.sub(r"^```.*?^```", "", document.read_text(), flags=re.M | re.S))


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_files_exist(document):
    named = [word for word in words(document) if re.fullmatch(rf"(?:{'|'.join(FOLDERS)})/[\w./-]*", word)]
    assert not [word for word in named if not (REPO / word).exists()]


def test_functions_exist():
    tour = REPO / "Documentation/tour.md"
    named = set(re.findall(r"\b([a-z][a-z0-9_]*)\(\)", tour.read_text()))
    assert len(named) > 50
    assert not [name for name in sorted(named) if not re.search(rf"\b{name}\(", SOURCES)
                and not re.search(rf"SYM_FUNC_START\({name}\)", SOURCES)]


def test_labels_exist():
    tour = (REPO / "Documentation/tour.md").read_text()
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", tour)) - {"rules_"}
    assert not [name for name in sorted(named) if not re.search(rf"\b{name}\b", SOURCES)]


@pytest.mark.parametrize("name", ("tour.md", "invariants.md"))
def test_boot_rows_exist(name):
    rows = {row for path in (REPO / "ci/boots").glob("rows*.py")
            for row in re.findall(r'^    [A-Z]\w+\("([\w.-]+)"', path.read_text(), re.M)}
    text = (REPO / "Documentation" / name).read_text()
    named = {word for words in re.findall(r"\b[Rr]ows? ((?:`[\w.-]+`(?:, | and |,\n|\n)?)+)", text)
             for word in re.findall(r"`([\w.-]+)`", words)}
    assert named and not named - rows


def test_targets_exist():
    makefile = (REPO / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+)\b[^=\n]*:", makefile, re.M)) | {"hypervisor", "driver", "configs", "tools"}
    named = {word.split()[1] for document in DOCUMENTS for word in words(document)
             if re.match(r"make [a-z]+", word)}
    assert named and not named - targets


def test_commands_exist():
    known = subprocess.run([TOOL, "help", "--markdown"], capture_output=True, text=True, check=True).stdout
    commands = re.findall(r"^### (.*)$", known, re.M)
    text = (REPO / "README.md").read_text()
    named = re.findall(r"^ +(?:build/tools/)?jailhouse ((?:cell |memory |config )?[a-z]+)", text, re.M)
    assert named and not [name for name in named if name not in commands]


def test_rules_are_current():
    done = subprocess.run([REPO / "ci/make-rules-doc", "--check"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_example_configs_hold(tmp_path):
    blocks = re.findall(r"^```c\n/\* (\w+\.c): .*?^```", CONFIGURATION.read_text(), re.M | re.S)
    texts = re.findall(r"^```c\n(.*?)^```", CONFIGURATION.read_text(), re.M | re.S)
    assert blocks == ["machine.c", "guest.c", "arm.c"] and len(texts) == 3
    cells = []
    for name, text in zip(blocks, texts):
        source, blob = tmp_path / name, tmp_path / name.replace(".c", ".cell")
        source.write_text(text)
        subprocess.run(["gcc", "-Wall", "-Wextra", "-Werror", "-Wno-missing-field-initializers", "-I", REPO / "include",
                        "-c", "-o", tmp_path / "config.o", source], check=True)
        subprocess.run(["objcopy", "-O", "binary", "--remove-section=.note.gnu.property", tmp_path / "config.o", blob],
                       check=True)
        cells.append(blob)
    for together in (cells[:2], [REPO / "build/configs/arm64/qemu-virt.cell", cells[2]]):
        done = subprocess.run([TOOL, "config", "check", *together], capture_output=True, text=True)
        assert done.stdout.endswith("Every rule holds.\n"), done.stderr

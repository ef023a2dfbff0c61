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


@pytest.mark.parametrize("name, least", (("tour.md", 50), ("invariants.md", 20)))
def test_functions_exist(name, least):
    named = set(re.findall(r"\b([a-z][a-z0-9_]*)\(\)", (REPO / "Documentation" / name).read_text()))
    assert len(named) > least
    assert not [name for name in sorted(named) if not re.search(rf"\b{name}\(", SOURCES)
                and not re.search(rf"SYM_FUNC_START\({name}\)", SOURCES)]


def test_drawn_functions_are_in_their_files():
    drawn = re.findall(r"(\w+)\(\) +(\w+/[\w/]+\.[ch])\b", (REPO / "Documentation/tour.md").read_text())
    assert len(drawn) > 5
    assert not [pair for pair in drawn if f"{pair[0]}(" not in (REPO / "hypervisor" / pair[1]).read_text()]


def test_labels_exist():
    tour = (REPO / "Documentation/tour.md").read_text()
    named = set(re.findall(r"`([a-z]+(?:_[a-z]+)+)`", tour)) - {"rules_"}
    assert not [name for name in sorted(named) if not re.search(rf"\b{name}\b", SOURCES)]


def test_sources_exist():
    """Those that are named without their folder."""
    known = {path.name for folder in FOLDERS for path in (REPO / folder).rglob("*.*")}
    named = {word for word in words(REPO / "Documentation/invariants.md") if re.fullmatch(r"\w+\.(?:c|h|S|py|sh)", word)}
    assert named and not named - known


def anchors(document):
    """As GitHub makes them of headings."""
    return {re.sub(r"[^\w -]", "", line).lower().replace(" ", "-")
            for line in re.findall(r"^#+ (.*)$", document.read_text(), re.M)}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(document):
    links = re.findall(r"\]\(([^)#\s]*)#?([^)\s]*)\)", document.read_text())
    for path, anchor in links:
        target = document.parent / path if path else document
        assert target.exists(), path
        assert not anchor or anchor in anchors(target), anchor


def boot_rows():
    return {row for path in (REPO / "ci/boots").glob("rows*.py")
            for row in re.findall(r'^    [A-Z]\w+\("([\w.-]+)"', path.read_text(), re.M)}


def test_boot_rows_of_their_readme_exist():
    named = {word for word in words(REPO / "ci/boots/README.md")
             if re.search(r"^[a-z][\w.-]+-(?:vtd|amdvi|none|arm64|x2apic|6\.12?)$", word)}
    assert named and not named - boot_rows()


@pytest.mark.parametrize("name", ("tour.md", "invariants.md"))
def test_boot_rows_exist(name):
    text = (REPO / "Documentation" / name).read_text()
    named = {word for words in re.findall(r"\b[Rr]ows? ((?:`[\w.-]+`(?:, | and |,\n|\n)?)+)", text)
             for word in re.findall(r"`([\w.-]+)`", words)}
    assert named and not named - boot_rows()


def test_targets_exist():
    makefile = (REPO / "Makefile").read_text()
    targets = set(re.findall(r"^([a-z]+)\b[^=\n]*:", makefile, re.M)) | {"hypervisor", "driver", "configs", "inmates", "tools"}
    named = {word.split()[1] for document in DOCUMENTS for word in words(document)
             if re.match(r"make [a-z]+", word)}
    assert named and not named - targets


@pytest.mark.parametrize("name", ("README.md", "Documentation/howto.md"))
def test_commands_exist(name):
    known = subprocess.run([TOOL, "help", "--markdown"], capture_output=True, text=True, check=True).stdout
    commands = re.findall(r"^### (.*)$", known, re.M)
    text = (REPO / name).read_text()
    named = re.findall(r"^ +(?:# )?(?:build/tools/)?jailhouse ((?:cell |memory |config )?[a-z]+)", text, re.M)
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

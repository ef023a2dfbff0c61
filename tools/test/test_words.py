# SPDX-License-Identifier: GPL-2.0
"""The words of the command line: help, usage, suggestions, programs of others."""

import os
import re
import subprocess

import pytest

from fake_kernel import TOOL, commands


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


@pytest.mark.parametrize("typed", ["config create x.c", "config collect x.tar"])
def test_configurations_are_not_generated(kernel, typed):
    text = kernel.bad(*typed.split())
    assert "written by hand, Documentation/howto.md" in text and "did you mean" not in text


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

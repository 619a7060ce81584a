"""A new format of a check and a new command are one module and one line in a table."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType

import pytest

import orgtui.cli
from orgtui.api.checking import CheckedState
from orgtui.cli import check, diff
from orgtui.cli.guide import EXAMPLES, PURPOSES
from orgtui.cli.main import COMMANDS
from tests.cli.running import Program
from tests.support import STARTUP


def test_a_format_in_the_table_can_be_asked_for(orgtui: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def codes(checked: CheckedState) -> Iterator[str]:
        yield from dict.fromkeys(reported.finding.code for reported in checked.findings)

    monkeypatch.setitem(check.FORMATS, "codes", codes)
    ran = orgtui("check", STARTUP, "--format", "codes", "--select", "C1,C2")
    report = orgtui("check", STARTUP, "--format", "json", "--select", "C1,C2").json
    assert ran.out.splitlines() == list(dict.fromkeys(each["code"] for each in report["findings"]))
    assert "codes" in orgtui("check", "--help").out


@pytest.mark.parametrize("form", check.FORMATS)
def test_every_format_of_a_check_leaves_with_the_same_status(orgtui: Program, form: str) -> None:
    assert orgtui("check", STARTUP, "--format", form).status == 1
    assert orgtui("check", STARTUP, "--format", form, "--select", "C2").status == 0
    assert orgtui("check", STARTUP, "--format", form, "--select", "C2", "--fail-on", "advice").status == 1


@pytest.mark.parametrize("form", diff.FORMATS)
def test_every_format_of_a_diff_is_written(orgtui: Program, form: str) -> None:
    ran = orgtui("diff", STARTUP, STARTUP, "--format", form)
    assert (ran.status, ran.err) == (0, "")
    assert ran.out


def test_a_command_in_the_table_can_be_run(orgtui: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    module = ModuleType("orgtui.cli.echo")
    module.run = lambda arguments: print(*arguments) or 3  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "orgtui.cli.echo", module)
    monkeypatch.setitem(COMMANDS, "echo", "say the arguments")
    monkeypatch.setitem(PURPOSES, "echo", "say")
    monkeypatch.setitem(EXAMPLES, "echo", "orgtui echo a b")
    assert (orgtui("echo", "a", "b").status, orgtui("echo", "a", "b").out) == (3, "a b\n")
    assert "say the arguments" in orgtui("--help").out


def test_every_module_that_runs_a_command_is_in_the_table() -> None:
    names = [each.name for each in iter_modules(orgtui.cli.__path__)]
    commands = {
        name.removesuffix("_").replace("_", "-")
        for name in names
        if "run" in vars(import_module(f"orgtui.cli.{name}"))
    }
    assert commands - {"main", "open"} == set(COMMANDS)

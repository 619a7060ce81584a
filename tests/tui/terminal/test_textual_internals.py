"""Textual's private names stand in one module, and are those of the version that is pinned."""

from __future__ import annotations

import ast
import inspect
import pkgutil
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

import pytest
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.screen import Screen

import orgtui.tui
from orgtui.tui.terminal import textual_internals

APP, SCREEN, PARSER = App[None](), Screen[None](), XTermParser()

OWNERS = {
    "_disable_tooltips": APP,
    "_disable_notifications": APP,
    "_batch_count": APP,
    "_clipboard": APP,
    "_driver": APP,
    "_exception": APP,
    "_fatal_error": APP,
    "_close_messages_no_wait": APP,
    "_display": APP,
    "_set_pointer_shape": APP,
    "_handle_exception": APP,
    "_compositor": SCREEN,
    "_dirty_regions": SCREEN._compositor,
    "_sequence_to_key_events": PARSER,
    "_task": APP,
    "_mounted_event": type(APP),  # an event needs a running loop
}
"""Every private name that is used, and what has it."""

OF_PYTHON = {"_replace", "_exit"}
"""Names of named tuples and of `os` that are public in spite of how they begin."""

MODULES = [
    import_module(module.name)
    for module in pkgutil.walk_packages(orgtui.tui.__path__, "orgtui.tui.")
    if module.name != textual_internals.__name__
]


def private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__")


def tree(of: ModuleType | type) -> ast.Module:
    return ast.parse(inspect.cleandoc("\n" + inspect.getsource(of)))


def of_textual(cls: type) -> bool:
    return cls.__module__.partition(".")[0] in ("textual", "rich")


@cache
def private_names_of(base: type) -> frozenset[str]:
    """The private names that a class defines, those that its methods assign included."""
    return frozenset(filter(private, names_of(base)))


def names_of(base: type) -> Iterator[str]:
    """The names that a class defines, those that its methods assign included."""
    for node in ast.walk(tree(base)):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store):
            yield node.attr
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name


def is_own(value: ast.expr) -> bool:
    """Whether an attribute is taken of `self` or `super()`, whose class says whose it is."""
    if isinstance(value, ast.Call):
        value = value.func
    return isinstance(value, ast.Name) and value.id in ("self", "super")


def used(module: ModuleType) -> Iterator[str]:
    """The names of Textual's own modules and objects that a module uses though they are private."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith(("textual", "rich")):
            yield from filter(private, [*(node.module or "").split("."), *(each.name for each in node.names)])
        elif isinstance(node, ast.Attribute) and private(node.attr) and not is_own(node.value):
            yield from {node.attr} - OF_PYTHON
    for cls in vars(module).values():
        if inspect.isclass(cls) and cls.__module__ == module.__name__:
            bases = [base for base in cls.__mro__ if of_textual(base)]
            inherited = frozenset[str]().union(*map(private_names_of, bases))
            for node in ast.walk(tree(cls)):
                if isinstance(node, ast.Attribute) and node.attr in inherited:
                    yield node.attr
                elif isinstance(node, ast.FunctionDef) and node.name in inherited:
                    yield node.name


def test_the_version_is_the_one_that_was_looked_at() -> None:
    assert version("textual") == textual_internals.CHECKED_VERSION, (
        "look every private name up in the new source"
    )


def test_every_private_name_is_known_here_and_exists() -> None:
    found = {
        name
        for node in ast.walk(tree(textual_internals))
        for name in (getattr(node, "attr", ""), getattr(node, "name", ""))
        if isinstance(name, str) and private(name) and name != "_parser"
    }
    assert found == OWNERS.keys()
    assert [name for name, owner in OWNERS.items() if not hasattr(owner, name)] == []


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.__name__)
def test_no_other_module_uses_private_names(module: ModuleType) -> None:
    assert sorted(used(module)) == []


def test_a_private_name_would_be_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "intruder.py").write_text(
        "from textual._context import active_app\n"
        "from textual.widgets import Input\n"
        "class Entry(Input):\n"
        "    @property\n"
        "    def _value(self): return self._mounted_event\n"
        "def running(pump): return pump._task\n"
    )
    monkeypatch.syspath_prepend(tmp_path)
    assert sorted(used(import_module("intruder"))) == ["_context", "_mounted_event", "_task", "_value"]

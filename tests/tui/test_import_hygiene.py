"""What is imported when, in fresh interpreters: nothing outside the terminal loads it, and the first
painted screen waits for nothing that it does not show."""

from __future__ import annotations

import json
import pkgutil
import subprocess
import sys
from pathlib import Path

import pytest

import orgtui
from tests.organizations import write_small

TERMINAL = ("textual", "rich")
NOT_BEFORE_THE_FIRST_SCREEN = (
    "networkx",
    "openpyxl",
    "pydantic",
    "pydantic_core",
    "pypinyin",
    "python_calamine",
    "tomli",
    "tomli_w",
    "tree_sitter",
    "orgtui.advice",
    "orgtui.changes",
    "orgtui.engine.engine",
    "orgtui.exchange",
    "orgtui.files",
    "orgtui.model.records",
    "orgtui.model.store",
    "orgtui.rules",
    "orgtui.session",
)
NEVER_FOR_A_SESSION = (
    "networkx",
    "pydantic",
    "openpyxl",
    "tree_sitter",
    "orgtui.exchange",
    "python_calamine",
    "jinja2",
    "lxml",
    "pptx",
    "xlsxwriter",
)

NOT_FOR_THE_START_SCREEN = (
    "orgtui.exchange",
    "orgtui.session",
    "orgtui.rules",
    "python_calamine",
    "pypinyin",
)


def loaded_by(program: str, *arguments: str) -> set[str]:
    """The modules that a program has loaded when it prints them as JSON on its last line."""
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments], capture_output=True, text=True, check=True
    )
    return set(json.loads(done.stdout.splitlines()[-1]))


def among(modules: set[str], packages: tuple[str, ...]) -> list[str]:
    return sorted(name for name in packages if name in modules)


def test_nothing_outside_the_terminal_loads_it() -> None:
    modules = [
        module.name
        for module in pkgutil.walk_packages(orgtui.__path__, "orgtui.")
        if not module.name.startswith(("orgtui.tui", "orgtui.__main__"))
    ]
    assert len(modules) > 40
    program = (
        "import importlib, json, sys\n"
        "for name in sys.argv[1:]: importlib.import_module(name)\n"
        "print(json.dumps(sorted(sys.modules)))\n"
    )
    assert among(loaded_by(program, *modules), TERMINAL) == []


FIRST_SCREEN = """
import asyncio, json, sys
from pathlib import Path
from orgtui.cli import main, open as opening
from orgtui.tui.app import OrgApp
from orgtui.tui.commands.keymap import keymap_path, load_keymap
from orgtui.tui.commands.browsing import COMMANDS
from orgtui.tui.widgets.text import theme_for

async def run():
    app = OrgApp(load_keymap(COMMANDS, keymap_path()), theme_for({}), Path(sys.argv[1]))
    painted, begin = [], app.begin
    def note_and_begin(organization):
        painted.append(sorted(sys.modules))
        begin(organization)
    app.begin = note_and_begin
    async with app.run_test(size=(120, 40)) as pilot:
        screen = app.session_screen
        while screen.workspace is None or screen.workspace.session.assessment.has_pending_rules:
            await pilot.pause(0.01)
        await pilot.press("down", "m", "down", "escape", "enter", "escape")
    return painted[0] if sys.argv[2] == "painted" else sorted(sys.modules)

print(json.dumps(asyncio.run(run())))
"""


def test_the_first_painted_screen_waits_for_nothing_else(tmp_path: Path) -> None:
    modules = loaded_by(FIRST_SCREEN, str(write_small(tmp_path)), "painted")
    assert "textual.app" in modules
    assert among(modules, NOT_BEFORE_THE_FIRST_SCREEN) == []


def test_a_session_never_loads_what_it_does_not_use(tmp_path: Path) -> None:
    modules = loaded_by(FIRST_SCREEN, str(write_small(tmp_path)), "at the end")
    assert "orgtui.session.session" in modules
    assert among(modules, NEVER_FOR_A_SESSION) == []


def test_what_can_be_exported_is_listed_without_what_writes_it(tmp_path: Path) -> None:
    program = FIRST_SCREEN.replace('"down", "m", "down", "escape", "enter", "escape"', '"e"')
    modules = loaded_by(program, str(write_small(tmp_path)), "at the end")
    assert "orgtui.exchange.writing.formats" in modules
    parts = {name.split(".")[3] for name in modules if name.startswith("orgtui.exchange.writing.")}
    assert parts == {"formats", "naming", "report"}
    assert among(modules, ("jinja2", "lxml", "networkx", "openpyxl", "pptx", "xlsxwriter")) == []


START_SCREEN = """
import asyncio, json, sys
from orgtui.cli import main, open as opening
from orgtui.tui.app import OrgApp
from orgtui.tui.commands.keymap import Keymap
from orgtui.tui.commands.browsing import COMMANDS
from orgtui.tui.widgets.text import theme_for

async def run():
    app = OrgApp(Keymap(COMMANDS), theme_for({}))
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.press("G", "up", "up")
    return sorted(sys.modules)

print(json.dumps(asyncio.run(run())))
"""


def test_the_start_screen_loads_nothing_of_an_import_before_one_is_chosen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    modules = loaded_by(START_SCREEN)
    assert "orgtui.tui.screens.start" in modules
    assert among(modules, NOT_FOR_THE_START_SCREEN) == []

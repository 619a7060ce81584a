"""Whatever size the terminal has, and however often it changes, the right picture is what stays."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from orgtui.tui.widgets.layout import MIN_SIZE
from tests.organizations import write_small
from tests.support import at_length
from tests.terminal.driving import NARROW_TITLES, be_ready
from tests.terminal.emulator import Emulator
from tests.terminal.emulator import orgtui as started_orgtui
from tests.terminal.prepared import orgtui


def storm(terminal: Emulator, sizes: int = 100) -> None:
    """Change the size many times, faster than any window is drawn, and end where it was."""
    chance = random.Random(sizes)
    for _ in range(sizes):
        terminal.resize(chance.randint(50, 300), chance.randint(12, 100))
        terminal.hears_anything(chance.choice((0, 0.005, 0.02)))
    terminal.resize(120, 40)


@pytest.mark.parametrize(("keys", "opens"), [("", "P102"), ("/", "Find a team")])
def test_a_storm_of_sizes_leaves_the_right_picture(tmp_path: Path, keys: str, opens: str) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        terminal.press(*keys)
        terminal.until(opens)
        terminal.settle()
        before = terminal.lines
        storm(terminal)
        terminal.until(lambda: terminal.lines == before)
        terminal.press("escape")
        terminal.press("q")
        assert terminal.ends() == 0


def test_a_storm_of_sizes_before_anything_is_opened(tmp_path: Path) -> None:
    with orgtui(folder=tmp_path) as terminal:
        terminal.until("What do you begin with?")
        terminal.settle()
        before = terminal.lines
        storm(terminal, 30)
        terminal.until(lambda: terminal.lines == before)
        terminal.press("q")
        assert terminal.ends() == 0


@pytest.mark.parametrize(
    ("columns", "rows"),
    [(60, 16), (300, 100), (59, 16), (1, 1), *at_length((99, 17), (60, 15), (20, 5))],
)
def test_extreme_sizes(tmp_path: Path, columns: int, rows: int) -> None:
    with orgtui(write_small(tmp_path), columns=columns, rows=rows) as terminal:
        if columns < MIN_SIZE.width or rows < MIN_SIZE.height:
            terminal.until(lambda: "60 × 16 is needed"[: columns - 1] in "".join(terminal.lines) or rows == 1)
            terminal.resize(*MIN_SIZE)
        be_ready(terminal)
        assert terminal.lines[-1].endswith("? help")
        terminal.press("q")
        assert terminal.ends() == 0


def test_a_terminal_that_does_not_know_its_size_is_taken_for_a_usual_one(tmp_path: Path) -> None:
    with started_orgtui(write_small(tmp_path), columns=80, rows=24) as terminal:
        terminal.tell_size(0, 0)
        be_ready(terminal)
        assert terminal.lines[-1].endswith("? help")
        assert terminal.lines[1] == NARROW_TITLES


def test_the_size_is_the_terminals_whatever_the_environment_says(tmp_path: Path) -> None:
    environment = {"COLUMNS": "70", "LINES": "20"}
    with started_orgtui(write_small(tmp_path), environment=environment) as terminal:
        be_ready(terminal)
        terminal.until(lambda: len(terminal.lines[1]) == 120)

"""What is sent for changes adds up to the picture that is sent as a whole."""

from __future__ import annotations

import random
import signal
from collections.abc import Iterable, Sequence
from pathlib import Path

import pytest

from tests.organizations import write_small
from tests.terminal.driving import be_ready
from tests.terminal.emulator import Emulator
from tests.terminal.prepared import orgtui

KEYS = [
    *"mjkGglhv/rudaenxpy?:z1234[] ",
    "enter",
    "escape",
    "up",
    "down",
    "tab",
    "backspace",
    "ctrl+r",
    "pagedown",
]


def picture(terminal: Emulator) -> list[list[tuple[object, ...]]]:
    """Every cell with how it looks."""
    cells = terminal.screen.buffer
    return [
        [
            (cell.data, cell.fg, cell.bg, cell.bold, cell.reverse, cell.underscore, cell.strikethrough)
            for cell in (cells[y][x] for x in range(terminal.screen.columns))
        ]
        for y in range(terminal.screen.lines)
    ]


def painted_anew(terminal: Emulator) -> list[list[tuple[object, ...]]]:
    """The picture after everything on the terminal is lost and sent again.

    Told to sleep where there is no shell to wake it, the app gives the terminal back and takes it again.
    """
    terminal.screen.reset()
    terminal.kill(signal.SIGTSTP)
    terminal.settle()
    return picture(terminal)


def changes_add_up(folder: Path, bursts: Iterable[Sequence[str]]) -> None:
    with orgtui(write_small(folder)) as terminal:
        be_ready(terminal)
        for keys in bursts:
            terminal.burst(*keys)
            terminal.settle()
        seen = picture(terminal)
        assert seen == painted_anew(terminal)


def any_keys(seed: int) -> list[list[str]]:
    chance = random.Random(seed)
    return [[chance.choice(KEYS) for _ in range(12)] for _ in range(3)]


@pytest.mark.parametrize("keys", ["4zjz", "m/Growth\rjk", "jmjvv?"])
def test_changes_add_up_to_the_whole(tmp_path: Path, keys: str) -> None:
    changes_add_up(tmp_path, [keys])


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(60))
def test_more_changes_add_up_to_the_whole(tmp_path: Path, seed: int) -> None:
    changes_add_up(tmp_path, any_keys(seed))

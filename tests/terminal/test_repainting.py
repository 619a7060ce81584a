"""Ctrl+l paints everything again over what other programs wrote on the terminal."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.organizations import write_small
from tests.support import at_length
from tests.terminal.driving import be_ready
from tests.terminal.emulator import Emulator
from tests.terminal.prepared import orgtui

FOREIGN = (
    b"Broadcast message from root: the system goes down\r\nfor maintenance\n",
    b"\x1b[5;10r\x1b[?6h\x1b[31;7mmargins of another program",
    b"\x1b[2J",
)


def paints_again(terminal: Emulator) -> None:
    terminal.settle()
    before = terminal.lines
    for foreign in FOREIGN:
        terminal.show(foreign)
        assert terminal.lines != before
        terminal.press("ctrl+l")
        terminal.until(lambda: terminal.lines == before)
        terminal.settle()
        assert terminal.lines == before
        assert terminal.screen.cursor.hidden


SHOWN = {"": "›     Content", "m": "put back", **dict.fromkeys("/r\r?:", "╰────")}
"""By the keys that lead to a place, what is seen there."""


@pytest.mark.parametrize("keys", ["", "m", "\r", *at_length(*"/r?:")])
def test_everywhere(tmp_path: Path, keys: str) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        terminal.press("down", "down", *keys)
        terminal.until(SHOWN[keys])
        paints_again(terminal)


def test_on_the_start_screen(tmp_path: Path) -> None:
    with orgtui(folder=tmp_path, environment={"XDG_STATE_HOME": str(tmp_path)}) as terminal:
        terminal.until("Another file…")
        paints_again(terminal)

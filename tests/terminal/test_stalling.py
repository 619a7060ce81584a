"""The other end stops reading for a while, as a line that hangs does: nothing is lost, nothing grows."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest

from tests.organizations import write_small
from tests.support import at_length
from tests.terminal.driving import be_ready
from tests.terminal.emulator import Emulator, wait_for
from tests.terminal.prepared import orgtui

PAGES = 30
"""Pages opened and closed, some 40 kB each time: several times what may wait."""

KEPT = 512 * 1024
"""Bytes that may wait, with what the system itself keeps and the newest pictures."""


def carry_zhang_to_growth(terminal: Emulator) -> None:
    terminal.burst("/", *"Zhang Wei", "enter", "m", "m", *"Growth", "enter", "enter")


def stall(terminal: Emulator, folder: Path) -> None:
    """Work for so long that nothing more fits on the line, with nobody reading."""
    terminal.burst(*["?", "backspace"] * PAGES)
    carry_zhang_to_growth(terminal)
    wait_for(lambda: (folder / "small.plan.log").exists())


def test_it_goes_on_and_shows_the_newest_picture_afterwards(tmp_path: Path) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        stall(terminal, tmp_path)
        terminal.until("moved 1")
        terminal.until("Moved Zhang Wei to Growth: 4 new findings; 1 finding smaller")
        terminal.settle()
        assert len(terminal.raw) < KEPT, "frames that nobody would have seen are left out"
        seen = terminal.lines
        terminal.resize(100, 30)
        terminal.until(lambda: len(terminal.lines[1]) == 100)
        terminal.resize(120, 40)
        terminal.until(lambda: terminal.lines == seen)
        terminal.press("q")
        assert terminal.ends() == 0


@pytest.mark.parametrize("number", [signal.SIGTERM, *at_length(signal.SIGHUP)])
def test_it_can_be_ended_meanwhile(tmp_path: Path, number: signal.Signals) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        stall(terminal, tmp_path)
        terminal.kill(number)
        wait_for((tmp_path / "small.plan.toml").exists)
        assert terminal.ends(reads=False) == 128 + number

"""What people do again and again in a session on the small organisation."""

from __future__ import annotations

from tests.terminal.emulator import Emulator

NARROW_TITLES = f" 1 Teams {'─' * 48} 2 Funnel  3 Knowledge"
"""The titles of the views where 80 columns have room for one of them."""


def be_ready(terminal: Emulator) -> None:
    """Wait until everything is read and judged."""
    terminal.until("P102")
    terminal.until_gone("checking")


def go_to(terminal: Emulator, name: str) -> None:
    """Put the cursor on something by its name."""
    terminal.press("/")
    terminal.until("Find a team")
    terminal.press(*name, "enter")
    terminal.until_gone("Find a team")


def move_zhang_to_growth(terminal: Emulator) -> None:
    """Carry Zhang to Growth; where room is short the header cuts the name of the place, not a number."""
    go_to(terminal, "Zhang Wei")
    terminal.press("m")
    terminal.until("▣ Zhang Wei › Brand")
    terminal.press("m")
    terminal.until("Carry it where?")
    terminal.press(*"Growth", "enter")
    terminal.until("▣ Zhang Wei › Grow")

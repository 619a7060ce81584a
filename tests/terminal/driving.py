"""What people do again and again in a session on the small organisation."""

from __future__ import annotations

from tests.terminal.emulator import Emulator


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
    go_to(terminal, "Zhang Wei")
    terminal.press("m")
    terminal.until("▣ Zhang Wei › Brand")
    terminal.press("m")
    terminal.until("Carry it where?")
    terminal.press(*"Growth", "enter")
    terminal.until("▣ Zhang Wei › Growth")

"""An import on a real pseudo-terminal: a pasted list arrives whole, and a file is chosen by its path."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import tomli

from orgtui.tui.commands.browsing import COMMANDS
from tests.terminal.emulator import Emulator
from tests.terminal.prepared import orgtui

PASTE, PASTED = b"\x1b[200~", b"\x1b[201~"
KEYS = {command.id: command.keys[0] for command in COMMANDS}


@contextmanager
def started(folder: Path) -> Iterator[Emulator]:
    with orgtui(
        columns=80, rows=24, folder=folder, environment={"XDG_STATE_HOME": str(folder / "state")}
    ) as terminal:
        terminal.until("A list to paste…")
        yield terminal


def people(file: Path) -> dict[str, str]:
    """The names of the people in an organisation's file with their titles."""
    return {each["name"]: each.get("title", "") for each in tomli.loads(file.read_text("utf-8"))["person"]}


def test_a_pasted_table_arrives_whole_in_whatever_pieces(tmp_path: Path) -> None:
    table = "Name\tTitle\tManager\rAda Berg\tHead of Marketing\t\r王磊\tContent Writer\tAda Berg\r"
    data = PASTE + table.encode() + PASTED
    with started(tmp_path) as terminal:
        terminal.press(KEYS["last"], KEYS["up"], "enter")
        terminal.until("cells copied from a spreadsheet")
        terminal.until("esc closes")
        for start in range(0, len(data), 7):
            terminal.send(data[start : start + 7])
        terminal.until("3 lines")
        terminal.until("王磊 │ Content Writer │ Ada Berg")
        terminal.press("enter")
        terminal.until("How the list was read")
        terminal.press(KEYS["import_go_on"])
        terminal.until("2 seats in")
        terminal.press(KEYS["import_go_on"])
        terminal.until("Where is it written?")
        terminal.press("enter")
        terminal.until("marketing.toml is written: 2 seats")
        terminal.until_gone("checking")
        terminal.press(KEYS["leave"])
        assert terminal.ends() == 0
    assert people(tmp_path / "marketing.toml") == {"Ada Berg": "Head of Marketing", "王磊": "Content Writer"}


def test_a_whole_import_typed_at_once(tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("ID,Name,Title,Manager ID\n1,Ada,Head,\n2,Bo,Writer,1\n", "utf-8")
    with started(tmp_path) as terminal:
        chosen = (KEYS["last"], KEYS["up"], KEYS["up"], "enter", *"peo", "enter")
        terminal.burst(*chosen, KEYS["import_go_on"], KEYS["import_go_on"], "enter")
        terminal.until("people.toml is written: 2 seats")
        terminal.until_gone("checking")
        terminal.press(KEYS["leave"])
        assert terminal.ends() == 0


def test_what_would_drive_the_terminal_is_shown_and_never_sent(tmp_path: Path) -> None:
    with started(tmp_path) as terminal:
        terminal.press(KEYS["last"], KEYS["up"], "enter")
        terminal.until("esc closes")
        sent = len(terminal.raw)
        terminal.send(PASTE + b"Name\tTitle\rRed \x1b[31mBird\x07\tHead\r" + PASTED)
        terminal.until("2 lines")
        terminal.press("enter")
        terminal.until("the list")
        terminal.press(KEYS["import_leave"])
        terminal.until("What do you begin with?")
        said = bytes(terminal.raw[sent:])
        assert b"\x1b[31mBird" not in said
        assert b"\x07" not in said
        terminal.press(KEYS["leave"])
        assert terminal.ends() == 0

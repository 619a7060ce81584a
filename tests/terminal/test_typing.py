"""What is typed and pasted reaches what it was meant for, all at once or in pieces."""

from __future__ import annotations

from pathlib import Path

import tomli

from tests.organizations import write_small
from tests.terminal.driving import be_ready, go_to
from tests.terminal.emulator import Emulator, orgtui

PASTE, PASTED = b"\x1b[200~", b"\x1b[201~"


def paste(terminal: Emulator, text: str) -> None:
    terminal.send(PASTE + text.encode() + PASTED)


def operations(folder: Path) -> list[str]:
    plan = folder / "small.plan.toml"
    return (
        [change["op"] for change in tomli.loads(plan.read_text("utf-8"))["change"]] if plan.exists() else []
    )


def test_a_whole_session_typed_at_once(tmp_path: Path) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        carried = ["/", *"Zhang Wei", "enter", "m", "m", *"Growth", "enter", "enter"]
        renamed = ["/", *"Content", "enter", "r", *" and copy", "enter"]
        put_back = ["m", "down", "escape", "down"]
        terminal.burst(*carried, *renamed, *put_back, "q")
        assert terminal.ends() == 0
    assert operations(tmp_path) == ["move_person", "rename"]


def test_an_escape_and_the_letter_after_it_are_two_keys(tmp_path: Path) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        go_to(terminal, "Zhang Wei")
        terminal.press("m")
        terminal.until("▲ Zhang Wei")
        terminal.burst("escape", "r")
        terminal.until("Another name for Zhang Wei")
        terminal.burst("escape", "escape", "q")
        assert terminal.ends() == 0
    assert operations(tmp_path) == []


def test_an_arrow_cut_in_two_is_an_arrow(tmp_path: Path) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        go_to(terminal, "Zhang Wei")
        terminal.press("m")
        terminal.until("▲ Zhang Wei › Brand")
        terminal.send(b"\x1b[")
        terminal.hears_anything(0.3)
        terminal.send(b"B")
        terminal.press("down")
        terminal.until("▲ Zhang Wei › Growth")


def test_a_paste_is_text_wherever_its_pieces_end(tmp_path: Path) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        go_to(terminal, "Content")
        terminal.press("r", "ctrl+u")
        for piece in (b"\x1b[20", b"0~q u\xe5", b"\x93\x81 \x1b", b"[201", b"~"):
            terminal.send(piece)
            terminal.hears_anything(0.15)
        terminal.until("q u品")
        terminal.press("enter")
        terminal.until("Done")
        terminal.press("q")
        assert terminal.ends() == 0
    assert operations(tmp_path) == ["rename"]


def test_a_paste_that_would_drive_the_terminal_is_refused(tmp_path: Path) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        go_to(terminal, "Content")
        terminal.press("r", "ctrl+u")
        sent = len(terminal.raw)
        paste(terminal, "\x1b]52;c;aGk=\x07\x1b[31mred\u202e")
        terminal.until("red")
        terminal.press("enter")
        terminal.until("cannot be used in a text")
        said = bytes(terminal.raw[sent:])
        assert b"\x1b]" not in said
        assert b"\x07" not in said
        assert b"\x1b[31m" not in said
        assert "\u202e".encode() not in said
        terminal.burst("escape", "q")
        assert terminal.ends() == 0
    assert operations(tmp_path) == []


def test_a_paste_outside_of_a_text_does_nothing(tmp_path: Path) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        paste(terminal, "ddq")
        terminal.press("?")
        terminal.until("Keys in Teams")
        paste(terminal, "q")
        terminal.press("backspace", "q")
        assert terminal.ends() == 0
    assert operations(tmp_path) == []

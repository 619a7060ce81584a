"""What is typed and pasted reaches what it was meant for, all at once or in pieces."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli

from tests.organizations import write_small
from tests.support import at_length
from tests.terminal.driving import be_ready, go_to
from tests.terminal.emulator import Emulator
from tests.terminal.prepared import orgtui
from tests.terminal.test_hostile import assert_harmless

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
        terminal.until("▣ Zhang Wei")
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
        terminal.until("▣ Zhang Wei › Brand")
        terminal.send(b"\x1b[")
        terminal.hears_anything(0.3)
        terminal.send(b"B")
        terminal.press("down")
        terminal.until("▣ Zhang Wei › Growth")


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
        terminal.until("Renamed ")
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


def test_a_paste_is_no_key_outside_of_a_text_and_where_help_is_searched(tmp_path: Path) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        paste(terminal, "ddq")
        terminal.press("?")
        terminal.until("Keys in Teams")
        paste(terminal, "q?")
        terminal.until("Nothing fits")
        terminal.burst("escape", "q")
        assert terminal.ends() == 0
    assert operations(tmp_path) == []


JOINED = "The lines and columns of the paste are joined with spaces"


@pytest.mark.parametrize(
    "text",
    ["\nContent\n\t and copy", *at_length("Content\nand copy\n", "Content\r\nand copy", "Content\tand copy")],
)
def test_a_paste_of_several_lines_or_columns_is_joined_and_said_so(tmp_path: Path, text: str) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        go_to(terminal, "Content")
        terminal.press("r", "ctrl+u")
        paste(terminal, text)
        terminal.until(JOINED)
        terminal.until("Content and copy")
        terminal.press("2")
        terminal.until_gone(JOINED)
        terminal.press("enter")
        terminal.until("Content and copy2")
        terminal.press("q")
        assert terminal.ends() == 0
    assert operations(tmp_path) == ["rename"]


def test_a_paste_of_one_line_is_taken_without_a_word(tmp_path: Path) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        go_to(terminal, "Content")
        terminal.press("r", "ctrl+u")
        paste(terminal, "Copy\n")
        terminal.until(lambda: any(line.strip(" │") == "Copy" for line in terminal.lines))
        assert not any("paste" in line for line in terminal.lines)
        terminal.burst("escape", "q")
        assert terminal.ends() == 0


def test_a_search_says_so_too_beside_what_it_does_not_find(tmp_path: Path) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        terminal.press("/")
        terminal.until("Find a team")
        paste(terminal, "no such\nthing")
        terminal.until(lambda: any("Nothing fits" in line and JOINED in line for line in terminal.lines))
        terminal.burst("escape", "q")
        assert terminal.ends() == 0


def test_a_text_that_is_too_long_is_cut_and_said_so(tmp_path: Path) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        go_to(terminal, "Content")
        terminal.press("r", "ctrl+u")
        paste(terminal, "x" * 100_000)
        terminal.until("The paste is cut: a text has at most 200 characters")
        terminal.press("y")
        terminal.until(
            lambda: any(line.strip(" │") == "A text has at most 200 characters" for line in terminal.lines)
        )
        terminal.press("ctrl+u")
        terminal.until_gone("at most 200")
        paste(terminal, "x\n" * 300)
        terminal.until("joined into one line, and cut at 200 characters")
        assert_harmless(terminal)
        terminal.burst("escape", "q")
        assert terminal.ends() == 0


@pytest.mark.parametrize("begin", [b"\x1b[", b"\x1b]52;c;"])
def test_keys_work_after_a_flood_that_is_no_key(tmp_path: Path, begin: bytes) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        terminal.send(begin + b"1;" * 16384 + b"\x1b\\")
        terminal.press("q")
        assert terminal.ends() == 0
    assert operations(tmp_path) == []

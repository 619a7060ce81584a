"""Every kind of terminal gets what it understands, and no more; one that cannot be served is told so."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from orgtui.tui.terminal.capabilities import supports_utf8
from tests.organizations import SMALL, write_small
from tests.support import at_length
from tests.terminal.driving import be_ready, move_zhang_to_growth
from tests.terminal.emulator import Emulator, orgtui

ORGTUI = [sys.executable, "-m", "orgtui"]
COLOUR = re.compile(rb"\x1b\[(?:[0-9]+;)*?(3[0-7]|9[0-7]|[34]8|4[0-7]|10[0-7])(?:;[0-9]+)*m")
KNOWN = re.compile(
    rb"\x1b\[\?(1049|25|2004|7)[hl]"  # modes
    rb"|\x1b\[\?2026\$p"  # a question that terminals answer or leave alone
    rb"|\x1b\]11;\?\x07"  # another, for the background
    rb"|\x1b\[[0-9;]*[mHJX]"  # colours and attributes, places, clearing
)
"""All that is ever sent beside text."""


def colours_of(terminal: Emulator) -> set[int]:
    return {int(code) for code in COLOUR.findall(terminal.raw)}


@pytest.mark.parametrize(
    ("term", "count"),
    [
        ("xterm-256color", 256),
        *at_length(("screen", 8), ("screen-256color", 256), ("tmux-256color", 256), ("linux", 8)),
        ("some-terminal-nobody-knows", 8),
    ],
)
def test_it_is_usable_in_the_colours_there_are(tmp_path: Path, term: str, count: int) -> None:
    with orgtui(write_small(tmp_path), environment={"TERM": term}) as terminal:
        be_ready(terminal)
        move_zhang_to_growth(terminal)
        terminal.press("enter", "?")
        terminal.until("Keys in Teams")
        terminal.press("backspace", "q")
        assert terminal.ends() == 0
        sent = colours_of(terminal)
        assert (38 in sent) is (count == 256)
        assert (31 in sent) is (33 in sent) is (count == 8)
        assert 91 not in sent
        assert 48 not in sent, "the terminal's own background stays"
        assert b"\x1b" not in KNOWN.sub(b"", terminal.raw)


@pytest.mark.parametrize("environment", [{"NO_COLOR": "1"}, {"TERM": "vt100"}])
def test_no_colours(tmp_path: Path, environment: dict[str, str]) -> None:
    with orgtui(write_small(tmp_path), environment=environment) as terminal:
        be_ready(terminal)
        terminal.press("/")
        terminal.until("Find a team")
        assert colours_of(terminal) == set()
        assert b"\x1b[1m" in terminal.raw, "bold says it instead"


@pytest.mark.parametrize("term", ["dumb", "unknown", ""])
def test_a_terminal_that_cannot_move_its_cursor_is_told_so(term: str) -> None:
    with orgtui(environment={"TERM": term}) as terminal:
        assert terminal.ends() == 2
        assert "This terminal cannot move its cursor (TERM=" in terminal.lines[0]
        assert b"\x1b" not in terminal.raw


def test_a_terminal_without_a_name_is_told_so() -> None:
    with Emulator(["-u", "TERM", *ORGTUI], program="env") as terminal:
        assert terminal.ends() == 2
        assert 'TERM=""' in terminal.lines[0]


@pytest.mark.parametrize(
    "said", [{"LANG": "C"}, *at_length({"LANG": "POSIX"}, {"LC_ALL": "C"}), {"LC_ALL": "de_DE.ISO-8859-1"}]
)
def test_a_locale_without_utf_8_is_drawn_in_ascii(tmp_path: Path, said: dict[str, str]) -> None:
    path = write_small(tmp_path)
    path.write_text(SMALL.replace('name = "SEO"', 'name = "Zoë 🧑‍🤝‍🧑 ｗｉｄｅ"'), "utf-8")
    with orgtui(path, environment=said) as terminal:
        be_ready(terminal)
        assert terminal.raw.isascii()
        assert any("Growth  ????  " in line for line in terminal.lines), "two cells for each of 王磊"
        assert terminal.lines[1].startswith(" 1 Teams ----")
        rules = {line.find("|") for line in terminal.lines[1:29]}
        assert len(rules) == 1, "what is replaced keeps its width"
        terminal.press("r")
        terminal.until("Another name for")
        terminal.press("ctrl+u", *"Zoë", "enter")
        terminal.until("Zo?")
        terminal.press("q")
        assert terminal.ends() == 0
        assert terminal.raw.isascii()
    assert 'name = "Zoë"' in (tmp_path / "small.plan.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("said", "coerced", "speaks"),
    [
        ({}, True, True),
        ({"LC_CTYPE": "C.UTF-8"}, True, True),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, True, False),
        ({"LANG": "C", "LC_CTYPE": "C.UTF-8"}, False, True),
        ({"LANG": "zh_CN.UTF-8"}, False, True),
        ({"LANG": "zh_CN.utf8", "LC_ALL": "C"}, True, False),
        ({"LANG": "C", "LC_ALL": "en_US.UTF-8"}, False, True),
        ({"LC_CTYPE": "UTF-8"}, False, True),
        ({"LANG": "de_DE@euro"}, False, False),
    ],
)
def test_what_a_locale_says(said: dict[str, str], coerced: bool, speaks: bool) -> None:
    assert supports_utf8(said, coerced) is speaks


def test_a_locale_that_says_nothing_is_taken_for_utf_8(tmp_path: Path) -> None:
    unset = ["-u", "LANG", "-u", "LC_ALL", "-u", "LC_CTYPE"]
    with Emulator([*unset, *ORGTUI, write_small(tmp_path)], program="env") as terminal:
        be_ready(terminal)
        terminal.until("王磊")


def test_bytes_of_another_encoding_do_no_harm(tmp_path: Path) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        terminal.send(b"\xe4\xff/Gro\xfcwth")
        terminal.until("Gro�wth")
        terminal.press("escape", "q")
        assert terminal.ends() == 0


def test_a_character_cut_in_two_by_the_line(tmp_path: Path) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        terminal.press("/")
        terminal.until("Find a team")
        for byte in "王磊".encode():
            terminal.send(bytes([byte]))
            terminal.hears_anything(0.02)
        terminal.until(lambda: sum("王磊" in line for line in terminal.lines) > 2)


def test_what_is_written_to_standard_error_is_not_the_picture(tmp_path: Path) -> None:
    write_small(tmp_path)
    with Emulator(["-c", f"{' '.join(ORGTUI)} small.toml 2>said"], program="sh", folder=tmp_path) as terminal:
        be_ready(terminal)
        terminal.press("q")
        assert terminal.ends() == 0
    assert (tmp_path / "said").read_text() == ""

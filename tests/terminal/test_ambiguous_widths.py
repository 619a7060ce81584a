"""Names with emoji whose width terminals differ in shift nothing: what follows them is put in its place.

The emulated screen is a terminal that draws every character of an emoji on its own.
"""

from __future__ import annotations

import re
from pathlib import Path

import pyte
import pytest

from orgtui.tui.terminal.writer import placed
from orgtui.views.base.cells import cell_len
from tests.organizations import SMALL
from tests.terminal.driving import be_ready
from tests.terminal.emulator import Emulator
from tests.terminal.prepared import orgtui

EMOJI = {
    "emoji style": "❤️",
    "text style": "⌚︎",
    "joined": "👨‍👩‍👧",
    "flag": "🇨🇳",
    "half a flag": "🇨",
    "skin tone": "👍🏽",
    "keycap": "1️⃣",
    "all": "🏳️‍🌈👩🏽‍🚀1️⃣",
    "syllable in parts": "\u1112\u1161\u11ab",
}


@pytest.mark.parametrize("kind", EMOJI)
def test_what_follows_is_in_its_place(kind: str) -> None:
    screen = pyte.Screen(40, 2)
    pyte.Stream(screen).feed("\x1b[1;1H" + "#" * 40)
    name = f"a{EMOJI[kind]}b{EMOJI[kind]} "
    end = 4 + cell_len(name)
    pyte.Stream(screen).feed(placed(f"\x1b[1;5H\x1b[7m{name}|\x1b[0m|" + " " * (40 - end - 2)))
    row = screen.buffer[0]
    assert (row[end].data, row[end + 1].data) == ("|", "|")
    assert row[4 + 1 + cell_len(EMOJI[kind])].data == "b"
    assert not any(row[x].data == "#" for x in range(4, 40)), "nothing of what was there before is left"
    assert all(row[x].reverse for x in range(4, end + 1))


def test_what_follows_is_in_its_place_at_the_left_edge_too() -> None:
    screen = pyte.Screen(40, 2)
    pyte.Stream(screen).feed(placed(f"\x1b[2;9H#\x1b[H{EMOJI['joined']}|\x1b[2H{EMOJI['flag']}|"))
    width = cell_len(EMOJI["joined"])
    assert (screen.buffer[0][width].data, screen.buffer[1][2].data) == ("|", "|")


@pytest.mark.parametrize("text", ["Growth", "王磊 ö … 🎉 │", "e\u0301", "👍 a\u200cb"])
def test_other_text_costs_no_byte_more(text: str) -> None:
    frame = f"\x1b[3;7H\x1b[1m{text}\x1b[0m   "
    assert placed(frame) == frame


def separators(terminal: Emulator) -> list[list[int]]:
    """The columns of the lines between the panes, by row."""
    cells = terminal.screen.buffer
    return [
        [x for x in range(terminal.screen.columns) if cells[y][x].data == "│"]
        for y in range(1, terminal.screen.lines)
    ]


def test_panes_beside_each_other_stay_straight(tmp_path: Path) -> None:
    name = "".join(EMOJI[kind] for kind in ("emoji style", "joined", "flag", "skin tone"))
    (tmp_path / "plain.toml").write_text(SMALL)
    (tmp_path / "small.toml").write_text(SMALL.replace('name = "Growth"', f'name = "{name} G"'))
    with orgtui("plain.toml", folder=tmp_path) as terminal:
        be_ready(terminal)
        straight = separators(terminal)
    with orgtui("small.toml", folder=tmp_path) as terminal:
        be_ready(terminal)
        terminal.until(lambda: separators(terminal) == straight)
        assert any("❤" in line for line in terminal.lines)


NAMES = re.compile(r'name = "([^"]+)"')


@pytest.mark.parametrize(
    ("columns", "language"),
    [
        (80, "zh_CN"),
        (120, "en"),
        pytest.param(80, "en", marks=pytest.mark.soak),
        pytest.param(120, "zh_CN", marks=pytest.mark.soak),
    ],
)
def test_rules_and_frames_beside_clipped_names_outlast_every_key(
    tmp_path: Path, columns: int, language: str
) -> None:
    """Every name reaches beyond its pane; what is painted after a key is what a full frame shows."""
    text = SMALL
    for number, name in enumerate(sorted(set(NAMES.findall(SMALL)))):
        long = EMOJI["joined"] + EMOJI["emoji style"] + EMOJI["flag"] + EMOJI["keycap"]
        text = text.replace(f'name = "{name}"', f'name = "{chr(65 + number)}{long * 12}"')
    (tmp_path / "small.toml").write_text(text)
    with orgtui("--lang", language, "small.toml", columns=columns, rows=30, folder=tmp_path) as terminal:
        terminal.until("P102")
        for key in ("down", "down", "2", "down", "3", "4", "down", "enter", "down", "escape", "1", "/", "a"):
            terminal.press(key)
            terminal.settle()
            after_key = separators(terminal)
            terminal.press("ctrl+l")
            terminal.settle()
            assert separators(terminal) == after_key, key

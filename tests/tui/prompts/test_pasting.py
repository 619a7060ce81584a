"""Pastes into every kind of prompt: what of them is not taken as it is, is said."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from orgtui.tui.prompts.prompt import CUT, JOINED, JOINED_AND_CUT, Entry
from orgtui.tui.terminal.decoder import PASTE_MAX_CHARS
from tests.tui.small import Driver, opened

WITH_TEXT = {
    "help": "help",
    "a name": "1 team:brand, rename, ctrl+u",
    "a search": "find",
    "one of a list": "1 team:growth, lead",
    "several of a list": "1 team:growth, inspect, > Tools, edit",
    "a line of a page": "organization, > Vision, edit, ctrl+u",
    "a field of a form": "1 team:growth, add, 'seat, enter, enter",
}
"""The ways to prompts that take a text, in steps as a driver takes them."""

PASTES = {
    "a line": ("Copy", "Copy", None),
    "a line with its end": ("Copy\r\n", "Copy", None),
    "lines": ("Copy\nand\npress", "Copy and press", JOINED),
    "lines of Windows": ("Copy\r\nand\r\n\r\npress\r\n", "Copy and press", JOINED),
    "columns": ("Copy\tand\tpress", "Copy and press", JOINED),
    "long": ("x" * PASTE_MAX_CHARS, "x" * 200, CUT),
    "long lines": ("xy\n" * 40_000, ("xy " * 67)[:200], JOINED_AND_CUT),
    "blanks that may have had more behind them": ("\n" * PASTE_MAX_CHARS, "", CUT),
    "hostile": ("\x1b]52;c;aGk=\x07\x1b[31m\x00red", "\x1b]52;c;aGk=\x07\x1b[31m\x00red", None),
}
"""What is pasted, what of it is in the text then, and what is said."""

WITHOUT_TEXT = {
    "a pane": "1 team:brand",
    "what is carried": "1 person:zhang, carry",
    "a page": "1 team:brand, inspect",
    "a form": "1 function:seo, focus, shift+tab",
}


async def paste(driver: Driver, text: str) -> None:
    driver.app.post_message(events.Paste(text))
    await driver.pilot.pause()


@pytest.mark.parametrize("way", WITH_TEXT)
async def test_what_is_not_taken_as_it_is_is_said(tmp_path: Path, way: str) -> None:
    async with opened(tmp_path) as driver:
        for text, taken, note in PASTES.values():
            await driver.take(WITH_TEXT[way])
            await paste(driver, text)
            entry = driver.app.screen.query_one(Entry)
            assert entry.value == taken
            assert entry.note == note
            if note is not None:
                assert driver.session.translate(note) in driver.text
            assert all(line.isprintable() for line in driver.lines)
            for _ in range(3):
                await driver.press("escape")


@pytest.mark.parametrize("way", WITHOUT_TEXT)
async def test_a_paste_that_no_text_takes_is_said(tmp_path: Path, way: str) -> None:
    async with opened(tmp_path) as driver:
        await driver.take(WITHOUT_TEXT[way])
        await paste(driver, "\n")
        assert "There is no text here" not in driver.text
        await paste(driver, "ddq")
        assert "There is no text here to paste into" in driver.text
        await driver.press("down")
        assert "There is no text here" not in driver.text
        assert not driver.workspace.session.steps

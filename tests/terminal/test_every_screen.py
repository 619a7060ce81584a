"""Every screen, in both languages and three sizes: nothing cut that must be whole, no id, all in line."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import SAMPLES, at_length
from tests.terminal.emulator import Emulator
from tests.terminal.prepared import orgtui
from tests.terminal.screen_checks import (
    Expected,
    header_is_whole,
    serving_counts,
    wrong_on,
)

HERE = (("en", 80, 24), ("zh", 80, 24), ("zh", 120, 40), ("en", 200, 60))
AT_LENGTH = (("en", 120, 40), ("zh", 200, 60))
"""Language, columns and rows: what is tried in the suite, and the rest of the pairs."""

WORDS = {"en": ("P102", "checking", "functions"), "zh": ("P102", "检查", "职能")}
"""By language what is on screen once everything is judged, what is until then, and a label of the funnel."""

SCREENS = (
    *("2", "3", "v", "v 4", "i", "backspace x", "backspace A"),
    *("ctrl+c 1 j enter", "backspace j j j j j enter", "backspace a", "backspace d", "backspace r"),
    *("ctrl+c k s", "ctrl+c M", "backspace L", "backspace m j", "[", "m", "backspace enter", "p"),
    *("backspace c", "enter", "backspace ?", "backspace :", "backspace /", "backspace e", "ctrl+c P"),
    *("enter", "backspace backspace O", "backspace z", "z y"),
)
"""The keys that lead from one screen to the next.

Forms and texts, where backspace edits, are left by ctrl+c: escape may also begin another key, so it takes
time.
"""


def opened(sample: Path, folder: Path, language: str, columns: int, rows: int) -> Emulator:
    """The app on a copy of a sample."""
    there = shutil.copy(sample, folder / sample.name)
    return orgtui(there, columns=columns, rows=rows, environment={"ORGTUI_LANG": language})


def be_judged(terminal: Emulator, language: str) -> None:
    found, until, _ = WORDS[language]
    terminal.until(found)
    terminal.until_gone(until)
    terminal.settle()


def walked(terminal: Emulator) -> Iterator[str]:
    """Each screen, named by the keys that lead to it from the one before."""
    yield "first"
    for keys in SCREENS:
        terminal.press(*keys.split())
        terminal.settle()
        yield keys


@pytest.mark.parametrize(("language", "columns", "rows"), [*HERE, *at_length(*AT_LENGTH)])
def test_every_screen_has_whole_numbers_names_and_lines(
    tmp_path: Path, language: str, columns: int, rows: int
) -> None:
    sample = SAMPLES / f"startup_a{'.zh' if language == 'zh' else ''}.toml"
    expected = Expected.of(sample)
    with opened(sample, tmp_path, language, columns, rows) as terminal:
        be_judged(terminal, language)
        assert header_is_whole(terminal, expected), terminal.lines[0]
        seen: set[tuple[str, ...]] = set()
        wrong: list[str] = []
        for screen in walked(terminal):
            seen.add(tuple(terminal.lines))
            if screen == "2":
                assert serving_counts(terminal, WORDS[language][2]) == expected.serving
            wrong += [f"{screen}: {each}" for each in wrong_on(terminal, expected)]
        assert not wrong, "\n".join(wrong)
        assert len(seen) > len(SCREENS) * 0.9, "nearly all keys lead to another screen"

"""Every screen, in both languages and three sizes: nothing cut that must be whole, no id, all in line."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
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
    *("space b", "B", "backspace c", "enter", "backspace ?", "backspace :", "backspace /", "backspace e"),
    *("ctrl+c P", "enter", "t", "backspace backspace O", "backspace z", "z y", "ctrl+c T", "down"),
)
"""The keys that lead from one screen to the next.

Forms and texts, where backspace edits, are left by ctrl+c: escape may also begin another key, so it takes
time.
"""


IMPORTS = Path(__file__).parent.parent / "fixtures" / "imports"

IMPORTED = {"en": "roster-workbook.xlsx", "zh": "feishu-members.xlsx"}
"""By language a file with a question to answer."""

BEFORE_A_FILE = (
    *("?", "ctrl+c i", "FILE", "enter", "enter", "enter", "f", "enter", "ctrl+c q", "p", "ctrl+c o"),
    *("ctrl+c t", "4", "x", "enter", "1 j j", "m", "[", "enter", "u", "ctrl+t"),
)
"""The keys that lead from the start through an import (`FILE` is typed), a list to paste and the tour."""

SUGGESTIONS = ("enter", "j", "space", "c", "ctrl+c !", "ctrl+c left", "c", "enter", "ctrl+c q")
"""The keys that lead through what is suggested, once something is."""


def path_of(language: str) -> Path:
    """The sample in a language."""
    return SAMPLES / f"startup_a{'.zh' if language == 'zh' else ''}.toml"


def sample_of(language: str) -> Expected:
    """What the sample in a language says."""
    return Expected.of(path_of(language))


def opened(sample: Path, folder: Path, language: str, columns: int, rows: int) -> Emulator:
    """The app on a copy of a sample."""
    there = shutil.copy(sample, folder / sample.name)
    return orgtui(there, columns=columns, rows=rows, environment={"ORGTUI_LANG": language})


def be_judged(terminal: Emulator, language: str) -> None:
    found, until, _ = WORDS[language]
    terminal.until(found)
    terminal.until_gone(until)
    terminal.settle()


def walked(terminal: Emulator, screens: Sequence[str], file: str = "") -> Iterator[str]:
    """Each screen, named by the keys that lead to it from the one before."""
    yield "first"
    for keys in screens:
        terminal.press(*(file if keys == "FILE" else keys.split()))
        terminal.settle()
        yield keys


def looked_through(
    terminal: Emulator, expected: Expected, screens: Sequence[str], file: str = ""
) -> Iterator[str]:
    """Walk through screens, nearly all of which have to differ, and say what is wrong on each."""
    seen: set[tuple[str, ...]] = set()
    for screen in walked(terminal, screens, file):
        seen.add(tuple(terminal.lines))
        yield from (f"{screen}: {each}" for each in wrong_on(terminal, expected))
    assert len(seen) > len(screens) * 0.9, "nearly all keys lead to another screen"


@pytest.mark.parametrize(("language", "columns", "rows"), [*HERE, *at_length(*AT_LENGTH)])
def test_every_screen_has_whole_numbers_names_and_lines(
    tmp_path: Path, language: str, columns: int, rows: int
) -> None:
    expected = sample_of(language)
    with opened(path_of(language), tmp_path, language, columns, rows) as terminal:
        be_judged(terminal, language)
        assert header_is_whole(terminal, expected), terminal.lines[0]
        wrong = [*looked_through(terminal, expected, SCREENS[:1])]
        assert serving_counts(terminal, WORDS[language][2]) == expected.serving
        wrong += looked_through(terminal, expected, SCREENS[1:])
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("language", "columns", "rows"), [*HERE, *at_length(*AT_LENGTH)])
def test_every_screen_before_a_file_is_open_and_of_the_tour(
    tmp_path: Path, language: str, columns: int, rows: int
) -> None:
    folder = tmp_path / "people"
    folder.mkdir()
    shutil.copy(IMPORTS / IMPORTED[language], folder)
    places = {f"XDG_{kind}_HOME": str(tmp_path / kind) for kind in ("STATE", "CONFIG")}
    environment = {"ORGTUI_LANG": language, **places}
    with orgtui(columns=columns, rows=rows, folder=folder, environment=environment) as terminal:
        terminal.until("orgtui")
        terminal.settle()
        wrong = [*looked_through(terminal, sample_of(language), BEFORE_A_FILE, IMPORTED[language])]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(("language", "columns", "rows"), [HERE[0], *at_length(*HERE[1:], *AT_LENGTH)])
def test_every_screen_of_suggestions(tmp_path: Path, language: str, columns: int, rows: int) -> None:
    with opened(path_of(language), tmp_path, language, columns, rows) as terminal:
        be_judged(terminal, language)
        terminal.press("S")
        terminal.until("▸  1 ")
        terminal.press("left")
        terminal.settle()
        wrong = [*looked_through(terminal, sample_of(language), SUGGESTIONS)]
    assert not wrong, "\n".join(wrong)

"""Widths are cells, and ours agree with those of the library that paints them."""

from __future__ import annotations

import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len as painted

from orgtui.model.gate import is_clean
from orgtui.views.base.cells import (
    cell_len,
    centred,
    clip,
    column,
    cut,
    pad,
    shared_widths,
    split_cells,
    wrapped,
)

NAMES = st.text(st.characters(max_codepoint=0x2FFFF).filter(is_clean), max_size=30)
LETTERS = st.text(st.sampled_from("ab王磊é한ü张伟 -é"), max_size=30)

IN_DISPUTE = frozenset(
    (
        *(0xAD, 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x3164, 0xFFA0, 0x110BD, 0x110CD),
        *range(0x600, 0x606),
        *range(0x2630, 0x2638),
        *range(0x268A, 0x2690),
        *range(0x4DC0, 0x4E00),
        *range(0x1D300, 0x1D380),
    )
)
"""What versions of Unicode or terminals disagree on: hidden hyphens, Arabic year signs, trigrams."""


def test_every_assigned_character_is_as_wide_as_it_is_painted() -> None:
    differing = [
        f"U+{code:04X}"
        for code in range(0x20, 0x30000)
        if code not in IN_DISPUTE
        and is_clean(chr(code))
        and unicodedata.category(chr(code)) not in ("Cn", "Co")
        and cell_len(chr(code)) != painted(chr(code))
    ]
    assert differing == [], f"with the tables of Python {sys.version}"


@pytest.mark.parametrize("text", ["👨\u200d👩\u200d👧 team", "❤\ufe0f", "👍🏽", "e\u0301", "한국", "王磊"])
def test_joined_characters_are_as_wide_as_they_are_painted(text: str) -> None:
    assert cell_len(text) == painted(text)


@given(LETTERS, st.integers(-1, 40))
def test_clipped_text_fits_and_says_so(text: str, width: int) -> None:
    clipped = clip(text, width)
    assert cell_len(clipped) <= max(0, width)
    if cell_len(text) <= width:
        assert clipped == text
    elif width >= 1:
        assert clipped.endswith("…")
        assert text.startswith(clipped[:-1])
        assert cell_len(clipped) >= width - 1


@given(NAMES, st.integers(0, 40))
def test_what_is_cut_is_the_longest_that_fits(text: str, width: int) -> None:
    kept = cut(text, width)
    assert text.startswith(kept)
    assert cell_len(kept) <= width
    if kept != text:
        assert cell_len(text[: len(kept) + 1]) > width


@given(LETTERS, st.integers(0, 40))
def test_columns_line_up(text: str, width: int) -> None:
    assert cell_len(column(text, width)) == width
    if cell_len(text) <= width:
        assert cell_len(pad(text, width)) == width
        assert cell_len(centred(text, width)) == width


def test_wrapping_breaks_beside_spaces_and_wide_characters() -> None:
    assert wrapped("hello world this is long", 10) == ["hello", "world this", "is long"]
    assert wrapped("中文没有空格也要换行，对吗 ok", 10) == ["中文没有空", "格也要换", "行，对吗", "ok"]
    assert wrapped("abcdefghijkl", 5) == ["abcde", "fghij", "kl"]
    assert wrapped("宽", 1) == ["宽"]
    assert wrapped("", 5) == [""]


@given(NAMES, st.integers(2, 40))
def test_wrapped_lines_fit_and_lose_nothing_but_spaces(text: str, width: int) -> None:
    lines = wrapped(text, width)
    assert "".join("".join(lines).split()) == "".join(text.split())
    assert all(cell_len(line) <= width for line in lines)


@pytest.mark.parametrize(
    ("text", "width", "shown"),
    [("Team 100 Berlin", 8, "Team …"), ("12345", 3, "…"), ("Team 10", 7, "Team 10"), ("0.75 of it", 4, "…")],
)
def test_nothing_is_cut_within_a_number(text: str, width: int, shown: str) -> None:
    assert clip(text, width) == shown


@pytest.mark.parametrize(
    ("needs", "room", "given"),
    [([3, 4], 9, [3, 4]), ([3, 20, 20], 23, [3, 10, 10]), ([5, 5], 3, [1, 2]), ([], 7, []), ([4], -2, [0])],
)
def test_what_one_text_does_not_need_the_others_have(needs: list[int], room: int, given: list[int]) -> None:
    assert shared_widths(needs, room) == given


def test_what_is_taken_for_narrow_is_narrow() -> None:
    for character in map(chr, range(0x20, 0x3000)):
        if split_cells(character) is character:
            assert cell_len(character) == 1, f"{ord(character):x}"


@pytest.mark.parametrize("text", ["Zoë", "市场 b", "e\u0301a", "市\u0301场"])
def test_a_text_is_split_into_as_many_cells_as_it_has(text: str) -> None:
    assert len(split_cells(text)) == cell_len(text)

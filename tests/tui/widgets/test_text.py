"""What is painted: nothing but data and our own styles, in exactly the cells there are."""

from __future__ import annotations

from dataclasses import replace
from typing import get_args
from unicodedata import category

from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style
from textual.strip import Strip

from orgtui.tui.widgets.text import (
    GUTTER,
    changed_runs,
    line,
    printable,
    strip,
    strips,
    theme_for,
    wrapped_lines,
)
from orgtui.views.base.cells import cell_len
from orgtui.views.base.row import Role, Row, Span

ROLES = st.sampled_from(get_args(Role))
TEXT = st.text(st.characters(exclude_categories=("Cs", "Mn", "Mc", "Me", "Cf")), max_size=30)
"""Any text but what joins its neighbours: the width of such text is no sum."""

SPANS = st.lists(st.builds(Span, TEXT, ROLES), max_size=5).map(tuple)
DARK = theme_for({})
CONTROLS = {*map(chr, range(0x20)), *map(chr, range(0x7F, 0xA0))}


@given(left=SPANS, right=SPANS, margin=TEXT, width=st.integers(GUTTER + 2, 90), cursor=st.booleans())
def test_a_row_fills_its_width_and_drives_no_terminal(
    left: tuple[Span, ...], right: tuple[Span, ...], margin: str, width: int, cursor: bool
) -> None:
    painted = strip(Row(None, left, right, Span(margin)), width, DARK, cursor=cursor)
    assert cell_len(painted.text) == width
    assert not CONTROLS & set(painted.text)


@given(spans=SPANS, width=st.integers(0, 60))
def test_a_line_fills_its_width(spans: tuple[Span, ...], width: int) -> None:
    assert cell_len(line(spans, width, DARK).text) == width


def test_markup_is_taken_literally() -> None:
    hostile = "[Finance] a[/]b [red]x[/red] [@click=app.quit]y[/] \\[b]"
    assert line([Span(hostile)], 80, DARK).text.rstrip() == hostile


def test_escape_sequences_are_shown_and_not_sent() -> None:
    assert printable("a\x1b]52;c;aGk=\x07b\u202ec\x9bm") == "a�]52;c;aGk=�b�c�m"


def test_what_does_not_fit_ends_in_an_ellipsis_and_the_right_stays() -> None:
    row = Row(None, (Span("A very long name of a team"),), (Span("31"),))
    assert strip(row, 20, DARK).text == "    A very long … 31"
    assert strip(row, 20, theme_for({}, ascii_only=True)).text == "    A very long ~ 31"


def test_wide_text_is_never_cut_in_half() -> None:
    assert strip(Row(None, (Span("市场部市场部"),)), GUTTER + 6, DARK).text == "    市场… "


def test_no_color_leaves_attributes_only() -> None:
    for role in get_args(Role):
        style = theme_for({"NO_COLOR": "1"}).styles[role]
        assert style is None or style.color is None


def test_plain_text_keeps_the_terminals_own_colours() -> None:
    assert DARK.styles["plain"] is None
    assert all(style is None or style.bgcolor is None for style in DARK.styles.values())


def test_a_light_background_gets_colours_that_show_on_it() -> None:
    dark, light = theme_for({"COLORFGBG": "15;0"}), theme_for({"COLORFGBG": "0;15"})
    assert str(dark.styles["warning"]) == "yellow"
    assert str(light.styles["warning"]) == "magenta"


@given(left=SPANS.filter(bool), right=SPANS, width=st.integers(GUTTER + 12, 90), most=st.integers(2, 9))
def test_wrapped_rows_fill_their_width_and_lose_nothing(
    left: tuple[Span, ...], right: tuple[Span, ...], width: int, most: int
) -> None:
    painted = strips(Row(None, left, right), width, DARK, most=most)
    assert 1 <= len(painted) <= most
    assert {cell_len(each.text) for each in painted} == {width}


def test_rows_are_wrapped_behind_their_sign_or_label() -> None:
    row = Row(None, (Span("Label   ", "dim"), Span("words that go on and on")), (Span("7"),))
    shown = [each.text.rstrip() for each in strips(row, 28, DARK, most=9)]
    assert shown == ["    Label   words that go  7", "            on and on"]


def test_chinese_is_wrapped_anywhere_but_before_its_punctuation() -> None:
    row = Row(None, (Span("  团队之间要两两协调，共二十八对"),))
    shown = [each.text.rstrip() for each in wrapped_lines(row, 20, DARK)]
    assert shown == ["  团队之间要两两协", "  调，共二十八对"]


ASSIGNED = SPANS.filter(lambda spans: not any("Cn" in map(category, span.text) for span in spans))
"""Spans of which the width is the same everywhere: not of characters that there are not yet."""


@given(was=ASSIGNED, now=ASSIGNED, width=st.integers(1, 60))
def test_the_runs_that_changed_make_one_line_of_another(
    was: tuple[Span, ...], now: tuple[Span, ...], width: int
) -> None:
    before, after = line(was, width, DARK), line(now, width, DARK)
    runs = changed_runs(before, after)
    made, end = [], 0
    for start, stop in [*runs, (width, width)]:
        made += [before.crop(end, start), after.crop(start, stop)]
        end = stop
    assert cells_of(Strip.join(made)) == cells_of(after)


def cells_of(painted: Strip) -> list[tuple[str, Style | None]]:
    return [(character, style) for text, style, _ in painted for character in text]


def test_a_change_of_one_cell_is_one_run_of_one_cell() -> None:
    row = Row(None, (Span("Content"), Span(" 市场部"), Span(" of everybody", "dim")), (Span("31"),))
    plain, marked = strip(row, 60, DARK), strip(row, 60, DARK, mark="›")
    assert changed_runs(plain, marked) == [(0, 1)]
    other = replace(row, left=(Span("Content"), Span(" 市场人"), Span(" of everybody", "dim")))
    assert changed_runs(plain, strip(other, 60, DARK)) == [(16, 18)]
    assert changed_runs(plain, strip(replace(other, right=(Span("32"),)), 60, DARK)) == [(16, 18), (59, 60)]

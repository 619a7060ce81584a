"""The waves of a plan as small multiples: the teams as they are after each wave, and what it changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from orgtui.exchange.writing.drawing.canvas import (
    LEGEND_GAP_PT,
    MARGIN_PT,
    PAGE_HEIGHT_PT,
    PAGE_WIDTH_PT,
    Canvas,
    head,
    whose,
)
from orgtui.exchange.writing.drawing.deck import MAX_INDENTS, Deck
from orgtui.exchange.writing.drawing.legend import legend, team_entries
from orgtui.exchange.writing.drawing.measure import wrapped
from orgtui.exchange.writing.drawing.shapes import Drawing, Words
from orgtui.exchange.writing.drawing.slots import State, marks_of, only_changed, successive
from orgtui.exchange.writing.drawing.team_card import breaks_words
from orgtui.exchange.writing.drawing.whole import Level, Whole, arranged, divided
from orgtui.exchange.writing.report import Report, Team, Wave, WaveState
from orgtui.exchange.writing.words import MARK_SIGNS
from orgtui.locales import join_list, translate
from orgtui.model.sentence import sentence

_WIDTH_PT = PAGE_WIDTH_PT - 2 * MARGIN_PT
_NAME_PT, _NAME_LEADING_PT = 12.0, 16.0
_NOTE_PT, _NOTE_LEADING_PT = 10.0, 14.0
_HEAD_GAP_PT = 10.0
_LEAST_ROOM_PT = 200.0
_MOST_NAMES = 12


class _Layout(NamedTuple):
    """How many waves stand side by side, each in how many columns of which width."""

    waves: int
    columns: int
    column: float
    gap: float

    @property
    def width(self) -> float:
        return self.columns * self.column + (self.columns - 1) * self.gap

    @property
    def between(self) -> float:
        """The room between two waves."""
        return (_WIDTH_PT - self.waves * self.width) / max(self.waves - 1, 1)


_THREE = (_Layout(3, 2, 168.0, 17.0), _Layout(3, 3, 116.0, 7.0))
_TWO = (_Layout(2, 3, 168.0, 18.0),)
_ONE = (_Layout(1, 6, 168.0, 18.0),)

_NAMED = Level("steps", MAX_INDENTS + 1)
_COUNTED = Level("counts", MAX_INDENTS + 1)
_LINES = Level("counts", 1, "changes")
_DIVISIONS = Level("counts", 1)


@dataclass(frozen=True, slots=True)
class _Told:
    """A wave with the teams after it, and the state that it is in a tree of slots.

    Of the teams only seats are told: the pictures are small, and functions have pictures of their own.
    """

    wave: Wave
    teams: tuple[Team, ...]
    headcount: int
    state: State

    @classmethod
    def of(cls, wave: Wave, after: WaveState, place: int) -> _Told:
        teams = tuple(replace(each, functions=()) for each in after.teams)
        return cls(wave, teams, after.headcount, f"wave-{place}")

    @property
    def name(self) -> str:
        number = translate(sentence("Wave {wave}", wave=self.wave.number))
        return number if self.wave.name is None else f"{number} · {self.wave.name}"

    @property
    def note(self) -> str:
        """Its day and its size, and that it changes nothing in the picture where it does not."""
        on = self.wave.on
        teams = sum(each.mark != "gone" for each in self.teams) - 1
        parts = (
            None if on is None else sentence("on {day}", day=on),
            sentence("{count:change|changes}", count=len(self.wave.changes)),
            sentence("{people:seat|seats} in {teams:team|teams}", people=self.headcount, teams=teams),
            None if self.has_marks else sentence("no team and no seat changes"),
        )
        return " · ".join(translate(each) for each in parts if each is not None)

    @property
    def has_marks(self) -> bool:
        return any(marks_of(team) for team in self.teams)


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The waves of a page with their tree."""

    waves: Sequence[_Told]
    whole: Whole
    layout: _Layout


def draw_waves(report: Report) -> tuple[Drawing, ...]:
    """The teams after each wave, two or three side by side, with what each wave changes.

    A team stands in the same place in all of them. Empty where the report has no states of waves.
    """
    waves = {each.number: each for each in report.waves}
    told = [
        _Told.of(waves[each.number], each, place)
        for place, each in enumerate(report.wave_states, 1)
        if each.number in waves
    ]
    if len(told) < 2:
        return ()
    sheets = _sheets(report, told)
    return tuple(_drawing(report, sheet, number, len(sheets)) for number, sheet in enumerate(sheets, 1))


def _sheets(report: Report, told: Sequence[_Told]) -> list[_Sheet]:
    """All waves with as much detail as fits, on as few pages as it does."""
    root = successive({each.state: each.teams for each in told})
    changed = only_changed(root)
    side_by_side = (*(_THREE if len(told) not in (2, 4) else ()), *_TWO)
    for tree, level, layouts in (
        (root, _NAMED, side_by_side),
        (changed, _NAMED, (*side_by_side, *_ONE)),
        (changed, _COUNTED, (*side_by_side, *_ONE)),
        (changed, _LINES, (*side_by_side, *_ONE)),
        (changed, _DIVISIONS, (*side_by_side, *_ONE)),
    ):
        for layout in layouts:
            deck = _deck(report, told, layout)
            whole = arranged(tree, deck, layout.columns, _room(report, told, layout), level)
            if whole is not None and (layout.column > 120 or not _breaks_words(whole)):
                pages = range(0, len(told), layout.waves)
                return [_Sheet(told[at : at + layout.waves], whole, layout) for at in pages]
    return [*_divided(report, told)]


def _deck(report: Report, told: Sequence[_Told], layout: _Layout) -> Deck:
    tones = {area.id: area.number for area in report.areas}
    return Deck(tones, tuple(each.state for each in told), layout.column, layout.gap)


def _breaks_words(whole: Whole) -> bool:
    return any(breaks_words(card) for place in whole.places for card in place.cards.values())


def _divided(report: Report, told: Sequence[_Told]) -> Iterator[_Sheet]:
    """Each wave by itself, with some of the divisions in which something changes on each page."""
    (layout,) = _ONE
    for each in told:
        changed = only_changed(successive({each.state: each.teams}))
        room = _room(report, (each,), layout)
        for whole in divided(changed, _deck(report, (each,), layout), layout.columns, room):
            yield _Sheet((each,), whole, layout)


def _room(report: Report, told: Sequence[_Told], layout: _Layout) -> float:
    """The height that is left for teams on a page with the highest heads and the longest legend."""
    shown = ((team, _NAMED.detail) for each in told for team in each.teams)
    below = legend(team_entries(shown, report.areas), 0, 0, _WIDTH_PT)
    above = head(_title(), whose(report), 999, 999, _WIDTH_PT)
    heads = max(_head_height(each, layout) for each in told)
    rest = above.height + heads + LEGEND_GAP_PT + below.height + 2 * MARGIN_PT
    return max(PAGE_HEIGHT_PT - rest, _LEAST_ROOM_PT)


def _title() -> str:
    return translate(sentence("Teams wave by wave"))


def _head_lines(told: _Told, layout: _Layout) -> tuple[list[str], list[str]]:
    """The name of a wave and what is said of it, in lines."""
    names = wrapped(told.name, layout.width, _NAME_PT, is_bold=True)
    return names, wrapped(told.note, layout.width, _NOTE_PT)


def _head_height(told: _Told, layout: _Layout) -> float:
    names, notes = _head_lines(told, layout)
    return len(names) * _NAME_LEADING_PT + len(notes) * _NOTE_LEADING_PT + _HEAD_GAP_PT


def _head_words(told: _Told, layout: _Layout, x: float, y: float) -> Iterator[Words]:
    names, notes = _head_lines(told, layout)
    for name in names:
        yield Words(x, y + _NAME_PT, name, _NAME_PT, "heading", is_bold=True)
        y += _NAME_LEADING_PT
    for note in notes:
        yield Words(x, y + _NOTE_PT, note, _NOTE_PT, "dim")
        y += _NOTE_LEADING_PT


def _drawing(report: Report, sheet: _Sheet, number: int, count: int) -> Drawing:
    layout, whole = sheet.layout, sheet.whole
    above = head(_title(), whose(report), number, count, _WIDTH_PT)
    canvas = Canvas(words=[*above.words])
    top = MARGIN_PT + above.height
    y = top + max(_head_height(each, layout) for each in sheet.waves)
    x = MARGIN_PT
    for each in sheet.waves:
        canvas.words += _head_words(each, layout, x, top)
        canvas.put_whole(whole, each.state, x, y)
        x += layout.width + layout.between
    bottom = y + whole.height
    below = legend(team_entries(canvas.shown, report.areas), MARGIN_PT, bottom + LEGEND_GAP_PT, _WIDTH_PT)
    return Drawing(
        f"tree-waves-{number}" if count > 1 else "tree-waves",
        _title(),
        "; ".join((_title(), whose(report), *map(_in_words, sheet.waves))),
        PAGE_WIDTH_PT,
        bottom + (LEGEND_GAP_PT + below.height if below.words else 0.0) + MARGIN_PT,
        (*canvas.boxes, *below.boxes),
        tuple(canvas.connectors),
        (*canvas.words, *below.words),
    )


def _in_words(told: _Told) -> str:
    """A wave in words, with the first teams that come, go or change."""
    teams = [f"{MARK_SIGNS[each.mark]} {each.name}" for each in told.teams if each.mark]
    return ": ".join((f"{told.name} ({told.note})", *([join_list(teams[:_MOST_NAMES])] if teams else [])))

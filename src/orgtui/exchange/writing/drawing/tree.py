"""The team tree before and after as pictures: one page, or an overview and pages with all names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import compress
from typing import Literal

from orgtui.exchange.writing.drawing.canvas import (
    LEGEND_GAP_PT,
    MARGIN_PT,
    SUBTITLE_PT,
    Canvas,
    head,
    whose,
)
from orgtui.exchange.writing.drawing.canvas import PAGE_HEIGHT_PT as PAGE_HEIGHT_PT
from orgtui.exchange.writing.drawing.canvas import PAGE_WIDTH_PT as PAGE_WIDTH_PT
from orgtui.exchange.writing.drawing.columns import Page, paged
from orgtui.exchange.writing.drawing.deck import COLUMN_PT, GAP_X_PT, Deck, span
from orgtui.exchange.writing.drawing.legend import legend, team_entries
from orgtui.exchange.writing.drawing.measure import text_width
from orgtui.exchange.writing.drawing.moves import move_lines
from orgtui.exchange.writing.drawing.shapes import Drawing, Words
from orgtui.exchange.writing.drawing.slots import STATES, Slot, State, alone, paired
from orgtui.exchange.writing.drawing.team_card import breaks_words
from orgtui.exchange.writing.drawing.whole import LEVELS, Level, Whole, arranged, divided
from orgtui.exchange.writing.report import Report, Structure
from orgtui.locales import join_list, translate
from orgtui.model.sentence import N_, Sentence, sentence

Which = Literal["before", "after", "both"]
WHICH: tuple[Which, ...] = ("both", "before", "after")

_STATE_PT, _STATE_LEADING_PT = 12.0, 24.0
_BETWEEN_PT = 51.0
"""The room between before and after where they stand side by side."""
_LEAST_WIDTH_PT = 420.0
_LEAST_ROOM_PT = 300.0
_COLUMNS: Mapping[Which, int] = {"before": 6, "after": 6, "both": 3}
_MOST_NAMES = 3
_NARROW_COLUMNS, _NARROW_COLUMN_PT, _NARROW_GAP_PT = 4, 128.0, 9.0
"""Columns of each state side by side where both have the same places and wider columns do not suffice."""
_SPLITS = ((3, 3), (4, 2), (2, 4))
"""How columns are given to before and after where each has places of its own."""
_WITH_SEATS = LEVELS[:2]
_LEVELS: Mapping[Which, Sequence[Sequence[Level]]] = {
    "both": (_WITH_SEATS, *((each,) for each in LEVELS[2:])),
    "before": [(each,) for each in LEVELS],
    "after": [(each,) for each in LEVELS],
}
"""Levels of detail, the most first; of those together the same places matter more than the detail."""

_TITLES: Mapping[Which, str] = {
    "before": N_("Teams before"),
    "after": N_("Teams after"),
    "both": N_("Teams before and after"),
}
_STATE_NAMES: Mapping[State, str] = {"before": N_("Before"), "after": N_("After")}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A page before it has a head: its states side by side, each a tree or a page of columns."""

    title: str
    subtitle: str
    content: Mapping[State, Whole] | Page

    def width(self, state: State) -> float:
        return span(self.content.width) if isinstance(self.content, Page) else self.content[state].width

    @property
    def height(self) -> float:
        if isinstance(self.content, Page):
            return self.content.height
        return max(each.height for each in self.content.values())


def draw_trees(report: Report) -> tuple[Drawing, ...]:
    """Before and after side by side, page by page; the teams as they are if there is no plan."""
    return draw_tree(report, "both")


def draw_tree(report: Report, which: Which) -> tuple[Drawing, ...]:
    """The pages of one picture: a page with everything, or an overview and pages with all names.

    Without a plan there is one picture, `tree-after`, whichever is asked for. Side by side, only divisions in
    which something changes have pages with names.
    """
    return _drawn(_Trees.of(report), which if report.has_plan else "after")


def draw_all_trees(report: Report) -> Iterator[Drawing]:
    """All pictures of the teams: side by side, before, after; faster than one by one."""
    trees = _Trees.of(report)
    for which in WHICH if report.has_plan else WHICH[-1:]:
        yield from _drawn(trees, which)


@dataclass(frozen=True, slots=True)
class _Trees:
    """What all pictures of a report share: the slots of both states together, and those of each alone."""

    report: Report
    root: Slot
    deck: Deck
    narrow: Deck
    alone: Mapping[State, tuple[Slot, Deck]]

    @classmethod
    def of(cls, report: Report) -> _Trees:
        tones = {area.id: area.number for area in report.areas}
        before, after = report.before, report.after
        own: dict[State, tuple[Slot, Deck]] = {
            state: (alone(before, after, state), Deck(tones, (state,))) for state in STATES
        }
        narrow = Deck(tones, STATES, _NARROW_COLUMN_PT, _NARROW_GAP_PT)
        return cls(report, paired(before, after), Deck(tones, STATES), narrow, own)


def _drawn(trees: _Trees, which: Which) -> tuple[Drawing, ...]:
    report, root = trees.report, trees.root
    title, size = _title(report, which), _size(report, which)
    wholes = _overviews(trees, which, _room(report, which, title))
    sheets = [_Sheet(title, size, each) for each in wholes]
    if not sheets or not _is_enough(sheets, which):
        is_shown = [which != "both" or each.is_changed for each in root.children]
        sections = [[root], *([*each.walk()] for each in compress(root.children, is_shown))]
        what = f"{_caption(report, which)} · {whose(report)}"
        pages = paged(sections, trees.deck, _COLUMNS[which], _room_of_pages(report, which))
        sheets += (_Sheet(_some(_names(page, which)), what, page) for page in pages)
    return tuple(
        _drawing(report, which, sheet, number, len(sheets)) for number, sheet in enumerate(sheets, 1)
    )


def _is_enough(sheets: Sequence[_Sheet], which: Which) -> bool:
    """Whether a tree says all; side by side, functions that stay may be left out."""
    content = sheets[0].content
    if isinstance(content, Page):
        return False
    details = {each.level.detail for each in content.values()}
    return details <= ({"names", "seats"} if which == "both" else {"names"})


def _overviews(trees: _Trees, which: Which, room: float) -> list[Mapping[State, Whole]]:
    """The whole tree on one page, with as much detail as fits, or its divisions on several.

    Where enough divisions stay, both states have the same places, so that the eye finds the difference; else,
    or where all seats fit only so, each has its own.
    """
    states = _states(which)
    is_alike = _is_alike(trees.root, which)
    for levels in _LEVELS[which]:
        if is_alike and (whole := _shared(trees, which, room, levels)):
            return [dict.fromkeys(states, whole)]
        if (not is_alike or levels[0] in _WITH_SEATS) and (wholes := _own(trees, which, room, levels)):
            return [wholes]
    parts = divided(trees.root, trees.deck, _COLUMNS[which], room)
    return [dict.fromkeys(states, part) for part in parts]


def _shared(trees: _Trees, which: Which, room: float, levels: Sequence[Level]) -> Whole | None:
    """Both states in the same places with the most detail that fits; narrow columns break no words."""
    for level in levels:
        if whole := arranged(trees.root, trees.deck, _COLUMNS[which], room, level):
            return whole
        if which == "both" and level in _WITH_SEATS:
            narrow = arranged(trees.root, trees.narrow, _NARROW_COLUMNS, room, level)
            if narrow and not any(
                breaks_words(card) for place in narrow.places for card in place.cards.values()
            ):
                return narrow
    return None


def _own(trees: _Trees, which: Which, room: float, levels: Sequence[Level]) -> Mapping[State, Whole] | None:
    """Each state in places of its own with the most detail that fits."""
    states, columns = _states(which), _COLUMNS[which]
    for level in levels:
        splits = ((columns,),) if which != "both" else _SPLITS if level in _WITH_SEATS else _SPLITS[:1]
        for split in splits:
            wholes = {
                state: whole
                for state, part in zip(states, split, strict=True)
                if (whole := arranged(*trees.alone[state], part, room, level))
            }
            if len(wholes) == len(states):
                return wholes
    return None


def _is_alike(root: Slot, which: Which) -> bool:
    """Whether few enough divisions are there in one state only to leave their places empty in the other.

    Side by side an empty place says that something went or came; in a picture alone it is a hole.
    """
    most = 2 if which == "both" else 4
    return most * sum(len(each.teams) == 1 for each in root.children) <= len(root.children)


def _states(which: Which) -> tuple[State, ...]:
    return STATES if which == "both" else (which,)


def _structure(report: Report, state: State) -> Structure:
    return report.before if state == "before" else report.after


def _title(report: Report, which: Which) -> str:
    """What stands above the whole tree."""
    return report.headline if which == "both" else _caption(report, which)


def _caption(report: Report, which: Which) -> str:
    """What the picture is."""
    return translate(Sentence(_TITLES[which]) if report.has_plan else sentence("Teams"))


def _size(report: Report, which: Which) -> str:
    """Whose teams they are, and how many; side by side each state has its own numbers."""
    if which == "both":
        return whose(report)
    return f"{whose(report)} · {_count(_structure(report, which))}"


def _count(structure: Structure) -> str:
    return translate(
        sentence(
            "{people:seat|seats} in {teams:team|teams}",
            people=structure.headcount,
            teams=len(structure.teams) - 1,
        )
    )


def _names(page: Page, which: Which) -> list[str]:
    """The divisions that begin on a page or go on there."""
    names = dict.fromkeys(
        team.name
        for slot in page.sections
        for state in _states(which)
        if (team := slot.team(state)) is not None
    )
    return [*names]


def _some(names: Sequence[str]) -> str:
    """The first few of some names, and how many there are besides."""
    if len(names) <= _MOST_NAMES:
        return join_list(names)
    first = join_list(names[:_MOST_NAMES])
    return translate(sentence("{names} and {count} more", names=first, count=len(names) - _MOST_NAMES))


def _room_of_pages(report: Report, which: Which) -> float:
    """The height that is left for teams on a page that names the longest of them above."""
    teams = (team for state in _states(which) for team in _structure(report, state).teams)
    return _room(report, which, _some(sorted((each.name for each in teams), key=len, reverse=True)))


def _room(report: Report, which: Which, title: str) -> float:
    """The height that is left for teams on a page with a title and the longest legend."""
    teams = [team for state in _states(which) for team in _structure(report, state).teams]
    width = PAGE_WIDTH_PT - 2 * MARGIN_PT
    below = legend(team_entries(((team, "names") for team in teams), report.areas), 0, 0, width)
    above = head(title, f"{_size(report, which)} · {_caption(report, which)}", 999, 999, width)
    states = _STATE_LEADING_PT if which == "both" else 0.0
    rest = below.height + LEGEND_GAP_PT + above.height + states + 2 * MARGIN_PT
    return max(PAGE_HEIGHT_PT - rest, _LEAST_ROOM_PT)


def _drawing(report: Report, which: Which, sheet: _Sheet, number: int, count: int) -> Drawing:
    states = _states(which)
    content = sum(sheet.width(state) for state in states) + _BETWEEN_PT * (len(states) - 1)
    for width in (max(content, _LEAST_WIDTH_PT), PAGE_WIDTH_PT - 2 * MARGIN_PT):
        above = head(sheet.title, sheet.subtitle, number, count, width)
        canvas = Canvas(words=[*above.words])
        bottom = _put_states(canvas, report, states, sheet, MARGIN_PT + above.height)
        entries = team_entries(canvas.shown, report.areas)
        below = legend(entries, MARGIN_PT, bottom + LEGEND_GAP_PT, width)
        height = bottom + (LEGEND_GAP_PT + below.height if below.words else 0.0) + MARGIN_PT
        if height <= PAGE_HEIGHT_PT:
            break
    if which == "both" and not isinstance(sheet.content, Page):
        canvas.connectors += move_lines(report.before, report.after, canvas.spots)
    return Drawing(
        f"tree-{which}-{number}" if count > 1 else f"tree-{which}",
        _caption(report, which),
        _alt(report, which, sheet),
        width + 2 * MARGIN_PT,
        height,
        (*canvas.boxes, *below.boxes),
        tuple(canvas.connectors),
        (*canvas.words, *below.words),
    )


def _alt(report: Report, which: Which, sheet: _Sheet) -> str:
    """The picture in words."""
    counts = (
        translate(
            sentence(
                "{state}: {what}", state=Sentence(_STATE_NAMES[state]), what=_count(_structure(report, state))
            )
        )
        for state in (_states(which) if report.has_plan else ())
    )
    return "; ".join(dict.fromkeys((report.headline, sheet.title, sheet.subtitle, *counts)))


def _put_states(canvas: Canvas, report: Report, states: Sequence[State], sheet: _Sheet, top: float) -> float:
    """Put what a sheet shows of each state side by side; gives its lower end."""
    is_both = len(states) > 1
    x = MARGIN_PT
    for state in states:
        y = top
        if is_both:
            canvas.words += _state_head(report, sheet, state, x, y)
            y += _STATE_LEADING_PT
        if isinstance(sheet.content, Page):
            _put_page(canvas, sheet.content, state, x, y)
        else:
            canvas.put_whole(sheet.content[state], state, x, y)
        x += sheet.width(state) + _BETWEEN_PT
    return top + sheet.height + (_STATE_LEADING_PT if is_both else 0.0)


def _state_head(report: Report, sheet: _Sheet, state: State, x: float, y: float) -> list[Words]:
    """The name of a state, and beside it how many there are where the whole tree is below it."""
    name = translate(Sentence(_STATE_NAMES[state]))
    count = _count(_structure(report, state))
    left = text_width(name, _STATE_PT, is_bold=True) + 8.0
    words = [Words(x, y + _STATE_PT, name, _STATE_PT, "heading", is_bold=True)]
    is_whole = not isinstance(sheet.content, Page)
    if is_whole and left + text_width(count, SUBTITLE_PT) <= sheet.width(state) + _BETWEEN_PT:
        words.append(Words(x + left, y + _STATE_PT, count, SUBTITLE_PT, "dim"))
    return words


def _put_page(canvas: Canvas, page: Page, state: State, x: float, y: float) -> None:
    for number, column in enumerate(page.columns[state]):
        left = x + number * (COLUMN_PT + GAP_X_PT)
        for piece in column.pieces:
            canvas.put(piece.card, "names", piece.identity, left + piece.x, y + piece.y, state)
        canvas.connect(column.lines, left, y)

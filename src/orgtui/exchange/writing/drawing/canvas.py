"""A page on which trees are put: its size, its head, and what stands between head and legend."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from orgtui.exchange.writing.drawing.legend import Shown
from orgtui.exchange.writing.drawing.measure import text_width, wrapped
from orgtui.exchange.writing.drawing.moves import Spot
from orgtui.exchange.writing.drawing.shapes import Box, Connector, Words
from orgtui.exchange.writing.drawing.slots import STATES, State
from orgtui.exchange.writing.drawing.team_card import Card, Detail, placed
from orgtui.exchange.writing.drawing.whole import Whole, box_id
from orgtui.exchange.writing.report import Report
from orgtui.locales import translate
from orgtui.model.sentence import sentence
from orgtui.views.base.signs import UNICODE

PAGE_WIDTH_PT, PAGE_HEIGHT_PT = 1191.0, 842.0
"""A3, landscape: no picture is larger, and no text on it smaller than 9 pt."""
MARGIN_PT = 30.0
_TITLE_PTS, _TITLE_LEADING_PT = (16.0, 15.0, 14.0), 21.0
"""A title is as large as lets it stand in one line, and of the first size where none does."""
SUBTITLE_PT, _SUBTITLE_LEADING_PT = 10.0, 14.0
_HEAD_GAP_PT, LEGEND_GAP_PT = 16.0, 18.0


@dataclass(slots=True)
class Canvas:
    """What stands between head and legend; `spots` as of moves."""

    boxes: list[Box] = field(default_factory=list)
    connectors: list[Connector] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)
    shown: list[Shown] = field(default_factory=list)
    spots: dict[State, dict[tuple[str, str], Spot]] = field(
        default_factory=lambda: {state: {} for state in STATES}
    )

    def put(self, card: Card, detail: Detail, identity: str, x: float, y: float, state: State) -> None:
        """Put a card at a point."""
        boxes, seats = placed(card, x, y, identity)
        self.boxes += boxes
        self.shown.append((card.team, detail))
        self.shown += ((team, "counts") for team in card.below)
        right, spots = x + card.width, self.spots.setdefault(state, {})
        spots.setdefault(("team", card.team.id), Spot(x, right, y, y + card.height))
        spots |= {("seat", seat): Spot(x, right, height, height) for seat, height in seats.items()}

    def connect(self, lines: Iterable[Connector], x: float, y: float) -> None:
        """Put lines whose points count from a point."""
        self.connectors += (
            replace(line, points=tuple((x + left, y + top) for left, top in line.points)) for line in lines
        )

    def put_whole(self, whole: Whole, state: State, x: float, y: float) -> None:
        """Put what a tree has in a state at a point."""
        for place in whole.places:
            if state in place.cards:
                identity = box_id(place.slot, state)
                self.put(place.cards[state], whole.level.detail, identity, x + place.x, y + place.y, state)
        self.connect(whole.connectors[state], x, y)


def whose(report: Report) -> str:
    """Of what the teams of a report are: the organisation, or a part of it."""
    name = report.organization_name
    return name if report.part is None else f"{name} {UNICODE.within} {report.part}"


class Head(NamedTuple):
    words: list[Words]
    height: float


def head(title: str, subtitle: str, number: int, count: int, width: float) -> Head:
    """Title, subtitle and number of the page, from the upper left corner of the page."""
    words: list[Words] = []
    y = MARGIN_PT
    size = next(
        (each for each in _TITLE_PTS if text_width(title, each, is_bold=True) <= width), _TITLE_PTS[0]
    )
    for line in wrapped(title, width, size, is_bold=True):
        words.append(Words(MARGIN_PT, y + size, line, size, "heading", is_bold=True))
        y += _TITLE_LEADING_PT
    if count > 1:
        subtitle = translate(
            sentence("{what} · page {number} of {count}", what=subtitle, number=number, count=count)
        )
    for line in wrapped(subtitle, width, SUBTITLE_PT):
        words.append(Words(MARGIN_PT, y + SUBTITLE_PT, line, SUBTITLE_PT, "dim"))
        y += _SUBTITLE_LEADING_PT
    return Head(words, y + _HEAD_GAP_PT - MARGIN_PT)

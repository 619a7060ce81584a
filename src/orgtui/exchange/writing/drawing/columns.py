"""Teams with all their names in columns over as many pages as they need, like the columns of a newspaper.

Both states share the columns: what stands in a slot begins in the same column of the same page in both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from orgtui.exchange.writing.drawing.deck import (
    COLUMN_PT,
    GAP_Y_PT,
    INDENT_PT,
    MAX_INDENTS,
    Deck,
)
from orgtui.exchange.writing.drawing.shapes import Connector
from orgtui.exchange.writing.drawing.slots import STATES, Slot, State
from orgtui.exchange.writing.drawing.team_card import Card, note_on_top, split_card
from orgtui.locales import translate
from orgtui.model.sentence import sentence

_TRUNK_X_PT = 6.0
_SECTION_GAP_PT = 26.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A card, or a part of one, and where it stands in its column; `identity` is the id of its box."""

    card: Card
    slot: Slot
    identity: str
    x: float
    y: float


@dataclass(slots=True)
class Column:
    """What stands one under the other, with the lines between."""

    pieces: list[Piece] = field(default_factory=list)
    lines: list[Connector] = field(default_factory=list)
    height: float = 0.0


@dataclass(slots=True)
class Page:
    """Columns by state, and the slots that begin here."""

    columns: dict[State, list[Column]]
    sections: list[Slot]

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max(len(each) for each in self.columns.values())

    @property
    def height(self) -> float:
        return max(column.height for each in self.columns.values() for column in each)


@dataclass(slots=True)
class _Section:
    slot: Slot
    columns: dict[State, list[Column]]

    @property
    def width(self) -> int:
        return max(len(each) for each in self.columns.values())

    @property
    def height(self) -> float:
        return max((column.height for each in self.columns.values() for column in each), default=0.0)


def paged(sections: Iterable[Sequence[Slot]], deck: Deck, columns: int, height: float) -> list[Page]:
    """Pages of at most that many columns of at most that height.

    A section is slots in the order in which they stand, the first is its head. It begins below the one before
    if it fits there, else in a column of its own, else on a page of its own.
    """
    pages: list[Page] = []
    free = 0
    used = 0.0
    for slots in sections:
        section = _Section(slots[0], {state: _columns(slots, deck, state, height) for state in STATES})
        if section.width == 1 and pages and used and used + _SECTION_GAP_PT + section.height <= height:
            used = _put_below(pages[-1], section, used + _SECTION_GAP_PT)
            continue
        for begin in range(0, section.width, columns):
            taken = min(section.width - begin, columns)
            if taken > free:
                pages.append(Page({state: [] for state in STATES}, []))
                free = columns
            _put_beside(pages[-1], section, begin, taken)
            free -= taken
        used = section.height if section.width == 1 else 0.0
    return pages


def _put_below(page: Page, section: _Section, top: float) -> float:
    """Put a section of one column below what stands in the last column of a page; gives the new height."""
    page.sections.append(section.slot)
    for state in STATES:
        for column in section.columns[state]:
            above = page.columns[state][-1]
            above.pieces += (replace(each, y=each.y + top) for each in column.pieces)
            above.height = max(above.height, top + column.height)
            above.lines += (
                replace(each, points=tuple((x, y + top) for x, y in each.points)) for each in column.lines
            )
    return top + section.height


def _put_beside(page: Page, section: _Section, begin: int, taken: int) -> None:
    """Put some columns of a section on a page, right of what stands there."""
    page.sections.append(section.slot)
    for state in STATES:
        columns = section.columns[state][begin : begin + taken]
        page.columns[state] += columns
        page.columns[state] += (Column() for _ in range(taken - len(columns)))


def _columns(slots: Sequence[Slot], deck: Deck, state: State, height: float) -> list[Column]:
    """The columns of a section in a state."""
    columns = [Column()]
    above: dict[str, tuple[int, str]] = {}
    here: dict[str, Piece] = {}
    for slot in slots:
        team = slot.team(state)
        if team is None:
            continue
        depth, parent_name = above.get(team.parent or "", (0, ""))
        above[team.id] = (depth + 1, team.name)
        indent = INDENT_PT * min(depth, MAX_INDENTS)
        card = deck.card(slot, state, "names", COLUMN_PT - indent)
        if card is None:
            continue
        if columns[-1].pieces and not _has_room(columns[-1], card, height):
            columns.append(Column())
            here = {}
        parent = here.get(team.parent or "") if depth <= MAX_INDENTS else None
        if depth and parent is None:
            card = note_on_top(card, translate(sentence("below {team}", team=parent_name)))
            if columns[-1].pieces and not _has_room(columns[-1], card, height):
                columns.append(Column())
                here = {}
        for number, part in enumerate(split_card(card, height)):
            if number:
                columns.append(Column())
                here = {}
            column = columns[-1]
            y = column.height + (GAP_Y_PT if column.pieces else 0.0)
            identity = f"{state}-{team.id}" + (f"--{number + 1}" if number else "")
            piece = Piece(part, slot, identity, indent, y)
            column.pieces.append(piece)
            column.height = y + part.height
            if parent is not None and not number:
                column.lines.append(_elbow(parent, piece))
            here[team.id] = piece
    return columns


def _has_room(column: Column, card: Card, height: float) -> bool:
    return column.height + GAP_Y_PT + card.height <= height


def _elbow(parent: Piece, piece: Piece) -> Connector:
    """The line from a card down its left side to one below."""
    x = parent.x + _TRUNK_X_PT
    y = piece.y + min(14.0, piece.card.height / 2)
    points = ((x, parent.y + parent.card.height), (x, y), (piece.x, y))
    return Connector(points, source=parent.identity, target=piece.identity, width=0.9)

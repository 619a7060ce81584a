"""A tree of teams on one page: the root, its divisions side by side in rows, what is below them in columns.

Both states have the same geometry: a slot is as high as the higher of its two cards.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from orgtui.exchange.writing.drawing.deck import GAP_Y_PT, INDENT_PT, MAX_INDENTS, Deck
from orgtui.exchange.writing.drawing.shapes import Connector
from orgtui.exchange.writing.drawing.slots import Slot, State, marks_of
from orgtui.exchange.writing.drawing.team_card import NAME_LEADING_PT, PAD_Y_PT, TEXT_LEADING_PT, Card, Detail
from orgtui.exchange.writing.report import Team

_RAIL_PT = 14.0
"""The room between a box and the rail below it, and between the rail and the boxes that hang from it."""
_TRUNK_X_PT = 6.0
_MARGIN_TRUNK_PT = 10.0


Below = Literal["lines", "changes", "counts"]


@dataclass(frozen=True, slots=True)
class Level:
    """How much of a tree a picture shows: what boxes say, down to which depth there are boxes, and what is
    said of the teams below the deepest: each right below or each that changes in a line, or how many."""

    detail: Detail
    depth: int
    below: Below = "counts"


LEVELS = (
    Level("names", MAX_INDENTS + 1),
    Level("seats", MAX_INDENTS + 1),
    Level("changes", MAX_INDENTS + 1),
    Level("counts", MAX_INDENTS + 1),
    Level("counts", 3),
    Level("changes", 1, "lines"),
    Level("counts", 1, "lines"),
    Level("counts", 1),
)
"""From all names to the divisions alone; the first that fits is taken."""


@dataclass(frozen=True, slots=True)
class Place:
    """The cards of a slot by state, with their common upper left corner and height."""

    slot: Slot
    cards: dict[State, Card]
    x: float
    y: float
    height: float
    level: int = 0


@dataclass(frozen=True, slots=True)
class Whole:
    """A tree with places from its own upper left corner, and the lines of each state."""

    level: Level
    width: float
    height: float
    places: tuple[Place, ...]
    connectors: dict[State, tuple[Connector, ...]]


@dataclass(slots=True)
class _Unit:
    """A team right below a division with all below it, one under the other."""

    items: list[tuple[Slot, int, dict[State, Card], float]]
    height: float


@dataclass(slots=True)
class _Division:
    """A division and what is below it in some columns."""

    slot: Slot
    units: list[_Unit]
    columns: int
    cards: dict[State, Card]
    head: float
    columns_of_units: list[list[_Unit]]

    @property
    def height(self) -> float:
        tallest = max((_column_height(each) for each in self.columns_of_units), default=0.0)
        return self.head + (_RAIL_PT + tallest if self.units else 0.0)


def arranged(root: Slot, deck: Deck, columns: int, height: float, level: Level) -> Whole | None:
    """The tree at a level of detail; None if it does not fit into some columns and a height.

    A tree that is deeper than its boxes can be is not shown with all its names.
    """
    if level.detail in ("names", "seats", "steps") and _is_deeper(root, level.depth):
        return None
    if level.depth > MAX_INDENTS and _least_height(root, deck, level.detail) > columns * height:
        return None
    return _arranged(root, root.children, deck, columns, height, level)


def divided(root: Slot, deck: Deck, columns: int, height: float) -> list[Whole]:
    """The root with some of its divisions on each of several pages; none if not even two boxes fit."""
    size = len(root.children)
    while size > 1:
        size = (size + 1) // 2
        parts = [root.children[at : at + size] for at in range(0, len(root.children), size)]
        wholes = [_arranged(root, part, deck, columns, height, LEVELS[-1]) for part in parts]
        fitting = [each for each in wholes if each is not None]
        if len(fitting) == len(wholes):
            return fitting
    return []


def _least_height(root: Slot, deck: Deck, detail: Detail) -> float:
    """A height below which the boxes of all teams cannot be, one under the other; quick to tell."""
    height = 0.0
    for depth, slots in enumerate(root.levels()):
        if depth > MAX_INDENTS + 1:
            break
        for slot in slots:
            rows = max(
                _least_rows(team, detail) for each in deck.states if (team := slot.team(each)) is not None
            )
            height += 2 * PAD_Y_PT + NAME_LEADING_PT + rows * TEXT_LEADING_PT
    return height


def _least_rows(team: Team, detail: Detail) -> int:
    if detail == "counts":
        return 1
    return 1 + sum(detail in ("names", "seats") or each.mark is not None for each in team.seats)


def _is_deeper(root: Slot, depth: int) -> bool:
    return next(islice(root.levels(), depth + 1, None), None) is not None


def _arranged(
    root: Slot, children: Sequence[Slot], deck: Deck, columns: int, height: float, level: Level
) -> Whole | None:
    room = columns * height
    divisions: list[_Division] = []
    for slot in children:
        division = _division(slot, deck, level)
        room -= division.head + sum(each.height for each in division.units)
        if room < 0:
            return None
        divisions.append(division)
    top = _cards(root, deck, level.detail, deck.column, 0)
    root_height = _height(top)
    if root_height > height:
        return None
    left = height - root_height
    while True:
        rows = _rows(divisions, columns)
        excess = sum(_row_height(each) + 2 * _RAIL_PT for each in rows) - left
        if excess <= 0:
            break
        if not _widened(rows, columns, deck, level):
            return None
    while columns > 1:
        narrower = _rows(divisions, columns - 1)
        is_wide = any(each.columns > columns - 1 for each in divisions)
        if is_wide or len(narrower) > len(rows):
            break
        if sum(_row_height(each) + 2 * _RAIL_PT for each in narrower) > left:
            break
        columns, rows = columns - 1, narrower
    return _placed(root, top, root_height, rows, deck, level)


def _division(slot: Slot, deck: Deck, level: Level) -> _Division:
    units = [_unit(each, deck, level) for each in slot.children] if level.depth > 1 else []
    division = _Division(slot, units, 1, {}, 0.0, [])
    _spread(division, 1, deck, level)
    return division


def _spread(division: _Division, columns: int, deck: Deck, level: Level) -> None:
    """Give a division that many columns."""
    division.columns = columns
    division.cards = _cards(
        division.slot, deck, level.detail, deck.span(columns), level.depth - 1, level.below
    )
    division.head = _height(division.cards)
    division.columns_of_units = _balanced(division.units, columns)


def _unit(top: Slot, deck: Deck, level: Level) -> _Unit:
    unit = _Unit([], 0.0)
    deepest = min(level.depth - 2, MAX_INDENTS - 1)
    waiting = [(top, 0)]
    while waiting:
        slot, depth = waiting.pop()
        width = deck.column - INDENT_PT * (depth + 1)
        cards = _cards(slot, deck, level.detail, width, deepest - depth)
        height = _height(cards)
        unit.height += height + (GAP_Y_PT if unit.items else 0.0)
        unit.items.append((slot, depth, cards, height))
        if depth < deepest:
            waiting.extend((each, depth + 1) for each in reversed(slot.children))
    return unit


def _cards(
    slot: Slot,
    deck: Deck,
    detail: Detail,
    width: float,
    levels_left: int,
    below: Below = "counts",
) -> dict[State, Card]:
    """The cards of a slot by state; with no levels left it says what is below it."""
    cards: dict[State, Card] = {}
    for state in deck.states:
        if levels_left > 0 or not slot.children or (slot.number == 0):
            card = deck.card(slot, state, detail, width)
        elif below == "changes":
            slots = (each for child in slot.children for each in child.walk())
            changed = [team for each in slots if (team := each.team(state)) and marks_of(team)]
            card = deck.card(slot, state, detail, width, changed)
        elif below == "lines":
            teams = [team for each in slot.children if (team := each.team(state)) is not None]
            card = deck.card(slot, state, detail, width, teams)
        else:
            card = deck.card(slot, state, detail, width, slot.below(state))
        if card is not None:
            cards[state] = card
    return cards


def _height(cards: dict[State, Card]) -> float:
    return max(each.height for each in cards.values())


def _column_height(units: Sequence[_Unit]) -> float:
    return sum(each.height for each in units) + GAP_Y_PT * max(len(units) - 1, 0)


def _balanced(units: Sequence[_Unit], columns: int) -> list[list[_Unit]]:
    """Units in order in at most that many columns, the tallest of which is as low as can be."""
    low = max((each.height for each in units), default=0.0)
    high = _column_height(units)
    best = [list(units)]
    while columns > 1 and high - low > 1.0:
        middle = (low + high) / 2
        tried = _filled(units, middle)
        if len(tried) <= columns:
            best, high = tried, middle
        else:
            low = middle
    if columns > 1 and len(tried := _filled(units, low)) <= columns:
        best = tried
    return best


def _filled(units: Sequence[_Unit], limit: float) -> list[list[_Unit]]:
    filled: list[list[_Unit]] = [[]]
    used = 0.0
    for unit in units:
        if filled[-1] and used + GAP_Y_PT + unit.height > limit:
            filled.append([])
            used = 0.0
        used += unit.height + (GAP_Y_PT if filled[-1] else 0.0)
        filled[-1].append(unit)
    return filled


def _rows(divisions: Sequence[_Division], columns: int) -> list[list[_Division]]:
    rows: list[list[_Division]] = []
    used = columns
    for division in divisions:
        if used + division.columns > columns:
            rows.append([])
            used = 0
        rows[-1].append(division)
        used += division.columns
    return rows


def _row_height(row: Sequence[_Division]) -> float:
    return max(each.height for each in row)


def _widened(rows: Sequence[Sequence[_Division]], columns: int, deck: Deck, level: Level) -> bool:
    """Give the tallest division that has more to spread one column more; False if there is none."""
    candidates = [each for row in rows for each in row if each.columns < min(columns, len(each.units))]
    if not candidates:
        return False
    tallest = max(candidates, key=lambda each: each.height)
    _spread(tallest, tallest.columns + 1, deck, level)
    return True


def _placed(
    root: Slot,
    top: dict[State, Card],
    root_height: float,
    rows: Sequence[Sequence[_Division]],
    deck: Deck,
    level: Level,
) -> Whole:
    used = max((sum(each.columns for each in row) for row in rows), default=1)
    width = deck.span(used)
    first = Place(root, top, (width - deck.column) / 2, 0.0, root_height)
    places = [first]
    lines: dict[State, list[Connector]] = {state: [] for state in deck.states}
    y = root_height + 2 * _RAIL_PT
    trunk_from = root_height + _RAIL_PT
    for row in rows:
        x = 0.0
        heads: list[Place] = []
        for division in row:
            head = Place(division.slot, division.cards, x, y, division.head)
            heads.append(head)
            places.append(head)
            places += _hanging(division, head, deck, lines)
            x += deck.span(division.columns) + deck.gap
        for state in top:
            lines[state] += _rail(first, heads, state, trunk_from)
        y += _row_height(row) + 2 * _RAIL_PT
    return Whole(
        level,
        width,
        y - 2 * _RAIL_PT,
        tuple(places),
        {state: tuple(each) for state, each in lines.items()},
    )


def _rail(root: Place, heads: Sequence[Place], state: State, trunk_from: float) -> Iterator[Connector]:
    """The lines from the root to the divisions of a row; to lower rows they go down in the left margin."""
    present = [each for each in heads if state in each.cards]
    if not present:
        return
    rail = heads[0].y - _RAIL_PT
    middle = root.x + root.cards[state].width / 2
    for head in present:
        x = head.x + head.cards[state].width / 2
        if rail == trunk_from:
            points = [(middle, root.y + root.cards[state].height), (middle, rail), (x, rail), (x, head.y)]
        else:
            points = [
                (middle, root.y + root.cards[state].height),
                (middle, trunk_from),
                (-_MARGIN_TRUNK_PT, trunk_from),
                (-_MARGIN_TRUNK_PT, rail),
                (x, rail),
                (x, head.y),
            ]
        yield _line(root, head, state, points)


def _hanging(
    division: _Division, head: Place, deck: Deck, lines: dict[State, list[Connector]]
) -> Iterator[Place]:
    """The places of what is below a division, and their lines."""
    rail = head.y + head.height + _RAIL_PT / 2
    for number, units in enumerate(division.columns_of_units):
        left = head.x + number * (deck.column + deck.gap)
        y = head.y + head.height + _RAIL_PT
        above: list[Place] = []
        for slot, depth, cards, height in (item for unit in units for item in unit.items):
            place = Place(slot, cards, left + INDENT_PT * (depth + 1), y, height, depth + 1)
            del above[depth:]
            parent = above[-1] if above else head
            for state in cards:
                if state in parent.cards:
                    lines[state].append(
                        _elbow(parent, place, state, left, rail if not above and number else None)
                    )
            above.append(place)
            yield place
            y += height + GAP_Y_PT


def _elbow(parent: Place, place: Place, state: State, left: float, rail: float | None) -> Connector:
    """The line from a box down its left side to one below; along the rail first to a column further right."""
    start = (parent.x + _TRUNK_X_PT, parent.y + parent.cards[state].height)
    enter = place.y + min(14.0, place.cards[state].height / 2)
    if rail is None:
        points = [start, (start[0], enter), (place.x, enter)]
    else:
        trunk = left + _TRUNK_X_PT
        points = [start, (start[0], rail), (trunk, rail), (trunk, enter), (place.x, enter)]
    return _line(parent, place, state, points)


def _line(parent: Place, place: Place, state: State, points: Sequence[tuple[float, float]]) -> Connector:
    return Connector(
        tuple(points), source=box_id(parent.slot, state), target=box_id(place.slot, state), width=0.9
    )


def box_id(slot: Slot, state: State) -> str:
    """The id of the box of a slot in a drawing."""
    team = slot.team(state)
    return "" if team is None else f"{state}-{team.id}"

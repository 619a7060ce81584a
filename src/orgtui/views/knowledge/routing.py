"""Where the boxes of one circle stand in a given width, and how lines run between them.

Boxes stand in rows and columns. Lines leave boxes below or above, run along channels between rows, and past
rows in channels between columns. In a channel each line has a lane of its own, so two lines only ever cross.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from orgtui.views.knowledge.placing import Layers
from orgtui.views.knowledge.runs import BOX_HEIGHT

GAP = 3
WIDEST_GAP = 8
"""Cells between two columns without lanes: at least, and at most where there is room."""

Link = tuple[int, int]
Point = tuple[int, int]
"""Column and line of a cell."""


class Route(NamedTuple):
    """The corners of a line from a box to another one; the first and the last are on their borders."""

    link: int
    points: Sequence[Point]


@dataclass(frozen=True, slots=True)
class Plan:
    """Where each box begins, by node, how wide all are, and the lines between them.

    `hidden` are the links for which there is no room; `rows` are the nodes from top to bottom.
    """

    boxes: Mapping[int, Point]
    rows: Sequence[Sequence[int]]
    box_width: int
    height: int
    routes: Sequence[Route]
    hidden: frozenset[int]


class _Segment(NamedTuple):
    """A part of a line along a channel, from cell to cell or row to row; low `order` is laid first."""

    order: int
    start: int
    end: int
    link: int


@dataclass(frozen=True, slots=True)
class _NoRoom:
    """The links that ask for more room than there is."""

    links: Sequence[int]


def plan(layers: Layers, links: Sequence[Link], width: int, least: int, wanted: int) -> Plan:
    """Boxes and lines in at most `width` cells; the last links are left out first where there is no room.

    A box is `least` to `wanted` cells wide, wider if many lines end at it.
    """
    shown = list(range(len(links)))
    most = max(1, min(max(map(len, layers)), (width + GAP) // (least + GAP)))
    while True:
        for columns in range(most, 0, -1):
            placed = _Attempt(layers, links, shown, columns).placed(width, least, wanted)
            if isinstance(placed, Plan):
                return placed
            in_the_way = placed.links  # in one column at last
        last = sorted(in_the_way)[-max(1, len(in_the_way) // 8) :]
        shown = [link for link in shown if link not in last]


class _Attempt:
    """A number of columns that is tried."""

    def __init__(self, layers: Layers, links: Sequence[Link], shown: Sequence[int], columns: int) -> None:
        self.links = links
        self.shown = shown
        self.columns = columns
        self.rows = [row for layer in layers for row in _chunks(layer, columns)]
        self.row = {node: at for at, row in enumerate(self.rows) for node in row}
        self.column = {
            node: at for row in self.rows for at, node in enumerate(row, (columns - len(row)) // 2)
        }
        self.ends = {link: self._ends(*links[link]) for link in shown}
        self.straight = {link for link in shown if self._is_straight(*self.ends[link])}
        self.below: dict[int, list[int]] = {node: [] for node in self.row}
        self.above: dict[int, list[int]] = {node: [] for node in self.row}
        for link in shown:
            if link not in self.straight:
                upper, lower = self.ends[link]
                self.below[upper].append(link)
                (self.below if self.row[upper] == self.row[lower] else self.above)[lower].append(link)
        self.channel: dict[int, int] = {}
        self.lane: dict[int, int] = {}
        self.lanes = [0] * (columns + 1)
        self._lay_trunks()

    def placed(self, width: int, least: int, wanted: int) -> Plan | _NoRoom:
        """The plan in a width, or the links that are too many."""
        sides = [*self.below.values(), *self.above.values()]
        fullest = max(sides, key=len)
        box = max(least, 2 * len(fullest) + 4 if fullest else least)
        gaps = [lanes + (lanes > 0) for lanes in self.lanes]
        gaps[1:-1] = [max(GAP, lanes + 2) for lanes in self.lanes[1:-1]]
        free = width - self.columns * box - sum(gaps)
        if free < 0:
            crowded = max(range(self.columns + 1), key=self.lanes.__getitem__)
            trunks = [link for link, channel in self.channel.items() if channel == crowded]
            return _NoRoom(max((trunks, fullest), key=len) or self.shown)
        wider = min(max(0, wanted - box), free // self.columns)
        box += wider
        free -= wider * self.columns
        inner = gaps[1:-1]
        if inner:
            gaps[1:-1] = [max(gap, min(WIDEST_GAP, gap + free // len(inner))) for gap in inner]
        return self._drawn(box, gaps)

    # -- lines past rows -----------------------------------------------------------------------

    def _ends(self, one: int, other: int) -> Link:
        """The ends of a link, the upper one first, or the left one."""
        where = {node: (self.row[node], self.column[node]) for node in (one, other)}
        return (one, other) if where[one] <= where[other] else (other, one)

    def _is_straight(self, upper: int, lower: int) -> bool:
        """Whether one box stands right below the other."""
        return self.row[lower] - self.row[upper] == 1 and self.column[lower] == self.column[upper]

    def _lay_trunks(self) -> None:
        """Give each line that passes rows a channel between columns and a lane in it."""
        taken: list[list[tuple[int, int]]] = [[] for _ in self.lanes]
        passing = [link for link in self.shown if self._span(link)[1] > self._span(link)[0]]
        for link in sorted(passing, key=self._span):
            span = self._span(link)
            columns = [self.column[node] + 0.5 for node in self.ends[link]]

            def detour(channel: int, columns: Sequence[float] = columns) -> tuple[float, int, int]:
                return sum(abs(each - channel) for each in columns), len(taken[channel]), channel

            channel = min(range(len(self.lanes)), key=detour)
            taken[channel].append(span)
            self.channel[link] = channel
        for channel in range(len(self.lanes)):
            own = [link for link in passing if self.channel[link] == channel]
            segments = [_Segment(self._span(link)[0], *self._span(link), link) for link in own]
            lanes = _lanes(segments)
            self.lane.update(lanes)
            self.lanes[channel] = 1 + max(lanes.values(), default=-1)

    def _span(self, link: int) -> tuple[int, int]:
        """The first and the last row below which a line runs along."""
        upper, lower = (self.row[node] for node in self.ends[link])
        return upper, max(upper, lower - 1)

    # -- cells ---------------------------------------------------------------------------------

    def _drawn(self, box: int, gaps: Sequence[int]) -> Plan:
        left = [sum(gaps[: at + 1]) + at * box for at in range(self.columns)]
        starts = [sum(gaps[:at]) + at * box for at in range(self.columns + 1)]
        trunk = {
            link: starts[channel] + self.lane[link] + (channel > 0) for link, channel in self.channel.items()
        }
        at = {node: left[self.column[node]] for node in self.row}
        ports = self._ports(at, box, trunk)
        segments: list[list[_Segment]] = [[] for _ in self.rows]
        for link, (upper, lower) in self.ends.items():
            if link in self.straight:
                continue
            first, last = self._span(link)
            turn = trunk.get(link, ports[link, lower])
            segments[first].append(self._segment(link, ports[link, upper], turn))
            if last > first:
                segments[last].append(self._segment(link, turn, ports[link, lower]))
        lanes = [_lanes(each) for each in segments]
        tops, y = [], 0
        for number, each in enumerate(lanes):
            tops.append(y)
            is_last = number == len(lanes) - 1
            y += BOX_HEIGHT + max(0 if is_last else 1, 1 + max(each.values(), default=-1))
        routes = []
        for link, (upper, lower) in self.ends.items():
            begin = tops[self.row[upper]] + BOX_HEIGHT - 1
            is_level = self.row[upper] == self.row[lower]
            end = begin if is_level else tops[self.row[lower]]
            if link in self.straight:
                x = at[upper] + box // 2
                routes.append(Route(link, ((x, begin), (x, end))))
                continue
            source, target = ports[link, upper], ports[link, lower]
            first, last = self._span(link)
            out = begin + 1 + lanes[first][link]
            points = [(source, begin), (source, out)]
            if last > first:
                into = tops[last] + BOX_HEIGHT + lanes[last][link]
                points += [(trunk[link], out), (trunk[link], into), (target, into)]
            else:
                points += [(target, out)]
            routes.append(Route(link, (*points, (target, end))))
        boxes = {node: (at[node], tops[self.row[node]]) for node in self.row}
        hidden = frozenset(range(len(self.links))).difference(self.shown)
        return Plan(boxes, self.rows, box, y, routes, hidden)

    def _other(self, link: int, node: int) -> int:
        """The other end of a link."""
        upper, lower = self.ends[link]
        return lower if node == upper else upper

    def _segment(self, link: int, one: int, other: int) -> _Segment:
        """A part of a line; the longest of those that fan out downwards are highest, so that fewer cross."""
        upper, lower = self.ends[link]
        fans_out = len(self.below[upper]) >= len(self.above[lower])
        length = abs(one - other)
        return _Segment(-length if fans_out else length, min(one, other), max(one, other), link)

    def _ports(
        self, at: Mapping[int, int], box: int, trunk: Mapping[int, int]
    ) -> Mapping[tuple[int, int], int]:
        """The column of cells at which each line leaves each of its boxes.

        Below a box these are every other cell, and above a box the cells between: where two boxes stand one
        below the other, their lines never meet. The middle is kept for a straight line between them.
        """
        ports: dict[tuple[int, int], int] = {}
        for sides, first in ((self.below, 1), (self.above, 2)):
            slots = [each for each in range(first, box - 1, 2) if each != box // 2]
            for node, links in sides.items():
                towards = {link: trunk.get(link, at[self._other(link, node)] + box // 2) for link in links}
                ordered = sorted(links, key=lambda link: (towards[link], link))
                left = sum(towards[link] < at[node] + box // 2 for link in links)
                for link, slot in zip(ordered, _spread(slots, box // 2, left, len(links)), strict=True):
                    ports[link, node] = at[node] + slot
        return ports


def _spread(slots: Sequence[int], middle: int, left: int, count: int) -> Iterator[int]:
    """Slots for lines, of which the first `left` ones lead to the left, in their half if there is room."""
    halves = [slot for slot in slots if slot < middle], [slot for slot in slots if slot > middle]
    parts = [(left, halves[0]), (count - left, halves[1])]
    if any(number > len(half) for number, half in parts):
        parts = [(count, list(slots))]
    for number, half in parts:
        yield from (half[(2 * at + 1) * len(half) // (2 * number)] for at in range(number))


def _chunks(layer: Sequence[int], most: int) -> Iterator[Sequence[int]]:
    """A layer in rows of nearly equal length."""
    count = -(-len(layer) // most)
    for number in range(count):
        yield layer[number * len(layer) // count : (number + 1) * len(layer) // count]


def _lanes(segments: Sequence[_Segment]) -> dict[int, int]:
    """A lane for each segment, so that those in one lane do not touch."""
    taken: list[list[_Segment]] = []
    lanes: dict[int, int] = {}
    for segment in sorted(segments):
        free = (at for at, lane in enumerate(taken) if not any(_touch(segment, each) for each in lane))
        lane = next(free, len(taken))
        if lane == len(taken):
            taken.append([])
        taken[lane].append(segment)
        lanes[segment.link] = lane
    return lanes


def _touch(one: _Segment, other: _Segment) -> bool:
    return one.start <= other.end and other.start <= one.end


def cells(points: Sequence[Point]) -> Iterator[Point]:
    """The cells of a line from corner to corner."""
    yield points[0]
    for (x, y), (to_x, to_y) in pairwise(points):
        step = (to_x > x) - (to_x < x), (to_y > y) - (to_y < y)
        for _ in range(max(abs(to_x - x), abs(to_y - y))):
            x, y = x + step[0], y + step[1]
            yield x, y

"""Boxes on a ring, and the lines between them: no box overlaps another, and no line runs behind a third.

Boxes stand on an ellipse, so that the straight line between any two runs through its inside. A line that
would still touch a box bends towards the middle.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, cos, pi, sin

Point = tuple[float, float]
Size = tuple[float, float]

_STEPS = 1440
_ASPECT = 1.25
"""How much wider than high a ring is."""

_RADIUS_LEAST = 8.0
_GROWTH = 1.06
_SNAP = 2.0
"""Middles of boxes stand on a grid, so that opposite ones are at the same height."""

_BENDS = (0.0, 0.08, 0.16, 0.25, 0.36, 0.5, 0.65, 0.8)
_SAMPLES = 40
_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A rectangle with its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> Point:
        return self.x + self.width / 2, self.y + self.height / 2

    def grown(self, by: float) -> Rectangle:
        """The rectangle larger by some points on each side."""
        return Rectangle(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def moved(self, x: float, y: float) -> Rectangle:
        return Rectangle(self.x + x, self.y + y, self.width, self.height)

    def overlaps(self, other: Rectangle) -> bool:
        """Whether the two have a point in common; touching does not count."""
        return (
            self.x < other.x + other.width
            and other.x < self.x + self.width
            and self.y < other.y + other.height
            and other.y < self.y + self.height
        )

    def contains(self, point: Point) -> bool:
        return self.x < point[0] < self.x + self.width and self.y < point[1] < self.y + self.height


def ordered(nodes: Sequence[str], links: Collection[tuple[str, str]]) -> list[str]:
    """Nodes in an order around a ring in which links are short: from their own order, by swapping pairs."""
    order = list(nodes)
    place = {node: number for number, node in enumerate(order)}
    near: dict[str, list[str]] = {node: [] for node in order}
    for one, other in links:
        near[one].append(other)
        near[other].append(one)
    count = len(order)

    def length(node: str, at: int, partner: str) -> int:
        total = 0
        for other in near[node]:
            if other != partner:
                apart = abs(at - place[other])
                total += min(apart, count - apart)
        return total

    for _ in range(_ROUNDS):
        is_better = False
        for first in range(count):
            for second in range(first + 1, count):
                one, other = order[first], order[second]
                now = length(one, first, other) + length(other, second, one)
                if length(one, second, other) + length(other, first, one) < now:
                    order[first], order[second] = other, one
                    place[one], place[other] = second, first
                    is_better = True
        if not is_better:
            break
    return order


def ring(sizes: Sequence[Size], gap: float, most: Size) -> list[Rectangle] | None:
    """Boxes of some sizes around a ring, clockwise from the top, at least `gap` apart.

    The upper left corner of all is 0, 0. None if they would be larger than `most`.
    """
    if not sizes:
        return []
    if len(sizes) == 1:
        (width, height), (room, depth) = sizes[0], most
        return [Rectangle(0, 0, width, height)] if width <= room and height <= depth else None
    middles = _middles(sizes, gap)
    radius = _RADIUS_LEAST
    while True:
        boxes = _around(sizes, middles, radius)
        width = max(box.x + box.width for box in boxes)
        height = max(box.y + box.height for box in boxes)
        if width > most[0] or height > most[1]:
            return None
        if not _collide(boxes, gap):
            return boxes
        radius *= _GROWTH


def _middles(sizes: Sequence[Size], gap: float) -> list[Point]:
    """Where the middles of boxes stand on an ellipse whose smaller radius is 1, each with an equal share.

    The way around is measured in boxes: along the top in widths, along the sides in heights.
    """
    turns = [2 * pi * step / _STEPS for step in range(_STEPS + 1)]
    points = [(_ASPECT * sin(turn), -cos(turn)) for turn in turns]
    wide = max(width for width, _ in sizes) + gap
    high = sum(height for _, height in sizes) / len(sizes) + gap
    way = [0.0]
    for (x, y), (x2, y2) in pairwise(points):
        way.append(way[-1] + max(abs(x2 - x) / wide, abs(y2 - y) / high))
    shares = [way[-1] * (number + 0.5) / len(sizes) for number in range(len(sizes))]
    return [points[bisect_left(way, share)] for share in shares]


def _around(sizes: Sequence[Size], middles: Sequence[Point], radius: float) -> list[Rectangle]:
    """Boxes around an ellipse of some radius, the upper left corner of all at 0, 0."""
    centres = [(_SNAP * round(x * radius / _SNAP), _SNAP * round(y * radius / _SNAP)) for x, y in middles]
    left = min(x - width / 2 for (x, _), (width, _) in zip(centres, sizes, strict=True))
    top = min(y - height / 2 for (_, y), (_, height) in zip(centres, sizes, strict=True))
    return [
        Rectangle(x - width / 2 - left, y - height / 2 - top, width, height)
        for (x, y), (width, height) in zip(centres, sizes, strict=True)
    ]


def _collide(boxes: Sequence[Rectangle], gap: float) -> bool:
    grown = [box.grown(gap / 2) for box in boxes]
    return any(box.overlaps(other) for number, box in enumerate(grown) for other in grown[:number])


def line_between(
    source: Rectangle, target: Rectangle, others: Collection[Rectangle], middle: Point
) -> tuple[Point, ...]:
    """The points of a line from the edge of one box to that of another: two, or three of a bent one.

    A bent line is the curve through its points that `sampled` follows. If every bend touches one of `others`,
    the one that touches fewest is taken.
    """
    best: tuple[int, tuple[Point, ...]] | None = None
    near = [other.grown(3) for other in others]
    for bend in _BENDS:
        points = _bent(source, target, middle, bend)
        samples = sampled(points)
        around = _bounds(samples)
        touched = sum(
            any(other.contains(point) for point in samples) for other in near if other.overlaps(around)
        )
        if not touched:
            return points
        if best is None or touched < best[0]:
            best = touched, points
    assert best is not None
    return best[1]


def _bounds(points: Sequence[Point]) -> Rectangle:
    """The smallest rectangle with all points in it, a little larger so that it is never flat."""
    left, right = min(x for x, _ in points), max(x for x, _ in points)
    top, bottom = min(y for _, y in points), max(y for _, y in points)
    return Rectangle(left, top, right - left, bottom - top).grown(0.5)


def _bent(source: Rectangle, target: Rectangle, middle: Point, bend: float) -> tuple[Point, ...]:
    (x, y), (x2, y2) = source.centre, target.centre
    halfway = ((x + x2) / 2, (y + y2) / 2)
    if not bend:
        return _edge(source, target.centre), _edge(target, source.centre)
    via = (halfway[0] + (middle[0] - halfway[0]) * bend, halfway[1] + (middle[1] - halfway[1]) * bend)
    return _edge(source, via), via, _edge(target, via)


def _edge(box: Rectangle, towards: Point) -> Point:
    """Where the line from the middle of a box towards a point leaves the box, a little outside."""
    x, y = box.centre
    dx, dy = towards[0] - x, towards[1] - y
    scale = min(
        ((box.width / 2 + 1.5) / abs(dx)) if dx else float("inf"),
        ((box.height / 2 + 1.5) / abs(dy)) if dy else float("inf"),
    )
    scale = min(scale, 1.0)
    return x + dx * scale, y + dy * scale


def sampled(points: Sequence[Point]) -> list[Point]:
    """Points close to each other along a line of two points or a curve through three.

    The curve is Catmull and Rom's, as pictures draw it.
    """
    samples: list[Point] = []
    for number, (start, end) in enumerate(pairwise(points)):
        before = points[max(number - 1, 0)]
        after = points[min(number + 2, len(points) - 1)]
        leaving = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        arriving = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        for step in range(_SAMPLES + 1):
            t = step / _SAMPLES
            weights = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
            corners = (start, leaving, arriving, end)
            samples.append(
                (
                    sum(weight * corner[0] for weight, corner in zip(weights, corners, strict=True)),
                    sum(weight * corner[1] for weight, corner in zip(weights, corners, strict=True)),
                )
            )
    return samples


_PLACES = (0.5, 0.42, 0.58, 0.35, 0.65, 0.28, 0.72)


def label_places(samples: Sequence[Point], size: Size, aside: float) -> Iterator[Rectangle]:
    """Where a label of a size may stand beside a line: near its middle first, on either side of it."""
    for place in _PLACES:
        number = min(len(samples) - 2, max(1, round(place * (len(samples) - 1))))
        (x, y), (x2, y2) = samples[number - 1], samples[number + 1]
        dx, dy = x2 - x, y2 - y
        length = (dx * dx + dy * dy) ** 0.5 or 1.0
        across = (-dy / length, dx / length)
        if across[1] > 0:
            across = (-across[0], -across[1])
        reach = abs(across[0]) * size[0] / 2 + abs(across[1]) * size[1] / 2 + aside
        at = samples[number]
        for side in (1, -1):
            centre = (at[0] + side * across[0] * reach, at[1] + side * across[1] * reach)
            yield Rectangle(centre[0] - size[0] / 2, centre[1] - size[1] / 2, *size)


class Traces:
    """Where lines run, for asking quickly whether a place is free of them."""

    def __init__(self, lines: Iterable[Sequence[Point]] = ()) -> None:
        self._cells = {cell for line in lines for start, end in pairwise(line) for cell in _cells(start, end)}

    def touch(self, place: Rectangle) -> bool:
        """Whether a line runs through a place, or closely by it."""
        return any(
            (column, row) in self._cells
            for column in range(int(place.x // _CELL), int((place.x + place.width) // _CELL) + 1)
            for row in range(int(place.y // _CELL), int((place.y + place.height) // _CELL) + 1)
        )


_CELL = 4.0


def _cells(start: Point, end: Point) -> Iterator[tuple[int, int]]:
    """The cells of a grid that a straight line runs through."""
    (x, y), (x2, y2) = start, end
    steps = max(1, ceil(max(abs(x2 - x), abs(y2 - y)) / (_CELL / 2)))
    for step in range(steps + 1):
        yield int((x + (x2 - x) * step / steps) // _CELL), int((y + (y2 - y) * step / steps) // _CELL)

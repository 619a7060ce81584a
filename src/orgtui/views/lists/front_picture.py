"""A picture of what plans leave by whom they touch: points over two axes, one of them chosen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from orgtui.views.base.cells import cell_len
from orgtui.views.base.row import Role, Span
from orgtui.views.base.signs import Signs

TICKS_MAX = 4
"""An axis has at most so many numbers beside 0."""


class Point(NamedTuple):
    """A plan: how many people it touches, and the points that it leaves."""

    touched: int
    left: int


class _Axis(NamedTuple):
    """An axis from 0 to `most`, with a number at every `step`, over `cells` cells."""

    most: int
    step: int
    cells: int

    def at(self, value: int) -> int:
        """The cell of a value."""
        return min(self.cells - 1, (value * (self.cells - 1) + self.most // 2) // self.most)

    @property
    def ticks(self) -> range:
        return range(0, self.most + 1, self.step)


def front_picture(
    points: Sequence[Point], chosen: int | None, axis: str, width: int, height: int, signs: Signs
) -> list[tuple[Span, ...]]:
    """`height` lines of `width` cells: points left upwards, people touched to the right, which `axis` names.

    The chosen point is the digit that its plan has in the list, counted from 1; where several fall into one
    cell, it is the one that is seen.
    """
    label = len(str(max((point.left for point in points), default=0))) + 1
    name = f"{signs.arrow} {axis}"
    across = _axis(
        max((point.touched for point in points), default=0), width - label - 2 - cell_len(name) - 1
    )
    up = _axis(max((point.left for point in points), default=0), max(2, height - 2))
    places = {(up.at(point.left), across.at(point.touched)): (signs.point, False) for point in points}
    if chosen is not None:
        place = points[chosen]
        places[up.at(place.left), across.at(place.touched)] = (str((chosen + 1) % 10), True)
    ticks = {up.at(tick): str(tick) for tick in up.ticks}
    lines = [
        (
            Span(f"{ticks.get(row, ''):>{label}} {signs.group_side}", "dim"),
            *_plotted([places.get((row, column)) for column in range(across.cells)]),
        )
        for row in reversed(range(up.cells))
    ]
    return [*lines, (Span(f"{'':>{label}} {signs.group_last}{_base(across, signs)}{name}", "dim"),)]


def _axis(most: int, cells: int) -> _Axis:
    """An axis that reaches a value, with round numbers."""
    cells, most = max(2, cells), max(1, most)
    step = next(
        nice * 10**power for power in range(9) for nice in (1, 2, 5) if nice * 10**power * TICKS_MAX >= most
    )
    return _Axis(-(-most // step) * step, step, cells)


def _plotted(cells: Sequence[tuple[str, bool] | None]) -> Iterator[Span]:
    """The cells of a line, those of one role together; empty ones at its end are left out."""
    for is_chosen, run in groupby(cells, key=lambda cell: cell is not None and cell[1]):
        role: Role = "match" if is_chosen else "plain"
        yield Span("".join(" " if cell is None else cell[0] for cell in run), role)


def _base(axis: _Axis, signs: Signs) -> str:
    """The line below, with the numbers in it."""
    line = [signs.group_alone] * (axis.cells + 1)
    for tick in axis.ticks:
        text = str(tick)
        start = axis.at(tick) if tick == 0 else max(0, axis.at(tick) - len(text) + 1)
        if all(cell == signs.group_alone for cell in line[max(0, start - 1) : start + len(text)]):
            line[start : start + len(text)] = text
    return "".join(line)

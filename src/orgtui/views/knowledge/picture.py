"""A picture of boxes and lines that is walked with the arrow keys, and what a pane needs to show it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

from orgtui.model.sentence import Ref
from orgtui.views.base.row import Rows, Span
from orgtui.views.knowledge.runs import BOX_HEIGHT, Run

if TYPE_CHECKING:
    from orgtui.views.knowledge.ties import Tie

Direction = Literal["up", "down", "left", "right"]


class Looks(NamedTuple):
    """What a pane adds to boxes: the team under its cursor, a mark of one cell, and names of peers."""

    cursor: Ref | None
    mark: Callable[[Ref], str]
    peers: Callable[[Ref], str]


class Piece(NamedTuple):
    """A piece of a line; `is_cursor`: it is a part of the box under the cursor."""

    span: Span
    is_cursor: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """Where a team stands: its line and the cells from `left` to before `right`."""

    place: int
    top: int
    left: int
    right: int

    @property
    def bottom(self) -> int:
        """The line below the box."""
        return self.top + BOX_HEIGHT


@dataclass(frozen=True, slots=True)
class Picture:
    """The web in a width: runs line by line, boxes by their places among all teams, in rows.

    `fixed` lines at the top do not scroll; `ties` are those that the links of runs stand for.
    """

    lines: Sequence[Sequence[Run]]
    boxes: Mapping[int, Box]
    rows: Sequence[Sequence[int]]
    ties: Sequence[Tie]
    fixed: int

    def step(self, place: int, direction: Direction) -> int:
        """The box beside another one in a direction, the nearest if there are several; itself if none."""
        if place not in self.boxes:
            return next(iter(self.boxes), place)
        at = next(number for number, row in enumerate(self.rows) if place in row)
        if direction in ("left", "right"):
            row = self.rows[at]
            beside = row.index(place) + (1 if direction == "right" else -1)
            return row[beside] if 0 <= beside < len(row) else place
        to = at + (1 if direction == "down" else -1)
        if not 0 <= to < len(self.rows):
            return place
        middle = self._middle(place)
        return min(self.rows[to], key=lambda other: abs(self._middle(other) - middle))

    def at(self, line: int, cell: int) -> int | None:
        """The box at a cell; None beside all boxes."""
        for place, box in self.boxes.items():
            if box.top <= line < box.bottom and box.left <= cell < box.right:
                return place
        return None

    def is_left_side(self, run: Run, line: int) -> bool:
        """Whether a run of a line is the left side of its box."""
        return next(each for each in self.lines[line] if each.node == run.node) is run

    def _middle(self, place: int) -> int:
        return self.boxes[place].left + self.boxes[place].right


class Drawing(Rows, Protocol):
    """Rows that are the boxes of a picture, which a pane shows instead of them."""

    def picture(self, width: int, place: int) -> Picture:
        """The picture in a width, with the cursor on the box at a place."""
        ...

    def pieces(self, picture: Picture, line: int, looks: Looks) -> Iterable[Piece]:
        """A line of the picture from left to right."""
        ...

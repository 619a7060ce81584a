"""What pictures are made of. Lengths are points (1/72 inch), from the upper left corner, y down.

Roles say what something means; each format gives them its colours and line styles, and a sign or word always
says the same, so that nothing is told by colour alone.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Role = Literal[
    "plain",  # words that are as they were
    "dim",  # explanations, counts
    "heading",
    "new",
    "moved",
    "changed",
    "gone",  # struck through as well
    "vacant",  # a seat that nobody holds: italics, dashed where it has a border
    "error",
    "warning",
    "advice",
]

Anchor = Literal["start", "middle", "end"]
LineStyle = Literal["solid", "dashed", "dotted"]


@dataclass(frozen=True, slots=True)
class Words:
    """Text of one line that begins, is centred or ends at `x`; `y` is its baseline."""

    x: float
    y: float
    text: str
    size: float
    role: Role = "plain"
    anchor: Anchor = "start"
    is_bold: bool = False
    is_struck: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle. `tone` numbers the colour of an area or stage from 0; None is the calm ground of boxes.

    `id` is unique in a drawing, for connectors; empty if nothing refers to it. `role` styles the border.
    `words` are absolute, and within the rectangle. `name` is the box in one line, for readers of the picture
    that are told of boxes.
    """

    id: str
    x: float
    y: float
    width: float
    height: float
    words: tuple[Words, ...] = ()
    role: Role = "plain"
    tone: int | None = None
    style: LineStyle = "solid"
    is_filled: bool = True
    is_rounded: bool = True
    is_strong: bool = False
    name: str = ""


@dataclass(frozen=True, slots=True)
class Connector:
    """A line through `points` that joins two boxes by id; empty ids for a line that joins none."""

    points: tuple[tuple[float, float], ...]
    source: str = ""
    target: str = ""
    role: Role = "plain"
    style: LineStyle = "solid"
    has_arrow: bool = False
    has_arrow_back: bool = False
    is_curved: bool = False
    width: float = 1.0


@dataclass(frozen=True, slots=True)
class Drawing:
    """One picture. `key` names it in files (`tree-before`), `title` on screen, `alt` tells it in words.

    Later boxes are above earlier ones, connectors below all boxes, `words` on top.
    """

    key: str
    title: str
    alt: str
    width: float
    height: float
    boxes: tuple[Box, ...] = ()
    connectors: tuple[Connector, ...] = ()
    words: tuple[Words, ...] = field(default=())

"""What slides are made of. Lengths are points, from the upper left corner of the slide, y down."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from itertools import pairwise
from typing import Literal
from unicodedata import east_asian_width

from orgtui.exchange.writing.drawing.measure import text_width, wrapped

WIDTH, HEIGHT = 960.0, 540.0
MARGIN = 36.0
INNER = WIDTH - 2 * MARGIN
"""Slides are 16:9; nothing but the number of the page stands in the margins."""

LEADING = 1.25
"""The distance of lines, as a multiple of the size of the text."""

BETWEEN_SCRIPTS = 0.35
"""The space, as a part of the size, that programs set between Chinese and other letters or numbers."""

SMALLEST = 10.5
"""No text on a slide is smaller."""

Role = Literal["plain", "dim", "mark", "gone", "vacant", "worse"]
"""What text says: as it was, an explanation, what the plan does, what it takes away, what nobody holds,
and what gets worse."""

Look = Literal["team", "new", "focus", "gone", "tile"]
"""What a card is, and so how its border looks."""


@dataclass(frozen=True, slots=True)
class Run:
    """Words of one kind within a paragraph."""

    text: str
    role: Role = "plain"
    is_bold: bool = False


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph of a card or cell; `gap` is the free space above it."""

    runs: tuple[Run, ...]
    size: float
    gap: float = 0.0

    @property
    def text(self) -> str:
        return "".join(run.text for run in self.runs)

    def height(self, width: float) -> float:
        """How high the paragraph is in a column of a width, with the space above it."""
        is_bold = any(run.is_bold for run in self.runs)
        return self.gap + line_count(self.text, width, self.size, is_bold) * self.size * LEADING


@lru_cache(maxsize=65536)
def line_count(text: str, width: float, size: float, is_bold: bool) -> int:
    """How many lines a text has in a column of a width."""
    written = text_width(text, size, is_bold=is_bold)
    spaced = written + _changes_of_script(text) * BETWEEN_SCRIPTS * size
    return len(wrapped(text, width * written / spaced if written else width, size, is_bold=is_bold))


def _changes_of_script(text: str) -> int:
    """How often Chinese follows other letters or numbers, or the other way round."""
    scripts = [east_asian_width(letter) in "WF" for letter in text if letter != " "]
    return sum(one != other for one, other in pairwise(scripts))


def height_of(paragraphs: tuple[Paragraph, ...], width: float) -> float:
    """How high paragraphs are together in a column of a width."""
    return sum(paragraph.height(width) for paragraph in paragraphs)


def words(text: str, size: float, role: Role = "plain", *, is_bold: bool = False) -> Paragraph:
    """A paragraph of one kind of words."""
    return Paragraph((Run(text, role, is_bold),), size)


PADDING_X, PADDING_Y = 6.0, 5.0
"""The space between the border of a card or cell and its text."""


@dataclass(frozen=True, slots=True)
class Card:
    """A rectangle with text; `id` is unique on its slide, `alt` tells readers of the screen what it is."""

    id: str
    x: float
    y: float
    width: float
    height: float
    paragraphs: tuple[Paragraph, ...]
    alt: str
    look: Look = "team"


@dataclass(frozen=True, slots=True)
class Joint:
    """A point from which connectors run to several cards below one another."""

    id: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Line:
    """A connector between cards, or a card and a joint.

    `top` leaves below, turns at the height of `level` and arrives from above; `joint` leaves below and
    arrives at a joint, `left` leaves at the left and arrives at one beside it; `side` leaves a joint below
    and arrives from the left.
    """

    source: str
    target: str
    way: Literal["top", "joint", "left", "side"]
    level: float = 0.0


@dataclass(frozen=True, slots=True)
class Chart:
    """A slide of cards and connectors; `legend` explains its signs."""

    title: str
    cards: tuple[Card, ...]
    lines: tuple[Line, ...] = ()
    joints: tuple[Joint, ...] = ()
    legend: str = ""
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table; `is_spanning` cells reach over the rest of their row."""

    paragraphs: tuple[Paragraph, ...]
    is_spanning: bool = False
    is_right: bool = False


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A slide of a table: the widths of its columns, its head and its rows with their heights."""

    title: str
    widths: tuple[float, ...]
    head: Row
    rows: tuple[tuple[float, Row], ...]
    top: float
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Cover:
    """The first slide: the headline, what it is about above and (from `below_top`) below it, and numbers."""

    title: str
    above: str
    below: tuple[Paragraph, ...]
    below_top: float
    tiles: tuple[Card, ...] = field(default=())
    notes: str = ""


Slide = Chart | Table | Cover

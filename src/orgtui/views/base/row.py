"""Rows of text with semantic roles: what a pane shows, independent of the terminal."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol, runtime_checkable

from orgtui.model.sentence import Ref

Role = Literal[
    "plain",
    "dim",
    "heading",
    "error",
    "warning",
    "advice",
    "better",
    "worse",
    "resolved",  # struck through: would be resolved, or was here in the baseline
    "introduced",  # would be new, or is new
    "related",  # related to the selection in another pane
    "number",
    "bar",
    "match",
    "carry",  # the bar of what is carried
    "area_1",  # hues: an area and a stage have one each, the same in every pane
    "area_2",
    "area_3",
    "area_4",
    "area_5",
    "area_6",
    "stage_1",
    "stage_2",
    "stage_3",
    "stage_4",
    "stage_5",
    "stage_6",
]
"""The meaning of a piece of text; the theme decides its style, never by colour alone."""


AREA_HUES: tuple[Role, ...] = ("area_1", "area_2", "area_3", "area_4", "area_5", "area_6")
STAGE_HUES: tuple[Role, ...] = ("stage_1", "stage_2", "stage_3", "stage_4", "stage_5", "stage_6")
"""The hues of areas and of stages, in the order in which they are in the file; further ones begin anew."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text and its role; `does` is the id of the command that a click on it runs."""

    text: str
    role: Role = "plain"
    does: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a pane: a margin of up to 3 cells, text from the left, and text at the right edge."""

    ref: Ref | None
    left: tuple[Span, ...]
    right: tuple[Span, ...] = ()
    margin: Span = Span("")


class Rows(Protocol):
    """A flat list of rows whose text is made only when shown; indexes are positions from the top."""

    def __len__(self) -> int: ...

    def ref(self, index: int) -> Ref | None:
        """What the row refers to; None for captions. No two rows have the same reference.

        `KIND:ID` as in subjects of findings; `was:KIND:ID` for what was here in the baseline;
        `finding:CODE SUBJECT …` and `step:NUMBER`.
        """
        ...

    def row(self, index: int, width: int) -> Row:
        """The row's text for `width` cells beside the margin."""
        ...

    def index_of(self, ref: Ref) -> int | None:
        """The index of the row of `ref`; None if it is folded or absent."""
        ...


@runtime_checkable
class SaysInFull(Protocol):
    """Rows of which even the widest are not all that they stand for."""

    def full(self, index: int) -> tuple[Span, ...]:
        """What a row says in full, without what it draws."""
        ...


UNCUT = 1000
"""A width in cells at which no row is cut."""


def full_text(rows: Rows, index: int) -> tuple[Span, ...]:
    """What a row says in full."""
    return rows.full(index) if isinstance(rows, SaysInFull) else uncut(rows, index)


def uncut(rows: Rows, index: int) -> tuple[Span, ...]:
    """What a row says where it is wide enough, without what stands before its first word."""
    row = rows.row(index, UNCUT)
    left, *others = row.left or (Span(""),)
    gap = (Span("  "),) if row.right else ()
    return (Span(left.text.lstrip(), left.role), *others, *gap, *row.right)


def says_all(row: Row, full: Iterable[Span]) -> bool:
    """Whether a row has every piece of a text, whatever spaces are between its words."""
    said = _with_single_spaces("".join(span.text for span in (*row.left, Span(" "), *row.right)))
    return all(_with_single_spaces(span.text) in said for span in full)


def _with_single_spaces(text: str) -> str:
    return " ".join(text.split())


@runtime_checkable
class HasHeadings(Protocol):
    """Rows of which the first ones do not scroll."""

    @property
    def headings(self) -> int:
        """How many of the first rows do not scroll."""
        ...

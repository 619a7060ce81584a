"""What a pane shows, without a terminal: rows of text in which each piece says what it means."""

from __future__ import annotations

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
    "resolved",  # struck through: would go, or was here before
    "introduced",  # would come
    "related",  # relative of what is selected in another pane
    "number",
    "bar",
    "match",
]
"""What a piece of text means; the terminal decides how it looks, never by colour alone."""


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text and what it means."""

    text: str
    role: Role = "plain"


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a pane: a margin of up to 3 cells, text from the left, text kept at the right edge."""

    ref: Ref | None
    left: tuple[Span, ...]
    right: tuple[Span, ...] = ()
    margin: Span = Span("")


class Rows(Protocol):
    """A flat list of rows whose text is made only when it is shown; indexes are positions on screen."""

    def __len__(self) -> int: ...

    def ref(self, index: int) -> Ref | None:
        """What the row stands for; None for captions. No two rows stand for the same.

        `KIND:ID` as subjects of findings are written; `was:KIND:ID` for what was here in the baseline,
        `finding:CODE SUBJECT …` and `step:NUMBER`.
        """
        ...

    def row(self, index: int, width: int) -> Row:
        """The row's text for `width` cells beside the margin."""
        ...

    def index_of(self, ref: Ref) -> int | None:
        """Where the row of `ref` is shown; None if it is folded away or absent."""
        ...


@runtime_checkable
class HasHeadings(Protocol):
    """Rows of which the first ones stay in place while the others scroll."""

    @property
    def headings(self) -> int:
        """How many rows stay."""
        ...

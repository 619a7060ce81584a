"""Pages: lines to read, of which some lead to other pages or can be edited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from orgtui.model.sentence import Ref, Sentence
from orgtui.views.base.cells import cell_len, column, wrapped
from orgtui.views.base.row import Role, Row, Rows, Span
from orgtui.views.base.scene import Scene
from orgtui.views.pages.fields import Field

LINK_WIDTH = 2
"""Width in cells of the sign at the right of a line that leads to a page."""

INDENT = "  "

NO_MARGIN = Span("")


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a page; `target` is what it leads to.

    A line that can be edited has a `field`, whose value begins after `column` cells. `in_full` is said below
    the page while the cursor is on it.
    """

    left: tuple[Span, ...] = ()
    right: tuple[Span, ...] = ()
    margin: Span = NO_MARGIN
    target: Ref | None = None
    field: Field | None = None
    column: int = 0
    in_full: Sentence | None = None


class Entry(NamedTuple):
    """One value of a fact, what it leads to, and the field to edit it; `before` precedes the value."""

    text: str
    target: Ref | None = None
    field: Field | None = None
    role: Role = "plain"
    before: str = ""


Fact = tuple[str, Sequence[Entry]]
"""A translated label and its values; a fact without values is not shown."""


NO_REF = Ref("page:")


class Page:
    """Lines under a title, as rows; `about` is the record that the page is about, if it is one.

    `has_examples`: there are examples on it, which can be drawn or shown as in a file.
    """

    def __init__(
        self, title: Sentence, lines: Iterable[Line], about: Ref = NO_REF, *, has_examples: bool = False
    ) -> None:
        self.title = title
        self.about = about
        self.has_examples = has_examples
        self.lines = list(lines)

    def __len__(self) -> int:
        return len(self.lines)

    def ref(self, index: int) -> Ref | None:
        return Ref.to("line", str(index))

    def row(self, index: int, width: int) -> Row:
        line = self.lines[index]
        return Row(self.ref(index), line.left, line.right, line.margin)

    def index_of(self, ref: Ref) -> int | None:
        return int(ref.id) if ref.kind == "line" and int(ref.id) < len(self.lines) else None

    def target(self, index: int) -> Ref | None:
        """What a line leads to."""
        return self.lines[index].target if index < len(self.lines) else None

    def leading_to(self, target: Ref) -> int | None:
        """The index of the first line that leads to something; None if there is none."""
        return next((at for at, line in enumerate(self.lines) if line.target == target), None)

    def field(self, index: int) -> Field | None:
        """The field of a line, if it can be edited."""
        return self.lines[index].field if index < len(self.lines) else None

    def nearest(self, line: Line, index: int) -> int:
        """The index nearest to `index` of a line with the same field or target; else `index`."""
        known = _is_of(line)
        alike = [at for at, each in enumerate(self.lines) if known is not None and _is_of(each) == known]
        return min(alike, key=lambda at: abs(at - index), default=index)

    def line_of(self, field: str) -> int | None:
        """The index of the first line of a field, by name; None if there is none."""
        return next((i for i, line in enumerate(self.lines) if line.field and line.field.name == field), None)


def _is_of(line: Line) -> tuple[str | None, Ref | None] | None:
    """The identity of a line: its field's name, or its target."""
    if line.field is not None:
        return line.field.name, None
    return None if line.target is None else (None, line.target)


def link_line(scene: Scene, left: Iterable[Span], target: Ref | None, margin: Span = NO_MARGIN) -> Line:
    """A line with a sign at the right if it has a target."""
    right = () if target is None else (Span(scene.signs.within, "dim"),)
    return Line(tuple(left), right, margin, target)


def text_lines(words: str, width: int, role: Role = "plain", indent: str = "") -> Iterator[Line]:
    """A text wrapped into lines of `width` cells."""
    for part in wrapped(words, max(1, width - len(indent))):
        yield Line((Span(indent), Span(part, role)))


def section(caption: str, lines: Iterable[Line]) -> Iterator[Line]:
    """Lines under a caption, with an empty line above; nothing if there are no lines."""
    lines = list(lines)
    if lines:
        yield Line()
        yield Line((Span(caption, "heading"),))
        yield from lines


def fact_lines(scene: Scene, told: Iterable[Fact], width: int, indent: str = "") -> Iterator[Line]:
    """Facts in two columns within `width` cells: labels, and values one below the other."""
    given = [(label, entries) for label, entries in told if entries]
    labels = min(max((cell_len(label) for label, _ in given), default=0), width * 2 // 5)
    start = len(indent) + labels + 2
    room = max(1, width - start - LINK_WIDTH)
    for label, entries in given:
        shown = indent + column(label, labels, scene.signs.ellipsis) + INDENT
        for entry in entries:
            place = start + min(cell_len(entry.before), room // 2)
            role = entry.role
            if role == "plain" and entry.target is not None and entry.target.kind in ("area", "stage"):
                role = scene.hue(entry.target)
            for part in wrapped(entry.before + entry.text, room):
                line = link_line(scene, (Span(shown, "dim"), Span(part, role)), entry.target)
                yield replace(line, field=entry.field, column=place)
                shown = " " * start


def row_lines(scene: Scene, rows: Rows, width: int) -> Iterator[Line]:
    """The rows of a list as lines that lead to what the rows refer to."""
    for row in (rows.row(index, width) for index in range(len(rows))):
        onward = () if row.ref is None else (Span(f" {scene.signs.within}", "dim"),)
        yield Line(row.left, (*row.right, *onward), row.margin, row.ref)

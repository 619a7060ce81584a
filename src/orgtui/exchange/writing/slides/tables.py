"""Tables on slides: rows of text, on as many slides as they need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orgtui.exchange.writing.drawing.measure import wrapped
from orgtui.exchange.writing.slides.parts import (
    INNER,
    PADDING_X,
    PADDING_Y,
    Cell,
    Paragraph,
    Row,
    Run,
    Table,
    height_of,
    words,
)
from orgtui.exchange.writing.slides.titles import BOTTOM, content_top

TEXT = 11.0
MOST_LINES = 16
"""A cell with more lines continues in a further row, so that no row is higher than a slide."""


def plain(text: str, *, is_bold: bool = False, is_right: bool = False) -> Cell:
    """A cell of plain text."""
    return Cell((words(text, TEXT, is_bold=is_bold),), is_right=is_right)


def section(text: str) -> Row:
    """A row of one cell that says what the rows below it belong to."""
    return (Cell((words(text, TEXT + 1, is_bold=True),), is_spanning=True),)


def tables(
    title: str, shares: Sequence[float], head: Sequence[str], rows: Sequence[Row], notes: str
) -> Iterator[Table]:
    """Slides of a table; `shares` are the widths of its columns as parts of the whole.

    A section goes to the next slide together with its first row, and is repeated where its rows continue.
    """
    widths = tuple(INNER * share / sum(shares) for share in shares)
    top = content_top(f"{title} (10/10)")
    pages = list(_pages(widths, [each for row in rows for each in _split(widths, row)], top))
    heading = tuple(
        Cell((words(name, TEXT, "dim"),), is_right=rows_are_right(rows, place))
        for place, name in enumerate(head)
    )
    for number, page in enumerate(pages, 1):
        said = f"{title} ({number}/{len(pages)})" if len(pages) > 1 else title
        yield Table(said, widths, heading, tuple(page), top, notes if number == 1 else "")


def rows_are_right(rows: Sequence[Row], place: int) -> bool:
    """Whether a column is aligned to the right, as its first row is."""
    first = next((row for row in rows if len(row) > place and not row[0].is_spanning), None)
    return first is not None and first[place].is_right


HEAD_HEIGHT = 26.0


def _pages(widths: tuple[float, ...], rows: Sequence[Row], top: float) -> Iterator[list[tuple[float, Row]]]:
    room = BOTTOM - top - HEAD_HEIGHT
    page: list[tuple[float, Row]] = []
    used = 0.0
    heading: tuple[float, Row] | None = None
    for place, row in enumerate(rows):
        height = row_height(widths, row)
        needed = height
        if row[0].is_spanning and place + 1 < len(rows):
            needed += row_height(widths, rows[place + 1])
        if page and used + needed > room:
            yield page
            page = [heading] if heading is not None and not row[0].is_spanning else []
            used = sum(each for each, _ in page)
        if row[0].is_spanning:
            heading = (height, row)
        page.append((height, row))
        used += height
    yield page


def row_height(widths: tuple[float, ...], row: Row) -> float:
    """How high a row is in columns of some widths."""
    if row[0].is_spanning:
        return height_of(row[0].paragraphs, INNER - 2 * PADDING_X) + 4 * PADDING_Y
    pairs = zip(widths, row, strict=True)
    return max(height_of(cell.paragraphs, width - 2 * PADDING_X) for width, cell in pairs) + 2 * PADDING_Y


def _split(widths: tuple[float, ...], row: Row) -> Iterator[Row]:
    """A row as it is, or, if a cell has too many lines, as several."""
    if row[0].is_spanning:
        yield row
        return
    columns = [
        list(_cell_parts(cell, width - 2 * PADDING_X)) for width, cell in zip(widths, row, strict=True)
    ]
    for number in range(max(map(len, columns))):
        yield tuple(parts[number] if number < len(parts) else plain("") for parts in columns)


def _cell_parts(cell: Cell, width: float) -> Iterator[Cell]:
    if height_of(cell.paragraphs, width) <= MOST_LINES * TEXT * 1.25:
        yield cell
        return
    for paragraph in cell.paragraphs:
        role = paragraph.runs[0].role
        lines = wrapped(paragraph.text, width, paragraph.size, is_bold=True)
        for place in range(0, len(lines), MOST_LINES):
            text = " ".join(lines[place : place + MOST_LINES])
            yield Cell((Paragraph((Run(text, role),), paragraph.size),), is_right=cell.is_right)

"""Sheets as one XLSX file: frozen heads, filters, widths that fit, and the same bytes for the same sheets.

Texts are never formulas or links. Those that would be formulas once a sheet is saved as CSV have an
apostrophe in front, as in our own CSV.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from math import ceil
from typing import TYPE_CHECKING, Any, Literal
from unicodedata import east_asian_width

from orgtui.exchange.problems import OfficeMissing
from orgtui.files.disk.csv_cells import escape_formula
from orgtui.model.records import Number
from orgtui.model.sentence import sentence

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, shown in percent."""

    part: float


Cell = str | Number | Decimal | date | Share | None
Tone = Literal["error", "warning", "advice", "better", "worse", "dim"]

_COLORS: Mapping[Tone, str] = {
    "error": "#A50F15",
    "warning": "#8A4B00",
    "advice": "#1F5A99",
    "better": "#1B6B3A",
    "worse": "#A50F15",
    "dim": "#666666",
}
_HEAD = {
    "bold": True,
    "bg_color": "#EEF1F4",
    "bottom": 1,
    "bottom_color": "#9AA5B1",
    "text_wrap": True,
    "valign": "vcenter",
}
_TEXT = {"align": "left", "indent": 1}
_NUMBER = {"align": "right", "indent": 1}
_NARROWEST, _HEAD_WIDTH = 4, 12
_MARGIN, _BUTTON = 3, 2
_LINE, _LINES_MAX = 18, 20
_A3 = 8
_LONGEST = 32_767
_ROW_MAX = 1_048_576


@dataclass(frozen=True, slots=True)
class Column:
    """A column with its head. `tones` are colours of whole cells that hold a text, which says the same.

    `widest` is its largest width in characters; longer texts take several lines.
    """

    head: str
    tones: Mapping[str, Tone] = field(default_factory=dict)
    number_format: str = "General"
    widest: int = 40


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet with a row a thing; the first `frozen` columns stay in sight.

    Its name has at most 31 characters.
    """

    name: str
    columns: Sequence[Column]
    rows: Sequence[Sequence[Cell]]
    frozen: int = 1


def write_workbook(title: str, day: date, sheets: Iterable[Sheet], notes: Sheet | None = None) -> bytes:
    """The sheets as a file that says it was made on `day`; `notes` is a last sheet to read, without filters.

    Raises OfficeMissing if the library is not installed.
    """
    try:
        from xlsxwriter import Workbook
    except ImportError:
        raise OfficeMissing(
            sentence("spreadsheets need a library that is not installed: pip install 'orgtui[office]'")
        ) from None
    data = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(data, {**options, "strings_to_numbers": False}) as book:
        book.set_properties({"title": title, "created": datetime(day.year, day.month, day.day)})
        formats = _Formats(book)
        for sheet in sheets:
            _write_sheet(book.add_worksheet(sheet.name), sheet, formats, has_filter=True)
        if notes is not None:
            _write_sheet(book.add_worksheet(notes.name), notes, formats, has_filter=False)
    return data.getvalue()


class _Formats:
    """The cell formats of a book, each made once."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, object], ...], Any] = {}

    def of(self, **properties: object) -> Any:
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"valign": "top", **properties})
        return self._made[key]


def _write_sheet(page: Worksheet, sheet: Sheet, formats: _Formats, *, has_filter: bool) -> None:
    lines = [1] * len(sheet.rows)
    for place, column in enumerate(sheet.columns):
        cells = [row[place] for row in sheet.rows]
        widths = [_text_width(_shown(cell)) for cell in cells]
        width = _width(column, widths, has_filter=has_filter)
        if max(widths, default=0) + _MARGIN > width:
            lines = [max(line, _lines(own, width)) for line, own in zip(lines, widths, strict=True)]
        page.set_column(place, place, width)
        _write_column(page, place, column, cells, formats, room=width - _MARGIN)
    page.set_default_row(_LINE)
    page.set_row(0, _LINE * (2 if has_filter else 1))
    for number, count in enumerate(lines, start=1):
        if count > 1:
            page.set_row(number, _LINE * min(count, _LINES_MAX))
    page.freeze_panes(1, sheet.frozen)
    if has_filter:
        page.autofilter(0, 0, max(len(sheet.rows), 1), len(sheet.columns) - 1)
    page.ignore_errors({"number_stored_as_text": f"A1:XFD{_ROW_MAX}"})
    page.set_landscape()
    page.set_paper(_A3)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&L&A&R&P / &N")


def _write_column(
    page: Worksheet, place: int, column: Column, cells: Sequence[Cell], formats: _Formats, room: int
) -> None:
    """Write a column with its head, which stands on the side of its numbers if it has only such.

    Texts wider than `room` take several lines.
    """
    are_numbers = any(cells) and not any(isinstance(cell, str | date) for cell in cells)
    page.write_string(0, place, column.head, formats.of(**_HEAD, **(_NUMBER if are_numbers else _TEXT)))
    plain, wrapped = formats.of(**_TEXT), formats.of(**_TEXT, text_wrap=True)
    day = formats.of(**_TEXT, num_format="yyyy-mm-dd")
    number = formats.of(**_NUMBER, num_format=column.number_format)
    percent = formats.of(**_NUMBER, num_format="0.0 %")
    toned = {word: formats.of(**_TEXT, font_color=_COLORS[tone]) for word, tone in column.tones.items()}
    for row, cell in enumerate(cells, start=1):
        match cell:
            case None | "":
                continue
            case str():
                usual = wrapped if _text_width(cell) > room else plain
                page.write_string(row, place, _fitting(escape_formula(cell)), toned.get(cell, usual))
            case date():
                page.write_datetime(row, place, datetime(cell.year, cell.month, cell.day), day)
            case Share(part):
                page.write_number(row, place, part, percent)
            case _:
                page.write_number(row, place, float(cell), number)


def _width(column: Column, widths: Iterable[int], *, has_filter: bool) -> int:
    """The width of a column in characters: of its longest text, within bounds; the head may wrap."""
    words = max(map(_text_width, column.head.split()), default=0)
    own = max(words, min(_text_width(column.head), _HEAD_WIDTH)) + (_BUTTON if has_filter else 0)
    return min(max(own, *widths, _NARROWEST) + _MARGIN, column.widest)


def _lines(text_width: int, width: int) -> int:
    """How many lines a text takes in a column; words do not fill the lines to their ends."""
    room = width - _MARGIN
    return 1 if text_width <= room else ceil(text_width * 1.1 / room)


def _fitting(text: str) -> str:
    """A text cut to what a cell can hold, with an ellipsis where something is missing."""
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _shown(cell: Cell) -> str:
    return "" if cell is None or isinstance(cell, Share) else str(cell)


def _text_width(text: str) -> int:
    """The width of a text in characters, East Asian ones counted double."""
    if text.isascii():
        return len(text)
    return sum(2 if east_asian_width(character) in "WFA" else 1 for character in text)

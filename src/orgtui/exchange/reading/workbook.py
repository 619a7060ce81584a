"""Reading spreadsheets: XLSX, XLS and ODS, with the values of formulas as they were saved."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

from orgtui.exchange.problems import CannotRead, ImportProblem, OfficeMissing
from orgtui.exchange.progress import Progress, counted
from orgtui.exchange.rows import ReadOptions, Row, Sheet, SheetChoice
from orgtui.model.sentence import sentence

if TYPE_CHECKING:
    from python_calamine import CalamineSheet

UNPACKED_MAX_BYTES = 512 * 1024 * 1024
"""The largest size of a spreadsheet when unpacked, so that a small file cannot fill the memory."""

_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_NUMBER = re.compile(rb'\br="(\d+)"')
_HIDDEN = re.compile(rb'\bhidden="(?:1|true)"')
_CHUNK = 1 << 20


def read_workbook(data: bytes, options: ReadOptions) -> SheetChoice:
    """The visible sheets of a spreadsheet, or the one that is asked for.

    Raises CannotRead for a file that is none, is locked by a password, or has no such sheet, and
    OfficeMissing if the library is not installed.
    """
    try:
        from python_calamine import CalamineError, CalamineWorkbook, SheetVisibleEnum
    except ImportError:
        raise OfficeMissing(
            sentence("spreadsheets need a library that is not installed: pip install 'orgtui[office]'")
        ) from None
    hidden_rows = _HiddenRows(data)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        names = [each.name for each in book.sheets_metadata if each.visible == SheetVisibleEnum.Visible]
        others = [each.name for each in book.sheets_metadata if each.visible != SheetVisibleEnum.Visible]
        if options.sheet is not None:
            if options.sheet not in book.sheet_names:
                known = ", ".join(book.sheet_names)
                raise CannotRead(
                    sentence("there is no sheet {sheet}; there are {known}", sheet=options.sheet, known=known)
                )
            names, others = [options.sheet], []
        sheets = tuple(
            Sheet(
                tuple(_rows(book.get_sheet_by_name(name), hidden_rows.of(name), options.progress)),
                {"sheet": name},
                name=name,
            )
            for name in names
        )
    except CalamineError as error:
        raise CannotRead(_unreadable(error)) from None
    notes = tuple(
        ImportProblem(1, "note", "sheet-hidden", sentence("the hidden sheet {sheet} is not read", sheet=name))
        for name in others
    )
    return SheetChoice(sheets, notes)


def _unreadable(error: Exception) -> Any:
    if type(error).__name__ == "PasswordError":
        return sentence("the spreadsheet is locked by a password; save it without one")
    return sentence("this is no spreadsheet that can be read ({reason})", reason=" ".join(str(error).split()))


def _rows(sheet: CalamineSheet, hidden: frozenset[int], progress: Progress) -> Iterator[Row]:
    """The rows of a sheet; a cell merged over several rows stands in each of them."""
    merged = {
        (row, left): (top, left)
        for (top, left), (bottom, _) in sheet.merged_cell_ranges or ()
        for row in range(top + 1, bottom + 1)
    }
    places: dict[int, list[int]] = {}
    for row, column in merged:
        places.setdefault(row, []).append(column)
    above: dict[tuple[int, int], str] = {}
    sources = set(merged.values())
    for number, values in enumerate(counted(sheet.iter_rows(), "rows", progress)):
        cells = [cell_text(value) for value in values]
        for column in places.get(number, ()):
            if column < len(cells):
                cells[column] = above.get(merged[number, column], "")
        if sources:
            above.update(
                ((number, column), cell) for column, cell in enumerate(cells) if (number, column) in sources
            )
        yield Row(number + 1, cells, number + 1 in hidden)


def cell_text(value: object) -> str:
    """The value of a cell as text: whole numbers without a point, days as ISO dates."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


class _HiddenRows:
    """Which rows of an XLSX file are hidden, which the library does not tell; other formats have none."""

    def __init__(self, data: bytes) -> None:
        self._archive: zipfile.ZipFile | None = None
        self._parts: dict[str, str] = {}
        with suppress(zipfile.BadZipFile):
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            if sum(each.file_size for each in self._archive.infolist()) > UNPACKED_MAX_BYTES:
                raise CannotRead(
                    sentence(
                        "unpacked, the spreadsheet is larger than {limit} MiB; save only the sheet of people",
                        limit=UNPACKED_MAX_BYTES >> 20,
                    )
                )
            with suppress(KeyError, ElementTree.ParseError):
                self._parts = _sheet_parts(self._archive)

    def of(self, sheet: str) -> frozenset[int]:
        """The numbers of the hidden rows of a sheet, from 1."""
        part = self._parts.get(sheet)
        if self._archive is None or part is None or part not in self._archive.namelist():
            return frozenset()
        found: set[int] = set()
        rest = b""
        try:
            with self._archive.open(part) as stream:
                while chunk := stream.read(_CHUNK):
                    chunk = rest + chunk
                    end = chunk.rfind(b">") + 1
                    rest = chunk[end:]
                    for row in _ROW.finditer(chunk, 0, end):
                        number = _NUMBER.search(row[1])
                        if number and _HIDDEN.search(row[1]):
                            found.add(int(number[1]))
        except (
            zipfile.BadZipFile,
            OSError,
            EOFError,
            ValueError,
            NotImplementedError,
            RuntimeError,
        ) as error:
            raise CannotRead(_unreadable(error)) from None
        return frozenset(found)


def _sheet_parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of the archive that holds each sheet; raises KeyError if it is no XLSX."""
    relations = {
        each.get("Id"): each.get("Target", "")
        for each in ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    }
    parts = {}
    for each in ElementTree.fromstring(archive.read("xl/workbook.xml")).iter():
        if each.tag.endswith("}sheet"):
            identity = next((value for key, value in each.items() if key.endswith("}id")), "")
            target = relations.get(identity, "")
            parts[each.get("name", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return parts

"""Reading and writing CSV: rows with their line numbers, formulas escaped for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from orgtui.files.toml.problems import invalid_file
from orgtui.model.schema import shown
from orgtui.model.sentence import N_, Refusal, sentence

DELIMITERS = {";": N_("semicolons"), "\t": N_("tabs"), "|": N_("bars"), "，": N_("Chinese commas")}
"""What stands between cells in files that are no CSV with commas."""

_FORMULA = re.compile(r"'*[=+\-@\t]")
_ESCAPED = re.compile(r"'+[=+\-@\t]")


def escape_formula(cell: str) -> str:
    """A cell with an apostrophe in front if a spreadsheet would run it as a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unescape_formula(cell: str) -> str:
    """The inverse of `escape_formula`."""
    return cell[1:] if cell[:1] == "'" and _ESCAPED.match(cell) else cell


class Row(NamedTuple):
    """A row with the number of its first line, and its cells by column without the blank ones.

    A row with too few cells, or with something where the header has no name, has None for its cells.
    `columns` are those that the header names.
    """

    line: int
    cells: dict[str, str] | None
    columns: Sequence[str]


def read_rows(file: str, text: str, columns: Sequence[str], optional: Sequence[str] = ()) -> Iterator[Row]:
    """Every row.

    Rows that hold nothing but delimiters are passed over, and so are blank cells where the header has no
    name. Raises InvalidFile for text that is no CSV or has another header; the columns may stand in any
    order, and optional ones may be absent.
    """
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(rows, [])
        named = list(filter(str.strip, header))
        if not _are_columns(named, columns, optional):
            raise invalid_file(file, *_header_refusal(header, columns, optional))
        line = rows.line_num + 1
        for cells in rows:
            filled = {place: unescape_formula(cell) for place, cell in enumerate(cells) if cell.strip()}
            if filled:
                fits = len(cells) >= len(header) and all(
                    place < len(header) and header[place].strip() for place in filled
                )
                yield Row(
                    line, {header[place]: cell for place, cell in filled.items()} if fits else None, named
                )
            line = rows.line_num + 1
    except csv.Error as error:
        wrong = sentence("this is not CSV ({reason})", reason=str(error))
        raise invalid_file(file, wrong, sentence("save it as CSV with commas"), rows.line_num) from None


def _are_columns(named: Sequence[str], columns: Sequence[str], optional: Sequence[str]) -> bool:
    """Whether each of the columns is named once, and no other but the optional ones, once at most."""
    absent = [each for each in optional if each not in named]
    return sorted((*named, *absent)) == sorted((*columns, *optional))


def _header_refusal(header: Sequence[str], columns: Sequence[str], optional: Sequence[str]) -> Refusal:
    """What is said of a wrong header, by the delimiter that it has instead of commas if it has one."""
    written = ",".join(header)
    for delimiter, name in DELIMITERS.items():
        if _are_columns(list(filter(str.strip, written.split(delimiter))), columns, optional):
            wrong = sentence("the columns are separated by {delimiter}", delimiter=sentence(name))
            return wrong, sentence("save it as CSV with commas")
    return (
        sentence("the header is {header}", header=shown(written)),
        sentence("write {columns}, in any order", columns=",".join(columns)),
    )


def row_width_refusal(columns: Sequence[str]) -> Refusal:
    """The refusal of a row that has too few or too many cells."""
    return sentence("the row does not fit the header"), sentence(
        "write {columns} cells", columns=len(columns)
    )


def write_rows(rows: Iterable[Sequence[str]]) -> bytes:
    """Rows as CSV in UTF-8, formulas escaped, each ended by a line feed."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    for row in rows:
        writer.writerow([escape_formula(cell) for cell in row])
    return out.getvalue().encode()

"""Reading and writing CSV: rows with their line numbers, formulas escaped for spreadsheets."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from orgtui.files.toml.problems import invalid_file
from orgtui.model.schema import shown
from orgtui.model.sentence import Refusal, sentence

_FORMULA = re.compile(r"'*[=+\-@\t]")
_ESCAPED = re.compile(r"'+[=+\-@\t]")


def escape_formula(cell: str) -> str:
    """A cell with an apostrophe in front if a spreadsheet would run it as a formula."""
    return f"'{cell}" if _FORMULA.match(cell) else cell


def unescape_formula(cell: str) -> str:
    """The inverse of `escape_formula`."""
    return cell[1:] if cell[:1] == "'" and _ESCAPED.match(cell) else cell


def read_rows(file: str, text: str, columns: Sequence[str]) -> Iterator[tuple[int, dict[str, str] | None]]:
    """Every row with the number of its first line, and its cells by column without the blank ones.

    A row with too few or too many cells is None. Columns may be in any order. Raises InvalidFile for text
    that is not CSV or has another header.
    """
    rows = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(rows, [])
        if sorted(header) != sorted(columns):
            wrong = sentence("the header is {header}", header=shown(",".join(header)))
            right = sentence("write {columns}, in any order", columns=",".join(columns))
            raise invalid_file(file, wrong, right)
        line = rows.line_num + 1
        for cells in rows:
            if len(cells) == len(header):
                yield (
                    line,
                    {
                        key: unescape_formula(cell)
                        for key, cell in zip(header, cells, strict=True)
                        if cell.strip()
                    },
                )
            elif cells:
                yield line, None
            line = rows.line_num + 1
    except csv.Error as error:
        wrong = sentence("this is not CSV ({reason})", reason=str(error))
        raise invalid_file(file, wrong, sentence("save it as CSV with commas"), rows.line_num) from None


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

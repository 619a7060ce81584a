"""The list for HR as CSV: ISO dates, ids as they are, cells that look like formulas made harmless."""

from __future__ import annotations

from orgtui.exchange.writing.formats import Files, Options
from orgtui.exchange.writing.hr_rows import HrCell, hr_header, hr_rows
from orgtui.exchange.writing.report import Report
from orgtui.files.disk.csv_cells import write_rows


def write(report: Report, options: Options) -> Files:
    """The list in one file, in UTF-8; with a byte order mark if the options ask for one."""
    rows = [hr_header(), *([_cell(cell) for cell in row] for row in hr_rows(report))]
    mark = "\ufeff".encode() if options.byte_order_mark else b""
    return {"hr.csv": mark + write_rows(rows)}


def _cell(value: HrCell) -> str:
    return "" if value is None else str(value)

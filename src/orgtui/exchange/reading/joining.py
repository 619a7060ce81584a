"""Several files read as one: pages of one list, or one export a team."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from orgtui.exchange.problems import CannotRead, ImportProblem
from orgtui.exchange.roster.columns import find_header
from orgtui.exchange.roster.texts import fold_header
from orgtui.exchange.rows import Row, Sheet
from orgtui.model.sentence import sentence


def join_sheets(sheets: Sequence[Sheet], chosen: Mapping[str, Sequence[str]]) -> Sheet:
    """The rows of all sheets under the header of the first, their columns matched by name.

    Raises CannotRead for a sheet without a header, or with a column that the first has not.
    """
    if len(sheets) == 1:
        return sheets[0]
    first, *others = sheets
    header = _header(first, chosen, 0)
    places = {fold_header(name): place for place, name in enumerate(first.rows[header].cells)}
    rows = list(first.rows)
    for source, sheet in enumerate(others, 1):
        rows += _under(places, sheet, _header(sheet, chosen, source), source)
    problems = [
        replace(problem, source=source)
        for source, sheet in enumerate(sheets)
        for problem in sheet.problems
        if not _is_complete(problem, len(rows) - 1)
    ]
    return replace(first, rows=tuple(rows), problems=tuple(problems))


def _is_complete(problem: ImportProblem, count: int) -> bool:
    """Whether a page missed others of its list that are here too, `count` users being all."""
    total = problem.says.params.get("total")
    return problem.code == "incomplete-export" and isinstance(total, int) and total <= count


def _header(sheet: Sheet, chosen: Mapping[str, Sequence[str]], source: int) -> int:
    place = 0 if sheet.has_fields else find_header(sheet.rows, chosen)
    if place is None:
        raise CannotRead(sentence("no row looks like a header"), source=source)
    return place


def _under(places: Mapping[str, int], sheet: Sheet, header: int, source: int) -> Iterable[Row]:
    names = [fold_header(name) for name in sheet.rows[header].cells]
    for name, written in zip(names, sheet.rows[header].cells, strict=True):
        if name and name not in places:
            raise CannotRead(
                sentence("the first file has no column {column}; give files of one kind", column=written),
                sheet.rows[header].line,
                source,
            )
    for row in sheet.rows[header + 1 :]:
        cells = [""] * (max(places.values(), default=-1) + 1)
        for name, cell in zip(names, row.cells, strict=False):
            if name:
                cells[places[name]] = cell
        yield replace(row, cells=cells, source=source)

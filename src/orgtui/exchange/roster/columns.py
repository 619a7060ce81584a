"""Which row is the header, which column plays which part, and which rows are no records."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from orgtui.exchange.problems import CannotRead, ImportProblem
from orgtui.exchange.roster.dates import parse_day
from orgtui.exchange.roster.headers import PARTS, is_private, part_of, rank_of
from orgtui.exchange.roster.texts import clean, fold_header, fold_id
from orgtui.exchange.rows import Row, Sheet
from orgtui.files.people_csv import COLUMNS as PEOPLE_FILE
from orgtui.model.sentence import sentence

HEADER_WITHIN = 50
"""Within how many rows the header has to stand."""

_TOTALS = re.compile(
    r"(grand |sub ?)?(totals?|sums?|count|headcount|gesamt|summe|合计|总计|小计|总人数|共计)\b.*",
    re.IGNORECASE,
)
_AS_OF = re.compile(r"(as of|as at|stand|stichtag|截至|截止|数据日期|date)\b[\s:：]*(.*)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Table:
    """The records of a sheet below their header.

    `columns` are the places of the columns of each part, the most telling first; `rows` are those that hold a
    record; `as_of` is the day that the rows above the header name, as an ISO date.
    """

    headers: tuple[str, ...]
    columns: Mapping[str, tuple[int, ...]]
    rows: tuple[Row, ...]
    header_line: int
    problems: tuple[ImportProblem, ...]
    private: tuple[str, ...] = ()
    as_of: str | None = None

    def has(self, part: str) -> bool:
        return bool(self.columns.get(part))

    def cells(self, row: Row, part: str) -> Iterator[str]:
        """The cells of a part in a row, blank ones left out."""
        for place in self.columns.get(part, ()):
            if place < len(row.cells) and (cell := clean(row.cells[place])):
                yield cell

    def cell(self, row: Row, part: str) -> str:
        """The first cell of a part in a row that is not blank."""
        return next(self.cells(row, part), "")

    def mapping(self) -> dict[str, list[str]]:
        """The names of the columns of each part."""
        return {part: [self.headers[place] for place in places] for part, places in self.columns.items()}


def find_table(sheet: Sheet, chosen: Mapping[str, Sequence[str]]) -> Table:
    """The records of a sheet; `chosen` names the columns of some parts.

    Raises CannotRead if there is no header, or none with a chosen column.
    """
    place = 0 if sheet.has_fields else find_header(sheet.rows, chosen)
    if place is None:
        return _bare_list(sheet)
    header = sheet.rows[place]
    headers = tuple(clean(cell) for cell in header.cells)
    columns = _columns(headers, chosen, sheet.parts)
    private = tuple(name for name in headers if is_private(name))
    problems = [*sheet.problems]
    as_of = None
    for row in sheet.rows[:place]:
        if any(cell.strip() for cell in row.cells):
            as_of = as_of or _as_of(row)
            problems.append(_skipped(row, "before the header"))
    rows = []
    width = sum(bool(name) for name in headers)
    used = {column for places in columns.values() for column in places}
    for row in sheet.rows[place + 1 :]:
        why = None if sheet.has_fields else _no_record(row, width, used)
        if why is None:
            rows.append(row)
        elif why:
            problems.append(_skipped(row, why))
    return Table(headers, columns, tuple(rows), header.line, tuple(problems), private, as_of)


def prefer_ids_of_managers(table: Table, chosen: Mapping[str, Sequence[str]]) -> Table:
    """The table with the column of ids first by which most managers are found; as it is if one was chosen."""
    places = table.columns.get("id", ())
    if len(places) < 2 or "id" in chosen:
        return table
    managers = {fold_id(cell) for row in table.rows for cell in table.cells(row, "manager")}

    def found(place: int) -> int:
        ids = {fold_id(row.cells[place]) for row in table.rows if place < len(row.cells)}
        return len(managers & ids)

    ordered = tuple(sorted(places, key=found, reverse=True))
    return replace(table, columns={**table.columns, "id": ordered})


def holds_people(sheet: Sheet) -> bool:
    """Whether a sheet has a header of people and rows below it."""
    place = 0 if sheet.has_fields else find_header(sheet.rows, {})
    return place is not None and any(
        any(cell.strip() for cell in row.cells) for row in sheet.rows[place + 1 :]
    )


def find_header(rows: Sequence[Row], chosen: Mapping[str, Sequence[str]]) -> int | None:
    """The place of the row in which most parts are named; None if there is no such row."""
    wanted = {fold_header(name) for names in chosen.values() for name in names}

    def parts(row: Row) -> int:
        named = {part_of(cell) for cell in row.cells if cell.strip()} - {None}
        if wanted and wanted <= {fold_header(cell) for cell in row.cells}:
            return len(named | set(chosen)) + len(PARTS)
        return len(named) if named & {"name", "first_name", "last_name", "title", "id", "dn"} else 0

    counts = [parts(row) for row in rows[:HEADER_WITHIN]]
    most = max(counts, default=0)
    if wanted and most <= len(PARTS):
        missing = ", ".join(name for names in chosen.values() for name in names)
        raise CannotRead(
            sentence(
                "no row within the first {rows} holds the column {column}", rows=HEADER_WITHIN, column=missing
            )
        )
    enough = 2 if any(len([cell for cell in row.cells if cell.strip()]) > 1 for row in rows) else 1
    return counts.index(most) if most >= enough else None


def _columns(
    headers: Sequence[str], chosen: Mapping[str, Sequence[str]], given: Mapping[str, str] | None
) -> dict[str, tuple[int, ...]]:
    """The places of the columns of each part, those of teams in the order of the file."""
    folded = [fold_header(name) for name in headers]
    taken: dict[str, list[int]] = {}
    for part, names in chosen.items():
        for name in names:
            if fold_header(name) not in folded:
                known = ", ".join(filter(None, headers))
                raise CannotRead(
                    sentence("there is no column {column}; there are {known}", column=name, known=known)
                )
            if is_private(name):
                raise CannotRead(
                    sentence("{column} is private and never taken; name another column", column=name)
                )
            taken.setdefault(part, []).append(folded.index(fold_header(name)))
    used = {place for places in taken.values() for place in places}
    for place, name in enumerate(headers):
        named = given.get(name) if given is not None else part_of(name)
        if named is not None and named not in chosen and place not in used and not is_private(name):
            taken.setdefault(named, []).append(place)
    if given is None:
        for part, places in taken.items():
            if part not in chosen and part != "team":
                places.sort(key=lambda place: rank_of(headers[place]))
    if "state" not in taken and set(PEOPLE_FILE) <= set(folded):
        # Elsewhere a column of this name holds the state of an address.
        taken["state"] = [folded.index("state")]
    return {part: tuple(taken[part]) for part in PARTS if part in taken}


def _bare_list(sheet: Sheet) -> Table:
    """A list of names without header, one a row, with a title beside it if there are two columns."""
    rows = tuple(row for row in sheet.rows if any(cell.strip() for cell in row.cells))
    width = max((len([cell for cell in row.cells if cell.strip()]) for row in rows), default=0)
    if not rows:
        raise CannotRead(sentence("there is nothing in it"))
    if width > 2:
        first = ", ".join(clean(cell) for cell in rows[0].cells if cell.strip())[:200]
        raise CannotRead(
            sentence(
                "no row looks like a header (the first is: {cells}); name columns, as by --map name=COLUMN",
                cells=first,
            ),
            rows[0].line,
        )
    headers = ("name", "title")[:width]
    columns = {part: (place,) for place, part in enumerate(headers)}
    return Table(headers, columns, rows, 0, sheet.problems)


def _no_record(row: Row, width: int, used: set[int]) -> str | None:
    """Why a row is no record: a reason to tell, or nothing for a blank row; None for a record."""
    filled = [clean(cell) for cell in row.cells if cell.strip()]
    if not filled:
        return ""
    # Of a header row one of the first two names is known, which spares looking at the cells of all others.
    may_be_header = len(filled) > 1 and any(part_of(cell) is not None for cell in filled[:2])
    if may_be_header and sum(part_of(cell) is not None for cell in filled) * 2 > len(filled):
        return "a second header row"
    if _TOTALS.fullmatch(filled[0]):
        return "a total, no person"
    if len(filled) == 1 and width > 2:
        return "a remark, no person"
    if not any(place < len(row.cells) and row.cells[place].strip() for place in used):
        return "nothing in the columns that are read"
    return None


SKIPPED = {
    "before the header": sentence("before the header: skipped"),
    "a second header row": sentence("a second header row: skipped"),
    "a total, no person": sentence("a total, no person: skipped"),
    "a remark, no person": sentence("one cell only, no person: skipped"),
    "nothing in the columns that are read": sentence("nothing in the columns that are read: skipped"),
}
"""What is said of a row that is no record, by its reason."""


def _skipped(row: Row, reason: str) -> ImportProblem:
    return ImportProblem(row.line, "note", "row-skipped", SKIPPED[reason], source=row.source)


def _as_of(row: Row) -> str | None:
    """The day that a row above the header names: `As of 2026-11-01`, in one cell or two."""
    filled = [clean(cell) for cell in row.cells if cell.strip()]
    found = _AS_OF.fullmatch(" ".join(filled[:2])) if filled and len(filled) <= 3 else None
    day = None if found is None else parse_day(found[2])
    return None if day is None else day.isoformat()

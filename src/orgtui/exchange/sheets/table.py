"""The header and the rows of a sheet of one kind, with the columns that play a part and the others."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from orgtui.exchange.problems import CannotRead
from orgtui.exchange.roster.columns import HEADER_WITHIN
from orgtui.exchange.roster.headers import is_private, part_of
from orgtui.exchange.roster.texts import clean, fold_header
from orgtui.exchange.rows import Row, Sheet, SheetChoice
from orgtui.model.sentence import sentence

PERSON = "id, name, first_name, last_name"
"""The parts by which a row says whom it is about; their headers are those of rosters."""

_EMPTY = frozenset(("-", "–", "—", "/", "n/a", "na", "k.a.", "暂无"))
_SUMMARY = re.compile(
    r"(grand |sub ?)?(totals?|sums?|count|average|mean|gesamt|summe|durchschnitt|合计|总计|小计|平均|平均分)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Layout:
    """What columns a kind of sheet has: parts by folded name, and groups of parts of which it needs one each.

    `has_person` if its rows are about people, who are told as in rosters; other columns that rosters have are
    then left alone. `first_names` are the parts by the name to be told.
    """

    parts: Mapping[str, str]
    needs: tuple[frozenset[str], ...]
    has_person: bool
    first_names: Mapping[str, str]

    def part_of(self, header: str) -> str | None:
        """The part that a column of this name plays; `-` for one to be left alone, None for others."""
        part = self.parts.get(fold_header(header))
        if part is not None:
            return part
        if is_private(header) or _SUMMARY.fullmatch(clean(header)):
            return "-"
        known = part_of(header) if self.has_person else None
        return known if known is None or known in PERSON.split(", ") else "-"


def layout(names: Mapping[str, str], *needs: str, has_person: bool = False) -> Layout:
    """A layout from the names of each part, with commas between, and the groups of parts, likewise."""
    listed = {part: each.split(", ") for part, each in names.items()}
    return Layout(
        {fold_header(name): part for part, each in listed.items() for name in each},
        tuple(frozenset(group.split(", ")) for group in needs),
        has_person,
        {part: each[0] for part, each in listed.items()},
    )


@dataclass(frozen=True, slots=True)
class SheetTable:
    """The rows below the header of a sheet; `columns` are places by part, `others` play none.

    `left_alone` are the names of the columns that are known and not read here.
    """

    sheet: Sheet
    source: int
    header_line: int
    headers: tuple[str, ...]
    columns: Mapping[str, int]
    others: tuple[int, ...]
    left_alone: tuple[str, ...]
    rows: tuple[Row, ...]

    def cell(self, row: Row, part: str) -> str:
        """The cell of a part in a row; empty if there is none."""
        place = self.columns.get(part)
        return "" if place is None else self.at(row, place)

    def at(self, row: Row, place: int) -> str:
        """The cell at a place in a row; empty if the row is shorter, or if a sign says that it is."""
        cell = clean(row.cells[place]) if place < len(row.cells) else ""
        return "" if cell.casefold() in _EMPTY else cell

    def person(self, row: Row) -> tuple[str, str]:
        """The id and the name of whom a row is about; empty where it does not say."""
        first, last = self.cell(row, "first_name"), self.cell(row, "last_name")
        return self.cell(row, "id"), self.cell(row, "name") or clean(f"{first} {last}")


def find_table(choice: SheetChoice, layout: Layout, source: int) -> SheetTable:
    """The one sheet of a file with these columns; raises CannotRead if there is none, or several are."""
    found = [table for sheet in choice.sheets if (table := _table(sheet, layout, source)) is not None]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(table.sheet.name or "" for table in found)
        raise CannotRead(sentence("the sheets {sheets} fit: name one with --sheet", sheets=names), 1, source)
    told = layout.first_names
    wanted = " + ".join(
        "/".join(told.get(part, part.replace("_", " ")) for part in sorted(group)) for group in layout.needs
    )
    raise CannotRead(
        sentence(
            "no row within the first {rows} is a header with {columns}", rows=HEADER_WITHIN, columns=wanted
        ),
        1,
        source,
    )


def _table(sheet: Sheet, layout: Layout, source: int) -> SheetTable | None:
    best: tuple[int, int] | None = None
    for place, row in enumerate(sheet.rows[:HEADER_WITHIN]):
        parts = {layout.part_of(cell) for cell in row.cells if cell.strip()} - {None, "-"}
        if all(group & parts for group in layout.needs) and (best is None or len(parts) > best[0]):
            best = len(parts), place
    if best is None:
        return None
    header = sheet.rows[best[1]]
    headers = tuple(clean(cell) for cell in header.cells)
    columns: dict[str, int] = {}
    others, left_alone = [], []
    for place, name in enumerate(headers):
        part = layout.part_of(name) if name else "-"
        if part is None:
            others.append(place)
        elif part != "-" and part not in columns:
            columns[part] = place
        elif name:
            left_alone.append(name)
    table = SheetTable(sheet, source, header.line, headers, columns, tuple(others), tuple(left_alone), ())
    rows = tuple(row for row in sheet.rows[best[1] + 1 :] if _is_record(table, row))
    return SheetTable(sheet, source, header.line, headers, columns, tuple(others), tuple(left_alone), rows)


def _is_record(table: SheetTable, row: Row) -> bool:
    """Whether a row is neither blank, nor the header once more, nor a total."""
    filled = [clean(cell) for cell in row.cells if cell.strip()]
    if not filled or [clean(cell) for cell in row.cells] == list(table.headers):
        return False
    return not _SUMMARY.fullmatch(filled[0])

"""Shares of functions: a row a person with a column a function, or a row for each person and function."""

from __future__ import annotations

from orgtui.exchange.rows import Row
from orgtui.exchange.sheets.cells import plain_share, share_of
from orgtui.exchange.sheets.table import PERSON, layout
from orgtui.exchange.sheets.taking import Lookups, Taking
from orgtui.model.kinds import decimal_share
from orgtui.model.schema import shown
from orgtui.model.sentence import N_, Ref, sentence

LAYOUT = layout(
    {
        "function": (
            "function, functions, work, activity, funktion, aufgabe, tätigkeit, "
            "职能, 工作, 工作内容, 职能名称"
        ),
        "share": (
            "share, percent, percentage, allocation, fte share, anteil, prozent, "
            "占比, 投入占比, 比例, 投入, 工时占比"
        ),
    },
    PERSON,
    has_person=True,
)
COUNTED = {"share": N_("{count:share|shares} of functions"), "share-gone": N_("{count:share|shares} ended")}


def read(taking: Taking, lookups: Lookups) -> None:
    """Plan the shares that differ from those of the organisation; functions that are not named stay."""
    table = taking.table
    reader = _Reader(taking, lookups)
    if {"function", "share"} <= table.columns.keys():
        cells = [table.cell(row, "share") for row in table.rows]
        reader.is_percent = _are_percents(cells)
        for row in table.rows:
            person = taking.person(lookups.people, row)
            name = table.cell(row, "function")
            if not name:
                taking.tell(row, "error", "no-function", sentence("the row names no function"))
                continue
            function = taking.find(
                lookups.functions, row, name, taking.header("function"), _about(taking, row)
            )
            if person is not None and function is not None:
                reader.cell(row, person, function, table.cell(row, "share"))
        return
    columns = {}
    every = [table.at(row, place) for row in table.rows for place in table.others]
    reader.is_percent = _are_percents(every)
    for place in table.others:
        name = table.headers[place]
        function = lookups.functions.get(name)
        filled = [cell for row in table.rows if (cell := table.at(row, place))]
        if function is not None:
            columns[place] = function
        elif any(share_of(cell, is_percent=reader.is_percent) is not None for cell in filled):
            header = Row(table.header_line, (), source=table.source)
            taking.find(lookups.functions, header, name, name, None)
        elif filled:
            says = sentence("{column} holds no shares of a function; not read", column=name)
            taking.tell(None, "note", "columns-not-read", says)
    for row in table.rows:
        person = taking.person(lookups.people, row)
        for place, function in columns.items():
            cell = table.at(row, place)
            if cell and person is not None:
                reader.cell(row, person, function, cell)


def _about(taking: Taking, row: Row) -> str | None:
    identity, name = taking.table.person(row)
    return name or identity or None


def _are_percents(cells: list[str]) -> bool:
    """Whether plain numbers are percents: one of them is more than 1."""
    return any((plain_share(cell) or 0) > 1 for cell in cells)


class _Reader:
    """The cells read so far: shares by person and function, with their lines."""

    def __init__(self, taking: Taking, lookups: Lookups) -> None:
        self._taking = taking
        self._organization = lookups.organization
        self._shares: dict[tuple[str, str], int] = {}
        self.is_percent = False

    def cell(self, row: Row, person: str, function: str, cell: str) -> None:
        """Plan the share in a cell."""
        seat = self._organization.people[person]
        about = seat.name or person
        named = Ref.to("function", function)
        percent = share_of(cell, is_percent=self.is_percent)
        if percent is None:
            says = sentence(
                "{function}: {cell} is no share of a week; write 0.5, 50 % or 50",
                function=self._organization.functions[function].name,
                cell=shown(cell),
            )
            self._taking.tell(row, "error", "share-unreadable", says, about)
            return
        first = self._shares.setdefault((person, function), row.line)
        if first != row.line:
            says = sentence(
                "{function} stands in line {line} already",
                function=self._organization.functions[function].name,
                line=first,
            )
            self._taking.tell(row, "error", "share-twice", says, about)
            return
        before = seat.functions.get(function)
        if percent == (before or 0):
            return
        said = {"person": Ref.to("person", person), "function": named}
        if percent == 0:
            says = sentence("{person}: {function}", **said)
            written: dict[str, object] = {"op": "unassign", "person": person, "function": function}
            self._taking.plan("share-gone", row, about, written, says)
            return
        says = sentence(
            "{person}: {function} {before} % → {share} %", **said, before=before or 0, share=percent
        )
        written = {"op": "assign", "person": person, "function": function, "share": decimal_share(percent)}
        self._taking.plan("share", row, about, written, says)

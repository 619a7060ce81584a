"""Finding the records of which two steps wrote the same field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from orgtui.model.records import Record
from orgtui.model.store import Cell, Set

ALL = "*"
"""Stands for every field of a record."""
PLACE = "#"
"""Stands for where a record stands among the others."""


def written_by_both(these: Iterable[Set], those: Iterable[Set]) -> list[Cell]:
    """The records of which both write a common field; creating or removing a record writes all its fields.

    One that stands elsewhere afterwards has its place written, and no field that is the same again.
    """
    mine, theirs = _fields_written(these), _fields_written(those)
    return [record for record in mine if record in theirs and _overlap(mine[record], theirs[record])]


def _overlap(these: set[str], those: set[str]) -> bool:
    return ALL in these or ALL in those or not these.isdisjoint(those)


def _fields_written(sets: Iterable[Set]) -> dict[Cell, set[str]]:
    ends: dict[Cell, tuple[Set, Set]] = {}
    written: dict[Cell, set[str]] = {}
    for each in sets:
        cell = (each.table, each.key)
        ends[cell] = (ends[cell][0] if cell in ends else each, each)
        names = written.setdefault(cell, set())
        if each.old is None or each.new is None:
            names.add(PLACE)
        else:
            names |= _differing(each.old, each.new)
    for cell, (first, last) in ends.items():
        if first.old is None or last.new is None:
            written[cell].add(ALL)
        elif PLACE in written[cell]:
            written[cell] |= _differing(first.old, last.new)
    return written


def _differing(old: Record, new: Record) -> set[str]:
    return {field.name for field in fields(old) if getattr(old, field.name) != getattr(new, field.name)}

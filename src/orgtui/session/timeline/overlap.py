"""Finding the records of which two steps wrote the same field."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields

from orgtui.model.store import Cell, Set

ALL = "*"
"""Stands for every field of a record."""


def written_by_both(these: Iterable[Set], those: Iterable[Set]) -> list[Cell]:
    """The records of which both write a common field; creating or removing a record writes all its fields."""
    mine, theirs = _fields_written(these), _fields_written(those)
    return [record for record in mine if record in theirs and _overlap(mine[record], theirs[record])]


def _overlap(these: set[str], those: set[str]) -> bool:
    return ALL in these or ALL in those or not these.isdisjoint(those)


def _fields_written(sets: Iterable[Set]) -> dict[Cell, set[str]]:
    written: dict[Cell, set[str]] = {}
    for each in sets:
        names = written.setdefault((each.table, each.key), set())
        if each.old is None or each.new is None:
            names.add(ALL)
        else:
            old, new = each.old, each.new
            names |= {
                field.name for field in fields(old) if getattr(old, field.name) != getattr(new, field.name)
            }
    return written

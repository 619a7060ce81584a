"""What steps do to the parts of records, so that two plans can be compared by what they touch."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import partial
from typing import Any, NamedTuple

from orgtui.changes.compile import check_finding, trial
from orgtui.changes.merge_slots import ABSENT, Slot, Slots
from orgtui.changes.refusal import Refused
from orgtui.changes.replay import HasFindingAfter
from orgtui.model.records import Key, Record
from orgtui.model.sentence import Sentence
from orgtui.model.store import Organization, Set

ORDERED_TABLES = ("stage", "area", "pillar")
"""The tables whose order means something."""

EXISTS = ("", None)
"""The part of a record that says that it is there."""

Part = tuple[str, Any]
"""A field of a record, and of one that holds several values the value meant."""


class Cell(NamedTuple):
    """A part of a record: what a change can touch."""

    table: str
    key: Key
    part: Part


@dataclass(frozen=True, slots=True)
class Effect:
    """What steps come to: the records they touched as they are then, who wrote what, and what was refused.

    `orders` has the keys of ordered tables.
    """

    records: Mapping[tuple[str, Key], Record | None]
    writers: Mapping[Cell, frozenset[Slot]]
    refused: Mapping[Slot, Sentence]
    was: Mapping[Slot, Mapping[str, object]]
    orders: tuple[tuple[Key, ...], ...]

    def leads_to(self, organization: Organization) -> object:
        """What can be compared with another effect: all that differs from an organisation."""
        cells = {
            (name, part): value
            for name, record in self.records.items()
            if record != organization.tables[name[0]].get(name[1])
            for part, value in (parts(record) or {EXISTS: False}).items()
        }
        return cells, self.orders


def effect(
    organization: Organization,
    steps: Slots,
    has_finding: HasFindingAfter | None = None,
    *,
    strict: bool = False,
) -> Effect:
    """Make steps one after another, those that are refused left out, and take them back.

    If `strict` it ends with the first that is refused. With `has_finding`, accepting is refused where no
    finding is. Alters nothing in the end.
    """
    records: dict[tuple[str, Key], Record | None] = {}
    writers: dict[Cell, frozenset[Slot]] = {}
    refused: dict[Slot, Sentence] = {}
    was: dict[Slot, Mapping[str, object]] = {}
    made: list[tuple[int, list[Set]]] = []
    with trial(organization) as tried:
        for slot, step in steps.items():
            replaced = step.change.replaced_values(organization)
            try:
                if has_finding is not None:
                    check_finding(organization, step.change, partial(has_finding, made))
                sets = tried.make(step.change)
            except Refused as refusal:
                refused[slot] = refusal.sentence
                if strict:
                    break
                continue
            made.append((step.wave, sets))
            was[slot] = replaced
            for cell in _written(sets):
                writers[cell] = writers.get(cell, frozenset()) | {slot}
            records.update({(each.table, each.key): each.new for each in sets})
        orders = tuple(tuple(organization.tables[table]) for table in ORDERED_TABLES)
    return Effect(records, writers, refused, was, orders)


def parts(record: Record | None) -> dict[Part, Any]:
    """The parts of a record with their values; those of one that is not there are none."""
    if record is None:
        return {}
    found: dict[Part, Any] = {EXISTS: True}
    for each in fields(record):
        value = getattr(record, each.name)
        if isinstance(value, Mapping):
            found |= {(each.name, key): inner for key, inner in value.items()}
        elif isinstance(value, tuple):
            found |= {(each.name, inner): True for inner in value}
        elif value is not None:
            found[each.name, None] = value
    return found


def differing_parts(before: Record | None, after: Record | None) -> Iterator[Part]:
    """The parts that differ between two states of a record."""
    old, new = parts(before), parts(after)
    for part in dict.fromkeys((*old, *new)):
        if old.get(part, ABSENT) != new.get(part, ABSENT):
            yield part


def _written(sets: Iterable[Set]) -> Iterator[Cell]:
    for each in sets:
        for part in differing_parts(each.old, each.new):
            yield Cell(each.table, each.key, part)

"""Differences of two organisations, or of two plans, entry by entry."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Literal

from orgtui.api.user_error import UserError
from orgtui.changes.base import WriteKey, record_to_mapping, to_plain_data
from orgtui.changes.parse import parse_change
from orgtui.files.disk.reading import read_text
from orgtui.files.plan_file import Plan, PlannedWave, PlanTable, SeatReview, Signoff, load_plan
from orgtui.files.toml.document import Document
from orgtui.model.records import Key
from orgtui.model.sentence import N_, sentence
from orgtui.model.store import RECORD_TYPES, Organization

COMPARED_TABLES = [table for table in RECORD_TYPES if table != "files"]
"""The tables that are compared; the names of people and pay files are not."""
ORDERED_TABLES = ("pillar", "stage", "area")
"""The tables whose order is compared as well."""

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a file, with its values as plain data by key."""

    kind: str
    id: str
    values: Values


Entries = dict[tuple[object, ...], Entry]
"""The entries of a file by identity; not by kind and id alone, as an id may be any word."""


@dataclass(frozen=True, slots=True)
class Difference:
    """An entry that only one file has, or that has other values; `values` are pairs of old and new by key.

    `name` is what people call it, by the new file if it is there; empty if it has no name.
    """

    kind: str
    id: str
    change: Literal["added", "removed", "changed"]
    values: Mapping[str, tuple[object, object]]
    name: str = field(default="", compare=False)


def differences(old: Entries, new: Entries) -> Iterator[Difference]:
    """The differences of entries, by kind; within a kind in the order of the old file, then new ones."""
    both = {**old, **new}
    kinds = list(dict.fromkeys(each.kind for each in (*old.values(), *new.values())))
    for identity, entry in sorted(both.items(), key=lambda named: kinds.index(named[1].kind)):
        before, after = (side[identity].values if identity in side else {} for side in (old, new))
        values = {
            key: (before.get(key), after.get(key))
            for key in dict.fromkeys((*before, *after))
            if before.get(key) != after.get(key)
        }
        name = str(entry.values.get("name") or "")
        if identity not in old:
            yield Difference(entry.kind, entry.id, "added", values, name)
        elif identity not in new:
            yield Difference(entry.kind, entry.id, "removed", values, name)
        elif values:
            yield Difference(entry.kind, entry.id, "changed", values, name)


# -- entries of files ----------------------------------------------------------------------------


def load_entries(
    old: Path, new: Path, read_organization: Callable[[Path], Organization]
) -> tuple[Entries, Entries]:
    """Load the entries of two files; raises UserError for a plan and an organisation, InvalidFile."""
    plans = [_is_plan(path) for path in (old, new)]
    if all(plans):
        before, after = (load_plan(path, parse_change) for path in (old, new))
        return plan_entries(before), plan_entries(after)
    if any(plans):
        wrong = N_("{plan} is a plan and {organization} an organisation; name two of one kind")
        plan, organization = (old, new) if plans[0] else (new, old)
        raise UserError(sentence(wrong, plan=plan.name, organization=organization.name))
    first, second = map(read_organization, (old, new))
    return organization_entries(first), organization_entries(second)


def _is_plan(path: Path) -> bool:
    return "plan" in Document(str(path), read_text(str(path))).data


def organization_entries(organization: Organization) -> Entries:
    """The entries of an organisation, and the order of the ids of ordered tables."""
    entries: Entries = {}
    for table in COMPARED_TABLES:
        if table in ORDERED_TABLES:
            order = {"ids": list(organization.tables[table])}
            entries["order", table] = Entry(table, "order", order)
        for key, record in organization.tables[table].rows().items():
            entries["record", table, key] = Entry(*_name(table, key), record_to_mapping(record))
    return entries


def _name(table: str, key: Key) -> tuple[str, str]:
    if table == "profile":
        return "organization", ""
    return table, key if isinstance(key, str) else ">".join(key)


def plan_entries(plan: Plan) -> Entries:
    """The entries of a plan: head, waves, reviews and signatures, and its changes by what they overwrite."""
    entries: Entries = {("plan",): Entry("plan", "", _said(plan, PlanTable))}
    for wave in plan.waves:
        entries["wave", wave.number] = Entry("wave", str(wave.number), _said(wave, PlannedWave))
    for review in plan.reviews:
        entries["review", review.person] = Entry("review", review.person, _said(review, SeatReview))
    for signed in plan.signoffs:
        entries["signoff", signed.team] = Entry("signoff", signed.team, _said(signed, Signoff))
    seen: Counter[WriteKey] = Counter()
    for step in plan.steps:
        written = parse_change(step.change).write_set()[0]
        seen[written] += 1
        name = " ".join(filter(None, written))
        about = {"wave": step.wave, "why": step.why}
        entries["change", written, seen[written]] = Entry(
            "change",
            name if seen[written] == 1 else f"{name} ({seen[written]})",
            {**step.change, **{k: v for k, v in about.items() if v is not None}},
        )
    return entries


def _said(table: object, table_type: type[PlanTable | PlannedWave | SeatReview | Signoff]) -> Values:
    """What the fields of a table hold, as plain data."""
    said = {each.name: to_plain_data(getattr(table, each.name)) for each in fields(table_type)}
    return {key: value for key, value in said.items() if value is not None}

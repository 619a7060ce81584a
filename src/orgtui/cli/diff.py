"""`orgtui diff`: how two organisations, or two plans, differ, entry by entry."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from pathlib import Path
from typing import Any, Literal

from orgtui.changes.base import Register, plain, plain_fields
from orgtui.changes.parse import parse_change
from orgtui.cli.parser import Parser
from orgtui.cli.state import read_organization
from orgtui.cli.words import Unusable, reporting
from orgtui.files.disk.reading import read_text
from orgtui.files.plan_file import Plan, PlanTable, load_plan
from orgtui.files.toml.document import Document
from orgtui.locales import say
from orgtui.model.records import Key
from orgtui.model.sentence import sentence
from orgtui.model.store import RECORD_TYPES, Organization

SIGNS = {"added": "+", "removed": "-", "changed": "~"}
TABLES = [table for table in RECORD_TYPES if table != "files"]
"""What organisations are compared by: where people are kept makes no difference."""
IN_ORDER = ("pillar", "stage", "area")
"""Tables whose order has a meaning."""

Values = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that a file holds, as it writes it."""

    kind: str
    id: str
    values: Values


Entries = dict[tuple[object, ...], Entry]
"""What a file holds, by what tells two entries apart: kind and id do not, as ids may be any words."""


@dataclass(frozen=True, slots=True)
class Difference:
    """An entry that only one file has, or both with other values; `values` are old and new by key."""

    kind: str
    id: str
    change: Literal["added", "removed", "changed"]
    values: Mapping[str, tuple[object, object]]


def run(arguments: list[str]) -> int:
    """Run the command; 0 told, 2 bad usage or input."""
    parser = Parser("orgtui diff", description="How two organisations or two plans differ, by id.")
    parser.add_argument("old", metavar="OLD", type=Path, help="organisation or plan")
    parser.add_argument("new", metavar="NEW", type=Path, help="the same kind of file")
    parser.add_argument("--format", choices=tuple(FORMATS), default="text")
    options = parser.parse_args(arguments)

    def tell() -> int:
        for line in FORMATS[options.format](list(differences(*_entries_of(options.old, options.new)))):
            print(line)
        return 0

    return reporting(tell)


def differences(old: Entries, new: Entries) -> Iterator[Difference]:
    """How entries differ: in the order of the old file, then what is new; by kind as files order them."""
    both = {**old, **new}
    kinds = list(dict.fromkeys(each.kind for each in (*old.values(), *new.values())))
    for identity, entry in sorted(both.items(), key=lambda named: kinds.index(named[1].kind)):
        before, after = (side[identity].values if identity in side else {} for side in (old, new))
        values = {
            key: (before.get(key), after.get(key))
            for key in dict.fromkeys((*before, *after))
            if before.get(key) != after.get(key)
        }
        if identity not in old:
            yield Difference(entry.kind, entry.id, "added", values)
        elif identity not in new:
            yield Difference(entry.kind, entry.id, "removed", values)
        elif values:
            yield Difference(entry.kind, entry.id, "changed", values)


# -- what files hold -------------------------------------------------------------------------------


def _entries_of(old: Path, new: Path) -> tuple[Entries, Entries]:
    plans = [_is_plan(path) for path in (old, new)]
    if all(plans):
        before, after = (load_plan(path, parse_change) for path in (old, new))
        return entries_of_plan(before), entries_of_plan(after)
    if any(plans):
        wrong = "{plan} is a plan and {organization} an organisation; name two of one kind"
        plan, organization = (old, new) if plans[0] else (new, old)
        raise Unusable(sentence(wrong, plan=plan.name, organization=organization.name))
    first, second = map(read_organization, (old, new))
    return entries_of_organization(first), entries_of_organization(second)


def _is_plan(path: Path) -> bool:
    return "plan" in Document(str(path), read_text(str(path))).data


def entries_of_organization(organization: Organization) -> Entries:
    """What an organisation holds, and the order of what stands in an order that means something."""
    entries: Entries = {}
    for table in TABLES:
        if table in IN_ORDER:
            order = {"ids": list(organization.tables[table])}
            entries["order", table] = Entry(table, "order", order)
        for key, record in organization.tables[table].rows().items():
            entries["record", table, key] = Entry(*_name(table, key), plain_fields(record))
    return entries


def _name(table: str, key: Key) -> tuple[str, str]:
    if table == "profile":
        return "organization", ""
    return table, key if isinstance(key, str) else ">".join(key)


def entries_of_plan(plan: Plan) -> Entries:
    """What a plan holds: its head, and each change by what it overwrites."""
    head = {each.name: plain(getattr(plan, each.name)) for each in fields(PlanTable)}
    said = {key: value for key, value in head.items() if value is not None}
    entries: Entries = {("plan",): Entry("plan", "", said)}
    seen: Counter[Register] = Counter()
    for step in plan.steps:
        written = parse_change(step.change).registers()[0]
        seen[written] += 1
        name = " ".join(filter(None, written))
        about = {"wave": step.wave, "why": step.why}
        entries["change", written, seen[written]] = Entry(
            "change",
            name if seen[written] == 1 else f"{name} ({seen[written]})",
            {**step.change, **{k: v for k, v in about.items() if v is not None}},
        )
    return entries


# -- words -----------------------------------------------------------------------------------------


def _text(found: Iterable[Difference]) -> Iterator[str]:
    any_found = False
    for each in found:
        any_found = True
        yield f"{SIGNS[each.change]} {each.kind} {each.id}".rstrip()
        for key, (old, new) in each.values.items() if each.change == "changed" else ():
            yield f"    {key}: {_shown(old)} → {_shown(new)}"
    if not any_found:
        yield say(sentence("no differences"))


def _json(found: Iterable[Difference]) -> Iterator[str]:
    told = [
        {
            "kind": each.kind,
            "id": each.id,
            "change": each.change,
            "values": {key: {"old": old, "new": new} for key, (old, new) in each.values.items()},
        }
        for each in found
    ]
    yield json.dumps({"differences": told}, ensure_ascii=False, indent=2, default=_iso)


def _markdown(found: Iterable[Difference]) -> Iterator[str]:
    yield "| | kind | id | key | old | new |"
    yield "| --- | --- | --- | --- | --- | --- |"
    for each in found:
        for key, (old, new) in each.values.items() if each.change == "changed" else [("", ("", ""))]:
            cells = SIGNS[each.change], each.kind, each.id, key, _shown(old), _shown(new)
            yield f"| {' | '.join(map(_escaped, cells))} |"


def _shown(value: Any) -> str:
    if value is None:
        return "–"
    if isinstance(value, str | date):
        return str(value)
    return json.dumps(value, ensure_ascii=False, default=_iso)


def _iso(value: date) -> str:
    return value.isoformat()


def _escaped(text: str) -> str:
    """Text that stands in a cell of a Markdown table as it is."""
    for character in "\\`*_[]|":
        text = text.replace(character, f"\\{character}")
    return text.replace("&", "&amp;").replace("<", "&lt;")


FORMATS = {"text": _text, "json": _json, "md": _markdown}

"""The steps of a plan with what each of them assigns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from orgtui.changes.step import Step
from orgtui.model.records import DEPARTMENT_PREFIX
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization, Set
from orgtui.views.base.names import NAMED_TABLES


class Made(NamedTuple):
    """A step with its number in the plan, from 1, and its assignments."""

    number: int
    step: Step
    sets: Sequence[Set]


def made_in(baseline: Organization, steps: Iterable[Step]) -> list[Made]:
    """Make steps, which can be made, in a copy of their baseline."""
    state, made = baseline.copy(), []
    for number, step in enumerate(steps, start=1):
        sets = step.change.compile(state)
        for each in sets:
            state.apply(each)
        made.append(Made(number, step, sets))
    return made


def names_on_the_way(made: Iterable[Made], before: Organization, after: Organization) -> dict[Ref, str]:
    """The last names of what steps bring and take away again, which neither state has."""
    names: dict[Ref, str] = {}
    for each in (each for steps in made for each in steps.sets if each.table in NAMED_TABLES):
        if each.key not in before.tables[each.table] and each.key not in after.tables[each.table]:
            name = getattr(each.new or each.old, "name", None)
            if name is not None:
                names[Ref.to(each.table, str(each.key))] = name
    return names


def touched_by(each: Set) -> Iterator[Ref]:
    """The teams, functions and seats that an assignment is about."""
    if each.table in ("team", "function", "person"):
        yield Ref.to(each.table, str(each.key))
    for record in (each.old, each.new):
        if record is not None:
            yield from _named(each.table, record)


def _named(table: str, record: Any) -> Iterator[Ref]:
    """What a record sits in or joins."""
    match table:
        case "function" | "person" | "request" if record.team is not None:
            yield Ref.to("team", record.team)
        case "share":
            yield from (Ref(record.source), Ref(record.target))
        case "handoff":
            ends = (end for end in (record.source, record.target) if not end.startswith(DEPARTMENT_PREFIX))
            yield from (Ref.to("function", end) for end in ends)
        case "mission":
            yield from (Ref.to("person", each) for each in (record.lead, *record.people) if each)
        case "accept":
            yield from map(Ref, record.subjects)

"""Who gets a new manager by some assignments: only seats that these can reach are looked at."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from orgtui.engine.view import View
from orgtui.model.records import Team
from orgtui.model.store import Set
from orgtui.rules.facts.reporting import manager_in, open_lead

Managers = Mapping[str, str | None]
"""The manager of filled seats, None for the head."""


def reached_seats(view: View, sets: Iterable[Set]) -> Iterator[str]:
    """The seats whose manager assignments may change, as they stand in a state before or after them.

    Somebody who leads several teams and has another topmost one only because a team above it moved is left
    out: finding those would mean to look at every team below.
    """
    for each in sets:
        old, new = each.old, each.new
        if each.table == "person" and _differ(old, new, "team", "state"):
            yield str(each.key)
        if each.table != "team" or not _differ(old, new, "parent", "lead"):
            continue
        yield from (record.lead for record in (old, new) if isinstance(record, Team) and record.lead)
        if _differ(old, new, "lead"):
            yield from view.members(str(each.key))
            yield from _below(view, view.children(str(each.key)))
        yield from _below(view, [str(each.key)])


def managers_of(view: View, seats: Iterable[str]) -> dict[str, str | None]:
    """The managers of those of some seats that are filled."""
    records = ((seat, view.person(seat)) for seat in seats)
    return {
        seat: manager_in(view, seat, record.team)
        for seat, record in records
        if record is not None and record.state == "filled"
    }


def reader_of_managers(view: View, sets: Iterable[Set]) -> Callable[[View], dict[str, str | None]]:
    """Reads in the state after assignments the managers of those whom these reach, before or after them."""
    sets = list(sets)
    reached = {*reached_seats(view, sets)}
    return lambda after: managers_of(after, reached.union(reached_seats(after, sets)))


def new_managers(before: Managers, after: Managers) -> int:
    """How many people, with a seat filled in both states, have another manager."""
    return sum(1 for seat, boss in after.items() if seat in before and before[seat] != boss)


def _below(view: View, teams: Iterable[str]) -> Iterator[str]:
    """Who reports to the first lead above some teams: their leads, and the seats of those without lead."""
    left = list(teams)
    while left:
        team = left.pop()
        lead = open_lead(view, team)
        if lead is not None:
            yield lead
            continue
        yield from view.members(team)
        left += view.children(team)


def _differ(old: object, new: object, *fields: str) -> bool:
    return any(getattr(old, field, None) != getattr(new, field, None) for field in fields)

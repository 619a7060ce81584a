"""Whose manager changes between two states, without asking everybody."""

from __future__ import annotations

from collections.abc import Iterable

from orgtui.engine.view import View
from orgtui.model.records import Team
from orgtui.model.store import Set
from orgtui.rules.facts.reporting import manager_in


def people_affected(view: View, sets: Iterable[Set]) -> set[str]:
    """Everyone whose manager may have changed: members and leads, old and new, of changed teams and below."""
    people: set[str] = set()
    teams: set[str] = set()
    for each in sets:
        if each.table == "person":
            people.add(str(each.key))
            teams.update(view.led_by(str(each.key)))
        elif each.table == "team":
            teams.add(str(each.key))
            people |= {
                record.lead for record in (each.old, each.new) if isinstance(record, Team) and record.lead
            }
    due = list(teams)
    while due:
        team = due.pop()
        record = view.team(team)
        people |= {*view.members(team)} | ({record.lead} if record and record.lead else set())
        below = [child for child in view.children(team) if child not in teams]
        teams.update(below)
        due += below
    return people


def has_new_manager(before: View, now: View, person: str) -> bool:
    """Whether somebody has a filled seat in both states and another manager."""
    managers = []
    for view in (before, now):
        seat = view.person(person)
        if seat is None or seat.state != "filled":
            return False
        managers.append(manager_in(view, person, seat.team))
    return managers[0] != managers[1]

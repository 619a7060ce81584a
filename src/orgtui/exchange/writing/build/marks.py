"""How seats, functions and teams of one state differ from the other state, and where they are there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from orgtui.changes.operations.focus import FoldBack
from orgtui.changes.operations.teams import MergeTeams
from orgtui.changes.step import Step
from orgtui.exchange.writing.build.state import Teams
from orgtui.exchange.writing.report import Mark
from orgtui.model.records import Function, Person, Team


class Marked(NamedTuple):
    """A mark, and the name of the team where the thing is in the other state if that is another one."""

    mark: Mark | None = None
    elsewhere: str | None = None


SAME = Marked()


class Marks:
    """The marks where there is no other state: none."""

    def seat(self, person: Person) -> Marked:
        """The mark of an open seat."""
        return SAME

    def work(self, function: Function) -> Marked:
        return SAME

    def team(self, team: Team) -> Marked:
        return SAME


class Leaving(Marks):
    """The marks of a state before a plan: what it takes away is gone, what sits elsewhere after it moves."""

    def __init__(self, after: Teams, successors: Mapping[str, str]) -> None:
        self.after = after
        self.successors = successors
        """By team that goes, the team that it becomes a part of, if the plan merges it."""

    def seat(self, person: Person) -> Marked:
        there = self.after.organization.people.get(person.id)
        if there is None or there.state == "closed":
            return Marked("gone")
        return SAME if there.team == person.team else Marked("moved", self._team_name(there.team))

    def work(self, function: Function) -> Marked:
        there = self.after.organization.functions.get(function.id)
        if there is None:
            return Marked("gone")
        return SAME if there.team == function.team else Marked("moved", self._team_name(there.team))

    def team(self, team: Team) -> Marked:
        there = self.after.organization.teams.get(team.id)
        if there is None:
            return Marked("gone", self._team_name(self._successor(team.id)))
        return SAME if there.parent == team.parent else Marked("moved", self._team_name(there.parent))

    def _successor(self, team: str) -> str | None:
        """The team that a team that went is a part of in the end; None if the plan does not merge it."""
        seen = {team}
        here = self.successors.get(team)
        while here is not None and here not in self.after.organization.teams and here not in seen:
            seen.add(here)
            here = self.successors.get(here)
        return here if here in self.after.organization.teams else None

    def _team_name(self, team: str | None) -> str | None:
        return None if team is None else self.after.name("team", team)


class Arriving(Marks):
    """The marks of a state after a plan: what is new, came from elsewhere, or is called or led otherwise."""

    def __init__(self, before: Teams, after: Teams) -> None:
        self.before = before
        self.after = after

    def seat(self, person: Person) -> Marked:
        there = self.before.organization.people.get(person.id)
        if there is None or there.state == "closed":
            return Marked("new")
        if there.team != person.team:
            return Marked("moved", self._team_name(there.team))
        is_other = _face_of_seat(there) != _face_of_seat(person)
        return Marked("changed") if is_other or self._led(person.id) else SAME

    def work(self, function: Function) -> Marked:
        there = self.before.organization.functions.get(function.id)
        if there is None:
            return Marked("new")
        if there.team != function.team:
            return Marked("moved", self._team_name(there.team))
        return SAME if _face_of_work(there) == _face_of_work(function) else Marked("changed")

    def team(self, team: Team) -> Marked:
        there = self.before.organization.teams.get(team.id)
        if there is None:
            return Marked("new")
        if there.parent != team.parent:
            return Marked("moved", self._team_name(there.parent))
        return SAME if _face_of_team(there) == _face_of_team(team) else Marked("changed")

    def _led(self, person: str) -> bool:
        """Whether a seat leads other teams than before, of those that were there before and after."""
        before, after = (state.organization for state in (self.before, self.after))
        was, now = before.index("led_by", person), after.index("led_by", person)
        return was != now and any(
            each in before.teams and each in after.teams for each in set(was) ^ set(now)
        )

    def _team_name(self, team: str | None) -> str | None:
        return None if team is None else self.before.name("team", team)


def successors_in(steps: Iterable[Step]) -> dict[str, str]:
    """By each team that steps merge into another one, that other team."""
    merged = (step.change for step in steps if isinstance(step.change, MergeTeams | FoldBack))
    return {change.team: change.into for change in merged}


def _face_of_seat(person: Person) -> tuple[object, ...]:
    """What people see of a seat."""
    return person.name, person.title, person.state, person.fte


def _face_of_work(function: Function) -> tuple[object, ...]:
    """What people see of a function."""
    return function.name, function.area, function.stages


def _face_of_team(team: Team) -> tuple[object, ...]:
    """What people see of a team."""
    return team.name, team.lead, team.focus is None

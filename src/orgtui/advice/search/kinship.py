"""Kinship in a search: which work and which teams belong near each other, whatever has been moved so far."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from orgtui.changes.base import Change
from orgtui.changes.operations.functions import MoveFunction
from orgtui.changes.operations.links import AddShare
from orgtui.changes.operations.teams import DissolveTeam, MergeTeams, MoveTeam
from orgtui.engine.view import View
from orgtui.model.sentence import Ref
from orgtui.rules.facts.kin import handoff_partners_of
from orgtui.rules.facts.skills import similarity
from orgtui.rules.facts.teams import is_focus, is_working_team
from orgtui.rules.fixes.common import functions_in, functions_performed_by

AREA, LIKENESS, HANDOFF = 1.0, 2.0, 1.0
"""How near two functions are that share an area, need the same skills, or hand over to one another."""


class Kinship:
    """How near functions and teams are; what a pair of functions has in common is looked up once."""

    def __init__(self) -> None:
        self._near: dict[tuple[str, str], float] = {}

    def of(self, view: View, function: str, other: str) -> float:
        """How near two functions are; 0 for strangers."""
        pair = (function, other) if function < other else (other, function)
        near = self._near.get(pair)
        if near is None:
            near = self._near[pair] = _nearness(view, *pair)
        return near

    def between(self, view: View, functions: Sequence[str], others: Sequence[str]) -> float:
        """How near two groups of functions are, for a pair on average; 0 for strangers."""
        pairs = max(1, len(functions) * len(others))
        return sum(self.of(view, one, other) for one in functions for other in others) / pairs

    def teams_near(self, view: View, functions: Sequence[str], teams: Iterable[str], most: int) -> list[str]:
        """Those of some teams with the nearest work, no focus teams, the nearest first."""
        found = []
        for other in teams:
            if is_focus(view, other) or not is_working_team(view, other):
                continue
            near = self.between(view, functions, sorted(view.functions_of(other)))
            if near:
                found.append((-near, other))
        return [other for _, other in sorted(found)[:most]]

    def allows(self, view: View, change: Change) -> bool:
        """Whether a change joins only what is near; any other change is allowed."""
        match change:
            case MergeTeams(team, into):
                return self._joins(view, work_of(view, team), into)
            case MoveTeam(team, to):
                return to == view.root() or self._joins(view, work_of(view, team), to)
            case MoveFunction(function, to):
                return self._joins(view, [function], to)
            case DissolveTeam(team, people_to, functions_to, children_to):
                targets = {target for target in (people_to, functions_to, children_to) if target is not None}
                return all(self._joins(view, work_of(view, team), target) for target in sorted(targets))
        return True

    def is_loose(self, view: View, change: Change) -> bool:
        """Whether a change links teams whose own work has nothing in common."""
        if not isinstance(change, AddShare):
            return False
        ends = [Ref(change.source), Ref(change.target)]
        if any(end.kind != "team" for end in ends):
            return False
        work, others = (sorted(view.functions_of(end.id)) for end in ends)
        return not any(self.of(view, one, other) for one in work for other in others)

    def _joins(self, view: View, work: Sequence[str], to: str) -> bool:
        there = work_of(view, to)
        return any(self.of(view, one, other) for one in work for other in there if one != other)


def work_of(view: View, team: str) -> list[str]:
    """The functions of a team and those below it; without any, those that its members perform."""
    work = functions_in(view, team)
    if work:
        return work
    performed = (functions_performed_by(view, person) for person in sorted(view.members(team)))
    return sorted({function for functions in performed for function in functions})


def _nearness(view: View, function: str, other: str) -> float:
    one, two = view.function(function), view.function(other)
    if one is None or two is None:
        return 0.0
    common, whole = similarity(view, function, other)
    shares_area = one.area is not None and one.area == two.area
    hands_over = other in handoff_partners_of(view, function)
    return AREA * shares_area + LIKENESS * common / whole + HANDOFF * hands_over


def teams_of(view: View, functions: Iterable[str]) -> set[str]:
    """The teams that are accountable for functions."""
    records = (view.function(function) for function in functions)
    return {record.team for record in records if record is not None and record.team is not None}

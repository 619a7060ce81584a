"""Graphs over the whole organisation: shared knowledge, handoffs between teams, the relay of the funnel."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import pairwise

from orgtui.engine.view import View
from orgtui.rules.facts.components import Graph
from orgtui.rules.facts.handoffs import team_handoffs
from orgtui.rules.facts.sharing import sharing
from orgtui.rules.facts.stages import end_team
from orgtui.rules.facts.teams import is_working_team


def knowledge_graph(view: View) -> Graph:
    """The working teams joined by sharing, in both directions; teams without links are left out."""
    graph: dict[str, set[str]] = {}
    for one, other in sharing(view):
        if is_working_team(view, one) and is_working_team(view, other):
            graph.setdefault(one, set()).add(other)
            graph.setdefault(other, set()).add(one)
    return graph


def team_handoff_graph(view: View) -> Graph:
    """The teams joined by handoffs between their functions; teams without any are left out."""
    graph: dict[str, set[str]] = {}
    for giver, taker in team_handoffs(view):
        graph.setdefault(giver, set()).add(taker)
        graph.setdefault(taker, set())
    return graph


def relay_cost(view: View) -> int | None:
    """The fewest team borders between a function of the first served stage and one of the last.

    None if no function serves a stage, or if there is no path.
    """
    served = [stage for stage in view.stages() if view.serving(stage)]
    if not served:
        return None
    relay = _Relay(view)
    goal, cost = view.serving(served[-1]), 0
    level: Collection[str] = view.serving(served[0])
    while level:
        reached = relay.spread(level)
        if not reached.isdisjoint(goal):
            return cost
        level = relay.across_borders(reached)
        cost += 1
    return None


class _Relay:
    """A breadth-first search through functions by team borders; each function is visited once."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.seen: set[str] = set()
        self.stage_after = dict(pairwise(view.stages()))
        self.unvisited: dict[str, dict[str, list[str]]] = {}

    def spread(self, start: Collection[str]) -> set[str]:
        """The unvisited functions that can be reached from `start` without a border, `start` included."""
        reached: set[str] = set()
        due = list(start)
        while due:
            function = due.pop()
            record = self.view.function(function)
            if function in self.seen or record is None or record.team is None:
                continue
            self.seen.add(function)
            reached.add(function)
            due += [to for to, team in self._handed_to(function) if team == record.team]
            due += self._next_in_team(record.team, record.stages)
        return reached

    def across_borders(self, functions: Collection[str]) -> set[str]:
        """The unvisited functions that `functions` hand over to."""
        return {to for function in functions for to, _ in self._handed_to(function)} - self.seen

    def _handed_to(self, function: str) -> Iterator[tuple[str, str]]:
        """The functions that a function hands over to, each with its team."""
        for _, to in self.view.handoffs_from(function):
            team = end_team(self.view, to)
            if team is not None:
                yield to, team

    def _next_in_team(self, team: str, stages: Iterable[str]) -> list[str]:
        """The team's functions at one of the stages or the next; each stage of a team is returned once."""
        unvisited = self.unvisited.get(team)
        if unvisited is None:
            unvisited = self.unvisited[team] = self._by_stage(team)
        reach = {after for stage in stages for after in (stage, self.stage_after.get(stage, stage))}
        return [function for stage in reach for function in unvisited.pop(stage, ())]

    def _by_stage(self, team: str) -> dict[str, list[str]]:
        """The functions of a team by the stages that they serve."""
        by_stage: dict[str, list[str]] = {}
        for function in self.view.functions_of(team):
            record = self.view.function(function)
            for stage in () if record is None else record.stages:
                by_stage.setdefault(stage, []).append(function)
        return by_stage

"""Graphs over the whole organisation: shared knowledge, handoffs between teams, the relay of the funnel."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import islice, pairwise

from orgtui.engine.view import View
from orgtui.rules.facts.components import Graph
from orgtui.rules.facts.handoffs import team_handoffs
from orgtui.rules.facts.sharing import knowledge_links, knowledge_neighbours
from orgtui.rules.facts.stages import end_team


def knowledge_graph(view: View) -> Graph:
    """The working teams joined by sharing, in both directions; teams without links are left out."""
    graph: dict[str, set[str]] = {}
    for one, other in knowledge_links(view):
        graph.setdefault(one, set()).add(other)
        graph.setdefault(other, set()).add(one)
    return graph


def has_linked_teams(view: View, least: int) -> bool:
    """Whether at least so many working teams are joined by sharing; looks at no more than it must."""
    linked = (team for team in view.ids("team") if knowledge_neighbours(view, team))
    return sum(1 for _ in islice(linked, least)) == least


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
    ends = _ends_of_funnel(view)
    return None if ends is None else _Relay(view, ends[1]).cost(ends[0])


def is_relay_within(view: View, borders: int) -> bool:
    """Whether `relay_cost` is at most that, or None.

    Most funnels have a short way from the first function or one soon after it: nothing else is read then, and
    nothing else that changes asks for it again.
    """
    ends = _ends_of_funnel(view)
    if ends is None:
        return True
    relay = _Relay(view, ends[1])
    if any(relay.cost([start], borders) is not None for start in sorted(ends[0])):
        return True
    cost = relay_cost(view)
    return cost is None or cost <= borders


def _ends_of_funnel(view: View) -> tuple[Collection[str], frozenset[str]] | None:
    """The functions of the first stage that any serve, and those of the last."""
    served = [stage for stage in view.stages() if view.serving(stage)]
    return (view.serving(served[0]), frozenset(view.serving(served[-1]))) if served else None


class _Relay:
    """A breadth-first search through functions by team borders to a goal; each function is visited once."""

    def __init__(self, view: View, goal: Collection[str]) -> None:
        self.view = view
        self.goal = goal
        self.seen: set[str] = set()
        self.stage_after = dict(pairwise(view.stages()))
        self.unvisited: dict[str, dict[str, list[str]]] = {}

    def cost(self, start: Collection[str], most: int | None = None) -> int | None:
        """The fewest borders from `start` to the goal, by functions not visited before; None above `most`."""
        level, borders = start, 0
        while level and (most is None or borders <= most):
            reached = self.spread(level)
            if reached is None:
                return borders
            level = self.across_borders(reached)
            borders += 1
        return None

    def spread(self, start: Collection[str]) -> set[str] | None:
        """The unvisited functions that can be reached from `start` without a border, `start` included.

        None as soon as one of them is of the goal: most ways through a funnel are short.
        """
        reached: set[str] = set()
        due = list(start)
        while due:
            function = due.pop()
            record = self.view.function(function)
            if function in self.seen or record is None or record.team is None:
                continue
            if function in self.goal:
                return None
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

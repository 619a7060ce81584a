"""The funnel: which functions, handoffs, teams and divisions serve and join its stages."""

from __future__ import annotations

from collections.abc import Mapping

from orgtui.engine.view import Contribution, View, derived, tally
from orgtui.model.sentence import Ref
from orgtui.rules.facts.stages import end_stages, end_team
from orgtui.rules.facts.work import counted_division


@derived
def next_stage(view: View, stage: str) -> str | None:
    """The stage after another one in the funnel; None after the last."""
    order = view.stages()
    after = order.index(stage) + 1 if stage in order else len(order)
    return order[after] if after < len(order) else None


@tally(over="function")
def functions_joining(view: View, function: str) -> Contribution:
    """Functions that serve a stage and the next one, by the first of the two."""
    record = view.function(function)
    if record is not None and record.team is not None:
        stages = record.stages
        for stage in stages:
            if next_stage(view, stage) in stages:
                yield stage, "", 1


@tally(over="handoff")
def handoffs_joining(view: View, handoff: tuple[str, str]) -> Contribution:
    """Handoffs that lead from a stage to the next one, by the first of the two."""
    if view.handoff(handoff) is not None:
        targets = end_stages(view, handoff[1])
        for stage in end_stages(view, handoff[0]):
            if next_stage(view, stage) in targets:
                yield stage, "", 1


@tally(over="function")
def divisions_serving(view: View, function: str) -> Contribution:
    """Functions that serve a stage, by stage and the division they count for."""
    record = view.function(function)
    division = None if record is None else counted_division(view, record)
    if record is not None and division is not None:
        for stage in record.stages:
            yield stage, division, 1


@tally(over="function")
def divisions_of_area(view: View, function: str) -> Contribution:
    """Functions of an area, by area and the division they count for."""
    record = view.function(function)
    division = None if record is None else counted_division(view, record)
    if record is not None and record.area is not None and division is not None:
        yield record.area, division, 1


@tally(over="handoff")
def stages_connected(view: View, handoff: tuple[str, str]) -> Contribution:
    """Handoffs to or from a stage, by the team at their other end and the stage."""
    if view.handoff(handoff) is not None:
        for end, other in (handoff, handoff[::-1]):
            team = end_team(view, end)
            if team is not None:
                for stage in end_stages(view, other):
                    yield team, stage, 1


@derived
def stages_connected_below(view: View, team: str) -> frozenset[str]:
    """The stages that handoffs of `work*` of a team lead to or come from."""
    below = (stages_connected_below(view, child) for child in view.children(team))
    return frozenset(stages_connected(view, team)).union(*below)


def largest_first(divisions: Mapping[str, int]) -> tuple[Ref, ...]:
    """Divisions by how many functions they have, most first, then by id."""
    return tuple(Ref.to("team", each) for each in sorted(divisions, key=lambda d: (-divisions[d], d)))

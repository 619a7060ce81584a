"""The work of teams and of all teams below them: areas, stages, and the division a function counts for."""

from __future__ import annotations

from collections.abc import Iterable

from orgtui.engine.view import View, derived
from orgtui.model.records import Function
from orgtui.rules.facts.teams import division, is_focus


@derived
def areas_below(view: View, team: str) -> frozenset[str]:
    """The areas that `work*` of a team belongs to."""
    records = map(view.function, view.functions_of(team))
    own = {record.area for record in records if record is not None and record.area}
    return frozenset(own.union(*(areas_below(view, child) for child in view.children(team))))


@derived
def stages_below(view: View, team: str) -> frozenset[str]:
    """The stages that `work*` of a team serves."""
    records = map(view.function, view.functions_of(team))
    own = {stage for record in records if record is not None for stage in record.stages}
    return frozenset(own.union(*(stages_below(view, child) for child in view.children(team))))


def counted_division(view: View, function: Function) -> str | None:
    """The division that a function counts for; None without team, in a focus team, or in the root."""
    if function.team is None or is_focus(view, function.team):
        return None
    return division(view, function.team)


@derived
def performers_in_order(view: View, function: str) -> tuple[str, ...]:
    """The seats that perform a function, by id."""
    return tuple(sorted(view.performers(function)))


def owning_teams(view: View, functions: Iterable[str]) -> set[str]:
    """The teams accountable for some functions."""
    records = map(view.function, functions)
    return {record.team for record in records if record is not None and record.team is not None}

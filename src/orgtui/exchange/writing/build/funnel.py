"""The funnel of one state: its stages, how they are joined, and which teams serve them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orgtui.exchange.writing.build.state import State
from orgtui.exchange.writing.report import Area, Funnel, Lane, Stage, Team
from orgtui.model.store import Organization
from orgtui.views.panes.data_flow import joint_after, teams_serving


def funnel_of(state: State, teams: Sequence[Team]) -> Funnel:
    """The stages of the whole organisation, and the lanes of some teams in their order."""
    return Funnel(tuple(_stages(state)), tuple(_lanes(teams)))


def areas_of(*organizations: Organization) -> tuple[Area, ...]:
    """The areas of the first organisation in order, then those that only the others have."""
    names = {area.id: area.name for each in reversed(organizations) for area in each.areas.values()}
    order = dict.fromkeys(area for each in organizations for area in each.areas)
    return tuple(Area(area, names[area], number) for number, area in enumerate(order))


def _stages(state: State) -> Iterator[Stage]:
    for stage in state.organization.stages.values():
        serving = teams_serving(state.view, stage.id)
        owner = None if stage.owner is None else state.name("department", stage.owner)
        joint = joint_after(state.view, stage.id)
        yield Stage(stage.id, stage.name, owner, sum(serving.values()), len(serving), joint)


def _lanes(teams: Sequence[Team]) -> Iterator[Lane]:
    for team in teams:
        functions = tuple(each for each in team.functions if each.stages)
        if functions:
            yield Lane(team.id, team.name, functions, team.mark)

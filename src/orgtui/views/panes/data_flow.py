"""How data flows through the funnel: which teams serve each stage, and how it is joined to the next."""

from __future__ import annotations

from typing import Literal

from orgtui.engine.view import Contribution, View, tally
from orgtui.rules.facts.funnel import functions_joining, handoffs_joining, next_stage
from orgtui.rules.facts.stages import end_stages, end_team, is_served, stage_owner

Joint = Literal["tracked", "blind", "broken"]


@tally(over="function")
def teams_serving(view: View, function: str) -> Contribution:
    """Functions that serve a stage, by team."""
    record = view.function(function)
    if record is not None and record.team is not None:
        for stage in record.stages:
            yield stage, record.team, 1


@tally(over="handoff")
def tracked_joining(view: View, handoff: tuple[str, str]) -> Contribution:
    """Handoffs to the next stage that are tracked or stay within a team, by the first of the two stages."""
    record = view.handoff(handoff)
    if record is None:
        return
    team = end_team(view, handoff[0])
    if record.tracked or (team is not None and team == end_team(view, handoff[1])):
        targets = end_stages(view, handoff[1])
        for stage in end_stages(view, handoff[0]):
            if next_stage(view, stage) in targets:
                yield stage, "", 1


def joint_after(view: View, stage: str) -> Joint | None:
    """How a stage is joined to the next; None after the last.

    None, too, without handoffs between two stages that departments own."""
    following = next_stage(view, stage)
    if following is None:
        return None
    if not (is_served(view, stage) and is_served(view, following)):
        return "broken"
    if functions_joining(view, stage) or tracked_joining(view, stage):
        return "tracked"
    if handoffs_joining(view, stage):
        return "blind"
    both_owned = stage_owner(view, stage) is not None and stage_owner(view, following) is not None
    return None if both_owned else "broken"

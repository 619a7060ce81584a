"""Handoffs between teams."""

from __future__ import annotations

from collections.abc import Collection

from orgtui.engine.view import Contribution, View, tally
from orgtui.rules.facts.stages import end_team


@tally(over="handoff")
def team_handoffs(view: View, handoff: tuple[str, str]) -> Contribution:
    """Handoffs between functions of different teams: under a team the other one, under "" giver and taker."""
    if view.handoff(handoff) is not None:
        source, target = end_team(view, handoff[0]), end_team(view, handoff[1])
        if source is not None and target is not None and source != target:
            yield "", (source, target), 1
            yield source, target, 1
            yield target, source, 1


def handoff_partners(view: View, team: str) -> Collection[str]:
    """The teams that a team has handoffs with, in either direction."""
    return team_handoffs(view, team).keys()

"""Requests: which teams ask which departments about which topics."""

from __future__ import annotations

from orgtui.engine.view import Contribution, View, tally
from orgtui.model.indexes import normalized_topic


@tally(over="request")
def requesting_teams(view: View, request: tuple[str, str, str]) -> Contribution:
    """Requests by the team that asks: under a department, and under a department with a normalised topic."""
    if view.request(request) is not None:
        team, department, topic = request
        yield department, team, 1
        yield (department, normalized_topic(topic)), team, 1

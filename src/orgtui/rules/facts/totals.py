"""How many teams and seats of a kind the whole organisation has."""

from __future__ import annotations

from typing import Literal

from orgtui.engine.view import Contribution, View, derived, tally
from orgtui.rules.facts.sharing import knowledge_neighbours
from orgtui.rules.facts.teams import is_focus, is_root, is_staffed_group, is_working_team

Counted = Literal[
    "pairs",
    "working teams",
    "teams",
    "working teams below the root",
    "teams with functions",
    "linked teams with functions",
    "focus teams",
    "staffed groups",
    "seats in line",
]
"""What is counted: "seats in line" and "staffed groups" leave focus teams out; only "pairs" and "working
teams" include the root."""


@tally(over="team")
def totals(view: View, team: str) -> Contribution:
    """Teams, seats and pairs of child teams, by what they are counted as."""
    if view.team(team) is None:
        return
    children = len(view.children(team))
    yield "pairs", "", children * (children - 1) // 2
    yield "working teams", "", is_working_team(view, team)
    if is_root(view, team):
        return
    yield "teams", "", 1
    yield "working teams below the root", "", is_working_team(view, team)
    if view.functions_of(team):
        yield "teams with functions", "", 1
        yield "linked teams with functions", "", bool(knowledge_neighbours(view, team))
    if is_focus(view, team):
        yield "focus teams", "", 1
    else:
        yield "staffed groups", "", is_staffed_group(view, team)
        yield "seats in line", "", view.open_seats(team)


def total(view: View, counted: Counted) -> int:
    """How many of a kind there are."""
    return totals(view, counted).get("", 0)


@derived
def several_teams_work(view: View, _: str) -> bool:
    """Whether there are at least two working teams."""
    return total(view, "working teams") >= 2

"""Goals: which of them a team inherits, and which are shared by divisions."""

from __future__ import annotations

from orgtui.engine.view import Contribution, View, derived, tally
from orgtui.rules.facts.teams import division, is_root


@derived
def goals_inherited(view: View, team: str) -> frozenset[str]:
    """`goals*`: the goals of a team and of its ancestors up to and including its division."""
    record = view.team(team)
    if record is None:
        return frozenset()
    own = frozenset(record.goals)
    if record.parent is None or is_root(view, record.parent):
        return own
    return own | goals_inherited(view, record.parent)


@tally(over="team")
def goal_divisions(view: View, team: str) -> Contribution:
    """Teams that hold a goal, by goal and division."""
    record = view.team(team)
    holder = division(view, team)
    if record is not None and holder is not None:
        for goal in record.goals:
            yield goal, holder, 1


@derived
def is_shared_goal(view: View, goal: str) -> bool:
    """Whether at least two divisions hold a goal."""
    return len(goal_divisions(view, goal)) >= 2

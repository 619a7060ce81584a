"""Fixes for S1: goals and the pillars they serve; what people must decide."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.engine.finding import Finding
from orgtui.engine.view import View
from orgtui.model.sentence import N_, Ref, sentence
from orgtui.rules.registry import Fix, fixes

HOLDERS_MAX = 6
"""The most teams that a hint names."""


@fixes("S101")
def set_goal_for_pillar(view: View, finding: Finding) -> Iterator[Fix]:
    """A goal for the pillar, or no such pillar."""
    pillar = Ref.to("pillar", finding.subjects[0].id)
    yield Fix(sentence("Set a goal for {pillar}, or take it out of the strategy", pillar=pillar))


@fixes("S102")
def name_pillar(view: View, finding: Finding) -> Iterator[Fix]:
    """Those who hold the goal say which pillar it serves, or drop it."""
    goal = Ref.to("goal", finding.subjects[0].id)
    teams = sorted(view.goal_holders(goal.id))[:HOLDERS_MAX]
    if teams:
        told = N_("Let {teams} say which pillar {goal} serves, or drop it")
        yield Fix(sentence(told, teams=tuple(Ref.to("team", team) for team in teams), goal=goal))
    else:
        yield Fix(sentence("Say which pillar {goal} serves, or strike it", goal=goal))

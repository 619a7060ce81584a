"""Fixes for A: a day for the next look at the structure, missions that are over end, somebody learns."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.changes.operations.missions import EndMission
from orgtui.changes.operations.profile import SetOrganization
from orgtui.engine.finding import Finding
from orgtui.engine.view import View
from orgtui.model.days import days_after
from orgtui.model.sentence import N_, Ref, sentence
from orgtui.rules.fixes.c2_silos import COMPARED_PEOPLE_MAX, learning_fix
from orgtui.rules.fixes.common import A_QUARTER, COMPARED_MAX, FIXES_MAX, filled_members, skills_of
from orgtui.rules.registry import Fix, fixes


@fixes("A101")
def review_in_a_quarter(view: View, finding: Finding) -> Iterator[Fix]:
    """The structure is looked at again a quarter from today."""
    day = days_after(view.today, A_QUARTER)
    yield Fix(sentence("Look at this structure again on {day}", day=day), (SetOrganization(review_on=day),))


@fixes("A202")
def end_mission(view: View, finding: Finding) -> Iterator[Fix]:
    """The mission ends."""
    mission = finding.subjects[0].id
    title = sentence("End {mission}", mission=Ref.to("mission", mission))
    yield Fix(title, (EndMission(mission),), removes=True)


@fixes("A302")
def make_it_wider(view: View, finding: Finding) -> Iterator[Fix]:
    """People must decide who else belongs on the mission, or that it is none."""
    told = N_("Bring somebody from another team into {mission}, or let {team} do it as its own work")
    team = finding.evidence["team"]
    yield Fix(sentence(told, mission=Ref.to("mission", finding.subjects[0].id), team=team))


@fixes("A301")
def let_somebody_learn(view: View, finding: Finding) -> Iterator[Fix]:
    """The members nearest to a skill of the team's work that few master learn it, that of fewest first."""
    team = finding.subjects[0].id
    level: dict[str, int] = {}
    for function in sorted(view.functions_of(team))[:COMPARED_MAX]:
        for skill, needed in skills_of(view, function).items():
            level[skill] = max(needed, level.get(skill, 0))
    members = filled_members(view, team, COMPARED_PEOPLE_MAX)
    learners: dict[str, str] = {}
    for skill in sorted(level, key=lambda skill: (len(view.masters(skill)), -level[skill], skill)):
        known = {each: _level(view, each, skill) for each in members if each not in learners}
        below = [each for each in known if known[each] < level[skill]]
        if below and len(learners) < FIXES_MAX - 1:
            learners[max(below, key=known.__getitem__)] = skill
    for person, skill in learners.items():
        yield learning_fix(person, skill)
    if not learners:
        told = N_("Agree with somebody in {team} on one skill to learn")
        yield Fix(sentence(told, team=Ref.to("team", team)))


def _level(view: View, person: str, skill: str) -> int:
    record = view.person(person)
    return 0 if record is None else record.skills.get(skill, 0)

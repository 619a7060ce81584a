"""Fixes for P4: goals that neighbours share, that are few, and that count."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from orgtui.changes.operations.goals import TakeGoal
from orgtui.engine.finding import Finding
from orgtui.engine.view import View
from orgtui.model.sentence import N_, Ref, sentence
from orgtui.rules.facts.goals import goal_divisions, goals_inherited, is_shared_goal
from orgtui.rules.facts.handoffs import handoff_partners
from orgtui.rules.facts.reporting import head
from orgtui.rules.facts.teams import division, divisions, functions_below, seats_below
from orgtui.rules.fixes.common import FIXES_MAX, functions_in, teams_in
from orgtui.rules.registry import Fix, fixes

HOLDERS_MAX = 6
"""The most teams or goals that a hint names."""


def goals_worth_sharing(view: View) -> list[str]:
    """All goals: core ones first, then evaluated ones, then those that most divisions hold."""

    def rank(goal: str) -> tuple[bool, bool, int, str]:
        record = view.goal(goal)
        core, evaluated = (False, False) if record is None else (record.core, record.evaluated)
        return not core, not evaluated, -len(goal_divisions(view, goal)), goal

    return sorted(view.ids("goal"), key=rank)


def take_goal_fix(teams: Iterable[str], goal: str) -> Fix:
    """Let teams take a goal."""
    teams = list(teams)
    title = sentence(
        "Let {teams} take the goal {goal}",
        teams=tuple(Ref.to("team", team) for team in teams),
        goal=Ref.to("goal", goal),
    )
    return Fix(title, tuple(TakeGoal(team, goal) for team in teams))


def divisions_at_work(view: View) -> list[str]:
    """The divisions with functions or open seats, by id."""
    return [each for each in divisions(view) if seats_below(view, each) or functions_below(view, each)]


def nearest_divisions(view: View, team: str) -> list[str]:
    """The other divisions with functions or open seats, by handoffs with a team's division, most first."""
    own = division(view, team)
    partners = [
        division(view, partner)
        for each in ([] if own is None else teams_in(view, own))
        for partner in handoff_partners(view, each)
    ]
    others = [each for each in divisions_at_work(view) if each != own]
    return sorted(others, key=lambda each: (-partners.count(each), each))


@fixes("P402")
def share_goal(view: View, finding: Finding) -> Iterator[Fix]:
    """The team's division, or the team, takes a core goal that others hold; or others take one of its own."""
    team = finding.subjects[0].id
    own = division(view, team)
    if own is None:
        return
    held = goals_inherited(view, team)
    goals = goals_worth_sharing(view)
    of_others = [goal for goal in goals if goal not in held and set(goal_divisions(view, goal)) - {own}]
    for goal in of_others[:2]:
        for taker in dict.fromkeys((own, team)):
            yield take_goal_fix([taker], goal)
    partner = nearest_divisions(view, team)[:1]
    for goal in [goal for goal in goals if goal in held][:1]:
        yield from (take_goal_fix([each], goal) for each in partner)
    if not of_others and not held:
        for goal in goals[:1]:
            yield from (take_goal_fix([own, each], goal) for each in partner)


@fixes("P403")
def agree_on_goal(view: View, finding: Finding) -> Iterator[Fix]:
    """Both take the same core goal, or one takes what the other has."""
    pair = [subject.id for subject in finding.subjects]
    for goal in goals_worth_sharing(view)[: FIXES_MAX - 1]:
        yield take_goal_fix([team for team in pair if goal not in goals_inherited(view, team)], goal)


@fixes("P404")
def share_core_goal(view: View, finding: Finding) -> Iterator[Fix]:
    """The divisions whose functions serve the funnel take the goal: all of them, or just enough."""
    goal = finding.subjects[0].id
    holders = goal_divisions(view, goal)
    others = [each for each in divisions_at_work(view) if each not in holders]
    served = {each: _stages_served(view, each) for each in others}
    in_funnel = sorted((each for each in others if served[each]), key=lambda each: (-served[each], each))
    enough = 2 - len(holders)
    takers = in_funnel if len(in_funnel) >= enough else [*in_funnel, *sorted(set(others) - set(in_funnel))]
    if len(takers) >= enough:
        yield take_goal_fix(takers, goal)
        if len(takers) > enough:
            yield take_goal_fix(takers[:enough], goal)


def _stages_served(view: View, team: str) -> int:
    """The number of stages served by the functions of a team and of the teams below it, added up."""
    records = map(view.function, functions_in(view, team))
    return sum(len(record.stages) for record in records if record is not None)


# -- what people must agree on -------------------------------------------------------------------------


@fixes("P401")
def write_vision(view: View, finding: Finding) -> Iterator[Fix]:
    """The head says what the organisation is for."""
    boss = head(view)
    if boss is None:
        yield Fix(sentence("Agree on one sentence about where the department is going"))
    else:
        told = N_("Let {person} say in one sentence where the department is going")
        yield Fix(sentence(told, person=Ref.to("person", boss)))


@fixes("P405")
def follow_goal(view: View, finding: Finding) -> Iterator[Fix]:
    """Those who hold the goal review it, and it counts in their evaluation."""
    goal = finding.subjects[0].id
    record = view.goal(goal)
    teams = sorted(view.goal_holders(goal))
    if record is None or not 0 < len(teams) <= HOLDERS_MAX:
        teams = divisions_at_work(view)[:HOLDERS_MAX]
    told = N_("Let {teams} review {goal} in a fixed rhythm, and let it count in their evaluation")
    if record is not None and record.review is not None:
        told = N_("Let {goal} count in the evaluation of {teams}")
    elif record is not None and record.evaluated:
        told = N_("Let {teams} review {goal} in a fixed rhythm")
    yield Fix(sentence(told, goal=Ref.to("goal", goal), teams=tuple(Ref.to("team", team) for team in teams)))


@fixes("P406")
def keep_few_goals(view: View, finding: Finding) -> Iterator[Fix]:
    """The team drops the goals that serve the strategy least: those without pillar, then those that nobody
    else shares, that do not count and that nobody measures; core goals last."""
    team = finding.subjects[0].id
    record = view.team(team)
    goals, most = finding.evidence["goals"], finding.evidence["max"]
    assert isinstance(goals, int)
    assert isinstance(most, int)

    def weight(goal: str) -> tuple[object, ...]:
        each = view.goal(goal)
        if each is None:
            return False, False, False, False, False, goal
        shared = is_shared_goal(view, goal)
        return each.core, each.pillar is not None, shared, each.evaluated, each.metric is not None, goal

    dropped = sorted(() if record is None else record.goals, key=weight)[: goals - most]
    told = N_("Let {team} agree on its {max:goal|goals} and drop the rest, to begin with {goals}")
    yield Fix(
        sentence(
            told,
            team=Ref.to("team", team),
            max=most,
            goals=tuple(Ref.to("goal", goal) for goal in dropped[:HOLDERS_MAX]),
        )
    )


@fixes("P407")
def measure_goal(view: View, finding: Finding) -> Iterator[Fix]:
    """Those who hold the goal say what is counted and how much is enough."""
    goal = Ref.to("goal", finding.subjects[0].id)
    teams = sorted(view.goal_holders(goal.id))[:HOLDERS_MAX]
    if teams:
        told = N_("Let {teams} agree what is counted for {goal} and how much is enough")
        yield Fix(sentence(told, teams=tuple(Ref.to("team", team) for team in teams), goal=goal))
    else:
        yield Fix(sentence("Agree what is counted for {goal} and how much is enough", goal=goal))

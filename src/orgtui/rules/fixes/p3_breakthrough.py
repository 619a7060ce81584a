"""Fixes for P3: the breakthrough under the head, with a lead of its own and an end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from orgtui.changes.operations.focus import FoldBack, PullOut
from orgtui.changes.operations.teams import MoveTeam, SetLead
from orgtui.engine.finding import Finding
from orgtui.engine.view import View
from orgtui.locales import translate
from orgtui.model.days import days_after
from orgtui.model.sentence import Ref, sentence
from orgtui.rules.catalogue.p3_breakthrough import BreakthroughStaffing, FocusLimit, function_team
from orgtui.rules.facts.numbers import integer_ratio, rounded_up
from orgtui.rules.facts.reporting import filled_lead, head
from orgtui.rules.fixes.common import (
    A_QUARTER,
    FIXES_MAX,
    accompanying_people,
    best_judges,
    can_judge,
    divisions_by_area,
    filled_members,
    functions_performed_by,
    most_similar,
    move_fix,
    moves,
    natural_team,
    new_team_id,
    ordinary_divisions,
)
from orgtui.rules.fixes.week import find_people_hint, more_time
from orgtui.rules.registry import Fix, fixes


def focus_function(view: View, team: str) -> str | None:
    """The function that a focus team was formed for; None for any other team."""
    record = view.team(team)
    return None if record is None or record.focus is None else record.focus.function


# -- P301, P302, P308 ----------------------------------------------------------------------------------


@fixes("P301")
def pull_out(view: View, finding: Finding) -> Iterator[Fix]:
    """A focus team under the head: led by whoever does the work and can judge it, or by the head."""
    function = finding.subjects[0].id
    record = view.function(function)
    if record is None:
        return
    there = sorted(view.focus_on(function))
    if there:
        yield move_fix(view, [function], there[0])
        return
    people = accompanying_people(view, function)
    able = [person for person in people if can_judge(view, person, function) and not view.led_by(person)]
    root = view.root()
    boss = None if root is None else filled_lead(view, root)
    leads = [*best_judges(view, able, [function])[:2], boss]
    for lead in leads if boss is not None or not able else leads[:-1]:
        title = sentence("Pull {function} out under the head", function=Ref.to("function", function))
        if lead is not None:
            title = sentence(
                "Pull {function} out under the head, led by {lead}",
                function=Ref.to("function", function),
                lead=Ref.to("person", lead),
            )
        until = translate(sentence("{function} runs without the head's help", function=record.name))
        team = new_team_id(view, function)
        yield Fix(
            title,
            (PullOut(function, team, record.name, days_after(view.today, A_QUARTER), until, lead, people),),
        )


@fixes("P302")
def move_under_root(view: View, finding: Finding) -> Iterator[Fix]:
    """The focus team moves under the root."""
    team, root = finding.subjects[0].id, view.root()
    if root is not None:
        title = sentence(
            "Let {team} report to the head of {root}", team=Ref.to("team", team), root=Ref.to("team", root)
        )
        yield Fix(title, (MoveTeam(team, root),))


@fixes("P308")
def bring_function(view: View, finding: Finding) -> Iterator[Fix]:
    """The function moves to the team that was pulled out for it."""
    team = finding.subjects[0].id
    function = focus_function(view, team)
    if function is not None:
        yield move_fix(view, [function], team)


# -- P303, P304 ----------------------------------------------------------------------------------------


def natural_divisions(view: View, team: str) -> list[str]:
    """The divisions that a focus team can be folded back into, that with most of its function's area first.

    Without ordinary divisions it is the root.
    """
    function = focus_function(view, team)
    record = None if function is None else view.function(function)
    by_area = divisions_by_area(view, None if record is None else record.area)
    others = [each for each in ordinary_divisions(view) if each not in by_area]
    root = view.root()
    return by_area + most_similar(view, team, others) or ([] if root is None else [root])


@fixes("P303")
def fold_back_oldest(view: View, finding: Finding) -> Iterator[Fix]:
    """As many focus teams as are too many go back, first those that were to be reviewed first."""
    excess = len(view.focus_teams()) - view.options(FocusLimit).max

    def due(team: str) -> tuple[date, str]:
        record = view.team(team)
        focus = None if record is None else record.focus
        return (date.max if focus is None or focus.review_on is None else focus.review_on), team

    homes = {team: natural_divisions(view, team) for team in sorted(view.focus_teams(), key=due)}
    foldable = [team for team in homes if homes[team]]
    for first in range(min(len(foldable), FIXES_MAX - 1)):
        folded = [*foldable[first:], *foldable[:first]][:excess]
        if len(folded) == excess:
            changes = tuple(FoldBack(team, homes[team][0]) for team in folded)
            named = tuple(Ref.to("team", team) for team in folded)
            into = tuple(dict.fromkeys(Ref.to("team", change.into) for change in changes))
            yield Fix(sentence("Fold {teams} back into {into}", teams=named, into=into), changes)


@fixes("P304")
def end_focus(view: View, finding: Finding) -> Iterator[Fix]:
    """The team goes back to the division of its work, or gets a new date and condition."""
    team = Ref.to("team", finding.subjects[0].id)
    for home in natural_divisions(view, team.id)[:2]:
        title = sentence("Fold {team} back into {into}", team=team, into=Ref.to("team", home))
        yield Fix(title, (FoldBack(team.id, home),))
    yield Fix(sentence("Set a review date after {today} and an exit condition", today=view.today))


# -- P305, P306 ----------------------------------------------------------------------------------------


@fixes("P305")
def let_a_member_lead(view: View, finding: Finding) -> Iterator[Fix]:
    """A member leads who has nothing else to lead or to do, or else the head."""
    team = finding.subjects[0].id
    function = focus_function(view, team)
    free = [
        person
        for person in filled_members(view, team)
        if not set(view.led_by(person)) - {team}
        and all(function_team(view, each) == team for each in functions_performed_by(view, person))
    ]
    leads = best_judges(view, free, [] if function is None else [function])[: FIXES_MAX - 1]
    boss = head(view)
    candidates = [*leads, *([] if boss is None else [boss])]
    for person in (each for each in candidates if team not in view.led_by(each)):
        title = sentence(
            "Let {person} lead {team}", person=Ref.to("person", person), team=Ref.to("team", team)
        )
        yield Fix(title, (SetLead(team, person),))


@fixes("P306")
def move_other_functions_out(view: View, finding: Finding) -> Iterator[Fix]:
    """The other functions move to the divisions that hold most of their area."""
    team = finding.subjects[0].id
    others = [each for each in sorted(view.functions_of(team)) if each != focus_function(view, team)]
    homes = {function: natural_team(view, function, team) for function in others}
    changes = tuple(
        change for function, to in homes.items() if to is not None for change in moves(view, [function], to)
    )
    if len(changes) == len(others):
        title = sentence(
            "Move {functions} to {teams}",
            functions=tuple(Ref.to("function", function) for function in others),
            teams=tuple(dict.fromkeys(Ref.to("team", change.to) for change in changes)),
        )
        yield Fix(title, changes)


# -- P307 ----------------------------------------------------------------------------------------------


@fixes("P307")
def give_it_hands(view: View, finding: Finding) -> Iterator[Fix]:
    """Who performs the breakthrough, or a member of its team who can judge it, gives it more of the week."""
    function = finding.subjects[0].id
    least, of_least = integer_ratio(view.options(BreakthroughStaffing).min_fte)
    lacking = rounded_up(100 * least, of_least) - view.staffing(function)
    proposed = list(more_time(view, function, lacking, lacking))
    yield from proposed or [find_people_hint(function, lacking)]

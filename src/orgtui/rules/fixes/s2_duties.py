"""Fixes for S2: every function has a team and people, every week an end and few pieces."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial

from orgtui.changes.operations.functions import MoveFunction
from orgtui.changes.operations.seats import Assign, MovePerson, Unassign
from orgtui.engine.finding import Finding
from orgtui.engine.view import View
from orgtui.model.indexes import performed_functions
from orgtui.model.records import Person
from orgtui.model.sentence import N_, Ref, sentence
from orgtui.rules.catalogue.s2_duties import Fragments
from orgtui.rules.facts.numbers import integer_ratio, rounded_up
from orgtui.rules.facts.skills import covers
from orgtui.rules.facts.teams import is_focus, parent_of
from orgtui.rules.facts.work import owning_teams
from orgtui.rules.fixes.common import (
    FIXES_MAX,
    can_judge,
    filled_members,
    functions_in,
    ordinary_divisions,
    work_similarity,
)
from orgtui.rules.fixes.week import (
    COMPARED_MAX,
    LEAST_ROOM,
    find_people_hint,
    hand_over,
    helpers,
    lacking_percent,
    least_percent,
    room,
    take_back,
    time_together,
)
from orgtui.rules.registry import Fix, fixes

MOVES_MAX = 6
"""The most people that a fix moves; more would be more than one decision."""


@fixes("S201")
def give_function_a_team(view: View, finding: Finding) -> Iterator[Fix]:
    """The team that holds most of its area takes the function, or one whose people or work are nearest."""
    for team in _teams_for(view, finding.subjects[0].id)[: FIXES_MAX - 1]:
        function = finding.subjects[0]
        title = sentence("Give {function} to {team}", function=function, team=Ref.to("team", team))
        yield Fix(title, (MoveFunction(function.id, team),))


def _teams_for(view: View, function: str) -> list[str]:
    """The ordinary teams that may take a function which has none, the nearest to it first."""
    record = view.function(function)
    area = None if record is None else record.area
    in_area = (view.function(each) for each in ([] if area is None else view.in_area(area)))
    people = (view.person(each) for each in view.performers(function))
    divisions = ordinary_divisions(view)
    similarity = {each: work_similarity(view, [function], functions_in(view, each)) for each in divisions}
    teams = [
        *_most_common(other.team for other in in_area if other is not None),
        *_most_common(person.team for person in people if person is not None),
        *sorted(divisions, key=lambda each: (-similarity[each], each)),
        *([] if (root := view.root()) is None else [root]),
    ]
    return [team for team in dict.fromkeys(teams) if not is_focus(view, team)]


def _most_common(teams: Iterator[str | None]) -> list[str]:
    counted = Counter(team for team in teams if team is not None)
    return sorted(counted, key=lambda team: (-counted[team], team))


@fixes("S202")
def let_a_member_take_it(view: View, finding: Finding) -> Iterator[Fix]:
    """A member of its team with room in the week who can judge the function takes it; whose skills show that
    comes first, then who has most room. A function without team gets one along with the person."""
    function = finding.subjects[0].id
    record = view.function(function)
    if record is None:
        return
    if record.team is None:
        yield from _team_and_member(view, function)
        return
    able, left = _able_members(view, record.team, function), partial(room, view)
    most = max(LEAST_ROOM, lacking_percent(view, function))
    for person in able[: FIXES_MAX - 1]:
        yield _share_fix(person, function, min(most, left(person)))
    least = least_percent(view, function)
    together = time_together(view, function, least, most, helpers(view, function))
    if together is not None and not any(left(person) >= least for person in able):
        yield together
    elif not able:
        yield find_people_hint(function, most)


def _able_members(view: View, team: str, function: str) -> list[str]:
    """The members of a team with room in the week who can judge a function, in the order of its fixes."""
    left = {person: room(view, person) for person in filled_members(view, team)}
    able = [person for person in left if left[person] >= LEAST_ROOM and covers(view, person, function)]
    return sorted(able, key=lambda each: (not can_judge(view, each, function), -left[each], each))


def _team_and_member(view: View, function: str) -> Iterator[Fix]:
    """The teams nearest to a function take it, each with the member who would do it first."""
    most = max(LEAST_ROOM, lacking_percent(view, function))
    teams = {team: _able_members(view, team, function) for team in _teams_for(view, function)[:COMPARED_MAX]}
    for team, able in [each for each in teams.items() if each[1]][: FIXES_MAX - 1]:
        percent = min(most, room(view, able[0]))
        title = sentence(
            "Give {function} to {team}, where {person} gives it {percent}% of a week",
            function=Ref.to("function", function),
            team=Ref.to("team", team),
            person=Ref.to("person", able[0]),
            percent=percent,
        )
        yield Fix(title, (MoveFunction(function, team), Assign(able[0], function, percent)))
    if not any(teams.values()):
        yield find_people_hint(function, most)


def _share_fix(person: str, function: str, percent: int) -> Fix:
    title = sentence(
        "Let {person} give {percent}% of a week to {function}",
        person=Ref.to("person", person),
        percent=percent,
        function=Ref.to("function", function),
    )
    return Fix(title, (Assign(person, function, percent),))


@fixes("S203")
def find_work(view: View, finding: Finding) -> Iterator[Fix]:
    """The person takes the function of the team, or else of the team above it, that lacks most time and that
    the person can judge; whose skills show that comes first."""
    person = finding.subjects[0].id
    record = view.person(person)
    if record is None:
        return
    parent = parent_of(view, record.team)
    for team in (record.team, *([] if parent is None else [parent])):
        work = sorted(view.functions_of(team))[:COMPARED_MAX]
        lacking = {each: lacking_percent(view, each) for each in work if covers(view, person, each)}
        short = [each for each in lacking if min(lacking[each], record.fte) >= LEAST_ROOM]
        for function in sorted(
            short, key=lambda each: (not can_judge(view, person, each), -lacking[each], each)
        )[:2]:
            yield _share_fix(person, function, min(lacking[function], record.fte))
    told = N_("Let {person} and the lead of {team} write down what {person} does")
    yield Fix(sentence(told, person=Ref.to("person", person), team=Ref.to("team", record.team)))


@fixes("S204")
def gather_people(view: View, finding: Finding) -> Iterator[Fix]:
    """Those who perform the function from outside move to its team."""
    record = view.function(finding.subjects[0].id)
    people = finding.evidence["people"]
    assert isinstance(people, tuple)
    if record is None or record.team is None or len(people) > MOVES_MAX:
        return
    title = sentence("Move {people} to {team}", people=people, team=Ref.to("team", record.team))
    yield Fix(title, tuple(MovePerson(person.id, record.team) for person in people))


@fixes("S205")
def fit_into_week(view: View, finding: Finding) -> Iterator[Fix]:
    """The smallest shares are lowered until all fit into the week, or the largest is."""
    person = finding.subjects[0].id
    record = view.person(person)
    if record is None:
        return
    functions = sorted(performed_functions(record), key=lambda each: (record.functions[each], each))
    excess = sum(record.functions.values()) - record.fte
    for order in (functions, functions[::-1]):
        changes = tuple(_lowered(person, {each: record.functions[each] for each in order}, excess))
        cuts = tuple(
            sentence(
                "{function} from {before}% to {after}%",
                function=Ref.to("function", change.function),
                before=record.functions[change.function],
                after=change.share if isinstance(change, Assign) else 0,
            )
            for change in changes
        )
        title = sentence(
            "Lower what {person} gives a week: {cuts}", person=Ref.to("person", person), cuts=cuts
        )
        yield Fix(title, changes)


def _lowered(person: str, shares: dict[str, int], excess: int) -> Iterator[Assign | Unassign]:
    """Lower or remove shares one after another until `excess` percent are gone."""
    for function, share in shares.items():
        if excess <= 0:
            return
        if share > excess:
            yield Assign(person, function, share - excess)
        else:
            yield Unassign(person, function)
        excess -= share


# -- S206 ----------------------------------------------------------------------------------------------


@fixes("S206")
def gather_week(view: View, finding: Finding) -> Iterator[Fix]:
    """Others who do that work already, or can judge it, take over the shares that are too small and those for
    too many teams, the smallest first; or nobody needs to; or the small shares become worth having."""
    person = finding.subjects[0].id
    options = view.options(Fragments)
    record = view.person(person)
    if record is None:
        return
    least, of_least = integer_ratio(options.min_share)
    shares = {each: record.functions[each] for each in performed_functions(record)}
    small = [each for each in sorted(shares) if shares[each] * of_least < 100 * least]
    leaving = dict.fromkeys([*small, *_for_too_many_teams(view, record, options.max_teams)])
    if len(leaving) > MOVES_MAX:
        return
    ways = [hand_over(view, person, leaving), hand_over(view, person, leaving, by=1)]
    yield from (way for way in (*ways, take_back(view, person, leaving, small)) if way is not None)
    raised = rounded_up(100 * least, of_least)
    lacking = sum(raised - shares[each] for each in small)
    if small and lacking <= room(view, person):
        title = sentence(
            "Let {person} give {functions} {percent}% of a week each",
            person=Ref.to("person", person),
            functions=tuple(Ref.to("function", each) for each in small),
            percent=raised,
        )
        yield Fix(title, tuple(Assign(person, each, raised) for each in small))


def _for_too_many_teams(view: View, person: Person, most: int) -> list[str]:
    """What a seat performs for other teams, the teams it gives least first, until `most` teams are left."""
    work: dict[str, list[str]] = {}
    for function in sorted(performed_functions(person)):
        for team in owning_teams(view, [function]):
            work.setdefault(team, []).append(function)

    def given(team: str) -> tuple[bool, int, str]:
        return team == person.team, sum(person.functions[each] for each in work[team]), team

    return [each for team in sorted(work, key=given)[: max(0, len(work) - most)] for each in work[team]]

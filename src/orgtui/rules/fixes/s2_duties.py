"""Fixes for S2: every function has a team, every week an end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from orgtui.changes.base import Change
from orgtui.changes.operations.functions import MoveFunction
from orgtui.changes.operations.seats import Assign, MovePerson, Unassign
from orgtui.engine.finding import Finding
from orgtui.engine.view import View
from orgtui.model.indexes import performed_functions
from orgtui.model.sentence import Ref, sentence
from orgtui.rules.facts.numbers import integer_ratio, rounded_up
from orgtui.rules.facts.skills import covers
from orgtui.rules.facts.teams import is_focus
from orgtui.rules.fixes.common import (
    FIXES_MAX,
    can_judge,
    filled_members,
    functions_in,
    ordinary_divisions,
    work_similarity,
)
from orgtui.rules.registry import Fix, fixes

LEAST_ROOM = 20
"""The smallest share that is proposed for a function, in percent of a week."""
HALF_A_WEEK = 0.5
"""The share that is proposed for a function of which nobody knows how much work it is."""
MOVES_MAX = 6
"""The most people that a fix moves; more would be more than one decision."""


@fixes("S201")
def give_function_a_team(view: View, finding: Finding) -> Iterator[Fix]:
    """The team that holds most of its area takes the function, or one whose people or work are nearest."""
    function = finding.subjects[0].id
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
    ordinary = [team for team in dict.fromkeys(teams) if not is_focus(view, team)]
    for team in ordinary[: FIXES_MAX - 1]:
        title = sentence(
            "Give {function} to {team}", function=Ref.to("function", function), team=Ref.to("team", team)
        )
        yield Fix(title, (MoveFunction(function, team),))


def _most_common(teams: Iterator[str | None]) -> list[str]:
    counted = Counter(team for team in teams if team is not None)
    return sorted(counted, key=lambda team: (-counted[team], team))


@fixes("S202")
def let_a_member_take_it(view: View, finding: Finding) -> Iterator[Fix]:
    """A member of its team with room in the week who can judge the function takes it; whose skills show that
    comes first, then who has most room."""
    function = finding.subjects[0].id
    record = view.function(function)
    if record is None or record.team is None:
        return
    room = {person: _room(view, person) for person in filled_members(view, record.team)}
    able = [person for person in room if room[person] >= LEAST_ROOM and covers(view, person, function)]
    needed, of_needed = integer_ratio(HALF_A_WEEK if record.fte_needed is None else record.fte_needed)
    most = max(LEAST_ROOM, rounded_up(100 * needed, of_needed))
    ranked = sorted(able, key=lambda each: (not can_judge(view, each, function), -room[each], each))
    for person in ranked[: FIXES_MAX - 1]:
        title = sentence(
            "Let {person} give {percent}% of a week to {function}",
            person=Ref.to("person", person),
            percent=min(most, room[person]),
            function=Ref.to("function", function),
        )
        yield Fix(title, (Assign(person, function, min(most, room[person])),))


def _room(view: View, person: str) -> int:
    """What is left of the week of a seat, in percent."""
    record = view.person(person)
    return 0 if record is None else record.fte - sum(record.functions.values())


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
        touched = tuple(Ref.to("function", each) for each in order[: len(changes)])
        title = sentence(
            "Lower what {person} gives to {functions} by {percent}% of a week",
            person=Ref.to("person", person),
            functions=touched,
            percent=excess,
        )
        yield Fix(title, changes)


def _lowered(person: str, shares: dict[str, int], excess: int) -> Iterator[Change]:
    """Lower or remove shares one after another until `excess` percent are gone."""
    for function, share in shares.items():
        if excess <= 0:
            return
        if share > excess:
            yield Assign(person, function, share - excess)
        else:
            yield Unassign(person, function)
        excess -= share

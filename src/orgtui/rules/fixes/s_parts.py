"""Fixes for S: every function has a team, every team a lead and a review, every week an end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from orgtui.changes.base import Change
from orgtui.changes.operations.functions import MoveFunction
from orgtui.changes.operations.seats import Assign, MovePerson, Unassign
from orgtui.changes.operations.teams import SetLead, SetReview
from orgtui.engine.finding import Finding
from orgtui.engine.view import View
from orgtui.model.indexes import performed
from orgtui.model.sentence import Ref, sentence
from orgtui.rules.facts.vocabulary import filled_lead, is_focus, parent_of
from orgtui.rules.fixes.common import (
    MOST_FIXES,
    filled_members,
    functions_in,
    judges_most,
    likeness,
    ordinary_divisions,
)
from orgtui.rules.registry import Fix, fixes

MOST_MOVES = 6
"""With more people than this, moving them all is more than one decision."""


@fixes("S201")
def give_the_function_a_team(view: View, finding: Finding) -> Iterator[Fix]:
    """The team that holds most of its area takes the function, or one whose people or work are nearest."""
    function = finding.subjects[0].id
    record = view.function(function)
    area = None if record is None else record.area
    in_area = (view.function(each) for each in ([] if area is None else view.in_area(area)))
    people = (view.person(each) for each in view.performers(function))
    divisions = ordinary_divisions(view)
    alike = {each: likeness(view, [function], functions_in(view, each)) for each in divisions}
    teams = [
        *_most_common(other.team for other in in_area if other is not None),
        *_most_common(person.team for person in people if person is not None),
        *sorted(divisions, key=lambda each: (-alike[each], each)),
        *([] if (root := view.root()) is None else [root]),
    ]
    ordinary = [team for team in dict.fromkeys(teams) if not is_focus(view, team)]
    for team in ordinary[: MOST_FIXES - 1]:
        title = sentence(
            "Give {function} to {team}", function=Ref.to("function", function), team=Ref.to("team", team)
        )
        yield Fix(title, (MoveFunction(function, team),))


def _most_common(teams: Iterator[str | None]) -> list[str]:
    counted = Counter(team for team in teams if team is not None)
    return sorted(counted, key=lambda team: (-counted[team], team))


@fixes("S204")
def gather_the_people(view: View, finding: Finding) -> Iterator[Fix]:
    """Those who perform the function from outside move to its team."""
    record = view.function(finding.subjects[0].id)
    people = finding.evidence["people"]
    assert isinstance(people, tuple)
    if record is None or record.team is None or len(people) > MOST_MOVES:
        return
    title = sentence("Move {people} to {team}", people=people, team=Ref.to("team", record.team))
    yield Fix(title, tuple(MovePerson(person.id, record.team) for person in people))


@fixes("S205")
def fit_the_week(view: View, finding: Finding) -> Iterator[Fix]:
    """The smallest shares are lowered until all fit into the week, or the largest is."""
    person = finding.subjects[0].id
    record = view.person(person)
    if record is None:
        return
    functions = sorted(performed(record), key=lambda each: (record.functions[each], each))
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
    """Shares lowered one after the other until the excess is gone."""
    for function, share in shares.items():
        if excess <= 0:
            return
        if share > excess:
            yield Assign(person, function, share - excess)
        else:
            yield Unassign(person, function)
        excess -= share


@fixes("S301")
def find_a_lead(view: View, finding: Finding) -> Iterator[Fix]:
    """A member who can judge most of the work leads; without members one from below, or the lead above."""
    team = finding.subjects[0].id
    below = (lead for child in view.children(team) if (lead := filled_lead(view, child)) is not None)
    parent = parent_of(view, team)
    above = None if parent is None else filled_lead(view, parent)
    pool = filled_members(view, team) or sorted(set(below)) or ([] if above is None else [above])
    for person in judges_most(view, pool, functions_in(view, team))[: MOST_FIXES - 1]:
        title = sentence(
            "Let {person} lead {team}", person=Ref.to("person", person), team=Ref.to("team", team)
        )
        yield Fix(title, (SetLead(team, person),))


@fixes("S501")
def review_quarterly(view: View, finding: Finding) -> Iterator[Fix]:
    """A review every quarter, to begin with."""
    team = finding.subjects[0].id
    title = sentence("Review the results of {team} every quarter", team=Ref.to("team", team))
    yield Fix(title, (SetReview(team, "quarterly"),))

"""Fixes for S3: every team has a lead for good, and no lead has too many reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction

from orgtui.changes.base import Change
from orgtui.changes.operations.seats import MovePerson
from orgtui.changes.operations.teams import CreateTeam, MoveTeam, SetActing, SetLead
from orgtui.engine.finding import Finding
from orgtui.engine.view import View
from orgtui.model.sentence import Ref, sentence
from orgtui.rules.catalogue.s3_levels import NarrowSpan, WideSpan
from orgtui.rules.facts.kin import are_kin
from orgtui.rules.facts.reporting import filled_lead, manager, plain_reports, span_of_control
from orgtui.rules.facts.teams import is_focus, parent_of, seats_below
from orgtui.rules.fixes.common import (
    FIXES_MAX,
    best_judges,
    enough_people_to_split_off,
    filled_members,
    functions_in,
    move,
    new_team_id,
    possible_splits,
)
from orgtui.rules.registry import Fix, fixes

TEAMS_MAX = 4
"""The most teams that a fix puts below another one; more would be a new structure."""
COMPARED_MAX = 20
"""The most functions of a team that are compared with those of another one."""
PEOPLE_MAX = 8
"""The most people that a fix gives a new lead; more would be a new structure."""


@fixes("S301")
def find_a_lead(view: View, finding: Finding) -> Iterator[Fix]:
    """A member who can judge most of the work leads; without members one from below, or the lead above."""
    team = finding.subjects[0].id
    below = (lead for child in view.children(team) if (lead := filled_lead(view, child)) is not None)
    parent = parent_of(view, team)
    above = None if parent is None else filled_lead(view, parent)
    pool = filled_members(view, team) or sorted(set(below)) or ([] if above is None else [above])
    for person in best_judges(view, pool, functions_in(view, team))[: FIXES_MAX - 1]:
        title = sentence(
            "Let {person} lead {team}", person=Ref.to("person", person), team=Ref.to("team", team)
        )
        yield Fix(title, (SetLead(team, person),))


# -- S302 ----------------------------------------------------------------------------------------------


@fixes("S302")
def narrow_span(view: View, finding: Finding) -> Iterator[Fix]:
    """Teams whose leads report to the person go below one of these leads, those with most work that
    is kin first; or some of the people in a team of the person get a lead of their own below it."""
    person = finding.subjects[0].id
    most = view.options(WideSpan).max
    excess = span_of_control(view, person) - most
    if excess <= TEAMS_MAX:
        yield from _teams_put_together(view, person, excess, most)
    yield from _new_levels(view, person, excess)


def _teams_put_together(view: View, person: str, excess: int, most: int) -> Iterator[Fix]:
    """As many teams as there are reports too many go below the lead of another one who has room for them."""
    led = {
        team: lead
        for above in sorted(view.led_by(person))
        for team in sorted(view.children(above))
        if not is_focus(view, team) and (lead := filled_lead(view, team)) and manager(view, lead) == person
    }
    work = {team: functions_in(view, team)[:COMPARED_MAX] for team in led}

    def alike(team: str, into: str) -> Fraction:
        kin = sum(are_kin(view, one, other) for one in work[team] for other in work[into])
        return Fraction(kin, max(1, len(work[team]) * len(work[into])))

    ways: list[tuple[Fraction, int, str, list[str]]] = []
    for into, lead in led.items():
        likeness = {team: alike(team, into) for team in led if led[team] != lead}
        gone = sorted(likeness, key=lambda team: (-likeness[team], team))[:excess]
        if len(gone) == excess and span_of_control(view, lead) + excess <= most:
            ways.append((-min(likeness[team] for team in gone), -seats_below(view, into), into, gone))
    for _, _, into, gone in sorted(ways)[: FIXES_MAX - 1]:
        title = sentence(
            "Put {teams} below {into}, led by {lead}",
            teams=tuple(Ref.to("team", team) for team in gone),
            into=Ref.to("team", into),
            lead=Ref.to("person", led[into]),
        )
        yield Fix(title, tuple(MoveTeam(team, into) for team in gone))


def _new_levels(view: View, person: str, excess: int) -> Iterator[Fix]:
    """Some functions and people of the team with most of the reports become a team below it."""
    reports = plain_reports(view, person)
    team = min(reports, key=lambda each: (-reports[each], each), default=None)
    record = None if team is None else view.team(team)
    least = max(excess + 1, view.options(NarrowSpan).min + 1)
    if record is None or least > min(reports[record.id], PEOPLE_MAX):
        return
    for functions in [*possible_splits(view, record.id), ()]:
        people = enough_people_to_split_off(view, record.id, functions, least)
        lead = next(iter(best_judges(view, _filled(view, people), functions)), None)
        if lead is None or not least <= len(people) <= PEOPLE_MAX:
            continue
        named = next((each for each in map(view.function, functions) if each is not None), record)
        new = new_team_id(view, named.id)
        changes: list[Change] = [CreateTeam(new, named.name, record.id, lead)]
        taken: set[str] = set()
        for each in functions:
            changes.append(move(view, each, new))
            taken.update(move(view, each, new).people)
        changes += [MovePerson(each, new) for each in people if each not in taken]
        title = sentence(
            "Let {lead} lead {people} in a new team below {team}",
            lead=Ref.to("person", lead),
            people=tuple(Ref.to("person", each) for each in people if each != lead),
            team=Ref.to("team", record.id),
        )
        yield Fix(title, tuple(changes))
        return


def _filled(view: View, people: Iterable[str]) -> list[str]:
    """The filled seats among some that lead nothing yet."""
    seats = ((each, view.person(each)) for each in people)
    return [
        each
        for each, seat in seats
        if seat is not None and seat.state == "filled" and not seat.assistant and not view.led_by(each)
    ]


# -- S307 ----------------------------------------------------------------------------------------------


@fixes("S307")
def decide_who_leads(view: View, finding: Finding) -> Iterator[Fix]:
    """The acting lead is confirmed, or another member leads."""
    team = finding.subjects[0].id
    record = view.team(team)
    lead = None if record is None else record.lead
    if lead is None:
        return
    named = Ref.to("team", team)
    yield Fix(
        sentence("Confirm {person} as lead of {team}", person=Ref.to("person", lead), team=named),
        (SetActing(team),),
    )
    members = [each for each in filled_members(view, team) if each != lead]
    for person in best_judges(view, members, functions_in(view, team))[: FIXES_MAX - 2]:
        title = sentence("Let {person} lead {team}", person=Ref.to("person", person), team=named)
        yield Fix(title, (SetLead(team, person),))

"""Fixes for S3: every team has a lead of its own for good, none with too many or too few reports."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from functools import cache, partial
from itertools import combinations

from orgtui.changes.base import Change
from orgtui.changes.operations.seats import MovePerson
from orgtui.changes.operations.teams import CreateTeam, MoveTeam, SetActing, SetLead
from orgtui.engine.finding import Finding
from orgtui.engine.view import View
from orgtui.model.sentence import N_, Ref, sentence
from orgtui.rules.catalogue.s2_duties import in_line
from orgtui.rules.catalogue.s3_levels import NarrowSpan, WideSpan
from orgtui.rules.facts.kin import count_kin
from orgtui.rules.facts.reporting import (
    filled_lead,
    layer,
    lead_at_or_above,
    manager,
    open_lead,
    plain_reports,
    plain_seats,
    span_of_control,
    top_team_led,
)
from orgtui.rules.facts.teams import is_focus, parent_of, seats_below
from orgtui.rules.fixes.common import (
    COMPARED_MAX,
    FIXES_MAX,
    best_judges,
    enough_people_to_split_off,
    filled_members,
    functions_in,
    have_kin,
    most_similar,
    move,
    new_team_id,
    possible_splits,
    siblings,
)
from orgtui.rules.fixes.p2_like_work import into_parent_fix, merge_fix
from orgtui.rules.registry import Fix, fixes

TEAMS_MAX = 4
"""The most teams that a fix puts below another one; more would be a new structure."""
PEOPLE_COMPARED_MAX = 200
"""The most members of a team who are compared in a search for a lead."""
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
        yield _lead_fix(person, team)


def _lead_fix(person: str, team: str) -> Fix:
    title = sentence("Let {person} lead {team}", person=Ref.to("person", person), team=Ref.to("team", team))
    return Fix(title, (SetLead(team, person),))


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

    @cache
    def kin(team: str, other: str) -> int:
        return count_kin(view, work[team], work[other])

    def alike(team: str, into: str) -> Fraction:
        return Fraction(kin(*sorted((team, into))), max(1, len(work[team]) * len(work[into])))

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


# -- S303, S304 ----------------------------------------------------------------------------------------


@fixes("S303")
def join_neighbour(view: View, finding: Finding) -> Iterator[Fix]:
    """The team and a sibling that it has work in common with become one, the larger takes the smaller; or it
    becomes part of the team above."""
    team = top_team_led(view, finding.subjects[0].id)
    parent = None if team is None else parent_of(view, team)
    if team is None or parent is None or is_focus(view, team):
        return
    kin = [each for each in siblings(view, team) if have_kin(view, team, each)]
    for sibling in most_similar(view, team, kin)[: FIXES_MAX - 2]:
        smaller, larger = sorted((team, sibling), key=lambda each: seats_below(view, each))
        yield merge_fix(smaller, larger)
    if not view.functions_of(parent) or have_kin(view, team, parent):
        yield into_parent_fix(view, team, parent)


@fixes("S304")
def take_out_layer(view: View, finding: Finding) -> Iterator[Fix]:
    """The teams of the leads with the narrowest spans above the deepest seats become part of the teams above
    them, or those of the lowest leads."""
    layers, enough = finding.evidence["layers"], finding.evidence["max"]
    assert isinstance(layers, int)
    assert isinstance(enough, int)
    lowest = _lowest_leads(view, layers) if layers - enough == 1 else []
    if 0 < len(lowest) <= TEAMS_MAX:
        lines = [[boss, *_managers(view, boss)][:-1] or [boss] for boss in lowest]
        narrowest = [min(line, key=partial(span_of_control, view)) for line in lines]
        for leads in dict.fromkeys((tuple(sorted(set(narrowest))), tuple(lowest))):
            teams = [team for lead in leads if (team := top_team_led(view, lead)) is not None]
            into = {team: parent for team in teams if (parent := parent_of(view, team)) is not None}
            if len(into) == len(leads) and not any(map(partial(is_focus, view), (*into, *into.values()))):
                yield _layer_fix(view, into)
    told = N_("Take out a layer where leads have few reports: {max:layer|layers} would do")
    yield Fix(sentence(told, max=enough))


def _lowest_leads(view: View, layers: int) -> list[str]:
    """The managers of the seats in the deepest layer, by id."""
    lowest: set[str | None] = set()
    for team in view.ids("team"):
        boss, lead = lead_at_or_above(view, team), open_lead(view, team)
        if boss is not None and plain_seats(view, team) and layer(view, boss) == layers - 1:
            lowest.add(boss)
        if lead is not None and layer(view, lead) == layers:
            lowest.add(manager(view, lead))
    return sorted(each for each in lowest if each is not None)


def _managers(view: View, person: str) -> Iterator[str]:
    """The managers above a seat, the nearest first."""
    boss = manager(view, person)
    while boss is not None:
        yield boss
        boss = manager(view, boss)


def _layer_fix(view: View, into: dict[str, str]) -> Fix:
    """Merge teams into those above them."""
    if len(into) == 1:
        return into_parent_fix(view, *next(iter(into.items())))
    mergers = tuple(
        sentence("{teams} into {into}", teams=(Ref.to("team", team),), into=Ref.to("team", parent))
        for team, parent in into.items()
    )
    changes = tuple(change for each in into.items() for change in into_parent_fix(view, *each).changes)
    return Fix(sentence("Merge {mergers}", mergers=mergers), changes)


# -- S305, S306 ----------------------------------------------------------------------------------------


@fixes("S305")
def bring_lead_home(view: View, finding: Finding) -> Iterator[Fix]:
    """A member leads who leads nothing yet; or the lead moves into the team, unless it leads its own."""
    team, lead = (subject.id for subject in finding.subjects)
    for person in _possible_leads(view, team)[: FIXES_MAX - 2]:
        yield _lead_fix(person, team)
    seat = view.person(lead)
    if seat is not None and open_lead(view, seat.team) != lead:
        people = (Ref.to("person", lead),)
        title = sentence("Move {people} to {team}", people=people, team=Ref.to("team", team))
        yield Fix(title, (MovePerson(lead, team),))


@fixes("S306")
def give_leads_of_their_own(view: View, finding: Finding) -> Iterator[Fix]:
    """The person keeps one of the teams, that where the person sits or the largest; members lead the others.
    Or two of the teams that have work in common become one."""
    person = finding.subjects[0].id
    led = sorted(view.led_by(person))
    seat = view.person(person)
    home = None if seat is None else seat.team
    if len(led) > TEAMS_MAX:
        return
    for kept in sorted(led, key=lambda team: (team != home, -seats_below(view, team), team))[: FIXES_MAX - 2]:
        others = [team for team in led if not in_line(view, team, kept)]
        leads = {team: found for team in others for found in _possible_leads(view, team)[:1]}
        if len(leads) == len(others):
            new = tuple(
                sentence("{person} lead {team}", person=Ref.to("person", found), team=Ref.to("team", team))
                for team, found in leads.items()
            )
            title = sentence("Let {leads}", leads=new)
            yield Fix(title, tuple(SetLead(team, found) for team, found in leads.items()))
    for one, other in combinations(led, 2):
        is_merger = parent_of(view, one) == parent_of(view, other) and have_kin(view, one, other)
        if is_merger and not is_focus(view, one) and not is_focus(view, other):
            yield merge_fix(*sorted((one, other), key=lambda team: (seats_below(view, team), team)))


def _possible_leads(view: View, team: str) -> list[str]:
    """The members of a team who lead nothing yet, who can judge most of its work first."""
    free = _filled(view, filled_members(view, team, PEOPLE_COMPARED_MAX))
    return best_judges(view, free, sorted(view.functions_of(team))[:COMPARED_MAX])


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
        yield _lead_fix(person, team)

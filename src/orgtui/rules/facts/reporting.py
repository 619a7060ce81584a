"""Reporting lines: leads, managers, spans of control, layers."""

from __future__ import annotations

from orgtui.engine.view import Contribution, View, derived, tally
from orgtui.rules.facts.teams import depth, parent_of


@derived
def open_lead(view: View, team: str) -> str | None:
    """The lead of a team, whose seat may be vacant or planned; None if it is closed or unknown."""
    record = view.team(team)
    if record is None or record.lead is None:
        return None
    person = view.person(record.lead)
    return None if person is None or person.state == "closed" else record.lead


@derived
def filled_lead(view: View, team: str) -> str | None:
    """The lead of a team if its seat is filled; None if the lead is missing."""
    lead = open_lead(view, team)
    person = None if lead is None else view.person(lead)
    return lead if person is not None and person.state == "filled" else None


def head(view: View) -> str | None:
    """The lead of the root."""
    root = view.root()
    return None if root is None else open_lead(view, root)


@derived
def lead_at_or_above(view: View, team: str) -> str | None:
    """The first lead from a team upwards."""
    lead = open_lead(view, team)
    if lead is not None:
        return lead
    parent = parent_of(view, team)
    return None if parent is None else lead_at_or_above(view, parent)


def top_team_led(view: View, person: str) -> str | None:
    """The team nearest the root that a seat leads, the smallest id among equals; None if it leads none."""
    return min(view.led_by(person), key=lambda team: (depth(view, team), team), default=None)


@derived
def manager(view: View, person: str) -> str | None:
    """The manager of a seat: the first lead above the topmost team it leads, or else at or above its own."""
    led = top_team_led(view, person)
    if led is not None:
        start = parent_of(view, led)
    else:
        record = view.person(person)
        start = None if record is None else record.team
    return None if start is None else lead_at_or_above(view, start)


def manager_in(view: View, person: str, team: str) -> str | None:
    """The manager of a seat in a team, which need not be memoised for the many seats that lead no team."""
    return manager(view, person) if view.led_by(person) else lead_at_or_above(view, team)


@tally(over="led_by")
def seated_leads(view: View, person: str) -> Contribution:
    """Open seats that lead teams, by the team they belong to; assistants among them also by "assistants" with
    the team."""
    record = view.person(person)
    if record is not None and record.state != "closed" and view.led_by(person):
        yield record.team, person, 1
        if record.assistant:
            yield ("assistants", record.team), person, 1


def plain_seats(view: View, team: str) -> int:
    """Open seats of a team itself that lead nothing."""
    return view.open_seats(team) - len(seated_leads(view, team))


@tally(over="team")
def plain_reports(view: View, team: str) -> Contribution:
    """Seats that lead nothing, by their manager and team; without assistants."""
    lead = lead_at_or_above(view, team)
    if lead is not None and view.team(team) is not None:
        assistants = view.assistant_seats(team) - len(seated_leads(view, ("assistants", team)))
        yield lead, team, plain_seats(view, team) - assistants


@tally(over="led_by")
def lead_reports(view: View, person: str) -> Contribution:
    """Seats that lead teams, by their manager; without assistants."""
    record = view.person(person)
    if record is None or record.assistant:
        return
    if record.state != "closed" and view.led_by(person):
        boss = manager(view, person)
        if boss is not None:
            yield boss, person, 1


@derived
def span_of_control(view: View, person: str) -> int:
    """How many open seats report to a seat, without assistants: its reports that count."""
    return sum(plain_reports(view, person).values()) + len(lead_reports(view, person))


def assistants(view: View, person: str) -> list[str]:
    """The open seats that report to a seat as its assistants, which no span counts.

    Takes time by the teams below it whose first lead it is.
    """
    found: dict[str, None] = {}
    left = list(view.led_by(person))
    while left:
        team = left.pop()
        seats = list(view.members(team)) if view.assistant_seats(team) else []
        for below in view.children(team):
            lead = open_lead(view, below)
            if lead is None:
                left.append(below)
            else:
                seats.append(lead)
        found.update(dict.fromkeys(each for each in seats if _assists(view, each, person)))
    return list(found)


def _assists(view: View, seat: str, person: str) -> bool:
    record = view.person(seat)
    return record is not None and record.assistant and manager(view, seat) == person


@derived
def layer(view: View, person: str) -> int:
    """The number of people in the chain of managers from a seat up, itself included."""
    boss = manager(view, person)
    return 1 if boss is None else layer(view, boss) + 1


@tally(over="team")
def layers_of_plain_seats(view: View, team: str) -> Contribution:
    """Teams with seats that lead nothing, by the layer of these seats."""
    if plain_seats(view, team) > 0:
        boss = lead_at_or_above(view, team)
        yield "", 1 if boss is None else layer(view, boss) + 1, 1


@tally(over="led_by")
def layers_of_leads(view: View, person: str) -> Contribution:
    """Leads, by layer."""
    record = view.person(person)
    if record is not None and record.state != "closed" and view.led_by(person):
        yield "", layer(view, person), 1


def deepest_layer(view: View) -> int:
    """The deepest layer of any open seat; 0 without open seats."""
    return max([*layers_of_plain_seats(view), *layers_of_leads(view)], default=0)

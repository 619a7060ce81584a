"""The team tree of one state with who and what sits in it."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from orgtui.exchange.writing.build.funnel import funnel_of
from orgtui.exchange.writing.build.knowledge import knowledge_of
from orgtui.exchange.writing.build.marks import Marks
from orgtui.exchange.writing.build.state import State, Teams
from orgtui.exchange.writing.build.tree import in_order, teams_below
from orgtui.exchange.writing.report import Seat, Structure, Team, Work
from orgtui.model.records import Severity
from orgtui.rules.facts.reporting import manager_in, open_lead
from orgtui.rules.facts.teams import seats_below
from orgtui.rules.policy import SEVERITIES
from orgtui.views.panes.badges import Badges

HUNDRED = Decimal(100)


def structure_of(state: State, other: State | None, top: str, marks: Marks, *, is_after: bool) -> Structure:
    """A state from the team `top` down; `other` is the state to mark the links of knowledge against."""
    teams = tuple(teams_of(state, top, marks, Badges(state.organization, state.report.reported)))
    within = None if top == state.organization.root else {each.id for each in teams}
    return Structure(
        teams,
        funnel_of(state, teams),
        knowledge_of(state, other, within, is_after=is_after),
        seats_below(state.view, top),
    )


def teams_of(state: Teams, top: str, marks: Marks, badges: Badges | None = None) -> Iterator[Team]:
    """The teams from `top` down, each followed by those below it; without badges no findings are told."""
    for team, depth in teams_below(state.organization, top):
        record, lead = state.organization.teams[team], open_lead(state.view, team)
        worst, number = (None, 0) if badges is None else _findings(badges, team)
        mark, elsewhere = marks.team(record)
        yield Team(
            team,
            record.name,
            record.parent if depth else None,
            depth,
            None if lead is None else state.name("person", lead),
            lead,
            seats_below(state.view, team),
            tuple(_seats(state, team, lead, marks)),
            tuple(_works(state, team, marks)),
            record.focus is not None,
            mark,
            elsewhere,
            worst,
            number,
        )


def _findings(badges: Badges, team: str) -> tuple[Severity | None, int]:
    """The gravest severity of the findings of a team, its functions and seats, and how many there are."""
    counts = badges.within(team)
    worst = next((each for each, count in zip(SEVERITIES, counts, strict=True) if count), None)
    return worst, sum(counts)


def _seats(state: Teams, team: str, lead: str | None, marks: Marks) -> Iterator[Seat]:
    """The open seats of a team itself, its lead first."""
    people = state.organization.people
    for person in sorted(in_order(state.organization, "members", team), key=lambda each: each != lead):
        record = people[person]
        yield Seat(
            person,
            state.name("person", person),
            record.title,
            record.state,
            record.fte / HUNDRED,
            manager_in(state.view, person, team),
            person == lead,
            *marks.seat(record),
        )


def _works(state: Teams, team: str, marks: Marks) -> Iterator[Work]:
    for function in in_order(state.organization, "functions_of", team):
        record = state.organization.functions[function]
        yield Work(function, record.name, record.area, record.stages, *marks.work(record))

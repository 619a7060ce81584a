"""The people whom a plan affects: where they stand before and after, since which wave, and why."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple, cast

from orgtui.engine.view import PlainView
from orgtui.exchange.writing.build.replay import Made
from orgtui.exchange.writing.build.state import State
from orgtui.exchange.writing.build.tree import in_order, teams_below
from orgtui.exchange.writing.report import AffectedPerson, Position
from orgtui.files.plan_file import PlannedWave
from orgtui.model.records import Person
from orgtui.model.store import Organization
from orgtui.rules.facts.reporting import lead_at_or_above, manager, open_lead, top_team_led

Steps = tuple[int, ...]
"""Numbers of steps."""

_TOLD = attrgetter("team", "title", "fte", "name", "state")


class Stand(NamedTuple):
    """What a plan may change of a seat so that the person has to be told."""

    seat: Person
    manager: str | None

    def differs(self, other: Stand | None) -> bool:
        return other is None or self.manager != other.manager or _differ(self.seat, other.seat)


def affected_of(
    baseline: Organization,
    made: Sequence[Made],
    before: State,
    after: State,
    described: Mapping[int, PlannedWave],
    is_within: Callable[[str], bool],
) -> tuple[AffectedPerson, ...]:
    """The seats affected, in the order of the teams after the plan; those that are closed come last.

    `described` are the waves that the plan describes, by number; `is_within` tells of a team whether it is
    reported.
    """
    if not made:
        return ()
    stood, stand, waves = _replayed(baseline, made)
    reasons = _Reasons(made, before, after)
    people = []
    for person in _in_tree_order(before.organization, after.organization):
        was, now = stood.get(person), stand.get(person)
        is_told = any(each is not None and is_within(each.seat.team) for each in (was, now))
        if not is_told or (was is not None and now is not None and not now.differs(was)):
            continue
        state, seat = after, after.organization.people[person]
        wave = waves[person]
        people.append(
            AffectedPerson(
                person,
                state.name("person", person),
                seat.state,
                None if was is None else _position(before, was),
                None if now is None else _position(after, now),
                wave,
                described[wave].on if wave in described else None,
                reasons.of(person, is_led_otherwise=bool(was and now and was.manager != now.manager)),
            )
        )
    return tuple(people)


def _stands(organization: Organization) -> dict[str, Stand]:
    """How each open seat stands."""
    view = PlainView(organization, date.min, {})
    leading = organization.index_keys("led_by")
    above = {team: lead_at_or_above(view, team) for team in organization.teams}
    seats = (each for each in organization.people.rows().values() if each.state != "closed")
    return {
        each.id: Stand(each, manager(view, each.id) if each.id in leading else above[each.team])
        for each in seats
    }


def _replayed(
    baseline: Organization, made: Sequence[Made]
) -> tuple[dict[str, Stand], dict[str, Stand], dict[str, int]]:
    """How each open seat stands before and after, and by seat the last wave that changes that."""
    state, waves = baseline.copy(), dict[str, int]()
    first = before = after = _stands(state)
    for wave, steps in groupby(made, key=lambda each: each.step.wave):
        for each in (each for step in steps for each in step.sets):
            state.apply(each)
        before, after = after, _stands(state)
        waves |= {person: wave for person, now in after.items() if now.differs(before.get(person))}
        waves |= dict.fromkeys(before.keys() - after.keys(), wave)
    return first, after, waves


def _in_tree_order(before: Organization, after: Organization) -> Iterator[str]:
    """The open seats of the state after by team, then those that only the state before has."""
    yield from _seats(after)
    for person in _seats(before):
        if after.people[person].state == "closed":
            yield person


def _seats(organization: Organization) -> Iterator[str]:
    for team, _ in teams_below(organization, organization.root):
        lead = organization.teams[team].lead
        yield from sorted(in_order(organization, "members", team), key=lambda each: each != lead)


def _position(state: State, stand: Stand) -> Position:
    seat, manager = stand
    return Position(
        seat.team,
        state.name("team", seat.team),
        manager,
        None if manager is None else state.name("person", manager),
        seat.title,
        Decimal(seat.fte) / 100,
    )


class _Reasons:
    """The reasons of the steps that concern a seat.

    These are the steps that alter the seat itself and, if it has another manager, those that alter the lead
    or the place of a team on its way up to the manager, before or after.
    """

    def __init__(self, made: Sequence[Made], before: State, after: State) -> None:
        self._why = {each.number: each.step.why for each in made}
        self._seats: dict[str, Steps] = {}
        self._teams: dict[str, Steps] = {}
        for number, _, sets in made:
            for each in sets:
                if each.table == "person" and _differ(cast(Person, each.old), cast(Person, each.new)):
                    self._seats[str(each.key)] = _joined(self._seats.get(str(each.key), ()), (number,))
                elif each.table == "team" and _leads_otherwise(each.old, each.new):
                    self._teams[str(each.key)] = _joined(self._teams.get(str(each.key), ()), (number,))
        self._ways = [(state, self._ways_up(state)) for state in (before, after)]

    def of(self, person: str, *, is_led_otherwise: bool) -> tuple[str, ...]:
        """The reasons told, in the order of the plan."""
        steps = self._seats.get(person, ())
        if is_led_otherwise:
            for state, ways in self._ways:
                steps = _joined(steps, self._to_manager(state, ways, person))
        return tuple(dict.fromkeys(why for step in sorted(steps) if (why := self._why[step]) is not None))

    def _ways_up(self, state: State) -> dict[str, Steps]:
        """By team the steps that alter a team from there up to the first that has a lead."""
        ways: dict[str, Steps] = {}
        for team, _ in teams_below(state.organization, state.organization.root):
            own, parent = self._teams.get(team, ()), state.organization.teams[team].parent
            has_lead = open_lead(state.view, team) is not None
            ways[team] = own if has_lead or parent is None else _joined(ways[parent], own)
        return ways

    def _to_manager(self, state: State, ways: Mapping[str, Steps], person: str) -> Steps:
        led = top_team_led(state.view, person)
        if led is None:
            return ways[state.organization.people[person].team]
        parent = state.organization.teams[led].parent
        own = self._teams.get(led, ())
        return own if parent is None else _joined(own, ways[parent])


def _differ(old: Person | None, new: Person | None) -> bool:
    """Whether a seat is another one to the person in it."""
    if old is None or new is None:
        return old is not new
    return old is not new and _TOLD(old) != _TOLD(new)


def _leads_otherwise(old: object, new: object) -> bool:
    """Whether a team comes, goes, moves or has another lead."""
    return any(getattr(old, name, None) != getattr(new, name, None) for name in ("id", "parent", "lead"))


def _joined(some: Steps, others: Steps) -> Steps:
    return some if not others else others if not some else tuple(dict.fromkeys((*some, *others)))

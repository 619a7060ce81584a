"""What a wave of a session's plan does: who moves, who gets a new manager, the states around it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from orgtui.engine.view import PlainView, View
from orgtui.model.records import Person
from orgtui.model.store import Organization, Set
from orgtui.rules.assessment import Assessment
from orgtui.rules.facts.reporting import manager
from orgtui.rules.facts.reporting_changes import has_new_manager, people_affected
from orgtui.rules.inputs import Waves
from orgtui.session.session import Session

NewManager = tuple[str, str | None, str | None]
"""A person, and the manager before and after."""


def movers(sets: Iterable[Set]) -> list[tuple[str, str, str]]:
    """The people who sit in another team after some assignments: each with the team before and after."""
    first: dict[str, object] = {}
    last: dict[str, object] = {}
    for each in sets:
        if each.table == "person":
            first.setdefault(str(each.key), each.old)
            last[str(each.key)] = each.new
    return [
        (person, before.team, after.team)
        for person, before in first.items()
        if isinstance(before, Person) and isinstance(after := last[person], Person)
        if before.state == after.state == "filled" and before.team != after.team
    ]


@dataclass(frozen=True, slots=True)
class WaveStates:
    """The organisation before and after a wave, and the assignments between."""

    before: Organization
    after: Organization
    sets: Sequence[Set]

    def new_managers(self) -> list[NewManager]:
        """The people whose manager is another one after the wave, by id."""
        there, here = _plain(self.before), _plain(self.after)
        people = sorted(people_affected(here, self.sets))
        return [
            (person, manager(there, person), manager(here, person))
            for person in people
            if has_new_manager(there, here, person)
        ]


def states_around(session: Session, wave: int) -> WaveStates:
    """The states before and after a wave; takes time by the number of assignments until then."""
    before, by_wave = session.baseline.copy(), session.sets_by_wave
    for number, sets in by_wave.items():
        if number < wave:
            for each in sets:
                before.apply(each)
    after, sets = before.copy(), by_wave.get(wave, [])
    for each in sets:
        after.apply(each)
    return WaveStates(before, after, sets)


def judged_until(session: Session, organization: Organization, wave: int) -> Assessment:
    """The findings of the state after the waves up to one, of a settled session, on the same day."""
    known = session.assessment.view.options(Waves)
    until = {number: each for number, each in known.by_number.items() if number <= wave}
    waves = replace(known, by_number=until, planned=lambda: None)
    there = Assessment(organization, session.assessment.policy.today, waves=waves)
    there.evaluate_pending()
    there.copy_pay(session.assessment)
    return there


def _plain(organization: Organization) -> View:
    return PlainView(organization, date.min, {})

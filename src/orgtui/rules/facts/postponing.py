"""What becomes of the waves of a plan if some changes of one wave wait for the next."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace
from datetime import date

from orgtui.changes.refusal import Refused
from orgtui.engine.view import PlainView, View
from orgtui.model.store import Organization, Set
from orgtui.rules.facts.reporting_changes import has_new_manager, people_affected
from orgtui.rules.inputs import Planned, PlannedPart, Wave, Waves


class Postponing:
    """The changes of one wave of a plan, any of which may wait for the next wave.

    `parts` are those of the wave that are not made in several waves; only these may wait.
    """

    def __init__(self, planned: Planned, waves: Waves, wave: int) -> None:
        self.wave = wave
        self._waves = waves
        self._now = [part for part in planned.parts if part.wave == wave]
        self._then = [part for part in planned.parts if part.wave == wave + 1]
        elsewhere = {part.number for part in planned.parts if part.wave != wave}
        self.parts = [part for part in self._now if part.number not in elsewhere]
        self._start = planned.baseline.copy()
        for part in planned.parts:
            if part.wave < wave:
                _apply(self._start, part.sets)
        self._end = self._start.copy()
        for part in (*self._now, *self._then):
            _apply(self._end, part.sets)

    def without(self, numbers: Collection[int]) -> Waves | None:
        """The waves if the changes of these numbers wait.

        None if a change would not be possible then, or would come out otherwise.
        """
        staying = [part for part in self._now if part.number not in numbers]
        waiting = [part for part in self._now if part.number in numbers]
        after = sorted((*waiting, *self._then), key=lambda part: part.number)
        there = self._start.copy()
        try:
            first, middle = _made(self._start, there, staying)
            second, _ = _made(middle, there, after)
        except Refused:
            return None
        if there != self._end:
            return None
        by_number = {**self._waves.by_number, self.wave: first, self.wave + 1: second}
        return replace(self._waves, by_number=by_number)


def _made(
    before: Organization, there: Organization, parts: Iterable[PlannedPart]
) -> tuple[Wave, Organization]:
    """Make parts in an organisation that is as `before`; returns what they do, and a copy of the outcome."""
    sets: list[Set] = []
    for part in parts:
        for change in part.changes:
            made = change.compile(there)
            _apply(there, made)
            sets += made
    then, now = _view(before), _view(there)
    changed = sum(has_new_manager(then, now, person) for person in people_affected(now, sets))
    filled = sum(1 for person in before.people.values() if person.state == "filled")
    return Wave(filled, changed), there.copy()


def _apply(organization: Organization, sets: Iterable[Set]) -> None:
    for each in sets:
        organization.apply(each)


def _view(organization: Organization) -> View:
    return PlainView(organization, date.min, {})

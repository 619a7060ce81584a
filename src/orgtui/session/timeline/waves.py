"""Counting the new managers in each wave of a session; finished waves are counted once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from orgtui.engine.view import PlainView, View
from orgtui.model.store import Organization, Set
from orgtui.rules.facts.reporting_changes import has_new_manager, people_affected
from orgtui.rules.facts.waves import no_waves, waves_of
from orgtui.rules.inputs import Wave, Waves

StepAssignments = tuple[Sequence[int], int, Sequence[Set]]
"""What tells a part of a plan from all others, its wave and its assignments."""

REPORTING_LINES = frozenset(("person", "team"))
"""The tables that reporting lines depend on."""


@dataclass(frozen=True, slots=True)
class _WaveStart:
    """The state before the latest wave: the steps until then, their waves, and how many seats were filled."""

    before: tuple[Sequence[int], ...]
    waves: Waves
    view: View
    filled: int


class WaveCount:
    """Counts the people with a new manager in each wave of a session on `baseline`."""

    def __init__(self, baseline: Organization) -> None:
        self._baseline = baseline
        self._unchanged = no_waves(baseline)
        self._wave_start: _WaveStart | None = None

    def count(self, steps: Sequence[StepAssignments], view: View) -> Waves:
        """The new managers and filled seats of each wave; `view` is the state that the steps lead to."""
        if not steps:
            return self._unchanged
        latest = steps[-1][1]
        before = [step for step in steps if step[1] < latest]
        places = tuple(place for place, _, _ in before)
        if self._wave_start is None or self._wave_start.before != places:
            self._wave_start = self._state_after(before, places)
        wave_start = self._wave_start
        sets = [each for _, wave, made in steps if wave == latest for each in made]
        affected = people_affected(view, sets)
        changed = sum(has_new_manager(wave_start.view, view, person) for person in affected)
        by_number = {**wave_start.waves.by_number, latest: Wave(wave_start.filled, changed)}
        return replace(self._unchanged, by_number=by_number)

    def _state_after(self, steps: Sequence[StepAssignments], places: tuple[Sequence[int], ...]) -> _WaveStart:
        there, waves = self._baseline, self._unchanged
        if steps:
            there = self._baseline.copy()
            for _, _, sets in steps:
                for each in sets:
                    there.apply(each)
            waves = waves_of(self._baseline, ((wave, sets) for _, wave, sets in steps))
        filled = sum(1 for person in there.people.values() if person.state == "filled")
        return _WaveStart(places, waves, PlainView(there, date.min, {}), filled)

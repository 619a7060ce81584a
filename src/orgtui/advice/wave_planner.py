"""Planning waves of changes, so that not too many people get a new manager at once."""

from __future__ import annotations

from collections.abc import Mapping

from orgtui.advice.fixes import PreviewedFix
from orgtui.engine.view import View
from orgtui.model.store import Set
from orgtui.rules.assessment import WEIGHTS, Assessment
from orgtui.rules.catalogue.a201_change_shock import ChangeShock
from orgtui.rules.facts.numbers import integer_ratio
from orgtui.rules.facts.reporting import manager_in
from orgtui.rules.inputs import CHANGE_SHOCK

Managers = Mapping[str, str | None]
"""The manager of every filled seat, None for the head."""


class WavePlanner:
    """Assigns fixes to waves in the order in which they are applied; `wave` is the present one, from 0."""

    def __init__(self, assessment: Assessment) -> None:
        self.wave = 0
        self._assessment = assessment
        policy = assessment.policy
        self._weight = WEIGHTS[policy.severity(CHANGE_SHOCK)] if CHANGE_SHOCK in policy.codes else 0
        self._wave_start: Managers | None = None

    def try_schedule(self, fix: PreviewedFix, sets: list[Set]) -> bool:
        """Assign a fix to the present wave, or to the next if it does not fit; false if it must be left out.

        A fix that does not fit a wave of its own must have a balance above the weight of the finding that it
        causes. To be called before `sets`, its assignments, are made.
        """
        if fix.applicability == "safe" or not self._weight:
            return True
        now = _managers(self._assessment.view)
        after = self._assessment.preview(sets, _managers).answer
        if self._is_shock(now, after) and fix.difference.balance <= self._weight:
            return False
        if self._wave_start is None:
            self._wave_start = now
        if self._wave_start != now and self._is_shock(self._wave_start, after):
            self.wave += 1
            self._wave_start = now
        return True

    def _is_shock(self, before: Managers, after: Managers) -> bool:
        part, whole = integer_ratio(self._assessment.view.options(ChangeShock).max_share)
        changed = sum(1 for person, boss in before.items() if person in after and after[person] != boss)
        return changed * whole > part * len(before)


def _managers(view: View) -> Managers:
    seats = ((person, view.person(person)) for person in view.ids("person"))
    return {
        person: manager_in(view, person, seat.team)
        for person, seat in seats
        if seat is not None and seat.state == "filled"
    }

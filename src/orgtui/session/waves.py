"""What the waves of a session do to reporting lines, without counting again what is over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from orgtui.engine.view import View
from orgtui.model.store import Organization, Set
from orgtui.rules.a201_change_shock import Wave, Waves, managers, waves_of
from orgtui.rules.vocabulary import manager_in

Made = tuple[int, int, Sequence[Set]]
"""A step's number, its wave and its assignments."""

REPORTING_LINES = frozenset(("person", "team"))
"""Tables that reporting lines are made of."""


@dataclass(frozen=True, slots=True)
class _Begun:
    """The state in which the latest wave began: the steps before it, what they did, and who managed whom."""

    before: tuple[int, ...]
    waves: Waves
    managers: dict[str, str | None]


class WaveCount:
    """Counts who gets a new manager in the waves of a session that begins from `baseline`."""

    def __init__(self, baseline: Organization) -> None:
        self._baseline = baseline
        self._begun: _Begun | None = None

    def count(self, steps: Sequence[Made], view: View) -> Waves:
        """What each wave of the steps does; `view` is the state that they lead to."""
        if not steps:
            return Waves()
        latest = steps[-1][1]
        before = [step for step in steps if step[1] < latest]
        numbers = tuple(number for number, _, _ in before)
        if self._begun is None or self._begun.before != numbers:
            self._begun = self._state_after(before, numbers)
        begun = self._begun
        changed = 0
        for person, boss in begun.managers.items():
            seat = view.person(person)
            if seat is not None and seat.state == "filled":
                changed += manager_in(view, person, seat.team) != boss
        return Waves({**begun.waves.by_number, latest: Wave(len(begun.managers), changed)})

    def _state_after(self, steps: Sequence[Made], numbers: tuple[int, ...]) -> _Begun:
        there = self._baseline.copy()
        for _, _, sets in steps:
            for each in sets:
                there.apply(each)
        waves = waves_of(self._baseline, ((wave, sets) for _, wave, sets in steps))
        return _Begun(numbers, waves, managers(there))

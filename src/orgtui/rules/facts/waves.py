"""Waves: what each wave of a plan does to reporting lines."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from orgtui.engine.view import PlainView, View
from orgtui.model.store import Organization, Set
from orgtui.rules.facts.reporting import manager_in
from orgtui.rules.inputs import Wave, Waves


def waves_of(baseline: Organization, steps: Iterable[tuple[int, Iterable[Set]]]) -> Waves:
    """What each wave does to reporting lines; `steps` are wave numbers with assignments, in plan order."""
    state = baseline.copy()
    before = managers(state)
    waves: dict[int, Wave] = {}
    by_wave: dict[int, list[Set]] = {}
    for number, sets in steps:
        by_wave.setdefault(number, []).extend(sets)
    for number, made in sorted(by_wave.items()):
        for each in made:
            state.apply(each)
        after = managers(state)
        changed = sum(1 for person, boss in before.items() if person in after and after[person] != boss)
        waves[number] = Wave(len(before), changed)
        before = after
    return Waves(waves, baseline=baseline_view(baseline))


def no_waves(baseline: Organization) -> Waves:
    """The waves of a plan for `baseline` that does nothing yet."""
    return Waves(baseline=baseline_view(baseline), reviewed=0)


def baseline_view(baseline: Organization) -> View:
    """The state that a plan begins with, as rules read it; the organisation may not change any more."""
    return PlainView(baseline, date.min, {})


def managers(organization: Organization) -> dict[str, str | None]:
    """The manager of every filled seat, by its id; None for the head."""
    view = PlainView(organization, date.min, {})
    people = organization.people.values()
    return {each.id: manager_in(view, each.id, each.team) for each in people if each.state == "filled"}

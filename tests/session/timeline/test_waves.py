"""Counting as a session goes comes to what counting every wave from the baseline comes to."""

from __future__ import annotations

import random
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks.organizations import organization
from orgtui.engine.view import PlainView
from orgtui.model.store import Organization
from orgtui.rules.facts.waves import waves_of
from orgtui.session.timeline.waves import StepAssignments, WaveCount
from tests.engine.random_sets import random_sets
from tests.support import examples, random_organization

TABLES = ("person", "person", "team", "function")


def check_counts(baseline: Organization, waves: list[int], rng: random.Random) -> int:
    """Make steps in waves and count after each; how many got a new manager in the last wave."""
    count, state = WaveCount(baseline), baseline.copy()
    steps: list[StepAssignments] = []
    for number, wave in enumerate(waves, start=1):
        sets = random_sets(state, rng, TABLES)
        for each in sets:
            state.apply(each)
        steps.append(((number,), wave, sets))
        counted = count.count(steps, PlainView(state, date.min, {}))
        assert counted == waves_of(baseline, ((wave, sets) for _, wave, sets in steps))
    return counted.by_number[waves[-1]].new_manager


@settings(max_examples=examples(50, 300), deadline=None)
@given(
    st.integers(0, 80),
    st.lists(st.integers(1, 3), min_size=1, max_size=6).map(sorted),
    st.randoms(use_true_random=False),
)
def test_waves_are_counted_as_from_the_baseline(seed: int, waves: list[int], rng: random.Random) -> None:
    check_counts(random_organization(seed), waves, rng)


def test_large_parts_get_new_managers_and_are_counted() -> None:
    rng = random.Random(2)
    assert any(check_counts(organization(120, seed), [1] * 5, rng) > 5 for seed in range(8))

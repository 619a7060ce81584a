"""What is kept beside the records is the same whenever it is asked for the first time."""

from __future__ import annotations

import random
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from orgtui.model.indexes import COUNTS, INDEXES
from orgtui.model.records import Goal, Profile
from orgtui.model.store import Organization, inverse, sets_between
from tests.engine.random_sets import random_sets
from tests.support import random_organization


def kept(organization: Organization) -> tuple[object, ...]:
    """Every index and every count that is not 0."""
    indexes = {
        (index.name, key): set(records)
        for index in INDEXES
        for key, records in organization.index_keys(index.name).items()
    }
    keys = {
        (count, key)
        for count in COUNTS
        for record in organization.tables[count.table].rows().values()
        for key, _ in count.amounts(record)
    }
    counts = {(count.name, key): organization.count(count.name, key) for count, key in keys}
    return indexes, {name: amount for name, amount in counts.items() if amount}


@given(st.integers(0, 60), st.randoms(use_true_random=False))
def test_kept_from_the_start_or_asked_for_at_the_end(seed: int, rng: random.Random) -> None:
    from_start, at_end = random_organization(seed), random_organization(seed)
    kept(from_start)
    for _ in range(4):
        for each in random_sets(from_start, rng):
            from_start.apply(each)
            at_end.apply(each)
    assert kept(from_start) == kept(at_end)


def test_only_what_was_asked_for_is_touched() -> None:
    org = random_organization(3)
    team = next(iter(org.teams.values()))
    org.index("children", team.id)
    gone = next(set_ for set_ in random_sets(org, random.Random(5), ["person"]) if set_.table == "person")
    touched = {slot for slot, _ in org.apply(gone)}
    assert touched
    assert all(slot.partition(".")[0] == "person" for slot in touched)


# -- where records stand ---------------------------------------------------------------------------

GOALS = [Goal(each, each) for each in "abcde"]


@st.composite
def comings_and_goings(draw: st.DrawFn) -> Organization:
    """Goals of which some were taken away and given again; they stand as in a list that does the same."""
    org = Organization([Profile("Case", date(2026, 11, 21)), *GOALS[: draw(st.integers(0, 4))]])
    model = list(org.goals)
    for goal in draw(st.lists(st.sampled_from(GOALS), max_size=8)):
        here = goal.id in org.goals
        org.apply(org.assignment("goal", goal.id, None if here else goal))
        if here:
            model.remove(goal.id)
        else:
            model.append(goal.id)
        if draw(st.booleans()):
            assert list(org.goals) == model
    assert list(org.goals) == model
    assert sorted(model, key=org.goals.rank) == model
    return org


@given(comings_and_goings(), st.lists(st.sampled_from(GOALS), max_size=8))
def test_what_is_undone_stands_where_it_stood(org: Organization, goals: list[Goal]) -> None:
    """However often it is undone and made again, and whether anybody looked in between or not."""
    states, sets = [list(org.goals)], []
    for goal in goals:
        sets.append(org.assignment("goal", goal.id, None if goal.id in org.goals else goal))
        org.apply(sets[-1])
        states.append(list(org.goals))
    for _ in range(2):
        for each, before in zip(inverse(sets), states[-2::-1], strict=True):
            org.apply(each)
            assert list(org.goals) == before
        for each in sets:
            org.apply(each)
        assert list(org.goals) == states[-1]


@given(st.data())
def test_a_copy_stands_in_the_same_order_and_the_way_there_keeps_it(data: st.DataObject) -> None:
    here = data.draw(comings_and_goings())
    there = here.copy()
    for org in data.draw(st.permutations([here, there])):
        for goal in data.draw(st.lists(st.sampled_from(GOALS), max_size=8)):
            org.apply(org.assignment("goal", goal.id, None if goal.id in org.goals else goal))
    for each in sets_between(here, there):
        here.apply(each)
    assert list(here.records()) == list(there.records())


@given(comings_and_goings(), comings_and_goings())
def test_the_way_to_an_unrelated_state_leads_to_its_order(here: Organization, there: Organization) -> None:
    sets = sets_between(here, there)
    before = list(here.records())
    for each in sets:
        here.apply(each)
    assert list(here.records()) == list(there.records())
    for each in inverse(sets):
        here.apply(each)
    assert list(here.records()) == before

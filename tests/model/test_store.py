"""What is kept beside the records is the same whenever it is asked for the first time."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from orgtui.model.indexes import COUNTS, INDEXES
from orgtui.model.store import Organization
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

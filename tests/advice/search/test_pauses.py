"""How long the search goes on between two pauses, in which keys are let in."""

from __future__ import annotations

from time import process_time

import pytest

from orgtui.advice.search.limits import Limits
from orgtui.advice.search.plans import Options
from orgtui.advice.search.search import search
from orgtui.model.collection import collection_paused

from .trying import sample

LONGEST_S = 0.03
"""What a key may wait, in seconds of one processor; most pauses are a tenth of that apart."""
OUTLIERS = 4
"""So many may take longer, as other work on the machine is in the way at times."""


@pytest.mark.parametrize("name", ["startup_a", "scaleup"])
def test_a_search_pauses_often(name: str) -> None:
    organization = sample(name)
    with collection_paused():
        found = search(organization, organization.profile.as_of, Limits(), Options(asks=600))
        next(found)
        gaps, begun = [], process_time()
        for _ in found:
            gaps.append(process_time() - begun)
            begun = process_time()
    assert sorted(gaps)[-1 - OUTLIERS] < LONGEST_S
    assert sum(gaps) / len(gaps) < LONGEST_S / 4


def test_a_search_that_ends_before_its_first_plan_makes_one_of_what_it_knows() -> None:
    organization = sample("startup_a")
    for asks in (60, 120):
        *_, last = search(organization, organization.profile.as_of, Limits(), Options(asks=asks))
        assert last.plans
        assert last.plans[0].penalty < last.before.penalty

"""The rules of the four principles say what a naive reading of the catalogue says."""

from __future__ import annotations

import random
from collections import Counter
from functools import cache

import pytest

from orgtui.engine.finding import Finding
from orgtui.model.store import Organization
from orgtui.rules.registry import catalogue
from tests.oracle.generate import random_document, to_toml
from tests.oracle.naive import found, read
from tests.oracle.sizes import size_of
from tests.rules.organizations import findings, loaded
from tests.support import seeds

CODES = [code for code in catalogue() if code.startswith("P")]
SIZES = ("tiny", "small", "small", "medium", "large")
SEEDS = range(75)


@cache
def document(seed: int) -> tuple[dict[str, object], Organization]:
    drawn = random_document(random.Random(seed), SIZES[seed % len(SIZES)])
    return drawn, loaded(to_toml(drawn))


@cache
def checked(seed: int) -> list[Finding]:
    """What the rules of the principles find."""
    return findings(document(seed)[1], CODES)


@pytest.mark.parametrize("seed", seeds(len(SEEDS), 300))
def test_the_same_subjects_as_a_naive_reading(seed: int) -> None:
    drawn, _ = document(seed)
    oracle = read(drawn)
    said = checked(seed)
    assert [each for each in said if each.failure] == []
    assert sorted((each.code, tuple(each.subjects), each.size) for each in said) == [
        (*finding, size_of(oracle, finding)) for code in CODES for finding in found(oracle, code)
    ]


def test_the_organisations_drawn_make_nearly_every_rule_speak() -> None:
    """P108 needs a relay that random organisations of this size rarely have."""
    spoken = Counter(each.code for seed in SEEDS for each in checked(seed))
    assert set(CODES) - set(spoken) <= {"P108"}

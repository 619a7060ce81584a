"""The rules of problems, parts and practices, and the metrics, say what a naive reading of them says."""

from __future__ import annotations

import random
from collections import Counter
from decimal import Decimal
from functools import cache
from typing import Any

import pytest

from orgtui.engine.rule import evaluate
from orgtui.metrics import MEASURES, measure
from orgtui.model.store import Organization
from orgtui.rules.policy import options_for
from orgtui.rules.registry import catalogue
from tests.oracle.generate import random_document, random_pay, to_toml
from tests.oracle.naive import conditions, found, read
from tests.oracle.sizes import SIZES as SIZED
from tests.oracle.sizes import size_of
from tests.rules.organizations import loaded
from tests.support import seeds

ELSEWHERE = ("A201", "A203")
"""Rules that judge a plan, or numbers that other rules come to: they have tests of their own."""
CODES = [code for code in catalogue() if not code.startswith("P") and code not in ELSEWHERE]
SIZES = ("tiny", "small", "small", "medium", "large")
SEEDS = range(75)


@cache
def drawn(seed: int) -> tuple[dict[str, Any], dict[str, float], Organization]:
    """A random organisation as a document, its pay, and the organisation as the program loads it."""
    rng = random.Random(seed)
    document = random_document(rng, SIZES[seed % len(SIZES)])
    return document, random_pay(rng, document), loaded(to_toml(document))


@cache
def checked(seed: int) -> tuple[list[tuple[str, tuple[str, ...], int]], dict[str, Any]]:
    """What every rule finds whether or not it is awake, with its size, and the metrics."""
    _, pay, organization = drawn(seed)
    options = options_for(organization.rules, {person: Decimal(str(cost)) for person, cost in pay.items()})
    rules = [each.rule for each in catalogue().values() if each.code not in ELSEWHERE]
    said, view = evaluate(organization, rules, organization.profile.as_of, options)
    assert [each.failure for each in said if each.failure] == []
    codes = Counter(dict.fromkeys(catalogue(), 0)) + Counter(each.code for each in said)
    measured = measure(view, codes, Counter(), with_pay=True)
    return sorted((each.code, tuple(each.subjects), each.size) for each in said), measured


@pytest.mark.parametrize("seed", seeds(len(SEEDS), 300))
def test_the_same_subjects_as_a_naive_reading(seed: int) -> None:
    document, pay, _ = drawn(seed)
    oracle = read(document, pay=pay)
    said, _ = checked(seed)
    assert [each for each in said if each[0] in CODES] == [
        (*finding, size_of(oracle, finding)) for code in CODES for finding in found(oracle, code)
    ]


@pytest.mark.parametrize("seed", seeds(len(SEEDS), 300))
def test_the_same_metrics_as_a_naive_count(seed: int) -> None:
    document, pay, _ = drawn(seed)
    expected = conditions(read(document, pay=pay))
    measured = checked(seed)[1]
    assert {key: measured[key] for key in (*MEASURES, "pay")} == expected


def test_the_organisations_drawn_make_every_rule_speak() -> None:
    spoken = {code for seed in SEEDS for code, *_ in checked(seed)[0]}
    assert set(CODES) <= spoken


def test_the_organisations_drawn_have_findings_of_several_sizes() -> None:
    sizes: dict[str, set[int]] = {}
    for seed in SEEDS:
        for code, _, size in checked(seed)[0]:
            sizes.setdefault(code, set()).add(size)
    assert min(map(min, sizes.values())) == 1
    assert {code for code in SIZED if len(sizes.get(code, ())) < 2} <= {"P108", "P303"}
    assert {code for code, drawn in sizes.items() if drawn != {1}} <= set(SIZED)

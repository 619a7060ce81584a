"""The rules that lack the data to speak are those that the contract's table puts to sleep."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest

from orgtui.rules.assessment import report_findings
from orgtui.rules.registry import catalogue
from tests.oracle.catalogue import ASLEEP, CATALOGUE
from tests.oracle.generate import random_document, random_pay, to_toml
from tests.oracle.naive import naive_check
from tests.rules.organizations import loaded

SIZES = ("tiny", "small", "medium")
PILLARS_WITHOUT_GOALS = """
format = 1

[organization]
name = "Case"
as_of = 2026-11-21
pillars = [{ id = "scale", name = "Scale" }]

[[team]]
id = "root"
name = "Root"
"""


def test_every_rule_needs_what_the_table_says() -> None:
    assert {code: rule.needs for code, rule in catalogue().items()} == {
        code: tuple(need for need, codes in ASLEEP if code in codes.split()) for code in CATALOGUE
    }


@pytest.mark.parametrize("seed", range(60))
def test_the_same_rules_sleep_as_in_a_naive_reading(seed: int) -> None:
    rng = random.Random(seed)
    document = random_document(rng, SIZES[seed % len(SIZES)])
    pay = random_pay(rng, document) if seed % 2 else None
    costs = None if pay is None else {person: Decimal(str(cost)) for person, cost in pay.items()}
    organization = loaded(to_toml(document))
    report = report_findings(organization, organization.profile.as_of, pay=costs)
    assert sorted(report.asleep.items()) == naive_check(document, pay=pay).asleep


def test_a_strategy_without_any_goal_is_told_so() -> None:
    organization = loaded(PILLARS_WITHOUT_GOALS)
    report = report_findings(organization, organization.profile.as_of)
    assert "S101" not in report.asleep
    assert report.asleep["S102"] == "goals"
    assert ("S101", ("pillar:scale",)) in report.reported

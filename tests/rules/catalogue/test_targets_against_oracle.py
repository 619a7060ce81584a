"""A203 says what a naive reading of targets says, of whole organisations and of teams."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import pytest

from orgtui.model.kinds import METRICS, TEAM_METRICS
from orgtui.rules.assessment import Assessment, FindingReport, report_findings
from tests.oracle.generate import random_document, random_pay, to_toml
from tests.oracle.naive import naive_check
from tests.rules.organizations import loaded

NUMBERS = (0, 1, 2, 3, 5, 8, 20, 0.5, 4.5, 100_000)
SEEDS = range(60)


def drawn(seed: int) -> tuple[dict[str, Any], dict[str, float] | None]:
    """A random organisation with many targets, and its pay in every other one."""
    rng = random.Random(seed)
    document = random_document(rng, rng.choice(("tiny", "small", "medium")))
    teams = [team["id"] for team in document["team"]]
    keys: set[tuple[str, str | None, str]] = {(metric, None, one_of(rng)) for metric in METRICS}
    keys |= {(rng.choice(TEAM_METRICS), rng.choice(teams), one_of(rng)) for _ in range(12)}
    document["target"] = [
        {"metric": metric, bound: rng.choice(NUMBERS)} | ({} if team is None else {"team": team})
        for metric, team, bound in sorted(keys, key=str)
    ]
    return document, random_pay(rng, document) if seed % 2 else None


def one_of(rng: random.Random) -> str:
    return rng.choice(("at_most", "at_least"))


def missed(report: FindingReport) -> dict[tuple[str, tuple[str, ...]], bool]:
    return {key: each.counts for key, each in report.reported.items() if key[0] == "A203"}


@pytest.mark.parametrize("seed", SEEDS)
def test_the_same_targets_are_missed_as_in_a_naive_reading(seed: int) -> None:
    document, pay = drawn(seed)
    organization = loaded(to_toml(document))
    costs = None if pay is None else {person: Decimal(str(cost)) for person, cost in pay.items()}
    day = organization.profile.as_of
    report = report_findings(organization, day, pay=costs)
    naive = naive_check(document, pay=pay)
    expected = {each for each in naive.findings if each[0] == "A203"}
    assert missed(report) == {each: not naive.accepted[each] for each in expected}
    assert [each for each in report.asleep.items() if each[0] == "A203"] == [
        each for each in naive.asleep if each[0] == "A203"
    ]
    assessment = Assessment(organization, day, pay=costs)
    assessment.evaluate_pending()
    assert assessment.reported == report.reported


def test_the_organisations_drawn_miss_targets_of_every_kind() -> None:
    spoken = set()
    for seed in SEEDS:
        document, pay = drawn(seed)
        spoken |= {
            (subjects[0], len(subjects))
            for code, subjects in naive_check(document, pay=pay).findings
            if code == "A203"
        }
    of_plan = {"people_moved", "new_manager", "reviewed"}
    assert {metric for metric, count in spoken if count == 1} == {f"metric:{m}" for m in {*METRICS} - of_plan}
    assert {metric for metric, count in spoken if count == 2} == {f"metric:{m}" for m in TEAM_METRICS}

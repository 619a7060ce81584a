"""Nothing of pay is in a report that was not asked for pay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from decimal import Decimal

import pytest

from orgtui.exchange.writing.build.whole import build_report
from orgtui.exchange.writing.report import Report
from orgtui.files.organization_file import dump_organization
from orgtui.model import records as r
from orgtui.model.store import Organization
from orgtui.session.plan.planned import AppliedPlan
from tests.exchange.writing.reports import TODAY, planned_on, step
from tests.organizations import small_organization

BUDGET, LATER, COST = 7654321, 9182736, Decimal("5647382")
CANARIES = ("7654321", "7,654,321", "9182736", "9,182,736", "5647382", "5,647,382")
WORDS = ("pay budget of Brand to", "Pay a year", "S401")


@pytest.fixture
def planned() -> tuple[Organization, AppliedPlan]:
    """A plan that sets a budget where there was one, takes one away, and merges teams with budgets."""
    baseline = small_organization(
        r.Team("brand", "Brand", "marketing", "li", ("coverage",), pay_budget=BUDGET),
        r.Team("growth", "Growth", "marketing", "wang", pay_budget=BUDGET),
    )
    return baseline, planned_on(
        baseline,
        step(op="set_budget", team="brand", pay_budget=LATER, why="More people"),
        step(op="set_budget", team="growth"),
        step(op="set_budget", team="growth", pay_budget=LATER),
        step(op="merge_teams", team="growth", into="brand"),
    )


def texts(value: object) -> Iterator[str]:
    """Every text and number within a report."""
    waiting = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, Organization):
            waiting.append(dump_organization(each).decode())
        elif is_dataclass(each):
            waiting += [getattr(each, field.name) for field in fields(each)]
        elif isinstance(each, dict):
            waiting += [*each, *each.values()]
        elif isinstance(each, tuple | list):
            waiting += each
        elif each is not None:
            yield str(each)


@pytest.mark.parametrize("part", [None, "brand", "growth"])
def test_without_pay_no_amount_is_anywhere(
    planned: tuple[Organization, AppliedPlan], part: str | None
) -> None:
    report = build_report(*planned, today=TODAY, part=part)
    found = [text for text in texts(report) for word in (*CANARIES, *WORDS) if word in text]
    assert found == []
    assert report.pay is None
    for organization in (report.baseline, report.organization):
        assert {team.pay_budget for team in organization.teams.values()} == {None}
    told = [each.what for each in report.waves[0].changes[:-1]]
    assert set(told) <= {"changed the pay budget of Brand", "changed the pay budget of Growth"}
    assert told


def test_a_budget_marks_no_team(planned: tuple[Organization, AppliedPlan]) -> None:
    baseline, _ = planned
    report = build_report(baseline, planned_on(baseline, step(op="set_budget", team="brand")), today=TODAY)
    assert {team.mark for team in report.after.teams} == {None}
    assert report.headline == "1 change; teams, managers and findings stay as they are"


def test_with_pay_the_same_is_told(planned: tuple[Organization, AppliedPlan]) -> None:
    pay = {"li": COST}
    report = build_report(*planned, today=TODAY, pay=pay)
    said = " ".join(texts(report))
    assert all(word in said for word in ("7654321", "9,182,736", "5647382", "5,647,382", *WORDS[:2]))
    assert report.pay == pay
    assert planned[0].teams["brand"].pay_budget == report.baseline.teams["brand"].pay_budget == BUDGET


def test_what_was_given_is_left_as_it_was(planned: tuple[Organization, AppliedPlan]) -> None:
    baseline, applied = planned
    before = dump_organization(baseline), dump_organization(applied.organization)
    report: Report = build_report(baseline, applied, today=TODAY)
    assert (dump_organization(baseline), dump_organization(applied.organization)) == before
    assert report.organization is not applied.organization

"""Pay that is asked for and forgotten again: findings are as if it had always been known, or never."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from orgtui.changes.compile import compile_all
from orgtui.changes.parse import parse_change
from orgtui.locales import translate
from orgtui.model.store import Organization
from orgtui.rules.assessment import Assessment
from orgtui.rules.policy import message
from orgtui.session.plan.outcome import summary
from orgtui.views.base.names import name_of
from tests.organizations import full_organization

BUDGETS = {"growth": 150_000, "brand": 250_000.5}
TEAMS = ("growth", "brand", "pr")


def budgeted() -> Organization:
    organization = full_organization()
    for team, budget in BUDGETS.items():
        change = parse_change({"op": "set_budget", "team": team, "pay_budget": budget})
        for each in compile_all(organization, [change]):
            organization.apply(each)
    return organization


def pay_of_all(organization: Organization, cost: str) -> dict[str, Decimal]:
    return {str(person): Decimal(cost) for person in organization.people}


def assessed(organization: Organization, pay: dict[str, Decimal] | None) -> Assessment:
    assessment = Assessment(organization, organization.profile.as_of, pay=pay)
    assessment.evaluate_pending()
    return assessment


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["100000", "33333.33", "0", None, "move"]), max_size=8))
def test_asking_and_forgetting_comes_to_the_same_as_knowing_all_along(acts: list[str | None]) -> None:
    assessment = assessed(budgeted(), None)
    known: dict[str, Decimal] | None = None
    for number, act in enumerate(acts):
        before = dict(assessment.reported)
        if act == "move":
            person = ("li", "wu", "xu")[number % 3]
            here = assessment.organization.people[person].team
            to = next(team for team in TEAMS if team != here)
            change = parse_change({"op": "move_person", "person": person, "to": to})
            difference = assessment.update(compile_all(assessment.organization, [change]))
        else:
            known = None if act is None else pay_of_all(assessment.organization, act)
            difference = assessment.set_pay(known)
        for old, new in difference.pairs:
            assert old == before.pop(old.identity) if old else True
            if new:
                before[new.identity] = new
        assert before == assessment.reported, "what is told is what changed"
        assessment.evaluate_pending()
        fresh = assessed(assessment.organization.copy(), known)
        assert assessment.reported == fresh.reported
        assert assessment.asleep == fresh.asleep


def test_the_amounts_are_worded_with_their_currency_and_thousands() -> None:
    organization = budgeted()
    assessment = assessed(organization, pay_of_all(organization, "1234567.5"))
    said = [
        translate(message(each.finding), lambda ref: name_of(organization, ref))
        for each in assessment.reported.values()
        if each.finding.code == "S401"
    ]
    currency = organization.profile.currency
    assert currency
    assert said
    assert all(f"cost {currency} " in each for each in said)
    assert any(f"its budget is {currency} 150,000" in each for each in said)
    assert any(f"its budget is {currency} 250,000.50" in each for each in said)


def test_what_is_written_down_never_rests_on_pay() -> None:
    baseline = budgeted()
    change = parse_change({"op": "move_person", "person": "xu", "to": "growth"})

    def of_state(pay: dict[str, Decimal] | None) -> object:
        assessment = assessed(baseline.copy(), None)
        assessment.update(compile_all(assessment.organization, [change]))
        assessment.evaluate_pending()
        assessment.set_pay(pay)
        known = dict(assessment.reported)
        with assessment.without_pay():
            assert not any(each.finding.code == "S401" for each in assessment.reported.values())
            came_to = summary(baseline, assessment)
        assert assessment.reported == known
        return came_to

    assert of_state(pay_of_all(baseline, "100000")) == of_state(None)

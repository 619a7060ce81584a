"""Findings on targets follow every change: committed, supposed, taken back, with a plan and without."""

from __future__ import annotations

import random
from decimal import Decimal
from typing import Any

import pytest

from orgtui.locales import translate
from orgtui.model import records as r
from orgtui.model.kinds import METRICS, TEAM_METRICS
from orgtui.model.store import Organization, inverse
from orgtui.rules.assessment import Assessment, Difference, ReportedFinding, may_be_found, report_findings
from orgtui.rules.facts.waves import no_waves
from orgtui.rules.inputs import Waves
from orgtui.rules.policy import message
from orgtui.views.base.names import Names
from tests.engine.random_sets import TABLES, random_sets
from tests.rules.organizations import TODAY, built
from tests.support import random_organization

Reported = dict[Any, ReportedFinding]


def with_targets(organization: Organization, rng: random.Random) -> Organization:
    """An organisation with a target on every metric, and on every one of a team."""
    team = rng.choice(list(organization.teams))
    for metric in METRICS:
        for of in (None, team) if metric in TEAM_METRICS else (None,):
            target = r.Target(metric, team=of, **{rng.choice(("at_most", "at_least")): rng.choice((0, 2, 5))})
            key = (metric, of or "", target.bound)
            organization.apply(organization.assignment("target", key, target))
    return organization


def from_scratch(organization: Organization, waves: Waves | None, pay: dict[str, Decimal]) -> Reported:
    return report_findings(organization.copy(), TODAY, waves=waves, pay=pay).reported


@pytest.mark.parametrize("seed", range(25))
def test_what_changes_do_is_what_is_found_afterwards(seed: int) -> None:
    rng = random.Random(seed)
    baseline = with_targets(random_organization(seed), rng)
    pay = {person: Decimal(len(person) * 1000) for person in baseline.people}
    waves = no_waves(baseline.copy())
    assessment = Assessment(baseline.copy(), TODAY, waves=waves, pay=pay)
    assessment.evaluate_pending()
    assert assessment.reported == from_scratch(baseline, waves, pay)
    for _ in range(6):
        sets = random_sets(assessment.organization, rng, TABLES)
        before = dict(assessment.reported)
        supposed = assessment.preview(sets, lambda _: None, graph_lane=True).difference
        told = assessment.update(sets).followed_by(assessment.evaluate_pending())
        assert by_identity(supposed) == by_identity(told)
        assert assessment.reported == from_scratch(assessment.organization, waves, pay)
        if rng.random() < 0.5:
            assessment.update(inverse(sets))
            assessment.evaluate_pending()
            assert assessment.reported == before
    there = assessment.preview_baseline(baseline, lambda _: None).difference
    alone = from_scratch(baseline, None, pay)
    assert after(alone, there.pairs) == assessment.reported


def by_identity(difference: Difference) -> dict[Any, Any]:
    return {(old or new).identity: (old, new) for old, new in difference.pairs}  # type: ignore[union-attr]


def after(reported: Reported, pairs: Any) -> Reported:
    there = dict(reported)
    for old, new in pairs:
        if new is not None:
            there[new.identity] = new
        else:
            del there[old.identity]
    return there


def test_they_wait_where_the_number_of_findings_changes() -> None:
    """A supposed change of the findings that count is waiting where rules on the whole are left out."""
    organization = built(*TEAMS, ANN, *PEOPLE, r.Target("advice", at_most=0))
    assessment = Assessment(organization, TODAY)
    assessment.evaluate_pending()
    advice = [each.finding for each in assessment.reported.values() if each.severity == "advice"]
    target, others = ("A203", ("metric:advice",)), [each for each in advice if each.code != "A203"]
    assert others
    assert target in assessment.reported
    accepted = [r.Acceptance(each.code, each.subjects, "It is known") for each in others]
    sets = [organization.assignment("accept", (each.code, *each.subjects), each) for each in accepted]
    assert assessment.preview(sets, lambda _: None).has_pending_rules
    assessment.update(sets)
    assert assessment.has_pending_rules
    assessment.evaluate_pending()
    assert target not in assessment.reported


def missed(*records: Any, **given: Any) -> dict[str, str]:
    """What is said of each target that is missed, by its subjects."""
    organization = built(*records)
    report = report_findings(organization, TODAY, **given)
    names = Names(organization, organization)
    return {
        " ".join(subjects): translate(message(each.finding), names)
        for (code, subjects), each in report.reported.items()
        if code == "A203"
    }


TEAMS = (r.Team("web", "Web", "marketing", lead="ann"), r.Team("seo", "SEO", "web"))
PEOPLE = tuple(r.Person(each, "seo", each.title()) for each in ("bo", "cy", "di"))
ANN = r.Person("ann", "web", "Ann")


def test_a_target_is_kept_at_its_number_and_missed_beyond_it() -> None:
    assert missed(*TEAMS, ANN, *PEOPLE, r.Target("span_max", at_most=3), r.Target("teams", at_least=2)) == {}
    assert missed(*TEAMS, ANN, *PEOPLE, r.Target("span_max", at_most=2), r.Target("teams", at_least=3)) == {
        "metric:span_max": "Largest span of control: 3; the target is at most 2",
        "metric:teams": "Teams: 2; the target is at least 3",
    }


def test_a_target_of_a_team_is_on_it_and_all_below_it() -> None:
    targets = (r.Target("headcount", at_most=2, team="seo"), r.Target("layers", at_most=1, team="seo"))
    assert missed(*TEAMS, ANN, *PEOPLE, *targets, r.Target("span_max", at_least=1, team="seo")) == {
        "metric:headcount team:seo": "Seats in SEO: 3; the target is at most 2",
        "metric:layers team:seo": "Layers in SEO: 2; the target is at most 1",
    }


def test_parts_of_a_whole_are_said_in_percent_and_pay_in_money() -> None:
    link = r.Function("seo", "SEO", team="seo")
    assert missed(*TEAMS, ANN, *PEOPLE, link, r.Target("knowledge_link_share", at_least=0.667)) == {
        "metric:knowledge_link_share": "Teams that share knowledge: 0%; the target is at least 66.7%"
    }
    assert missed(ANN, *TEAMS, r.Target("pay", at_most=5000), pay={"ann": Decimal("7000.5")}) == {
        "metric:pay": "Pay a year: 7,000.50; the target is at most 5,000"
    }


def test_both_bounds_of_one_metric_make_one_finding() -> None:
    bounds = (r.Target("teams", at_most=1), r.Target("teams", at_least=3))
    assert missed(*TEAMS, *bounds) == {"metric:teams": "Teams: 2; the target is at most 1"}


def test_what_has_no_value_is_not_judged() -> None:
    asked = [r.Target(metric, at_least=1) for metric in ("people_moved", "new_manager", "reviewed", "pay")]
    assert missed(*TEAMS, *asked, r.Target("span_median", at_least=1)) == {}
    told = missed(*TEAMS, *asked, waves=no_waves(built(*TEAMS)), pay={})
    assert set(told) == {"metric:people_moved", "metric:new_manager", "metric:reviewed", "metric:pay"}


def test_findings_of_targets_are_not_counted_by_targets() -> None:
    """The first would otherwise make the second missed."""
    targets = (r.Target("teams", at_most=0), r.Target("advice", at_most=0))
    assert set(missed(*TEAMS, *targets, ignore=["A1", "S", "P", "C"])) == {"metric:teams"}


def test_findings_are_counted_also_where_their_rule_is_not_selected_if_the_metric_counts_conditions() -> None:
    functions = (r.Function("seo", "SEO", team="seo"), r.Function("web", "Web", team="web"))
    blind = (*TEAMS, *functions, r.Handoff("seo", "web"), r.Target("blind_handoffs", at_most=0))
    assert set(missed(*blind, select=["A203"])) == {"metric:blind_handoffs"}
    assert missed(*blind, r.Target("warnings", at_most=0), select=["A203"]).keys() == {
        "metric:blind_handoffs"
    }


def test_a_missed_target_can_be_accepted_and_one_that_is_reached_cannot() -> None:
    organization = built(*TEAMS, r.Target("advice", at_most=0), r.Target("teams", at_most=2))
    assert may_be_found(organization, "A203", ("metric:advice",))
    assert not may_be_found(organization, "A203", ("metric:teams",))
    assert not may_be_found(organization, "A203", ("metric:pay",))


def test_whether_a_target_on_pay_is_missed_is_open_while_pay_is_unknown() -> None:
    organization = built(*TEAMS, r.Target("pay", at_most=0))
    assert may_be_found(organization, "A203", ("metric:pay",))


def test_pay_that_becomes_known_is_judged_and_forgotten_again() -> None:
    assessment = Assessment(built(*TEAMS, ANN, r.Target("pay", at_most=10)), TODAY)
    assessment.evaluate_pending()
    found = ("A203", ("metric:pay",))
    assert found not in assessment.reported
    assessment.set_pay({"ann": Decimal(11)})
    assert found in assessment.reported
    with assessment.without_pay():
        assert found not in assessment.reported
    assert found in assessment.reported

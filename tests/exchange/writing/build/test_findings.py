"""What becomes of findings, and how changes are told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from orgtui.api.checking import check_state
from orgtui.api.state import OrganizationState
from orgtui.exchange.writing.build.whole import build_report
from orgtui.exchange.writing.report import Report, Standing
from orgtui.files.plan_file import PlannedWave, PlanStep
from orgtui.metrics import MEASURES
from orgtui.model import records as r
from orgtui.model.store import Organization
from orgtui.rules.policy import SEVERITIES
from tests.exchange.writing.reports import TODAY, made_up, planned_on, sample, step
from tests.organizations import small_organization


def standings(report: Report, code: str) -> list[tuple[Standing, tuple[str, ...], str | None]]:
    return [(each.standing, each.subjects, each.why) for each in report.findings if each.code == code]


def accepting(until: date | None = None) -> Organization:
    """The small organisation with an acceptance of its thin team."""
    return small_organization(r.Acceptance("P203", ("team:growth",), "Until the hire", "chen", until))


def test_each_finding_has_one_standing() -> None:
    baseline = small_organization()
    planned = planned_on(
        baseline,
        step(op="move_person", person="xu", to="growth"),
        step(op="move_person", person="zhang", to="growth"),
        step(op="rename", kind="team", id="growth", name="Demand"),
    )
    report = build_report(baseline, planned, today=TODAY)
    assert standings(report, "P203") == [("new", ("Brand",), None), ("resolved", ("Growth",), None)]
    assert {each.standing for each in report.findings} == {"new", "resolved", "left"}
    order = [SEVERITIES.index(each.severity) for each in report.findings]
    assert order == sorted(order)


@pytest.mark.parametrize(
    ("until", "standing"), [(None, "accepted"), (TODAY, "accepted"), (date(2026, 11, 20), "left")]
)
def test_what_is_accepted_is_told_apart(until: date | None, standing: Standing) -> None:
    report = build_report(accepting(until), None, today=TODAY)
    why = "Until the hire" if standing == "accepted" else None
    assert standings(report, "P203") == [(standing, ("Growth",), why)]


def test_what_a_plan_accepts_or_no_longer_accepts() -> None:
    accepted = {"op": "accept", "code": "P203", "subjects": ["team:growth"], "why": "We hire"}
    accepts = PlanStep(accepted, why="We hire")
    baseline = small_organization()
    report = build_report(baseline, planned_on(baseline, accepts), today=TODAY)
    assert standings(report, "P203") == [("accepted", ("Growth",), "We hire")]
    assert "become" in report.headline
    baseline = accepting()
    back = step(op="unaccept", code="P203", subjects=["team:growth"])
    report = build_report(baseline, planned_on(baseline, back), today=TODAY)
    assert standings(report, "P203") == [("new", ("Growth",), None)]


def test_an_accepted_finding_that_goes_is_no_news() -> None:
    baseline = accepting()
    planned = planned_on(baseline, step(op="merge_teams", team="growth", into="brand"))
    assert standings(build_report(baseline, planned, today=TODAY), "P203") == []


@pytest.mark.parametrize("ignored", [(), ("P1", "P2", "C")])
def test_findings_and_numbers_are_those_of_a_check(ignored: tuple[str, ...]) -> None:
    baseline, planned = sample()
    if ignored:
        records = [each for each in baseline.records() if not isinstance(each, r.RuleSettings)]
        baseline = Organization([*records, r.RuleSettings(ignore=ignored)])
        planned = planned_on(baseline, *planned.plan.steps)
    report = build_report(baseline, planned, today=TODAY)
    checked = check_state(
        OrganizationState(
            path=Path("x.toml"),
            baseline=baseline,
            organization=planned.organization,
            plan=planned.plan,
            waves=planned.waves,
        ),
        today=TODAY,
    )
    counted = {each.finding.code for each in checked.findings if each.counts}
    assert {each.code for each in report.of("new", "left")} == counted
    assert len(report.of("new", "left")) == sum(each.counts for each in checked.findings)
    metrics = {each.key: each.after for each in report.metrics}
    assert MEASURES.keys() < metrics.keys()
    assert metrics["single_holders"] == len(report.after.knowledge.single_holders)
    whole = {each.key: each.before for each in build_report(*sample(), today=TODAY).metrics}
    of_rules = ("blind_handoffs", "broken_stages", "shared_goal_share", "single_holders")
    assert [{each.key: each.before for each in report.metrics}[key] for key in of_rules] == [
        whole[key] for key in of_rules
    ]


def test_changes_are_told_by_wave_with_name_and_day() -> None:
    baseline = small_organization()
    planned = planned_on(
        baseline,
        step(1, "One voice", op="rename", kind="team", id="brand", name="Stories"),
        step(3, None, op="close_seat", person="xu"),
        waves=(PlannedWave(3, "Last", date(2027, 3, 1)), PlannedWave(4, "Unused")),
    )
    waves = build_report(baseline, planned, today=TODAY).waves
    assert [(wave.number, wave.name, wave.on) for wave in waves] == [
        (1, None, None),
        (3, "Last", date(2027, 3, 1)),
    ]
    (first,), (second,) = (wave.changes for wave in waves)
    assert (first.number, first.what, first.why, first.who) == (
        *(1, "renamed Brand to Stories", "One voice", "Chen Jing"),
    )
    assert (second.number, second.what, second.why) == (2, "closed the seat of Xu Lei", None)


def test_what_comes_and_goes_within_a_plan_has_its_name() -> None:
    baseline = small_organization()
    planned = planned_on(
        baseline,
        step(1, op="create_team", team="web", name="Web studio", parent="marketing"),
        step(1, op="move_person", person="xu", to="web"),
        step(2, op="merge_teams", team="web", into="growth"),
    )
    waves = build_report(baseline, planned, today=TODAY).waves
    assert [each.what for wave in waves for each in wave.changes] == [
        "created Web studio below Marketing",
        "moved Xu Lei to Web studio",
        "merged Web studio into Growth",
    ]


@pytest.mark.parametrize("people", [30, 150])
def test_the_same_input_gives_the_same_report(people: int) -> None:
    reports = [build_report(*made_up(people), today=TODAY) for _ in range(2)]
    assert reports[0] == reports[1]

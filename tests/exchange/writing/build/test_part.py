"""A report limited to a team and all below it, in either state."""

from __future__ import annotations

from decimal import Decimal

import pytest

from orgtui.exchange.writing.build.whole import NoSuchPart, build_report
from orgtui.exchange.writing.report import Report
from orgtui.locales import translate
from tests.exchange.writing.reports import TODAY, made_up, planned_on, sample, sample_report, step
from tests.organizations import full_organization


def teams_of(report: Report) -> tuple[list[str], list[str]]:
    before, after = ([team.id for team in state.teams] for state in (report.before, report.after))
    return before, after


def test_a_team_of_both_states() -> None:
    baseline = full_organization()
    planned = planned_on(
        baseline,
        step(op="move_person", person="xu", to="growth", why="Search"),
        step(op="rename", kind="team", id="growth", name="Demand"),
        step(op="set_stages", function="automation", stages=["awareness"]),
    )
    report = build_report(baseline, planned, today=TODAY, part="brand")
    assert teams_of(report) == (["brand", "pr", "social"], ["brand", "pr", "social"])
    assert (report.part, report.part_id) == ("Brand", "brand")
    assert [team.parent for team in report.after.teams] == [None, "brand", "brand"]
    assert [team.depth for team in report.after.teams] == [0, 1, 1]
    assert [each.number for wave in report.waves for each in wave.changes] == [1]
    assert [each.id for each in report.affected] == ["xu"]
    assert report.headline.startswith("1 person moves, 1 person gets a new manager")
    assert [lane.team for lane in report.after.funnel.lanes] == ["brand", "pr"]
    assert [stage.functions for stage in report.before.funnel.stages] == [3, 2]
    pairs = {(link.source, link.target) for link in report.after.knowledge.links}
    assert pairs == {("pr", "growth"), ("brand", "growth")}
    assert {each.id for each in report.after.knowledge.teams} == {"brand", "pr", "growth"}


def test_the_numbers_are_those_that_a_team_has() -> None:
    baseline = full_organization()
    pay = {"li": Decimal(100), "xu": Decimal(50), "wang": Decimal(1)}
    report = build_report(baseline, None, today=TODAY, part="brand", pay=pay)
    assert {each.key: each.after for each in report.metrics} == {
        "headcount": 3,
        "fte": 3,
        "vacant": 0,
        "teams": 2,
        "layers": 4,
        "span_min": 1,
        "span_median": 1,
        "span_max": 1,
        "pay": 150,
    }


@pytest.mark.parametrize("people", [30, 150])
def test_the_root_has_the_numbers_of_the_whole(people: int) -> None:
    baseline, planned = made_up(people)
    whole = build_report(baseline, planned, today=TODAY)
    part = build_report(baseline, planned, today=TODAY, part=baseline.root)
    assert set(part.metrics) < set(whole.metrics)
    assert (part.before, part.after, part.affected) == (whole.before, whole.after, whole.affected)
    assert part.waves == whole.waves


def test_a_new_team_begins_where_most_of_it_was() -> None:
    report = sample_report(part="automation")
    assert teams_of(report) == (["web"], ["automation"])
    assert {each.before for each in report.metrics} == {None}
    assert report.headline == "1 person moves, 1 person gets a new manager, 3 warnings become 0"


def test_a_team_that_goes_ends_where_most_of_it_is() -> None:
    report = sample_report(part="Design")
    assert teams_of(report) == (["design"], ["brand"])
    assert [each.id for each in report.affected] == ["liu-yang", "deng-jie"]
    assert report.part == "Design"
    assert {each.after for each in report.metrics} == {None}


def test_an_empty_team_that_goes_ends_above() -> None:
    baseline = full_organization()
    planned = planned_on(baseline, step(op="dissolve_team", team="social"))
    assert teams_of(build_report(baseline, planned, today=TODAY, part="social"))[1] == ["brand", "pr"]


def test_findings_are_those_of_the_part() -> None:
    report = sample_report(part="web")
    whole = sample_report()
    assert set(report.findings) < set(whole.findings)
    assert "S205" in {each.code for each in report.of("resolved")}
    assert all("Partnerships" not in each.subjects for each in report.findings)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("weg", 'no team is called "weg"; the nearest is web'),
        ("Brand and content", None),
        ("Online promotion", None),
    ],
)
def test_a_part_is_named_by_id_or_name(asked: str, said: str | None) -> None:
    baseline, planned = sample()
    if said is None:
        assert build_report(baseline, planned, today=TODAY, part=asked).part_id in ("brand", "web")
        return
    with pytest.raises(NoSuchPart) as refused:
        build_report(baseline, planned, today=TODAY, part=asked)
    assert translate(refused.value.sentence) == said


def test_a_name_that_several_teams_have_is_refused() -> None:
    baseline = full_organization()
    planned = planned_on(baseline, step(op="rename", kind="team", id="pr", name="Growth"))
    with pytest.raises(NoSuchPart) as refused:
        build_report(baseline, planned, today=TODAY, part="Growth")
    assert translate(refused.value.sentence) == (
        'several teams are called "Growth": growth, pr; name one by its id'
    )

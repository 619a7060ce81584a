"""The headline says the numbers that matter, and never that nothing of a kind happens."""

from __future__ import annotations

import pytest

from orgtui.exchange.writing.build.headline import Effect, headline_of_plan, headline_of_state
from orgtui.exchange.writing.build.whole import build_report
from orgtui.exchange.writing.report import Funnel, Knowledge, Structure, Team
from orgtui.model.records import Severity
from tests.exchange.writing.reports import TODAY, made_up, sample_report, spoken
from tests.organizations import small_organization


def structure(teams: int, focus: int = 0, headcount: int = 30) -> Structure:
    """A root with so many teams and focus teams below it."""
    root = Team("root", "Root", None, 0, None, None, headcount, (), ())
    below = [
        Team(f"t{number}", "T", "root", 1, None, None, 0, (), (), is_focus=number >= teams)
        for number in range(teams + focus)
    ]
    return Structure((root, *below), Funnel((), ()), Knowledge((), (), ()), headcount)


def counts(errors: int, warnings: int, advice: int) -> dict[Severity, int]:
    return {"error": errors, "warning": warnings, "advice": advice}


CALM = counts(0, 0, 0)

PLANS = (
    (
        *(structure(8), structure(4, 1), counts(0, 24, 8), counts(0, 0, 1), Effect(39, 11, 9)),
        "From 8 teams to 4 teams and 1 focus team: "
        "11 people move, 9 people get a new manager, 24 warnings become 0",
        "从 8 个团队调整为 4 个团队加 1 个攻坚小组：11 人调动，9 人换了上级，警告从 24 个变为 0 个",
    ),
    (
        *(structure(2, 1), structure(1), CALM, CALM, Effect(1, 0, 0)),
        "From 2 teams and 1 focus team to 1 team",
        "从 2 个团队加 1 个攻坚小组调整为 1 个团队",
    ),
    (
        *(structure(4), structure(4), counts(1, 3, 2), counts(0, 1, 5), Effect(2, 1, 1)),
        "1 person moves, 1 person gets a new manager, 1 error becomes 0, 3 warnings become 1",
        "1 人调动，1 人换了上级，错误从 1 个变为 0 个，警告从 3 个变为 1 个",
    ),
    (
        *(structure(4), structure(4), counts(0, 3, 1), counts(2, 3, 2), Effect(2, 0, 0)),
        "2 new errors",
        "新增 2 个错误",
    ),
    (
        *(structure(4), structure(4), counts(0, 3, 1), counts(0, 3, 0), Effect(2, 0, 0)),
        "1 piece of advice becomes 0",
        "建议从 1 条变为 0 条",
    ),
    (
        *(structure(4), structure(4, headcount=31), CALM, CALM, Effect(1, 0, 0)),
        "Headcount from 30 to 31",
        "岗位从 30 个变为 31 个",
    ),
    (
        *(structure(4), structure(4), CALM, CALM, Effect(3, 0, 0)),
        "3 changes; teams, managers and findings stay as they are",
        "3 项变更；团队、上级和问题都不变",
    ),
    (
        *(structure(4), structure(4), CALM, CALM, Effect(0, 0, 0)),
        "The plan changes nothing yet",
        "方案还没有任何变更",
    ),
)


@pytest.mark.parametrize(("before", "after", "was", "now", "effect", "english", "chinese"), PLANS)
def test_of_a_plan(
    before: Structure,
    after: Structure,
    was: dict[Severity, int],
    now: dict[Severity, int],
    effect: Effect,
    english: str,
    chinese: str,
) -> None:
    for language, expected in (("en", english), ("zh_CN", chinese)):
        with spoken(language):
            assert headline_of_plan(before, after, was, now, effect, is_same_part=True) == expected


@pytest.mark.parametrize(
    ("teams", "found", "english", "chinese"),
    [
        (
            *(8, counts(4, 24, 8)),
            "30 seats in 8 teams: 4 errors, 24 warnings, 8 pieces of advice",
            "8 个团队，30 个岗位：4 个错误，24 个警告，8 条建议",
        ),
        (*(0, counts(0, 1, 1)), "30 seats in 1 team: 1 warning, 1 piece of advice", None),
        (*(2, CALM), "30 seats in 2 teams: no findings", "2 个团队，30 个岗位：没有问题"),
    ],
)
def test_of_a_state(teams: int, found: dict[Severity, int], english: str, chinese: str | None) -> None:
    assert headline_of_state(structure(teams), found) == english
    if chinese is not None:
        with spoken("zh_CN"):
            assert headline_of_state(structure(teams), found) == chinese


def test_of_reports() -> None:
    assert sample_report().headline == (
        "From 8 teams to 4 teams and 1 focus team: 11 people move, 11 people get a new manager, "
        "4 errors become 0, 24 warnings become 0"
    )
    assert sample_report("zh_CN").headline == (
        "从 8 个团队调整为 4 个团队加 1 个攻坚小组：11 人调动，11 人换了上级，"
        "错误从 4 个变为 0 个，警告从 24 个变为 0 个"
    )
    assert build_report(small_organization(), None, today=TODAY).headline.startswith("5 seats in 2 teams: ")


@pytest.mark.parametrize("people", [5, 30, 150])
def test_people_who_move_are_those_of_the_numbers(people: int) -> None:
    baseline, planned = made_up(people)
    report = build_report(baseline, planned, today=TODAY)
    numbers = {each.key: each.after for each in report.metrics}
    words = report.headline
    assert numbers["people_moved"]
    assert f"{numbers['people_moved']} p" in words
    assert f"{numbers['new_manager']} p" in words

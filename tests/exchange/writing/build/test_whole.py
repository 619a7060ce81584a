"""The report as a whole, for the sample organisation and for made-up ones."""

from __future__ import annotations

import pytest

from tests.exchange.writing.reports import HOSTILE, report_of, sample_report


def test_the_sample_restructuring() -> None:
    report = sample_report()
    assert [team.name for team in report.after.children(report.after.root.id)] == [
        "Brand and content",
        "Lead management and growth",
        "Events and field",
        "Business development",
        "Marketing automation",
    ]
    assert (report.before.headcount, report.after.headcount) == (30, 29)
    assert report.plan is not None
    assert (report.plan.name, report.plan.status) == ("Four divisions", "proposed")
    assert [(wave.number, len(wave.changes)) for wave in report.waves] == [(1, 23), (2, 11), (3, 5)]
    assert [each.code for each in report.of("left")] == ["S402"]
    assert len(report.affected) == 13
    assert report.waves[1].changes[1].what == "merged Design into Brand and content"


def test_without_a_plan_nothing_is_marked() -> None:
    report = sample_report(has_plan=False)
    assert report.before is report.after
    assert not report.has_plan
    assert (report.waves, report.affected) == ((), ())
    assert {each.standing for each in report.findings} == {"left", "accepted"}
    assert all(each.before == each.after and each.verdict is None for each in report.metrics)
    teams = report.after.teams
    assert {each.mark for each in teams} == {None}
    assert {each.mark for team in teams for each in team.seats} == {None}
    assert {each.mark for team in teams for each in team.functions} == {None}


@pytest.mark.parametrize("people", [5, 30, 150, 1000])
def test_any_size(people: int) -> None:
    report = report_of(people)
    seats = [seat for team in report.after.teams for seat in team.seats]
    assert len(seats) == report.after.headcount == report.after.root.headcount
    marks = {seat.mark for seat in seats} | {team.mark for team in report.after.teams}
    assert {"new", "moved", "changed"} <= marks
    gone = {team.mark for team in report.before.teams} | {seat.mark for seat in seats}
    assert ("gone" in gone) == (people >= 30)
    assert any(team.is_focus for team in report.after.teams)


def test_hostile_names_stay_as_they_are() -> None:
    report = report_of(150, is_hostile=True)
    names = {team.name for team in report.before.teams}
    names |= {seat.name for team in report.before.teams for seat in team.seats}
    assert names >= set(HOSTILE)


def test_authors_stand_by_name_and_for_programs_by_id() -> None:
    report = sample_report()
    assert report.plan is not None
    assert (report.plan.author, report.plan.author_id) == ("Chen Jing", "chen-jing")
    changes = [change for wave in report.waves for change in wave.changes]
    assert {(each.who, each.who_id) for each in changes} >= {("王磊", "wang-lei"), ("Li Na", "li-na")}
    made_up = report_of(30)
    assert made_up.plan is not None
    assert (made_up.plan.author, made_up.plan.author_id) == ("chen", "chen")

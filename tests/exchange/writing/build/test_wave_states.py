"""The teams after each wave: marked against those before it, with what goes still in its place."""

from __future__ import annotations

import pytest

from orgtui.exchange.writing.build import wave_states
from orgtui.exchange.writing.build.whole import build_report
from orgtui.exchange.writing.report import Team, WaveState
from tests.exchange.writing.reports import TODAY, made_up, planned_on, report_of, sample_report, step


def team(state: WaveState, identity: str) -> Team:
    return next(each for each in state.teams if each.id == identity)


def test_the_last_state_is_that_after_the_plan() -> None:
    report = report_of(150)
    last = report.wave_states[-1]
    stays = [each for each in last.teams if each.mark != "gone"]
    assert [each.id for each in stays] == [each.id for each in report.after.teams]
    assert last.headcount == report.after.headcount
    for here, there in zip(stays, report.after.teams, strict=True):
        seats = {each.id for each in here.seats if each.mark != "gone"}
        assert seats == {each.id for each in there.seats}
        assert (here.name, here.parent, here.depth, here.lead) == (
            there.name,
            there.parent,
            there.depth,
            there.lead,
        )


def test_marks_are_those_of_the_wave_alone() -> None:
    first, second, third = sample_report().wave_states
    assert team(first, "automation").mark == "new"
    assert team(second, "automation").mark is None
    closed = team(second, "design")
    assert (closed.mark, closed.elsewhere, closed.seats) == ("gone", "Brand and content", ())
    came = {each.name: each.elsewhere for each in team(second, "brand").seats if each.mark == "moved"}
    assert came["Liu Yang"] == "Design"
    assert len(came) == 5
    assert not any(each.id == "design" for each in third.teams)
    assert not any(each.mark for each in team(third, "brand").seats)
    (given_up,) = team(third, "regional").seats
    assert given_up.mark == "gone"


def test_what_goes_stands_where_it_stood() -> None:
    _, second, _ = sample_report().wave_states
    ids = [each.id for each in second.teams]
    assert ids[1:4] == ["brand", "content", "design"]


def test_a_team_that_comes_and_goes_in_a_wave_is_not_told() -> None:
    baseline, _ = made_up(30)
    made = {"op": "create_team", "team": "short", "name": "Short", "parent": "t0"}
    planned = planned_on(
        baseline,
        step(1, **made),
        step(1, op="merge_teams", team="short", into="t1"),
        step(2, op="rename", kind="team", id="t1", name="Named"),
    )
    first, second = build_report(baseline, planned, today=TODAY).wave_states
    assert not any(each.mark for each in first.teams)
    assert [each.name for each in second.teams if each.mark] == ["Named"]


def test_a_part_has_its_own_waves() -> None:
    report = sample_report(part="brand")
    assert [each.root.id for each in report.wave_states] == ["brand"] * len(report.wave_states)
    assert {each.number for each in report.wave_states} <= {each.number for each in report.waves}


def test_none_without_two_waves(monkeypatch: pytest.MonkeyPatch) -> None:
    baseline, planned = made_up(30)
    assert sample_report(has_plan=False).wave_states == ()
    single = planned_on(baseline, step(1, op="rename", kind="team", id="t1", name="Named"))
    assert build_report(baseline, single, today=TODAY).wave_states == ()
    assert len(build_report(baseline, planned, today=TODAY).wave_states) == 3
    monkeypatch.setattr(wave_states, "MOST_SEATS_OF_WAVES", 29)
    assert build_report(baseline, planned, today=TODAY).wave_states == ()

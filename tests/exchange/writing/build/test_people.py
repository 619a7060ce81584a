"""Who is affected: where they stood, where they stand, since which wave, and why."""

from __future__ import annotations

from datetime import date

from orgtui.engine.view import PlainView
from orgtui.exchange.writing.build.whole import build_report
from orgtui.exchange.writing.report import AffectedPerson
from orgtui.files.plan_file import PlannedWave, PlanStep
from orgtui.metrics import managers_changed
from orgtui.model import records as r
from orgtui.model.store import Organization
from tests.exchange.writing.reports import TODAY, made_up, planned_on, step
from tests.organizations import small_organization


def affected(baseline: Organization, *steps: PlanStep) -> dict[str, AffectedPerson]:
    planned = planned_on(baseline, *steps, waves=(PlannedWave(2, "Two", date(2027, 2, 1)),))
    return {each.id: each for each in build_report(baseline, planned, today=TODAY).affected}


def test_somebody_who_moves_has_the_last_wave_and_every_reason() -> None:
    people = affected(
        small_organization(),
        step(1, "Search first", op="move_person", person="xu", to="growth"),
        step(1, "Learns it", op="set_skill", person="xu", skill="seo", level=3),
        step(2, "Then the head", op="move_person", person="xu", to="marketing"),
    )
    assert list(people) == ["xu"]
    xu = people["xu"]
    assert xu.before is not None
    assert xu.after is not None
    assert (xu.before.team, xu.before.manager, xu.after.team, xu.after.manager) == (
        *("Brand", "Li Na", "Marketing", "Chen Jing"),
    )
    assert (xu.wave, xu.on, xu.why) == (2, date(2027, 2, 1), ("Search first", "Then the head"))
    assert xu.has_new_manager


def test_who_gets_another_manager_without_moving_has_the_reason_of_the_team() -> None:
    people = affected(
        small_organization(),
        step(1, "Unrelated", op="rename", kind="team", id="growth", name="Demand"),
        step(1, None, op="set_review", team="brand", review="monthly"),
        step(2, "Xu leads brand", op="set_lead", team="brand", person="xu"),
    )
    assert sorted(people) == ["li", "xu", "zhang"]
    assert {(each.wave, each.why) for each in people.values()} == {(2, ("Xu leads brand",))}


def test_a_team_that_moves_takes_its_lead_to_another_manager_alone() -> None:
    people = affected(small_organization(), step(1, "Below", op="move_team", team="brand", to="growth"))
    assert {key: each.why for key, each in people.items()} == {"li": ("Below",)}
    assert people["li"].after is not None
    assert people["li"].after.manager == "王磊"


def test_what_is_taken_back_affects_nobody() -> None:
    people = affected(
        small_organization(),
        step(1, op="move_person", person="xu", to="growth"),
        step(2, op="move_person", person="xu", to="brand"),
        step(2, op="add_seat", person="new", team="brand", title="Editor", state="vacant"),
        step(2, op="close_seat", person="new"),
    )
    assert people == {}


def test_seats_that_come_are_new_and_seats_that_are_closed_come_last() -> None:
    people = affected(
        small_organization(),
        step(1, "Cut", op="close_seat", person="xu"),
        step(1, "More", op="add_seat", person="new", team="growth", title="Editor", state="planned"),
        step(2, "Ann comes", op="fill_seat", person="new", name="Ann", fte=0.5),
        step(2, "Older", op="empty_seat", person="zhang"),
    )
    assert list(people) == ["zhang", "new", "xu"]
    assert (people["new"].before, people["new"].why) == (None, ("More", "Ann comes"))
    assert (people["xu"].after, people["xu"].state, people["xu"].name) == (None, "closed", "Xu Lei")
    assert people["zhang"].state == "vacant"
    assert not people["new"].has_new_manager


def test_they_come_in_the_order_of_the_new_tree() -> None:
    baseline, planned = made_up(150)
    report = build_report(baseline, planned, today=TODAY)
    order = [seat.id for team in report.after.teams for seat in team.seats]
    places = [order.index(each.id) for each in report.affected if each.after is not None]
    assert places == sorted(places)
    assert {each.on for each in report.affected} == {date(2027, 1, 4), date(2027, 2, 1), None}


def test_everybody_with_another_manager_is_among_them() -> None:
    baseline, planned = made_up(1000)
    report = build_report(baseline, planned, today=TODAY)
    views = [PlainView(each, TODAY, {}) for each in (baseline, planned.organization)]
    changed = {person: (then, now) for person, then, now in managers_changed(*views)}
    told = {
        each.id: (each.before.manager_id, each.after.manager_id)
        for each in report.affected
        if each.before and each.after and each.has_new_manager
    }
    filled = {seat for seat in told if baseline.people[seat].state == report.organization.people[seat].state}
    assert {seat: told[seat] for seat in filled if baseline.people[seat].state == "filled"} == changed
    assert len(changed) > 100


def test_an_fte_alone_is_told() -> None:
    baseline = small_organization(r.Person("open", "brand", None, "Editor", "vacant"))
    people = affected(baseline, step(1, op="fill_seat", person="open", name="Bo", fte=0.8))
    assert people["open"].after is not None
    assert str(people["open"].after.fte) == "0.8"

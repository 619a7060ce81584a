"""Decisions about a plan: waves are described, seats reviewed, divisions signed, and the status is set."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from orgtui.changes.base import Change, Refused
from orgtui.changes.parse import parse_change
from orgtui.cli.state import load_state
from orgtui.files.plan_file import Plan, PlannedWave, dump_plan, load_plan
from orgtui.locales import translate
from orgtui.model.kinds import PlanStatus
from orgtui.session.plan.folding import fold, plan_of
from orgtui.session.plan.opening import OpenedSession, open_session
from orgtui.session.session import Changed, Session
from orgtui.session.timeline.attempt import BlockedByLaterStep, Overtaken, Superseded
from tests.session.sessions import moved, notices, renamed, write_department
from tests.session.stores import LogsBesidePlan

SEATS = ["chen", "li", "wu", "xu", "wang", "open-1", "next-1", "zhao"]


def joined(path: Path, user: str = "chen") -> OpenedSession:
    return open_session(path, store_for=LogsBesidePlan(path.parent).as_user(user))


@pytest.fixture
def opened(tmp_path: Path) -> OpenedSession:
    return joined(write_department(tmp_path))


@pytest.fixture
def session(opened: OpenedSession) -> Session:
    return opened.session


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    return translate(refused.value.sentence)


def verdicts(session: Session) -> dict[str, str]:
    given = {person: session.reviews.verdict(person) for person in session.organization.people}
    return {person: each.verdict for person, each in given.items() if each is not None}


# -- waves ---------------------------------------------------------------------------------------------


def test_waves_are_described_and_undone(session: Session) -> None:
    session.describe_wave(2, "Second", date(2027, 2, 1))
    session.describe_wave(1, "One voice")
    assert [(each.wave, each.name, each.on) for each in session.waves.values()] == [
        (1, "One voice", None),
        (2, "Second", date(2027, 2, 1)),
    ]
    session.describe_wave(2, on=date(2027, 3, 1))
    assert session.waves[2].name is None
    session.undo()
    assert session.waves[2].name == "Second"
    session.describe_wave(1)
    assert list(session.waves) == [2]


def test_what_a_wave_cannot_be_called_is_refused(session: Session) -> None:
    assert refusal(lambda: session.describe_wave(0, "None")) == "Waves are numbered from 1"
    assert refusal(lambda: session.describe_wave(1, "two\nlines")).endswith("take it out")
    assert refusal(lambda: session.describe_wave(1, "  ")) == "1 is described like that already"
    session.describe_wave(1, "One")
    assert refusal(lambda: session.describe_wave(1, "One")) == "1 is described like that already"


# -- reviews -------------------------------------------------------------------------------------------


def test_open_seats_of_the_baseline_are_reviewed_one_by_one(session: Session) -> None:
    assert (session.reviews.reviewed, session.reviews.total) == (0, len(SEATS))
    assert list(session.reviews.left()) == SEATS
    session.review("li", "keep")
    session.review("open-1", "close")
    verdict = session.reviews.verdict("li")
    assert verdict is not None
    assert (verdict.verdict, verdict.by, verdict.is_automatic) == ("keep", "chen", False)
    assert verdict.at is not None
    assert session.reviews.reviewed == 2
    assert session.left_by_division() == {
        None: ["chen"],
        "brand": ["wu", "xu"],
        "growth": ["wang", "next-1"],
        "auto": ["zhao"],
    }
    session.review("li", "close")
    assert verdicts(session)["li"] == "close"
    session.undo()
    assert verdicts(session)["li"] == "keep"


def test_a_change_sets_the_verdict_by_itself(session: Session) -> None:
    session.review("xu", "keep")
    session.do(moved("xu", "growth"))
    verdict = session.reviews.verdict("xu")
    assert verdict is not None
    assert (verdict.verdict, verdict.by, verdict.is_automatic) == ("change", "chen", True)
    assert refusal(lambda: session.review("xu", "keep")).startswith("The plan changes the seat of xu")
    assert session.reviews.reviewed == 1
    session.undo()
    assert verdicts(session) == {"xu": "keep"}
    session.undo()
    assert verdicts(session) == {}
    assert session.reviews.reviewed == 0


def test_a_seat_that_the_plan_adds_is_not_counted(session: Session) -> None:
    session.do(
        [parse_change({"op": "add_seat", "person": "new", "team": "growth", "state": "vacant", "title": "X"})]
    )
    assert verdicts(session) == {"new": "change"}
    assert (session.reviews.reviewed, session.reviews.total) == (0, len(SEATS))


def test_reviews_that_say_nothing_are_refused(session: Session) -> None:
    session.review("li", "keep")
    said = "The seat of li has this verdict already"
    assert refusal(lambda: session.review("li", "keep")) == said
    assert refusal(lambda: session.review("nobody", "keep")) == "There is no seat nobody"
    assert refusal(lambda: session.review("gone", "keep")) == "The seat of gone is closed"


# -- signatures ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "change",
    [
        moved("xu", "growth"),
        moved("wang", "brand"),
        renamed("pr", "Press"),
        [parse_change({"op": "set_function", "function": "press", "name": "Press work"})],
        [parse_change({"op": "create_team", "team": "new", "name": "New", "parent": "pr"})],
        [parse_change({"op": "move_team", "team": "pr", "to": "growth"})],
    ],
)
def test_a_change_within_a_division_takes_its_signature_away(session: Session, change: list[Change]) -> None:
    told: list[Changed] = []
    session.subscribe(told.append)
    assert [each.team for each in session.sign_off("brand").signed] == ["brand"]
    changed = session.do(change)
    assert [(each.team, each.by) for each in changed.unsigned] == [("brand", "chen")]
    assert not session.signatures
    back = session.undo()
    assert [each.team for each in back.signed] == ["brand"]
    assert [each.team for each in session.redo().unsigned] == ["brand"]
    assert len(told) == 4


def test_a_change_elsewhere_leaves_it(session: Session) -> None:
    session.sign_off("brand")
    session.do(renamed("growth", "Growing"))
    session.do([parse_change({"op": "rename", "kind": "team", "id": "marketing", "name": "M"})])
    assert list(session.signatures) == ["brand"]


def test_the_same_again_by_hand_brings_it_back(session: Session) -> None:
    session.sign_off("brand")
    session.do(moved("xu", "growth"))
    assert not session.signatures
    session.do(moved("xu", "pr"))
    assert list(session.signatures) == ["brand"]


def test_divisions_are_signed_once_and_taken_back(session: Session) -> None:
    session.sign_off("brand")
    assert refusal(lambda: session.sign_off("brand")).startswith("chen signed brand already, at ")
    assert refusal(lambda: session.sign_off("pr")) == (
        "pr is no division; teams directly under marketing are signed"
    )
    assert refusal(lambda: session.sign_off("marketing")).startswith("marketing is no division")
    assert refusal(lambda: session.sign_off("nothing")) == "There is no team nothing"
    assert refusal(lambda: session.take_back_signature("growth")) == "growth is not signed"
    session.do([parse_change({"op": "create_team", "team": "new", "name": "New", "parent": "marketing"})])
    assert refusal(lambda: session.sign_off("new")).startswith("new has neither functions nor seats")
    assert [each.team for each in session.take_back_signature("brand").unsigned] == ["brand"]
    session.undo()
    assert list(session.signatures) == ["brand"]


# -- status --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("status", ["approved", "applied"])
def test_an_approved_plan_refuses_every_change(session: Session, status: PlanStatus) -> None:
    session.do(renamed("pr", "Press"))
    session.review("li", "keep")
    session.sign_off("growth")
    session.undo()
    session.set_status(status)
    acts: list[Callable[[], object]] = [
        lambda: session.do(moved("xu", "growth")),
        lambda: session.drop(1),
        lambda: session.set_wave([1], 2),
        lambda: session.say_why(1, "Because"),
        lambda: session.describe_wave(1, "One"),
        lambda: session.review("wu", "keep"),
        lambda: session.sign_off("growth"),
        lambda: session.take_back_signature("growth"),
    ]
    said = {"approved": "chen approved this plan at ", "applied": "chen marked this plan applied at "}[status]
    entries = session.entry_count
    for act in acts:
        assert refusal(act).startswith(said)
        assert refusal(act).endswith("it takes no changes until it is a draft or proposed again")
    assert session.entry_count == entries
    assert refusal(lambda: session.set_status(status)) == f"The plan is {status} already"
    session.set_status("proposed")
    session.do(moved("xu", "growth"))
    assert session.locked is None


def test_the_status_itself_is_undone(session: Session) -> None:
    session.do(renamed("pr", "Press"))
    session.set_status("approved")
    assert session.status_set is not None
    assert (session.status, session.status_set.by) == ("approved", "chen")
    session.undo()
    assert session.status == "draft"
    session.redo()
    assert refusal(lambda: session.drop(1)).startswith("chen approved this plan")
    session.undo()
    session.undo()
    assert not session.has_steps


# -- files ---------------------------------------------------------------------------------------------


def decide_all(session: Session) -> None:
    session.do(moved("xu", "growth"))
    session.describe_wave(1, "One voice", date(2027, 1, 4))
    session.review("li", "keep")
    session.review("open-1", "close")
    session.sign_off("growth")
    session.sign_off("brand")
    session.set_status("proposed")


def said_of(plan: Plan) -> tuple[object, ...]:
    return (
        plan.status,
        plan.waves,
        [(each.person, each.verdict, each.by) for each in plan.reviews],
        [(each.team, each.by) for each in plan.signoffs],
    )


DECIDED = (
    "proposed",
    (PlannedWave(1, "One voice", date(2027, 1, 4)),),
    [("li", "keep", "chen"), ("open-1", "close", "chen")],
    [("brand", "chen"), ("growth", "chen")],
)


def test_the_plan_file_holds_them_and_gives_them_back(opened: OpenedSession) -> None:
    decide_all(opened.session)
    fold(opened)
    plan = load_plan(opened.plan_path, parse_change)
    assert said_of(plan) == DECIDED
    assert all(each.at is not None for each in plan.reviews)
    assert all(each.at is not None for each in plan.signoffs)
    opened.session.close()
    for log in opened.plan_path.parent.glob("*.log"):
        log.unlink()
    again = joined(opened.organization_path, "li")
    assert dump_plan(plan_of(again)) == opened.plan_path.read_bytes()
    assert again.session.reviews.reviewed == 3
    again.session.do(renamed("pr", "Press"))
    assert list(again.session.signatures) == ["growth"]
    again.session.undo()
    assert list(again.session.signatures) == ["brand", "growth"]


def test_they_are_kept_over_leaving_and_coming_back(opened: OpenedSession) -> None:
    decide_all(opened.session)
    opened.session.do(renamed("pr", "Press"))
    fold(opened)
    assert said_of(load_plan(opened.plan_path, parse_change))[3] == [("growth", "chen")]
    opened.session.close()
    again = joined(opened.organization_path)
    assert not notices(again)
    again.session.undo()
    assert said_of(plan_of(again)) == DECIDED
    for _ in range(6):
        again.session.undo()
    assert said_of(plan_of(again)) == ("draft", (), [], [])


def test_a_review_of_a_seat_that_is_changed_is_written_as_change(opened: OpenedSession) -> None:
    opened.session.review("xu", "keep")
    opened.session.do(moved("xu", "growth"))
    assert [(each.person, each.verdict) for each in plan_of(opened).reviews] == [("xu", "change")]


def test_the_metric_counts_the_same_in_session_and_file(opened: OpenedSession) -> None:
    decide_all(opened.session)
    fold(opened)
    state = load_state(opened.organization_path, opened.plan_path)
    assert state.waves is not None
    assert state.waves.reviewed == opened.session.reviews.reviewed == 3


# -- several people ------------------------------------------------------------------------------------


def test_two_review_and_sign_at_once(opened: OpenedSession) -> None:
    session, other = opened.session, joined(opened.organization_path, "li").session
    told: list[Changed] = []
    other.subscribe(told.append)
    session.review("wu", "keep")
    other.review("xu", "keep")
    assert [(each.by, each.kind) for each in told[0].news] == [("chen", "decide")]
    session.catch_up()
    assert verdicts(session) == verdicts(other) == {"wu": "keep", "xu": "keep"}
    other.do(renamed("pr", "Press"))
    with pytest.raises(Superseded) as late:
        session.sign_off("brand")
    assert translate(late.value.sentence).startswith("li changed pr")
    session.sign_off("brand")
    other.review("wang", "keep")
    with pytest.raises(Superseded) as late:
        session.review("wang", "close")
    assert translate(late.value.sentence).startswith("li decided about the seat of wang")
    session.review("wang", "close")
    other.catch_up()
    assert verdicts(other)["wang"] == "close"
    assert list(other.signatures) == ["brand"]
    with pytest.raises(BlockedByLaterStep) as blocked:
        other.undo()
    assert translate(blocked.value.sentence) == "chen decided about the seat of wang since"


def test_a_change_that_meets_an_approval_is_refused(opened: OpenedSession) -> None:
    other = joined(opened.organization_path, "li").session
    opened.session.set_status("approved")
    with pytest.raises(Overtaken) as late:
        other.do(renamed("pr", "Press"))
    assert translate(late.value.sentence).startswith("chen approved this plan at ")
    assert other.status == "approved"
    with pytest.raises(Refused):
        other.undo()


def test_a_status_is_not_set_over_what_nobody_here_saw(opened: OpenedSession) -> None:
    other = joined(opened.organization_path, "li").session
    opened.session.do(renamed("pr", "Press"))
    with pytest.raises(Superseded):
        other.set_status("approved")
    assert other.status == "draft"
    other.set_status("approved")


@pytest.mark.parametrize(
    "wrong",
    [
        {"entry": "review", "person": "li", "verdict": "maybe"},
        {"entry": "review", "verdict": "keep"},
        {"entry": "sign_off", "team": "brand"},
        {"entry": "set_status", "status": "done"},
        {"entry": "describe_wave", "wave": 0},
        {"entry": "review", "person": "li", "verdict": "keep", "more": 1},
    ],
)
def test_an_entry_that_is_wrong_is_not_followed(opened: OpenedSession, wrong: dict[str, object]) -> None:
    opened.session.do(renamed("pr", "Press"))
    other = joined(opened.organization_path, "li").session
    said = {**wrong, "by": "chen", "at": "2026-11-21T10:00:00+08:00"}
    opened.store.write(lambda _: [said])
    other.catch_up()
    assert other.read_only is not None
    assert verdicts(other) == {}


def test_a_change_of_an_approved_plan_is_not_followed(opened: OpenedSession) -> None:
    other = joined(opened.organization_path, "li").session
    opened.session.set_status("approved")
    said = {"entry": "review", "person": "li", "verdict": "keep", "by": "chen", "at": "2026-11-21T10:00:00Z"}
    opened.store.write(lambda _: [said])
    other.catch_up()
    assert other.read_only is not None
    assert "approved this plan" in translate(other.read_only)

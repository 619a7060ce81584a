"""Changes are put into other waves: the organisation stays, its plan is taken, and nothing is torn."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgtui.changes.base import Change, Refused
from orgtui.changes.parse import parse_change
from orgtui.cli.state import load_state
from orgtui.files.organization_file import dump_organization
from orgtui.locales import translate
from orgtui.session.log.file import log_path_for
from orgtui.session.plan.folding import fold, plan_of
from orgtui.session.plan.opening import OpenedSession, open_session
from orgtui.session.plan.recovery import recover
from orgtui.session.session import Changed, Session
from orgtui.session.timeline.attempt import BlockedByLaterStep
from tests.session.sessions import moved, notices, renamed, write_department
from tests.session.stores import LogsBesidePlan


def created(team: str) -> list[Change]:
    made = {"op": "create_team", "team": team, "name": team.title(), "parent": "marketing"}
    return [parse_change(made)]


def joined(path: Path, user: str = "chen") -> OpenedSession:
    return open_session(path, store_for=LogsBesidePlan(path.parent).as_user(user))


@pytest.fixture
def opened(tmp_path: Path) -> OpenedSession:
    """A session with three changes in one wave."""
    opened = joined(write_department(tmp_path))
    opened.session.do(created("events"))
    opened.session.do(moved("li", "events"))
    opened.session.do(renamed("pr", "Press"), "One voice")
    return opened


def waves(session: Session) -> dict[int, int]:
    return {step.number: step.wave for step in session.steps}


def refusal(session: Session, numbers: list[int], wave: int) -> str:
    """Why changes do not go into a wave; nothing has changed then."""
    before = (waves(session), session.entry_count, dump_organization(session.organization))
    with pytest.raises(Refused) as refused:
        session.set_wave(numbers, wave)
    assert (waves(session), session.entry_count, dump_organization(session.organization)) == before
    return translate(refused.value.sentence)


def test_the_plan_has_them_there_in_order(opened: OpenedSession) -> None:
    session = opened.session
    before = session.organization.copy()
    session.set_wave([1, 2], 2)
    assert session.organization == before
    assert [(step.change["op"], step.wave) for step in plan_of(opened).steps] == [
        ("rename", 1),
        ("create_team", 2),
        ("move_person", 2),
    ]
    fold(opened)
    assert load_state(opened.organization_path, opened.plan_path).organization == before


def test_it_is_undone_and_redone_like_any_other(opened: OpenedSession) -> None:
    session = opened.session
    session.set_wave([2, 3], 2)
    session.set_wave([3], 3)
    assert waves(session) == {1: 1, 2: 2, 3: 3}
    session.undo()
    assert waves(session) == {1: 1, 2: 2, 3: 2}
    session.undo()
    assert waves(session) == {1: 1, 2: 1, 3: 1}
    session.redo()
    session.redo()
    assert waves(session) == {1: 1, 2: 2, 3: 3}


def test_what_is_done_next_comes_into_the_last_wave(opened: OpenedSession) -> None:
    opened.session.set_wave([1, 2], 2)
    opened.session.do(renamed("growth", "Growing"))
    assert waves(opened.session) == {1: 2, 2: 2, 3: 1, 4: 2}
    opened.session.set_wave([4], 1)
    assert waves(opened.session)[4] == 1


def test_it_is_kept_over_leaving(opened: OpenedSession) -> None:
    opened.session.set_wave([3], 2)
    fold(opened)
    opened.session.close()
    again = joined(opened.organization_path)
    assert not notices(again)
    assert waves(again.session) == {1: 1, 2: 1, 3: 2}
    again.session.undo()
    assert waves(again.session) == {1: 1, 2: 1, 3: 1}


def test_a_recovered_plan_has_it(opened: OpenedSession) -> None:
    opened.session.set_wave([1, 2], 2)
    recovered = recover(log_path_for(opened.plan_path).read_bytes(), "plan").plan
    assert [step.wave for step in recovered.steps] == [1, 2, 2]


def test_a_change_does_not_go_before_what_it_needs(opened: OpenedSession) -> None:
    session = opened.session
    assert refusal(session, [1], 2) == "Change 2 needs it: There is no team events"
    session.set_wave([1, 2], 2)
    assert refusal(session, [2], 1) == "Change 2 cannot be made in wave 1: There is no team events"


def test_the_organisation_has_to_come_out_the_same(opened: OpenedSession) -> None:
    opened.session.do(renamed("pr", "Public relations"))
    assert refusal(opened.session, [3], 2).startswith("pr would not come out the same")


def test_what_is_so_already_or_cannot_be_is_refused(opened: OpenedSession) -> None:
    session = opened.session
    assert refusal(session, [1, 2], 1) == "2 changes are in wave 1 already"
    assert refusal(session, [3], 1) == "1 change is in wave 1 already"
    assert refusal(session, [3], 0) == "Waves are numbered from 1"
    assert refusal(session, [3, 9], 2) == "There is no change 9"
    assert refusal(session, [], 2) == "There is nothing to do"


def test_a_step_in_several_waves_comes_into_one(opened: OpenedSession) -> None:
    session = opened.session
    session.do([*renamed("social", "Social media"), *renamed("growth", "Growing")], waves=(1, 2))
    assert session.steps[-1].waves
    session.set_wave([4], 2)
    assert session.steps[-1].wave_of_each == (2, 2)
    session.undo()
    assert len(set(session.steps[-1].wave_of_each)) == 2


def test_others_follow_it_and_are_told(opened: OpenedSession) -> None:
    other = joined(opened.organization_path, "li").session
    told: list[Changed] = []
    other.subscribe(told.append)
    opened.session.set_wave([2, 3], 2)
    other.catch_up()
    assert waves(other) == {1: 1, 2: 2, 3: 2}
    (news,) = told[0].news
    assert (news.by, news.kind, news.step.number, [each.number for each in news.others]) == (
        "chen",
        "wave",
        2,
        [3],
    )
    other.set_wave([3], 3)
    opened.session.catch_up()
    with pytest.raises(BlockedByLaterStep) as refused:
        opened.session.undo()
    assert translate(refused.value.sentence) == "li put change 3 into wave 3 since"


@pytest.mark.parametrize(
    "wrong",
    [
        {"changes": [], "wave": 2},
        {"changes": [2, 2], "wave": 2},
        {"changes": [3, 2], "wave": 2},
        {"changes": [9], "wave": 2},
        {"changes": [True], "wave": 2},
        {"changes": [2], "wave": 0},
        {"changes": [2]},
        {"changes": [2], "wave": 2, "more": 1},
    ],
)
def test_an_entry_that_is_wrong_is_not_followed(opened: OpenedSession, wrong: dict[str, object]) -> None:
    other = joined(opened.organization_path, "li").session
    said = {"entry": "set_wave", **wrong, "by": "chen", "at": "2026-11-21T10:00:00+08:00"}
    opened.store.write(lambda _: [said])
    other.catch_up()
    assert other.read_only is not None
    assert waves(other) == {1: 1, 2: 1, 3: 1}

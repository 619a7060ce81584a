"""Steps that rest on one another, whoever made them, are dropped together, and come back together."""

from __future__ import annotations

from pathlib import Path

from orgtui.session.log.file import log_path_for
from orgtui.session.session import Session
from orgtui.session.timeline.history import History
from tests.session.sessions import moved, renamed, state_hash
from tests.session.sharing import Join, change, told_to, why_not


def new_team(session: Session) -> None:
    session.do(change("create_team", team="new", name="New", parent="marketing"))


def resting(session: Session, *numbers: int, most: int = 10) -> list[int]:
    return [step.number for step in session.resting_on(numbers, most)]


def test_what_rests_on_a_step_is_found_through_others_steps(join: Join) -> None:
    chen, li = join("chen"), join("li")
    new_team(chen)
    chen.do(renamed("pr", "Press"))
    li.catch_up()
    li.do(change("create_team", team="newer", name="Newer", parent="new"))
    li.do(moved("xu", "newer"))
    chen.catch_up()
    assert resting(chen, 1) == [3, 4]
    assert resting(chen, 1, most=1) == [3]
    assert resting(chen, 3) == [4]
    assert resting(chen, 1, 4) == [3]
    assert resting(chen, 2) == []
    assert why_not(lambda: chen.resting_on([9], 1)) == "There is no change 9"


def test_they_go_together_with_a_reason_and_one_undo_brings_all_back(join: Join) -> None:
    chen, li = join("chen"), join("li")
    before = state_hash(chen.organization)
    new_team(chen)
    li.catch_up()
    li.do(moved("xu", "new"))
    both = state_hash(li.organization)
    chen.catch_up()
    told = told_to(li)
    chen.drop(1, [2], "Not this year")
    assert state_hash(chen.organization) == before
    li.catch_up()
    assert state_hash(li.organization) == before
    (dropped,) = told[-1].news
    assert (dropped.who, dropped.kind, dropped.step.number) == ("chen", "drop", 1)
    assert [step.number for step in dropped.others] == [2]
    assert dropped.why == "Not this year"
    assert [step.number for step in (chen.steps_to_undo() or ("", []))[1]] == [1, 2]
    chen.undo()
    li.catch_up()
    assert state_hash(chen.organization) == state_hash(li.organization) == both
    chen.redo()
    assert not chen.steps
    again = join("wang")
    assert state_hash(again.organization) == before


def test_what_somebody_adds_meanwhile_is_not_taken_along(join: Join) -> None:
    chen, li = join("chen"), join("li")
    new_team(chen)
    assert resting(chen, 1) == []
    li.catch_up()
    li.do(moved("xu", "new"))
    assert why_not(lambda: chen.drop(1, why="Not this year")) == (
        "li built on it with change 2 at TIME There is no team new"
    )
    assert [step.number for step in chen.steps] == [1, 2]
    assert resting(chen, 1) == [2]


def test_what_was_dropped_together_is_not_dropped_again_in_part(join: Join) -> None:
    chen, li = join("chen"), join("li")
    new_team(chen)
    chen.do(moved("xu", "new"))
    chen.drop(1, [2])
    chen.undo()
    li.catch_up()
    li.drop(2)
    assert why_not(chen.redo).endswith("There is nothing to redo")
    assert [step.number for step in chen.steps] == [1]
    li.undo()
    chen.catch_up()
    chen.redo()
    assert not chen.steps


def test_a_drop_of_a_step_and_itself_is_no_entry(team: Path, join: Join) -> None:
    chen = join("chen")
    new_team(chen)
    assert why_not(lambda: chen.drop(1, [1])) == "with is not as it should be"
    assert [step.number for step in chen.steps] == [1]


def test_a_checkpoint_holds_what_was_dropped_together(team: Path, join: Join) -> None:
    chen = join("chen")
    new_team(chen)
    chen.do(moved("xu", "new"))
    chen.do(renamed("pr", "Press"))
    chen.drop(1, [2])
    history = chen._history
    again = History.resume(history.to_mapping(0), list)
    assert (again.last_of("chen"), again.has_acts()) == (history.last_of("chen"), True)
    assert again.to_mapping(0) == history.to_mapping(0)
    assert b'"with":[2]' in log_path_for(team.with_suffix(".plan.toml")).read_bytes()

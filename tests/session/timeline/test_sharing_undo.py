"""Undo where several share a log: everybody takes back what is theirs."""

from __future__ import annotations

from pathlib import Path

from orgtui.session.log.file import log_path_for
from orgtui.session.plan.folding import fold
from orgtui.session.plan.opening import open_session
from tests.session.sessions import (
    moved,
    renamed,
    state_hash,
    team_name,
)
from tests.session.sharing import Join, change, why_not


def test_everybody_takes_back_what_is_theirs(join: Join) -> None:
    chen, li = join("chen"), join("li")
    assert not li.can_undo
    chen.do(renamed("pr", "Press"))
    li.do(renamed("growth", "Demand"))
    chen.catch_up()
    chen.undo()
    assert [team_name(chen, team) for team in ("pr", "growth")] == ["PR", "Demand"]
    assert not chen.can_undo
    assert why_not(chen.undo) == "None of the changes is yours"
    li.undo()
    assert [team_name(li, team) for team in ("pr", "growth")] == ["PR", "Growth"]
    chen.catch_up()
    chen.redo()
    assert chen.can_undo
    assert [step.number for step in chen.steps] == [1]
    li.catch_up()
    li.redo()
    assert [step.number for step in li.steps] == [1, 2]
    chen.catch_up()
    assert state_hash(chen.organization) == state_hash(li.organization)
    assert state_hash(join("wang").organization) == state_hash(li.organization)


def test_a_new_change_clears_what_its_author_took_back_and_nobody_else_s(join: Join) -> None:
    chen, li = join("chen"), join("li")
    chen.do(renamed("pr", "Press"))
    li.do(renamed("growth", "Demand"))
    li.undo()
    chen.catch_up()
    chen.undo()
    chen.do(moved("xu", "growth"))
    li.catch_up()
    assert not chen.can_redo
    assert li.can_redo
    li.redo()
    assert [step.number for step in li.steps] == [2, 3]


def test_what_others_wrote_over_is_not_taken_back(join: Join) -> None:
    chen, li = join("chen"), join("li")
    chen.do(moved("xu", "growth"))
    li.catch_up()
    li.do(moved("xu", "brand"))
    assert why_not(chen.undo) == "li changed xu since, at TIME"
    chen.do(renamed("pr", "Press"))
    li.undo()
    chen.catch_up()
    chen.undo()
    chen.undo()
    assert not chen.steps
    li.catch_up()
    li.do(moved("xu", "brand"))
    chen.catch_up()
    assert why_not(chen.redo) == "li changed xu since, at TIME"


def test_another_field_of_the_same_record_may_have_changed(join: Join) -> None:
    chen, li = join("chen"), join("li")
    chen.do(moved("xu", "growth"))
    li.do(change("set_skill", person="xu", skill="seo", level=3))
    chen.catch_up()
    chen.undo()
    xu = chen.organization.people["xu"]
    assert xu.team != "growth"
    assert xu.skills["seo"] == 3


def test_what_others_built_on_is_not_taken_back(join: Join) -> None:
    chen, li = join("chen"), join("li")
    chen.do(change("create_team", team="new", name="New", parent="marketing"))
    li.do(moved("xu", "new"))
    chen.catch_up()
    assert why_not(chen.undo) == "li built on it with change 2 at TIME There is no team new"


def test_what_others_made_in_its_place_stands_in_the_way_of_making_it_again(join: Join) -> None:
    chen, li = join("chen"), join("li")
    chen.do(change("create_team", team="new", name="New", parent="marketing"))
    chen.undo()
    li.do(change("create_team", team="new", name="Newer", parent="marketing"))
    chen.catch_up()
    assert why_not(chen.redo) == (
        "Change 2, made by li at TIME is in the way: The id new already belongs to new"
    )
    assert team_name(chen, "new") == "Newer"


def test_a_step_that_somebody_dropped_is_no_longer_there_to_undo(join: Join) -> None:
    chen, li = join("chen"), join("li")
    chen.do(renamed("pr", "Press"))
    li.catch_up()
    li.drop(1)
    assert why_not(chen.undo).startswith("li took back what was changed about pr at TIME ")
    assert not chen.can_undo
    li.undo()
    assert team_name(li, "pr") == "Press"
    chen.catch_up()
    chen.undo()
    assert not chen.steps


def test_a_drop_of_what_its_author_took_back_is_not_made_again(join: Join) -> None:
    chen, li = join("chen"), join("li")
    chen.do(renamed("pr", "Press"))
    li.catch_up()
    li.drop(1)
    li.undo()
    chen.catch_up()
    chen.undo()
    assert why_not(li.redo).endswith(" TIME There is nothing to redo")
    assert not li.can_redo
    assert why_not(li.redo) == "There is nothing to redo"
    chen.redo()
    li.catch_up()
    li.redo()
    assert not li.steps


def test_what_the_plan_file_held_may_be_taken_back_by_anybody(team: Path, join: Join) -> None:
    chen = open_session(team)
    chen.session.do(renamed("pr", "Press"))
    fold(chen)
    chen.session.close()
    log_path_for(chen.plan_path).unlink()
    li, wang = join("li"), join("wang")
    li.undo()
    wang.catch_up()
    assert team_name(wang, "pr") == "PR"
    assert li.can_redo
    assert not wang.can_redo

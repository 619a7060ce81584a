"""Several sessions on one log: each sees what the others do, and nobody overwrites anybody."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from orgtui.changes.base import Change, Refused
from orgtui.changes.parse import parse_change
from orgtui.files.plan_file import load_plan
from orgtui.locales import say
from orgtui.session import opening
from orgtui.session.folding import CannotFold, fold
from orgtui.session.log import LogReplaced
from orgtui.session.news import clock
from orgtui.session.opening import Opened, log_path_for, open_session
from orgtui.session.session import Changed, Session
from tests.session.sessions import (
    moved,
    notices,
    refusal,
    renamed,
    state_hash,
    team_name,
    write_department,
)

Join = Callable[[str], Session]


@pytest.fixture
def team(tmp_path: Path) -> Path:
    return write_department(tmp_path)


@pytest.fixture
def join(team: Path, monkeypatch: pytest.MonkeyPatch) -> Join:
    """Open a session as some user."""

    def as_user(name: str) -> Session:
        monkeypatch.setattr(opening, "user_name", lambda: name)
        return open_session(team).session

    return as_user


def why_not(act: Callable[[], object]) -> str:
    with pytest.raises(Refused) as refused:
        act()
    said = say(refused.value.sentence)
    return " ".join("TIME" if ":" in word and word[0].isdigit() else word for word in said.split())


def told_to(session: Session) -> list[Changed]:
    told: list[Changed] = []
    session.subscribe(told.append)
    return told


def news(changed: Changed | None) -> list[tuple[str, str, int]]:
    return [] if changed is None else [(each.by, each.kind, each.step.number) for each in changed.news]


def change(op: str, **said: object) -> list[Change]:
    return [parse_change({"op": op, **said})]


def nested(team: str, parent: str) -> list[Change]:
    return change("move_team", team=team, to=parent)


# -- seeing ----------------------------------------------------------------------------------------------


def test_what_one_does_the_other_sees(join: Join) -> None:
    chen, li = join("chen"), join("li")
    told = told_to(li)
    assert li.catch_up() is None
    chen.do(renamed("pr", "Press"), "One voice")
    chen.do(moved("xu", "growth"))
    changed = li.catch_up()
    assert news(changed) == [("chen", "do", 1), ("chen", "do", 2)]
    assert told == [changed]
    assert team_name(li, "pr") == "Press"
    assert li.moved == {"xu"}
    assert li.steps == chen.steps
    assert li.catch_up() is None
    chen.undo()
    chen.redo()
    chen.drop(1)
    chen.say_why(2, "closer")
    assert news(li.catch_up()) == [
        ("chen", "undo", 2),
        ("chen", "redo", 2),
        ("chen", "drop", 1),
        ("chen", "why", 2),
    ]
    assert state_hash(li.organization) == state_hash(chen.organization)
    assert [step.why for step in li.steps] == ["closer"]


def test_one_s_own_changes_are_no_news(join: Join) -> None:
    chen = join("chen")
    told = told_to(chen)
    assert chen.do(renamed("pr", "Press")).news == ()
    assert chen.catch_up() is None
    assert [each.news for each in told] == [()]


def test_whoever_acts_sees_first_what_others_did(join: Join) -> None:
    chen, li = join("chen"), join("li")
    chen.do(renamed("pr", "Press"))
    told = told_to(li)
    li.do(renamed("growth", "Demand"))
    assert [news(each) for each in told] == [[("chen", "do", 1)], []]
    assert [each.revision for each in told] == [1, 2]
    assert [team_name(li, team) for team in ("pr", "growth")] == ["Press", "Demand"]


def test_several_changes_are_told_as_one_with_what_they_come_to(join: Join) -> None:
    chen, li = join("chen"), join("li")
    chen.do(renamed("pr", "Press"))
    chen.do(renamed("pr", "PR"))
    chen.do(moved("xu", "growth"))
    findings = dict(li.assessment.judged)
    changed = li.catch_up()
    assert changed is not None
    assert {each.table for each in changed.sets} == {"person"}
    for old, new in changed.difference.pairs:
        known = old or new
        assert known is not None
        assert findings.get(known.identity) == old
        assert li.assessment.judged.get(known.identity) == new
    assert li.assessment.judged == chen.assessment.judged


def test_looking_costs_one_look_at_the_file_when_nothing_is_new(
    join: Join, monkeypatch: pytest.MonkeyPatch
) -> None:
    chen, li = join("chen"), join("li")
    chen.do(renamed("pr", "Press"))
    li.catch_up()
    looks: list[object] = []
    real = os.stat

    def look(path: Path, *, follow_symlinks: bool) -> os.stat_result:
        looks.append(path)
        return real(path, follow_symlinks=follow_symlinks)

    with monkeypatch.context() as counted:
        counted.setattr(os, "stat", look)
        for call in ("open", "pread", "fstat"):
            counted.delattr(os, call)
        assert li.catch_up() is None
    assert len(looks) == 1


def test_what_was_replaced_may_hold_dates(join: Join) -> None:
    chen, li = join("chen"), join("li")
    chen.do(change("set_focus", team="auto", exit="It really runs", review_on="2027-02-01"))
    chen.do(change("fold_back", team="auto", into="growth"))
    li.catch_up()
    assert li.steps == chen.steps


def test_what_nobody_could_follow_is_never_written(join: Join, monkeypatch: pytest.MonkeyPatch) -> None:
    chen, li = join("chen"), join("li")
    chen.do(renamed("pr", "Press"))
    with monkeypatch.context() as defect:
        defect.setattr(type(moved("xu", "pr")[0]), "was", lambda *_: {"lead": None})
        assert why_not(lambda: chen.do(moved("xu", "growth"))) == "was is not as it should be"
    assert chen.organization.people["xu"].team == "pr"
    chen.do(moved("xu", "growth"))
    li.catch_up()
    assert li.read_only is None
    assert li.steps == chen.steps


# -- acting at the same time -------------------------------------------------------------------------


def test_two_fields_of_one_person_both_land(join: Join) -> None:
    chen, li = join("chen"), join("li")
    chen.do(moved("xu", "growth"))
    li.do(change("set_skill", person="xu", skill="seo", level=3))
    chen.catch_up()
    for session in (chen, li, join("wang")):
        xu = session.organization.people["xu"]
        assert xu.team == "growth"
        assert xu.skills["seo"] == 3


def test_of_two_that_exclude_each_other_the_second_is_told_who_was_first(join: Join) -> None:
    chen, li = join("chen"), join("li")
    chen.do(nested("pr", "growth"))
    before = state_hash(li.organization)
    said = why_not(lambda: li.do(nested("growth", "pr")))
    assert said.startswith("chen changed pr at TIME ")
    assert state_hash(li.organization) == state_hash(chen.organization) != before
    assert len(li.steps) == 1
    li.do(renamed("growth", "Demand"))


@pytest.mark.parametrize("lands", [True, False])
def test_what_comes_in_at_the_last_moment_counts(
    join: Join, monkeypatch: pytest.MonkeyPatch, lands: bool
) -> None:
    chen, li = join("chen"), join("li")
    chen.do(renamed("brand", "Brand!"))
    li.catch_up()
    real = fcntl.flock

    def late(file: int, operation: int) -> None:
        monkeypatch.setattr(fcntl, "flock", real)
        chen.do(renamed("pr", "Press") if lands else nested("pr", "growth"))
        real(file, operation)

    monkeypatch.setattr(fcntl, "flock", late)
    if lands:
        li.do(nested("growth", "pr"))
        assert team_name(li, "pr") == "Press"
    else:
        assert why_not(lambda: li.do(nested("growth", "pr"))).startswith("chen changed pr at TIME ")
    chen.catch_up()
    assert chen.steps == li.steps
    assert state_hash(chen.organization) == state_hash(li.organization)


def test_the_one_is_named_who_stands_in_the_way(join: Join) -> None:
    chen, li, wang = join("chen"), join("li"), join("wang")
    li.do(renamed("brand", "Brand!"))
    chen.do(change("create_team", team="new", name="New", parent="marketing"))
    wang.do(renamed("pr", "Press"))
    said = why_not(lambda: li.do(change("create_team", team="new", name="Other", parent="marketing")))
    assert said.startswith("chen changed new at TIME ")


def test_what_was_taken_back_meanwhile_is_told_as_well(join: Join) -> None:
    chen, li = join("chen"), join("li")
    chen.do(change("create_team", team="new", name="New", parent="marketing"))
    li.catch_up()
    chen.undo()
    said = why_not(lambda: li.do(moved("xu", "new")))
    assert said == "chen took back what was changed about new at TIME There is no team new"


def test_what_needs_what_somebody_just_did_can_be_done(join: Join) -> None:
    chen, li = join("chen"), join("li")
    chen.do(change("create_team", team="new", name="New", parent="marketing"))
    li.do(moved("xu", "new"))
    assert li.organization.people["xu"].team == "new"


def test_what_could_not_be_done_anyway_is_nobody_s_fault(join: Join) -> None:
    chen, li = join("chen"), join("li")
    chen.do(renamed("pr", "Press"))
    assert why_not(lambda: li.do(moved("xu", "nowhere"))) == "There is no team nowhere"


# -- undo ----------------------------------------------------------------------------------------------


def test_everybody_takes_back_what_is_theirs(join: Join) -> None:
    chen, li = join("chen"), join("li")
    assert not li.can_undo
    chen.do(renamed("pr", "Press"))
    li.do(renamed("growth", "Demand"))
    chen.catch_up()
    chen.undo()
    assert [team_name(chen, team) for team in ("pr", "growth")] == ["PR", "Demand"]
    assert not chen.can_undo
    assert why_not(chen.undo) == "None of the changes is yours: p takes out any"
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
    li.do(moved("xu", "brand"))
    assert why_not(chen.undo) == "li changed xu since, at TIME"
    chen.do(renamed("pr", "Press"))
    li.undo()
    chen.catch_up()
    chen.undo()
    chen.undo()
    assert not chen.steps
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


# -- beginning and leaving ---------------------------------------------------------------------------


def test_two_that_begin_from_one_plan_begin_one_log(team: Path, join: Join) -> None:
    first = open_session(team)
    first.session.do(renamed("pr", "Press"))
    fold(first)
    first.session.close()
    log_path_for(first.plan_path).unlink()
    chen, li = join("chen"), join("li")
    chen.do(renamed("growth", "Demand"))
    li.do(renamed("brand", "Brand!"))
    chen.catch_up()
    assert [step.number for step in chen.steps] == [1, 2, 3]
    assert state_hash(chen.organization) == state_hash(li.organization)
    assert state_hash(join("wang").organization) == state_hash(li.organization)


def test_who_began_from_another_plan_has_to_open_anew(team: Path, join: Join) -> None:
    chen = join("chen")
    other = open_session(team)
    other.session.do(renamed("pr", "Press"))
    fold(other)
    other.session.close()
    log_path_for(other.plan_path).unlink()
    li = join("li")
    li.do(renamed("growth", "Demand"))
    for act in (chen.catch_up, chen.catch_up, lambda: chen.do(renamed("brand", "Brand!"))):
        with pytest.raises(LogReplaced):
            act()
    assert join("chen").steps == li.steps


def test_who_leaves_folds_what_all_did_and_the_others_stay(team: Path) -> None:
    chen, li = open_session(team), open_session(team)
    chen.session.do(renamed("pr", "Press"))
    li.session.do(renamed("growth", "Demand"))
    assert fold(chen)
    chen.session.close()
    li.session.do(renamed("brand", "Brand!"))
    assert li.session.unfolded
    assert fold(li)
    assert not fold(li)
    li.session.close()
    again = open_session(team)
    assert [step.number for step in again.session.steps] == [1, 2, 3]
    assert not again.session.unfolded
    assert not again.notices


def test_of_two_that_leave_together_one_folds(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chen, li = open_session(team), open_session(team)
    chen.session.do(renamed("pr", "Press"))
    li.session.do(renamed("growth", "Demand"))
    folded: list[bool] = []
    plan_of = "orgtui.session.folding.plan_of"
    real = fold.__globals__["plan_of"]

    def meanwhile(opened: Opened) -> object:
        monkeypatch.setattr(plan_of, real)
        folded.append(fold(li))
        return real(opened)

    monkeypatch.setattr(plan_of, meanwhile)
    folded.append(fold(chen))
    assert folded == [True, False]
    data = chen.plan_path.read_bytes()
    assert b"Press" in data
    assert b"Demand" in data


def test_the_plan_is_by_whoever_began_it(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(opening, "user_name", lambda: "chen")
    chen = open_session(team)
    monkeypatch.setattr(opening, "user_name", lambda: "li")
    li = open_session(team)
    chen.session.do(renamed("pr", "Press"))
    li.session.do(renamed("growth", "Demand"))
    assert fold(li)
    chen.session.do(renamed("brand", "Brand!"))
    assert fold(chen)
    plan = load_plan(chen.plan_path, parse_change)
    assert plan.author == "chen"
    assert [step.by for step in plan.steps] == ["chen", "li", "chen"]


def test_what_comes_in_while_one_folds_is_folded_as_well(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chen, li = open_session(team), open_session(team)
    chen.session.do(renamed("pr", "Press"))
    plan_of = "orgtui.session.folding.plan_of"
    real = fold.__globals__["plan_of"]

    def meanwhile(opened: Opened) -> object:
        plan = real(opened)
        monkeypatch.setattr(plan_of, real)
        li.session.do(renamed("growth", "Demand"))
        return plan

    monkeypatch.setattr(plan_of, meanwhile)
    assert fold(chen)
    assert b"Demand" in chen.plan_path.read_bytes()
    assert not fold(li)


def test_a_plan_changed_while_people_work_is_left_alone(team: Path) -> None:
    chen, li = open_session(team), open_session(team)
    chen.session.do(renamed("pr", "Press"))
    assert fold(chen)
    li.session.do(renamed("growth", "Demand"))
    data = chen.plan_path.read_bytes() + b"# by hand\n"
    chen.plan_path.write_bytes(data)
    for opened in (chen, li):
        with pytest.raises(CannotFold) as refused:
            fold(opened)
        assert say(refused.value.sentence) == (
            "team.plan.toml was changed by somebody else and is left as it is"
        )
    assert chen.plan_path.read_bytes() == data


def test_an_end_in_the_middle_of_folding_does_not_hold_the_others_up(
    team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chen, li = open_session(team), open_session(team)
    chen.session.do(renamed("pr", "Press"))
    with monkeypatch.context() as broken:
        broken.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            fold(chen)
    chen.session.close()
    li.session.do(renamed("growth", "Demand"))
    assert fold(li)
    assert b"Demand" in li.plan_path.read_bytes()


def test_what_was_done_after_an_end_in_the_middle_of_folding_is_not_taken_for_folded(
    team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The plan file is there, but the log does not say so yet, and others went on."""
    chen, li = open_session(team), open_session(team)
    chen.session.do(renamed("pr", "Press"))
    real = os.replace

    def replace_and_die(*names: str) -> None:
        real(*names)
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(os, "replace", replace_and_die)
        with pytest.raises(KeyboardInterrupt):
            fold(chen)
    li.session.do(renamed("growth", "Demand"))
    again = open_session(team)
    assert again.session.unfolded
    assert not again.notices
    assert fold(again)
    assert b"Demand" in again.plan_path.read_bytes()


def test_a_log_set_aside_by_whoever_opens_is_noticed_by_those_who_are_in(team: Path) -> None:
    chen = open_session(team)
    chen.session.do(renamed("pr", "Press"))
    fold(chen)
    text = chen.plan_path.read_text(encoding="utf-8")
    chen.plan_path.write_text(text.replace("Press", "Media"), encoding="utf-8")
    li = open_session(team)
    assert team_name(li.session, "pr") == "Media"
    assert "kept in team.plan.log.old" in notices(li)[0]
    for act in (chen.session.catch_up, lambda: chen.session.do(renamed("brand", "Brand!"))):
        with pytest.raises(LogReplaced):
            act()
    with pytest.raises(CannotFold):
        fold(chen)
    chen.session.close()
    again = open_session(team)
    li.session.do(renamed("growth", "Demand"))
    assert news(again.session.catch_up()) == [(li.session.author, "do", 2)]


def test_an_entry_that_cannot_be_followed_makes_the_session_read_only(team: Path) -> None:
    chen, li = open_session(team), open_session(team)
    chen.session.do(renamed("pr", "Press"))
    li.session.catch_up()
    log = li.session._log
    with log.locked():
        log.append({"entry": "undo", "act": 7, "by": "chen", "at": "2026-11-21T10:00:00"})
    assert chen.session.catch_up() is None
    said = "team.plan.log cannot be followed any further: there is nothing to undo"
    assert chen.session.read_only is not None
    assert say(chen.session.read_only) == said
    assert team_name(chen.session, "pr") == "Press"
    assert why_not(lambda: chen.session.do(renamed("pr", "Media"))) == said
    assert fold(chen) is False
    assert refusal(team).startswith("team.plan.log cannot be used: entry 3: there is nothing to undo")


def test_a_log_that_cannot_be_read_for_a_while_is_read_again(
    team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chen, li = open_session(team), open_session(team)
    chen.session.do(renamed("pr", "Press"))
    chen.session.catch_up()
    li.session.do(renamed("growth", "Demand"))

    def fail(*_: object) -> bytes:
        raise OSError(5, "Input/output error")

    said = "team.plan.log cannot be read: Input/output error"
    with monkeypatch.context() as broken:
        broken.setattr(os, "pread", fail)
        with pytest.raises(CannotFold) as untold:
            fold(chen)
        assert say(untold.value.sentence) == said
        told = chen.session.read_only
        assert chen.session.catch_up() is None
        assert chen.session.read_only is told
        assert why_not(lambda: chen.session.do(renamed("pr", "Media"))) == said
    assert news(chen.session.catch_up()) == [(li.session.author, "do", 2)]
    assert chen.session.read_only is None
    chen.session.do(renamed("pr", "Media"))


def test_nothing_is_followed_behind_what_cannot_be(team: Path) -> None:
    chen, li = open_session(team), open_session(team)
    chen.session.do(renamed("pr", "Press"))
    li.session.catch_up()
    log = li.session._log
    bad = {"entry": "undo", "act": 7, "by": "chen", "at": "2026-11-21T10:00:00"}
    with log.locked():
        log.append(bad, {**bad, "act": 1})
    with pytest.raises(Refused):
        chen.session.do(renamed("growth", "Demand"))
    assert chen.session.read_only is not None
    assert team_name(chen.session, "pr") == "Press"


def test_a_log_that_is_damaged_makes_the_session_read_only(team: Path) -> None:
    chen = open_session(team)
    chen.session.do(renamed("pr", "Press"))
    with log_path_for(chen.plan_path).open("ab") as file:
        file.write(b"garbage\n")
    assert chen.session.catch_up() is None
    assert chen.session.read_only is not None
    assert say(chen.session.read_only).startswith("team.plan.log is broken after entry 2; ")
    assert chen.session.catch_up() is None


# -- watching --------------------------------------------------------------------------------------------


WATCHING = "You are watching; without --watch you can change things, too"


def test_whoever_watches_sees_everything_and_writes_nothing(team: Path) -> None:
    watching = open_session(team, watch=True)
    assert watching.session.read_only is not None
    assert say(watching.session.read_only) == WATCHING
    assert os.listdir(team.parent) == ["team.toml"]
    chen = open_session(team)
    chen.session.do(renamed("pr", "Press"))
    files = sorted(os.listdir(team.parent))
    assert news(watching.session.catch_up()) == [(chen.session.author, "do", 1)]
    assert why_not(lambda: watching.session.do(renamed("pr", "Media"))) == WATCHING
    assert why_not(watching.session.undo) == WATCHING
    assert fold(watching) is False
    assert sorted(os.listdir(team.parent)) == files
    late = open_session(team, watch=True)
    assert team_name(late.session, "pr") == "Press"


def test_whoever_may_only_read_can_watch_while_others_write(
    team: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    chen = open_session(team)
    chen.session.do(renamed("pr", "Press"))
    real = os.open

    def refusing(name: str, flags: int, mode: int = 0o777) -> int:
        if flags & (os.O_RDWR | os.O_WRONLY | os.O_CREAT):
            raise PermissionError
        return real(name, flags, mode)

    with monkeypatch.context() as reader:
        reader.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
        reader.setattr(os, "access", lambda *_: False)
        reader.setattr(os, "open", refusing)
        reader.setattr("fcntl.flock", None)
        watching = open_session(team, watch=True)
    assert watching.plan_path == chen.plan_path
    assert not watching.notices
    chen.session.do(renamed("growth", "Demand"))
    with monkeypatch.context() as reader:
        reader.setattr(os, "open", refusing)
        watching.session.catch_up()
    assert team_name(watching.session, "growth") == "Demand"
    assert not (tmp_path / "state").exists()


def test_whoever_may_only_read_can_watch_before_anybody_has_begun(
    team: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with monkeypatch.context() as reader:
        reader.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
        reader.setattr(os, "access", lambda *_: False)
        watching = open_session(team, watch=True)
    chen = open_session(team)
    chen.session.do(renamed("pr", "Press"))
    watching.session.catch_up()
    assert team_name(watching.session, "pr") == "Press"
    assert not (tmp_path / "state").exists()


def test_where_nothing_can_be_locked_a_session_is_read_only(
    team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chen = open_session(team)
    chen.session.do(renamed("pr", "Press"))

    def no_locks(*_: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("fcntl.flock", no_locks)
    li = open_session(team)
    assert li.session.read_only is not None
    assert say(li.session.read_only) == "team.plan.log cannot be locked: No locks available"
    assert team_name(li.session, "pr") == "Press"


# -- what becomes of the folder ----------------------------------------------------------------------


def stays_usable(session: Session, before: str) -> str:
    """The session shows what it showed, refuses changes in words, and says why; why."""
    assert session.catch_up() is None
    assert session.read_only is not None
    said = say(session.read_only)
    assert why_not(lambda: session.do(renamed("pr", "Media"))) == said
    assert state_hash(session.organization) == before
    assert session.catch_up() is None
    return said


def worked_in(folder: Path) -> Opened:
    folder.mkdir()
    opened = open_session(write_department(folder))
    opened.session.do(renamed("pr", "Press"))
    return opened


def test_a_folder_moved_away_leaves_the_session_to_look_at(tmp_path: Path) -> None:
    folder, moved_to = tmp_path / "here", tmp_path / "there"
    opened = worked_in(folder)
    before = state_hash(opened.session.organization)
    folder.rename(moved_to)
    folder.mkdir()
    said = stays_usable(opened.session, before)
    assert said == f"{folder} was moved or removed; nothing can be changed here any more"
    assert team_name(open_session(moved_to / "team.toml").session, "pr") == "Press"


def test_a_folder_deleted_leaves_what_the_log_held_in_the_state_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    opened = worked_in(tmp_path / "here")
    before = state_hash(opened.session.organization)
    shutil.rmtree(tmp_path / "here")
    said = stays_usable(opened.session, before)
    (kept,) = (tmp_path / "state" / "orgtui").iterdir()
    assert said == f"team.plan.log was deleted; what it held is kept in {kept}"


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda path: os.symlink("/etc/hostname", path)])
def test_something_else_in_the_place_of_the_log_leaves_the_session_to_look_at(
    tmp_path: Path, make: Callable[[Path], None]
) -> None:
    opened = worked_in(tmp_path / "here")
    before = state_hash(opened.session.organization)
    log = log_path_for(opened.plan_path)
    log.rename(log.with_name("moved"))
    make(log)
    assert stays_usable(opened.session, before) == "team.plan.log is not a regular file"
    assert fold(opened) is False


def test_something_else_in_the_place_of_the_log_before_the_first_change_is_told(team: Path) -> None:
    opened = open_session(team)
    os.mkfifo(log_path_for(opened.plan_path))
    before = state_hash(opened.session.organization)
    assert stays_usable(opened.session, before) == "team.plan.log is not a regular file"


@pytest.mark.parametrize("year", ["0001", "2026", "9999"])
def test_any_time_that_others_claim_can_be_told(year: str) -> None:
    for zone in ("+23:59", "-23:59", ""):
        assert clock(datetime.fromisoformat(f"{year}-01-01T00:00:00{zone}"))

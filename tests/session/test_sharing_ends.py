"""Beginning and leaving where several share a log."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from orgtui.changes.base import Refused
from orgtui.changes.parse import parse_change
from orgtui.files.plan_file import load_plan
from orgtui.locales import translate
from orgtui.session.log import file as log_module
from orgtui.session.log.file import log_path_for
from orgtui.session.plan.folding import CannotFold, fold
from orgtui.session.plan.opening import OpenedSession, open_session
from orgtui.session.store import LogReplaced
from tests.session.sessions import (
    append_to_log,
    notices,
    refusal,
    renamed,
    state_hash,
    team_name,
)
from tests.session.sharing import Join, news, why_not


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
    plan_of = "orgtui.session.plan.folding.plan_of"
    real = fold.__globals__["plan_of"]

    def meanwhile(opened: OpenedSession) -> object:
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
    monkeypatch.setattr(log_module, "user_name", lambda: "chen")
    chen = open_session(team)
    monkeypatch.setattr(log_module, "user_name", lambda: "li")
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
    plan_of = "orgtui.session.plan.folding.plan_of"
    real = fold.__globals__["plan_of"]

    def meanwhile(opened: OpenedSession) -> object:
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
        assert translate(refused.value.sentence) == (
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
    undo = {"entry": "undo", "act": 7, "by": "chen", "at": "2026-11-21T10:00:00"}
    append_to_log(log_path_for(li.plan_path), undo)
    assert chen.session.catch_up() is None
    said = "team.plan.log cannot be followed any further: there is nothing to undo"
    assert chen.session.read_only is not None
    assert translate(chen.session.read_only) == said
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
        assert translate(untold.value.sentence) == said
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
    bad = {"entry": "undo", "act": 7, "by": "chen", "at": "2026-11-21T10:00:00"}
    append_to_log(log_path_for(li.plan_path), bad, {**bad, "act": 1})
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
    assert translate(chen.session.read_only).startswith("team.plan.log is broken after entry 2; ")
    assert chen.session.catch_up() is None

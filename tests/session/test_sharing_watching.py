"""Whoever may only look on sees everything and writes nothing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from orgtui.locales import translate
from orgtui.session.plan.folding import fold
from orgtui.session.plan.opening import open_session
from tests.session.sessions import (
    renamed,
    team_name,
)
from tests.session.sharing import news, why_not

WATCHING = "You are watching; without --watch you can change things, too"


def test_whoever_watches_sees_everything_and_writes_nothing(team: Path) -> None:
    watching = open_session(team, watch=True)
    assert watching.session.read_only is not None
    assert translate(watching.session.read_only) == WATCHING
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
    assert translate(li.session.read_only) == "team.plan.log cannot be locked: No locks available"
    assert team_name(li.session, "pr") == "Press"

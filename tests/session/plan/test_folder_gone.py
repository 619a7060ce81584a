"""What becomes of a session whose folder is moved, deleted or taken by something else."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from orgtui.locales import translate
from orgtui.session.log.file import log_path_for
from orgtui.session.plan.folding import fold
from orgtui.session.plan.opening import OpenedSession, open_session
from orgtui.session.session import Session
from orgtui.session.timeline.reasons import clock
from tests.session.sessions import (
    renamed,
    state_hash,
    team_name,
    write_department,
)
from tests.session.sharing import why_not


def stays_usable(session: Session, before: str) -> str:
    """The session shows what it showed, refuses changes in words, and says why; why."""
    assert session.catch_up() is None
    assert session.read_only is not None
    said = translate(session.read_only)
    assert why_not(lambda: session.do(renamed("pr", "Media"))) == said
    assert state_hash(session.organization) == before
    assert session.catch_up() is None
    return said


def worked_in(folder: Path) -> OpenedSession:
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

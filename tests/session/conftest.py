"""What holds for every test of sessions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from orgtui.session.log.file import ChangeLog
from orgtui.session.plan import opening
from orgtui.session.plan.opening import open_session
from orgtui.session.session import Session
from tests.session.sessions import write_department
from tests.session.sharing import Join


@pytest.fixture(autouse=True)
def _logs_are_closed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """However a test leaves its sessions, their files are given back: a process has only so many."""
    logs: set[ChangeLog] = set()
    begin_anew = ChangeLog.begin_anew

    def noted(log: ChangeLog) -> None:
        begin_anew(log)
        logs.add(log)

    monkeypatch.setattr(ChangeLog, "begin_anew", noted)
    yield
    for log in logs:
        log.close()


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

"""What holds for every test of sessions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from orgtui.session.log.authors import Authors
from orgtui.session.log.file import ChangeLog
from orgtui.session.plan.opening import open_session
from orgtui.session.session import Session
from orgtui.session.store import SessionStore
from tests.session.sessions import write_department
from tests.session.sharing import Join
from tests.session.stores import STORES, Stores


@pytest.fixture(autouse=True)
def _logs_are_closed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """However a test leaves its sessions, their files are given back: a process has only so many."""
    if not request.module.__name__.endswith(".test_authors"):  # several users are played by one
        monkeypatch.setattr(Authors, "attributed", lambda self, entries, *_: entries)
    logs: set[ChangeLog] = set()
    reset = ChangeLog.reset

    def noted(log: ChangeLog) -> None:
        reset(log)
        logs.add(log)

    monkeypatch.setattr(ChangeLog, "reset", noted)
    yield
    for log in logs:
        log.close()


@pytest.fixture
def team(tmp_path: Path) -> Path:
    return write_department(tmp_path)


@pytest.fixture(params=STORES)
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> Stores:
    """Every kind of store, one after another."""
    return STORES[request.param](tmp_path)


@pytest.fixture
def store(stores: Stores) -> SessionStore:
    """One session's store."""
    return stores.connect()


@pytest.fixture
def join(team: Path, stores: Stores) -> Join:
    """Open a session as some user."""

    def as_user(name: str) -> Session:
        return open_session(team, store_for=stores.as_user(name)).session

    return as_user

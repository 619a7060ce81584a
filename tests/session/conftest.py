"""What holds for every test of sessions."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from orgtui.session.log import ChangeLog


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

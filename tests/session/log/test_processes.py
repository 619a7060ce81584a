"""Several processes on one log, truly at the same time."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import partial
from pathlib import Path

from orgtui.changes.base import Refused
from orgtui.session.plan.opening import open_session
from orgtui.session.session import Session
from tests.session.sessions import moved, renamed, state_hash, write_department

PROCESSES, CHANGES = 3, 20


def forked(work: Callable[[int], None]) -> tuple[int, int]:
    """A process that does some work with a pipe to write to; its number, and the end to read from."""
    reading, writing = os.pipe()
    child = os.fork()
    if child:
        os.close(writing)
        return child, reading
    try:
        work(writing)
    finally:
        os._exit(0)


def work_on(team: Path, number: int, pipe: int) -> None:
    """Change something again and again until it is acknowledged, and say so.

    Whom another got in before is refused, sees what the other did and tries again: each round
    of refusals has one that went through, so that all come to an end.
    """
    session = open_session(team).session
    for count in range(CHANGES):
        mark = f"{number}.{count}"
        while not tried(session, mark, number, count):
            session.catch_up()
        os.write(pipe, f"{mark}\n".encode())


def tried(session: Session, mark: str, number: int, count: int) -> bool:
    places = [place for place in ("growth", "brand", "social") if place != where(session, "xu")]
    change = renamed("pr", f"Press {mark}") if count % 2 else moved("xu", places[number % 2])
    try:
        session.do(change, mark)
    except Refused:
        return False
    return True


def where(session: Session, person: str) -> str:
    return session.organization.people[person].team


def test_nothing_is_lost_or_doubled_and_all_end_equal(tmp_path: Path) -> None:
    team = write_department(tmp_path)
    onlooker = open_session(team).session
    children = [forked(partial(work_on, team, number)) for number in range(PROCESSES)]
    acknowledged: list[str] = []
    for child, reading in children:
        with os.fdopen(reading) as lines:
            for line in lines:
                acknowledged.append(line.strip())
                onlooker.catch_up()
        assert os.waitpid(child, 0)[1] == 0
    onlooker.catch_up()
    assert len(acknowledged) == PROCESSES * CHANGES
    assert sorted(str(step.why) for step in onlooker.steps) == sorted(acknowledged)
    fresh = open_session(team).session
    assert fresh.steps == onlooker.steps
    assert state_hash(fresh.organization) == state_hash(onlooker.organization)

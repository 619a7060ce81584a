"""Drills: people are killed at work, many at once work on one plan, and what the log holds is held to it."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from time import monotonic

from orgtui.changes.compile import compile_all
from orgtui.session.log.chain import read_lines
from orgtui.session.log.file import log_path_for
from orgtui.session.plan.opening import open_session, plan_path_for
from orgtui.session.store import Entry
from tests.faults.people import FAILED, Acknowledgement, Work, Worker, working
from tests.session.sessions import state_hash, write_department
from tests.users import GROUP, acting_as

LIVES_OF_A_PLAN = 25
"""How often somebody is killed on one plan, before the next one: logs stay short."""

USERS = 4
"""How many users the eight processes belong to: some of them sit at two terminals."""

PATIENCE = 60.0
"""Seconds that a busy machine is given besides."""


@dataclass(frozen=True, slots=True)
class Kills:
    """How many were killed, what had been acknowledged to them, and what of it was lost."""

    killed: int
    acknowledged: int
    lost: int


@dataclass(frozen=True, slots=True)
class Crowd:
    """What several processes did on one plan, and in how many states they and those who replay it ended."""

    processes: int
    killed: int
    acknowledged: int
    lost: int
    replicas: int
    states: int


def kill_one_after_another(folder: Path, kills: int, seed: int) -> Kills:
    """Kill somebody at work at any moment, again and again; whoever comes next goes on."""
    chance = random.Random(seed)
    acknowledged = lost = 0
    for plan, first in enumerate(range(0, kills, LIVES_OF_A_PLAN)):
        home = folder / str(plan)
        home.mkdir()
        path = write_department(home)
        said: list[Acknowledgement] = []
        before = b""
        lives = range(first, min(kills, first + LIVES_OF_A_PLAN))
        for life in lives:
            with working([Work(path, "chen", seed + life)]) as (worker,):
                for _ in range(chance.randrange(1, 12)):
                    worker.hear()
                worker.hear(chance.uniform(0, 0.004))
                worker.kill()
            assert worker.acknowledged, "nothing was done in this life"
            said += worker.acknowledged
            now = _log(path)
            assert now.startswith(before), "something was cut off"
            before = now
        entries = _entries(path)
        assert len(entries) <= len(said) + len(lives), "something stands in the log twice"
        lost += _lost(said, entries)
        acknowledged += len(said)
        assert len(_states(path)) == 1
    return Kills(kills, acknowledged, lost)


def work_as_users(folder: Path, uids: Sequence[int], processes: int, seconds: float, seed: int) -> Crowd:
    """The same by real users of this computer in a folder of their group; only root can play them."""
    os.chmod(folder.parent, 0o755)
    os.chown(folder, uids[0], GROUP)
    os.chmod(folder, 0o2770)
    with acting_as(uids[0]):
        path = write_department(folder)
        path.chmod(0o660)
    works = [
        Work(path, "", seed + number, pause=0.05, uid=uids[number % len(uids)]) for number in range(processes)
    ]
    return _together(works, seconds, seed, reader=uids[0])


def work_together(folder: Path, processes: int, seconds: float, seed: int, least: int = 0) -> Crowd:
    """Several work on one plan at the same time; one of them is killed now and then, and comes back.

    They do so for some seconds, and until `least` changes were acknowledged.
    """
    path = write_department(folder)
    works = [Work(path, f"user-{number % USERS}", seed + number, pause=0.05) for number in range(processes)]
    return _together(works, seconds, seed, least)


def _together(
    works: Sequence[Work], seconds: float, seed: int, least: int = 0, reader: int | None = None
) -> Crowd:
    chance = random.Random(seed)
    processes = len(works)
    path = works[0].path
    works = list(works)
    said: list[Acknowledgement] = []
    killed = 0
    ends = monotonic() + seconds
    with working(works) as workers:
        for number, worker in enumerate(workers):
            assert worker.hear(PATIENCE), f"process {number} does nothing"
        while monotonic() < ends or (len(said) < least and monotonic() < ends + PATIENCE):
            unlucky = chance.randrange(processes)
            workers[unlucky].hear(chance.uniform(0, 1))
            workers[unlucky].kill()
            said += workers[unlucky].acknowledged
            killed += 1
            work = works[unlucky]
            workers[unlucky] = Worker(replace(work, seed=seed + processes + killed))
        for worker in workers:
            worker.stop()
        for worker in workers:
            assert worker.has_stopped(), worker.acknowledged[-1]
        states = [worker.state() for worker in workers]
        for worker in workers:
            said += worker.acknowledged
    assert not [words for kind, words in said if kind == FAILED]
    assert None not in states
    entries = _entries(path)
    assert len(entries) <= len(said) + killed, "something stands in the log twice"
    with nullcontext() if reader is None else acting_as(reader):
        replayed = _states(path)
    return Crowd(processes, killed, len(said), _lost(said, entries), len(states), len({*states} | replayed))


def _log(path: Path) -> bytes:
    return log_path_for(plan_path_for(path)[0]).read_bytes()


def _entries(path: Path) -> list[Entry]:
    """What the log holds of people's doing."""
    reading = read_lines(_log(path))
    assert reading.broken is None
    return [entry for entry in reading.entries if entry["entry"] not in ("begin", "folding", "folded")]


def _lost(said: Iterable[Acknowledgement], entries: Iterable[Entry]) -> int:
    """How much of what was acknowledged the log does not hold."""
    known = Counter((str(entry["entry"]), _known_by(entry)) for entry in entries)
    wanted = Counter((kind, token if kind in ("do", "why") else "") for kind, token in said)
    return (wanted - known).total()


def _known_by(entry: Entry) -> str:
    return str(entry["why"]) if entry["entry"] in ("do", "why") else ""


def _states(path: Path) -> set[str]:
    """What somebody who joins now sees, and what all steps come to by hand; one state if all is well."""
    fresh = open_session(path, watch=True).session
    replayed = fresh.baseline.copy()
    for step in fresh.steps:
        for each in compile_all(replayed, step.changes):
            replayed.apply(each)
    states = {state_hash(fresh.organization), state_hash(replayed)}
    fresh.close()
    return states

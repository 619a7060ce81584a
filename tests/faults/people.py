"""People at work on one plan: processes that do random things, and acknowledge each once it is done."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from time import sleep
from typing import Any

from orgtui.changes.base import Change
from orgtui.changes.parse import parse_change
from orgtui.changes.refusal import Refused
from orgtui.locales import translate
from orgtui.session.log import file as log_module
from orgtui.session.plan.folding import CannotFold, fold
from orgtui.session.plan.opening import CannotOpen, OpenedSession, open_session
from orgtui.session.store import LogError
from tests.session.sessions import state_hash
from tests.users import become

CONTEXT = get_context("forkserver")
CONTEXT.set_forkserver_preload(["tests.faults.preloaded"])

Acknowledgement = tuple[str, str]
"""What was done, and by what it is known: the reason of a change, the message of a failure."""

STOPPED, STATE, FAILED = "stopped", "state", "failed"
"""What is said besides what was done: that nothing more is, the state then, and what should not happen."""


@dataclass(frozen=True, slots=True)
class Work:
    """Who works on what; `seed` decides what is done, `pause` is the mean number of seconds between acts.

    With `uid` it is a real user of this computer who works, by the name that the system has.
    """

    path: Path
    user: str
    seed: int
    pause: float = 0.0
    uid: int | None = None


class Worker:
    """A person at work in a process of its own."""

    def __init__(self, work: Work) -> None:
        self.acknowledged: list[Acknowledgement] = []
        self._ear, mouth = CONTEXT.Pipe(duplex=False)
        self._ended = CONTEXT.Event()
        self._last_look = CONTEXT.Event()
        self._process = CONTEXT.Process(target=_work, args=(work, mouth, self._ended, self._last_look))
        self._process.start()
        mouth.close()

    def hear(self, seconds: float | None = None) -> bool:
        """Take in the next acknowledgement, waiting for it; returns whether there was one."""
        try:
            if not self._ear.poll(seconds):
                return False
            self.acknowledged.append(self._ear.recv())
        except (EOFError, OSError):
            return False
        return True

    def kill(self) -> None:
        """Kill the process without warning, and take in what it had acknowledged."""
        self._process.kill()
        self._process.join()
        while self.hear(0):
            pass

    def stop(self) -> None:
        """Let it finish what it does, and do no more."""
        self._ended.set()

    def has_stopped(self) -> bool:
        """Wait until it does no more; returns whether nothing was wrong until then."""
        return self._heard(STOPPED) is not None

    def state(self) -> str | None:
        """What it sees when all have stopped; then it leaves."""
        self._last_look.set()
        state = self._heard(STATE)
        self._process.join()
        return state

    def _heard(self, kind: str) -> str | None:
        """What is said of a kind, waiting for it; None if something is wrong instead."""
        while not self.acknowledged or self.acknowledged[-1][0] not in (kind, FAILED):
            assert self.hear(), "it ended without a word"
        return self.acknowledged.pop()[1] if self.acknowledged[-1][0] == kind else None


@contextmanager
def working(works: list[Work]) -> Iterator[list[Worker]]:
    """Workers for some work; none is left behind."""
    workers = [Worker(work) for work in works]
    try:
        yield workers
    finally:
        for worker in workers:
            worker.kill()


# -- in the process --------------------------------------------------------------------------------


def _work(work: Work, mouth: Connection, ended: Any, last_look: Any) -> None:
    chance = random.Random(work.seed)
    if work.uid is None:
        setattr(log_module, "user_name", lambda: work.user)  # noqa: B010 - several users in one test
    else:
        become(work.uid)
    try:
        opened = _joined(work)
        number = 0
        while not ended.is_set():
            number += 1
            opened = _act(work, opened, chance, f"{work.user} {work.seed} {number}", mouth)
            if work.pause:
                sleep(chance.expovariate(1 / work.pause))
        mouth.send((STOPPED, ""))
        last_look.wait()
        opened.session.catch_up()
        mouth.send((STATE, state_hash(opened.session.organization)))
    except (LogError, CannotOpen) as error:
        mouth.send((FAILED, translate(error.sentence)))


def _joined(work: Work) -> OpenedSession:
    return open_session(work.path)


def _act(
    work: Work, opened: OpenedSession, chance: random.Random, token: str, mouth: Connection
) -> OpenedSession:
    """Do something, or be refused; somebody comes back now and then."""
    session = opened.session
    numbers = [step.number for step in session.steps[-20:]]
    acts: dict[str, Callable[[], object]] = {
        "do": lambda: session.do([_change(opened, chance, token)], token),
        "undo": session.undo,
        "redo": session.redo,
        "drop": lambda: session.drop(chance.choice(numbers)),
        "why": lambda: session.say_why(chance.choice(numbers), token),
        "fold": lambda: fold(opened),
        "come back": session.close,
    }
    kind = chance.choices(list(acts), weights=(60, 12, 6, 4, 6, 4, 2))[0]
    if kind in ("drop", "why") and not numbers:
        return opened
    try:
        acts[kind]()
    except (Refused, CannotFold):
        return opened
    except LogError:
        if session.read_only is not None:
            raise
        return opened  # the log was busy: nothing happened
    if kind == "come back":
        return _joined(work)
    if kind != "fold":
        mouth.send((kind, token))
    return opened


def _change(opened: OpenedSession, chance: random.Random, token: str) -> Change:
    organization = opened.session.organization
    teams, people = sorted(organization.teams), sorted(organization.people)
    team, person = chance.choice(teams), chance.choice(people)
    seat = "-".join(token.split())
    return parse_change(
        chance.choice(
            (
                {"op": "rename", "kind": "team", "id": team, "name": token},
                {"op": "move_person", "person": person, "to": team},
                {"op": "move_team", "team": team, "to": chance.choice(teams)},
                {"op": "add_seat", "person": seat, "team": team, "state": "vacant", "title": token},
                {"op": "set_skill", "person": person, "skill": "seo", "level": chance.randrange(1, 6)},
                {"op": "close_seat", "person": person},
            )
        )
    )

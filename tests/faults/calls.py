"""Every call of the store to the system fails, one after another, in every way that it can."""

from __future__ import annotations

import errno
import fcntl
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from orgtui.changes.refusal import Refused
from orgtui.locales import translate
from orgtui.session.log import file as log_module
from orgtui.session.log.chain import read_lines
from orgtui.session.log.file import log_path_for
from orgtui.session.plan.folding import CannotFold
from orgtui.session.plan.opening import OpenedSession, open_session, plan_path_for
from orgtui.session.store import LogError
from tests.session.script import ACTS, act
from tests.session.sessions import state_hash, write_department

SHORT = 0
"""In place of an error number: half of what was to be written is written."""

FAILURES: Mapping[str, tuple[int, ...]] = {
    "open": (errno.EACCES, errno.EMFILE, errno.ENOSPC),
    "pread": (errno.EIO,),
    "write": (SHORT, errno.ENOSPC, errno.EIO),
    "fdatasync": (errno.EIO, errno.ENOSPC),
    "fsync": (errno.EIO,),
    "fchmod": (errno.EPERM,),
    "link": (errno.EACCES, errno.EPERM),
    "fstat": (errno.EIO,),
    "replace": (errno.EXDEV, errno.EACCES),
    "flock": (errno.EWOULDBLOCK, errno.ENOLCK),
}
"""How each call fails."""


@dataclass(slots=True)
class Faults:
    """How many calls were made to fail, and what of what was acknowledged was lost."""

    injected: int = 0
    acknowledged: int = 0
    lost: int = 0


class Breaking:
    """Stands before the calls of the store; the one of a number fails, and a busy lock stays busy."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.made: list[str] = []
        self.count = self.error = -1
        for name in FAILURES:
            module: Any = fcntl if name == "flock" else os
            patch.setattr(module, name, self._standing_before(name, getattr(module, name)))

    def fail(self, count: int, error: int) -> None:
        """Fail the call of a number, counted from now on."""
        self.made, self.count, self.error = [], count, error

    def heal(self) -> None:
        self.count = -1

    def _standing_before(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def made(*arguments: Any, **options: Any) -> Any:
            self.made.append(name)
            busy = name == "flock" and self.error == errno.EWOULDBLOCK and len(self.made) > self.count > 0
            if len(self.made) == self.count or busy:
                if self.error != SHORT:
                    raise OSError(self.error, os.strerror(self.error))
                descriptor, data = arguments
                return call(descriptor, data[: len(data) // 2])
            return call(*arguments, **options)

        return made


def fail_every_call(folder: Path, part: int = 0, parts: int = 1) -> Faults:
    """Go through the script with each of its calls failing in each way, and on when nothing fails.

    Of several parts, between them whole, one can be done.
    """
    faults = Faults()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(log_module, "LOCK_TIMEOUT_S", 0.01)
        patch.setenv("XDG_STATE_HOME", str(folder / "state"))
        breaking = Breaking(patch)
        for number, (count, error) in enumerate(list(_cases(breaking, folder))[part::parts]):
            home = folder / str(number)
            home.mkdir()
            _go_through(write_department(home), breaking, count, error, faults)
    return faults


def _cases(breaking: Breaking, folder: Path) -> Iterator[tuple[int, int]]:
    """Each call of the undisturbed script, with each way in which it fails."""
    home = folder / "undisturbed"
    home.mkdir()
    opened = open_session(write_department(home))
    breaking.fail(0, SHORT)
    for number in range(len(ACTS)):
        act(opened, number)
    opened.session.close()
    calls = list(breaking.made)
    for count, name in enumerate(calls, start=1):
        for error in FAILURES[name]:
            yield count, error


def _go_through(path: Path, breaking: Breaking, count: int, error: int, faults: Faults) -> None:
    """One fault in the script: it is told, work goes on or the session says why not, and nothing is lost."""
    breaking.heal()
    opened = open_session(path)
    session = opened.session
    breaking.fail(count, error)
    done, told = 0, list[str]()
    for number in range(2 * len(ACTS)):
        before = state_hash(session.organization)
        try:
            act(opened, number)
        except IndexError:
            continue  # what failed left fewer steps than the script looks back on
        except (Refused, LogError, CannotFold) as failure:
            told.append(translate(failure.sentence))
            breaking.heal()
            if state_hash(session.organization) != before:
                raise AssertionError("something changed although it was refused") from failure
        else:
            done += number % len(ACTS) not in FOLDS
    breaking.heal()
    faults.injected += 1
    faults.acknowledged += done
    faults.lost += max(0, done - _held(path))
    if session.read_only is None:
        assert done >= len(ACTS), "work did not go on"
        _reopen_and_compare(path, state_hash(session.organization))
    else:
        assert translate(session.read_only)
        assert told
    assert all(told), "a failure without a word"
    session.close()


FOLDS = tuple(number for number, each in enumerate(ACTS) if "fold" in each.__code__.co_names)
"""The acts that leave no entry of their own."""


def _held(path: Path) -> int:
    """How many acts of people the log holds."""
    data = log_path_for(plan_path_for(path)[0]).read_bytes()
    kinds = [entry["entry"] for entry in read_lines(data).entries]
    return sum(kind not in ("begin", "folding", "folded") for kind in kinds)


def _reopen_and_compare(path: Path, state: str) -> None:
    again: OpenedSession = open_session(path)
    assert state_hash(again.session.organization) == state
    again.session.close()

"""Sudden ends: whatever was acknowledged is there again, whenever the process dies and whatever fails."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest

from orgtui.session.plan.opening import OpenedSession, open_session
from tests.session.script import ACTS, act, state
from tests.session.sessions import write_department
from tests.support import seeds

CALLS = [
    *(
        (os, name)
        for name in ("stat", "open", "pread", "write", "fdatasync", "fsync", "fchmod", "replace", "fstat")
    ),
    (fcntl, "flock"),
]
"""The calls to the system that a session makes to keep what is done."""

LENGTH = len(ACTS)


class Died(BaseException):
    """The process ends here: nobody takes note of it."""


@contextmanager
def broken_at(count: int, failure: BaseException, *, done: bool) -> Iterator[list[str]]:
    """The call of a number fails, before it is `done` or after; yields the calls made."""
    made: list[str] = []
    descriptors: set[int] = set()

    def breaking(name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def made_to_fail(*arguments: Any, **options: Any) -> Any:
            made.append(name)
            if len(made) == count and not done:
                raise failure
            answer = call(*arguments, **options)
            if name == "open":
                descriptors.add(answer)
            if len(made) == count:
                raise failure
            return answer

        return made_to_fail

    with pytest.MonkeyPatch.context() as patch:
        for module, name in CALLS:
            patch.setattr(module, name, breaking(name, getattr(module, name)))
        yield made
    if isinstance(failure, Died):
        for descriptor in descriptors:
            with suppress(OSError):
                os.close(descriptor)


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The state after each number of acts."""
    opened = open_session(write_department(tmp_path_factory.mktemp("undisturbed")))
    states = [state(opened)]
    for number in range(LENGTH + 1):
        act(opened, number)
        states.append(state(opened))
    opened.session.close()
    return states


def acts_until(opened: OpenedSession, failures: tuple[type[BaseException], ...]) -> int:
    """Act until something fails, or the script ends; how many acts were acknowledged."""
    for number in range(LENGTH):
        before = state(opened)
        try:
            act(opened, number)
        except failures:
            assert state(opened) == before
            return number
    return LENGTH


def calls_of_the_script(path: Path) -> int:
    opened = open_session(path)
    with broken_at(0, Died(), done=False) as made:
        acts_until(opened, (Died,))
    return len(made)


@pytest.mark.parametrize("part", seeds(1, 4))
@pytest.mark.parametrize("done", [False, True], ids=["before", "after"])
def test_an_end_at_every_call_loses_nothing_that_was_acknowledged(
    tmp_path: Path, states: list[str], done: bool, part: int
) -> None:
    """Every fourth call, others before it is done than after; in four parts all of them."""
    (tmp_path / "whole").mkdir()
    calls = calls_of_the_script(write_department(tmp_path / "whole"))
    assert calls > 30
    for count in range(1 + (part + 2 * done) % 4, calls + 1, 4):
        folder = tmp_path / str(count)
        folder.mkdir()
        path = write_department(folder)
        opened = open_session(path)
        with broken_at(count, Died(), done=done):
            acknowledged = acts_until(opened, (Died,))
        again = open_session(path)
        assert state(again) in states[acknowledged : acknowledged + 2], count
        first = states.index(state(again), acknowledged)
        for number in range(first, LENGTH):
            act(again, number)
        assert state(again) == states[LENGTH], count
        again.session.close()

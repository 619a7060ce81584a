"""Computes values that need one another, however long the chain of them is, on a small stack."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

NESTING_MAX = 20
"""How many values may be in computation one inside the other before the outer ones are put off."""

Step = tuple[Callable[[Any], Any], Any]
"""A computation and what it is called with."""


class _TooDeep(BaseException):
    """Computations were put off; `steps` are they, the innermost first. No value is made from it."""

    def __init__(self, step: Step) -> None:
        self.steps = [step]


class Nesting:
    """Runs computations inside one another.

    Where they nest too deeply all are given up, and run again beginning with the innermost: a computation
    must store its value, so that those that need it find it, and leave nothing behind when it is given up.
    """

    def __init__(self) -> None:
        self._depth = 0

    def run(self, compute: Callable[[Any], Any], key: Any) -> None:
        """Compute one value. Raises `RecursionError` if it needs itself."""
        depth = self._depth
        if depth >= NESTING_MAX:
            raise _TooDeep((compute, key))
        self._depth = depth + 1
        try:
            compute(key)
        except _TooDeep as deeper:
            deeper.steps.append((compute, key))
            if depth:
                raise
            self._run_inner_first(deeper.steps)
        finally:
            self._depth = depth

    def _run_inner_first(self, put_off: list[Step]) -> None:
        """Run computations that were put off, and those that are put off on the way."""
        steps: dict[Step, None] = {}
        while True:
            for step in reversed(put_off):
                if step in steps:
                    raise RecursionError("a derived value needs itself")
                steps[step] = None
            while steps:
                compute, key = next(reversed(steps))
                try:
                    compute(key)
                except _TooDeep as deeper:
                    put_off = deeper.steps
                    break
                del steps[compute, key]
            else:
                return

    @contextmanager
    def apart(self) -> Iterator[None]:
        """What is run in the context is never given up halfway because of what is computed around it."""
        depth, self._depth = self._depth, 0
        try:
            yield
        finally:
            self._depth = depth

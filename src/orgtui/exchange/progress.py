"""How far an import is, told to whoever waits for it, who may end it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Literal, TypeVar

T = TypeVar("T")

Phase = Literal["rows", "people", "managers", "teams", "functions"]
"""What is being done: rows are read; then people, managers, teams and functions are found."""

Progress = Callable[[Phase, int], None]
"""Called in the thread that works, with the phase and how many rows it has done; may raise Cancelled."""

ROWS_BETWEEN = 500
"""After how many rows progress is told again."""


class Cancelled(Exception):
    """Raised by a `Progress` to end the import; nothing has been written."""


def no_progress(phase: Phase, rows: int) -> None:
    """Tell nobody."""


def counted(rows: Iterable[T], phase: Phase, progress: Progress) -> Iterator[T]:
    """The same rows; tells how many have been taken, at the first and then after every `ROWS_BETWEEN`."""
    for number, row in enumerate(rows):
        if number % ROWS_BETWEEN == 0:
            progress(phase, number)
        yield row

"""Following a search: how far it is, on a terminal, and an end to it with ctrl+c."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from time import monotonic
from types import FrameType

from orgtui.advice.search.plans import Progress
from orgtui.locales import translate
from orgtui.model.sentence import N_, sentence
from orgtui.views.base.cells import cell_len, clip

BETWEEN_S = 0.25
"""How long a line of progress stands at least."""

LINE_CELLS = 78


def followed(search: Iterator[Progress]) -> Progress:
    """The last that a search says; ctrl+c ends it with what it has found, a second time at once.

    Raises KeyboardInterrupt if there is nothing yet.
    """
    line = _Line()
    last: Progress | None = None
    try:
        with _interruption() as wish:
            for last in search:
                line.show(last)
                if wish.is_there and last.stopped is None:
                    break
    finally:
        line.clear()
    if last is None:
        raise KeyboardInterrupt
    return replace(last, stopped="cancelled") if last.stopped is None else last


@dataclass(slots=True)
class _Wish:
    """Whether somebody wants the search to end."""

    is_there: bool = False


@contextmanager
def _interruption() -> Iterator[_Wish]:
    """Let the first ctrl+c be a wish only; where it is ignored, as in the background, it stays so."""
    wish = _Wish()

    def note(number: int, frame: FrameType | None) -> None:
        wish.is_there = True
        signal.signal(signal.SIGINT, signal.default_int_handler)

    if signal.getsignal(signal.SIGINT) is not signal.default_int_handler:
        yield wish
        return
    signal.signal(signal.SIGINT, note)
    try:
        yield wish
    finally:
        signal.signal(signal.SIGINT, signal.default_int_handler)


class _Line:
    """One line of progress on standard error, if that is a terminal."""

    def __init__(self) -> None:
        self._is_shown = sys.stderr is not None and sys.stderr.isatty()
        self._begin = monotonic()
        self._next = self._begin + BETWEEN_S
        self._width = 0

    def show(self, progress: Progress) -> None:
        if not self._is_shown or monotonic() < self._next:
            return
        self._next = monotonic() + BETWEEN_S
        least = min((plan.penalty for plan in progress.plans), default=progress.before.penalty)
        told = N_(
            "searching, {seconds:second|seconds}: {before} → {least} points, {asked:question|questions} asked"
        )
        said = sentence(
            told,
            seconds=int(monotonic() - self._begin),
            before=progress.before.penalty,
            least=least,
            asked=progress.asked,
        )
        self._write(clip(translate(said), LINE_CELLS))

    def clear(self) -> None:
        """Take the line away again."""
        if self._width:
            self._write("")
            self._write("\r", is_raw=True)

    def _write(self, text: str, *, is_raw: bool = False) -> None:
        width = cell_len(text)
        written = text if is_raw else f"\r{text}{' ' * (self._width - width)}"
        self._width = width
        with suppress(OSError, UnicodeError):  # nobody is there to be told
            sys.stderr.write(written)
            sys.stderr.flush()

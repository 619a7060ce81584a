"""A search in a thread of its own, so that no key waits for a question, however large the organisation."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from time import perf_counter

from orgtui.advice.search.plans import Progress
from orgtui.model.sentence import N_
from orgtui.tui.screens.session import SessionScreen

SWITCH_S = 0.0005
"""Seconds for which the search keeps the interpreter while a key waits; else it is ten times as long."""

SEARCH_GROUP = "suggest"
"""The group of the workers that search."""

TELL_S = 0.5
"""The least seconds between two tellings of what was found."""


class SearchLoop:
    """Goes through a search until it ends or is stopped, and tells of it at most twice a second.

    The search works on a copy and shares nothing with the session; its thread leaves after the question that
    it is at when it is stopped. `tell` is called with what was found whenever plans or proof are new, and at
    the end; all calls come from the event loop, and none after `end`.
    """

    def __init__(
        self,
        screen: SessionScreen,
        search: Callable[[], Iterator[Progress]],
        tell: Callable[[Progress], None],
    ) -> None:
        self.tell = tell
        self.is_running = True
        self._screen = screen
        self._progress: Progress | None = None
        self._told: Progress | None = None
        self._told_at = float("-inf")
        self._worker = screen.run_worker(
            partial(self._search, search),
            thread=True,
            group=SEARCH_GROUP,
            description=N_("search for better structures"),
        )

    def stop(self) -> None:
        """Stop the search, and tell what it has found so far."""
        if self.is_running:
            self.end()
            if self._progress is not None:
                self._say(self._progress)

    def end(self) -> None:
        """End the search without a word."""
        self.is_running = False

    def _search(self, search: Callable[[], Iterator[Progress]]) -> None:
        """Search to the end; called in the thread."""
        with _switching_soon():
            for progress in search():
                if not self.is_running or self._worker.is_cancelled:
                    return
                self._progress = progress
                if progress.stopped is not None:
                    break
                if self._is_due(progress):
                    self._note_told(progress)
                    self._screen.call_later(self._say_meanwhile, progress)
        self._screen.call_later(self.stop)

    def _is_due(self, progress: Progress) -> bool:
        told = self._told
        is_new = told is None or (progress.plans, progress.proven) != (told.plans, told.proven)
        return is_new and perf_counter() - self._told_at >= TELL_S

    def _say_meanwhile(self, progress: Progress) -> None:
        if self.is_running:
            self.tell(progress)

    def _say(self, progress: Progress) -> None:
        self._note_told(progress)
        self.tell(progress)

    def _note_told(self, progress: Progress) -> None:
        self._told, self._told_at = progress, perf_counter()


@contextmanager
def _switching_soon() -> Iterator[None]:
    """Let threads take turns often inside the block."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_S)
    try:
        yield
    finally:
        sys.setswitchinterval(usual)

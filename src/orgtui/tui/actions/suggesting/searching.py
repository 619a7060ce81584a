"""A search in slices between keys: in the event loop, except for what it takes to begin."""

from __future__ import annotations

from asyncio import get_running_loop
from collections.abc import Callable, Iterator
from functools import partial
from time import perf_counter

from orgtui.advice.search.plans import Progress
from orgtui.model.sentence import N_
from orgtui.tui.screens.session import SessionScreen

SLICE_S = 0.006
"""Seconds of searching at a time; the last question may take some milliseconds more."""

TELL_S = 0.5
"""The least seconds between two tellings of what was found."""


def let_others_in(screen: SessionScreen, then: Callable[[], object]) -> None:
    """Call `then` once everything else that is due in the event loop is done, without a pause.

    Whoever sleeps on a busy computer is woken late: a search that rested between slices would get nowhere.
    """
    get_running_loop().call_soon(screen.call_later, then)


class SearchLoop:
    """Goes through a search until it ends or is stopped, and tells of it at most twice a second.

    What it takes to begin, the rules being run on a copy, is done in a thread; until then and after the end
    nothing is computed here. `tell` is called with what was found whenever plans or proof are new, and at the
    end. All calls come from the event loop.
    """

    def __init__(
        self,
        screen: SessionScreen,
        search: Callable[[], Iterator[Progress]],
        tell: Callable[[Progress], None],
    ) -> None:
        self.screen = screen
        self.tell = tell
        self.is_running = True
        self._progress: Progress | None = None
        self._told: Progress | None = None
        self._told_at = float("-inf")
        screen.run_worker(
            partial(self._begin, search),
            thread=True,
            group="suggest",
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

    def _begin(self, search: Callable[[], Iterator[Progress]]) -> None:
        """Begin the search; called in a thread."""
        found = search()
        first = next(found, None)
        if self.is_running:
            self.screen.app.call_from_thread(self._go_on, found, first)

    def _go_on(self, found: Iterator[Progress], first: Progress | None) -> None:
        self._take(first)
        if self.is_running:
            let_others_in(self.screen, partial(self._slice, found))

    def _slice(self, found: Iterator[Progress]) -> None:
        """Search for a slice, then let keys and painting in."""
        if not self.is_running:
            return
        ends = perf_counter() + SLICE_S
        while self.is_running and perf_counter() < ends:
            self._take(next(found, None))
        if self.is_running:
            let_others_in(self.screen, partial(self._slice, found))

    def _take(self, progress: Progress | None) -> None:
        """Keep what was found last; the search is over where nothing more comes, or it says so."""
        if not self.is_running:
            return
        if progress is None or progress.stopped is not None:
            self.is_running = False
        self._progress = progress or self._progress
        if self._progress is not None and (not self.is_running or self._is_due(self._progress)):
            self._say(self._progress)

    def _is_due(self, progress: Progress) -> bool:
        told = self._told
        is_new = told is None or (progress.plans, progress.proven) != (told.plans, told.proven)
        return is_new and perf_counter() - self._told_at >= TELL_S

    def _say(self, progress: Progress) -> None:
        self._told, self._told_at = progress, perf_counter()
        self.tell(progress)

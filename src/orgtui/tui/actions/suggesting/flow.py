"""The course of looking for suggestions: a search and its page, until a plan is taken or it is closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from orgtui.advice.search.limits import Limits
from orgtui.advice.search.plans import Options, Progress
from orgtui.files.toml.problems import InvalidFile
from orgtui.model.sentence import N_, sentence
from orgtui.tui.actions.apply import Seen, make_changes
from orgtui.tui.actions.context import session_of, workspace_of
from orgtui.tui.actions.pins import problems_of, show_pins
from orgtui.tui.actions.suggesting.page import SuggestionsPage, SuggestMode
from orgtui.tui.actions.suggesting.rows import codes_mended
from orgtui.tui.actions.suggesting.searching import SearchLoop
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.words.news import describe_news

if TYPE_CHECKING:
    from datetime import date

    from orgtui.model.store import Organization
    from orgtui.views.words.news import News

OPTIONS = Options(seconds=20.0)
"""How the app searches: twice as long as the command does by itself, as it lets everything else go first."""


class Suggesting(SuggestMode):
    """The mode of looking through suggestions, with the search that finds them.

    `seen` is when the organisation was as the plans were weighed on it.
    """

    def __init__(self, screen: SessionScreen, limits: Limits) -> None:
        super().__init__(SuggestionsPage(screen, workspace_of(screen)), self._follow)
        self.limits = limits
        self.seen = Seen.now(screen)
        self.loop = self._search()

    def begin_here(self) -> None:
        """Show the page, on which the search goes on until it is closed."""
        self.begin(lambda: self.loop.end())

    def stop(self) -> bool:
        """Stop the search and keep what is there; returns whether it was running."""
        was_running = self.loop.is_running
        if was_running:
            self.loop.stop()
            self._tell_stopped()
        return was_running

    def search_again(self, limits: Limits) -> None:
        """Search under other limits."""
        self.limits = limits
        self.loop.stop()
        self._begin_search()

    def take(self) -> None:
        """Make the steps of the chosen plan that are kept, as one step of the session, and close."""
        plan = self.page.chosen
        if plan is None:
            return
        if not plan.weighed.changes:
            self.show_message(sentence("All steps are left out: nothing is left to do"), "error")
            return
        self.loop.stop()
        codes = codes_mended(plan)
        why = sentence("suggested: mends {codes}", codes=codes) if codes else sentence("suggested")
        self.changed = lambda news: None
        changes, said = plan.weighed.changes, self.screen.translate(why)
        refusal = make_changes(self.screen, changes, self.seen, said, plan.waves)
        self.changed = self._follow
        if refusal is None:
            told = self.page.message
            self.page.dismiss(None)
            if told is not None:
                self.screen.show_in_key_bar(*told)
        else:
            self._weigh_again()
            self.show_message(refusal, "error")

    # -- the search ----------------------------------------------------------------------------------

    def _search(self) -> SearchLoop:
        session = session_of(self.screen)
        organization, today = session.organization.copy(), session.assessment.policy.today
        return SearchLoop(self.screen, partial(search_in, organization, today, self.limits), self._tell)

    def _begin_search(self) -> None:
        self.page.stopped = self.page.progress = None
        self.loop = self._search()
        self.page.show_plans()

    def _tell(self, progress: Progress) -> None:
        self.page.stopped = progress.stopped
        if not self.loop.is_running and progress.stopped is None:
            self.page.stopped = "cancelled"
        self.page.take_in(progress)

    def _tell_stopped(self) -> None:
        self.page.stopped = "cancelled"
        self.page.show_plans()

    # -- the organisation ----------------------------------------------------------------------------

    def _follow(self, news: Sequence[object]) -> None:
        """Weigh the plans again as the organisation has become another one; a running search begins anew."""
        gone = self._weigh_again()
        self.seen = Seen.now(self.screen)
        if self.loop.is_running:
            self.loop.stop()
            self._begin_search()
        did = describe_news(self.page.workspace.scene, cast("Sequence[News]", news)) if news else None
        said = N_("The organisation has changed; {gone:plan|plans} of these cannot be made any more")
        told = sentence(said, gone=gone) if gone else sentence("The organisation has changed: weighed again")
        if did is not None:
            told = sentence("{did}. {told}", did=did, told=told)
        self.show_message(told, "plain")

    def _weigh_again(self) -> int:
        self.screen.evaluate_pending()
        return self.page.weigh_again()


def search_in(organization: Organization, today: date, limits: Limits) -> Iterator[Progress]:
    """Search for better structures; imports what searches, which nothing else in the app needs."""
    from orgtui.advice.search.search import search

    return search(organization, today, limits, OPTIONS)


def suggest(screen: SessionScreen) -> None:
    """Open the page, and begin to search under the limits beside the organisation."""
    try:
        limits = show_pins(screen)
    except InvalidFile as invalid:
        screen.show_message(problems_of(invalid), "error")
        return
    screen.evaluate_pending()
    Suggesting(screen, limits).begin_here()


def suggesting(screen: SessionScreen) -> Suggesting:
    """The present mode; only for commands that work among suggestions."""
    assert isinstance(screen.mode, Suggesting)
    return screen.mode

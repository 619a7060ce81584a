"""Polling for the peers of a session and for their changes.

A poll is a few system calls, too little for a Textual message each time; nothing is painted
unless the result differs from what is shown.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from orgtui.model.sentence import Sentence
from orgtui.session.session import Changed
from orgtui.session.store import LogReplaced, NotPresent, Peer, Presence
from orgtui.tui.actions.outcome_words import outcome
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.screens.workspace import SessionWorkspace
from orgtui.tui.terminal.driver import TerminalDriver
from orgtui.tui.terminal.textual_internals import driver_of, end_by_defect
from orgtui.views.words.decisions import with_signatures
from orgtui.views.words.news import describe_news
from orgtui.views.words.presence import READ_ONLY, WATCHING, describe_peers, peer_cursors

POLL_S = 0.05
"""Seconds between two polls; the same without focus, as the terminal does not report it."""


class Waiting:
    """Says in the key bar whom a change waits for, while the event loop is held up by it."""

    def __init__(self, screen: SessionScreen) -> None:
        self.screen = screen
        self._said: Sentence | None = None
        self._keys_read = 0

    def show(self, said: Sentence) -> bool:
        """Paint the words at once; returns False once a key was typed, which is handled afterwards."""
        driver = driver_of(self.screen.app)
        if not isinstance(driver, TerminalDriver):
            return True
        if self._said is None:
            self._keys_read = driver.keys_read
            self.screen.call_later(self._end)
        if self._said != said:
            self._said = said
            self.screen.show_in_key_bar(said, "plain")
            driver.write_now(self.screen.keys.region, self.screen.keys.shown)
        return driver.keys_read == self._keys_read

    def _end(self) -> None:
        """Remove the words, unless others have taken their place; the wait is over when this runs."""
        said, self._said = self._said, None
        if self.screen.message is not None and self.screen.message[0] is said:
            self.screen.clear_message()


class SessionPeers:
    """Polls for peers and their changes in the event loop, from `begin` to `end`, and shows them.

    `replaced` is called with the reason when the log has been replaced, `changed_on_disk` when the
    organisation's file has changed.
    """

    def __init__(
        self,
        screen: SessionScreen,
        workspace: SessionWorkspace,
        *,
        watching: bool,
        replaced: Callable[[Sentence], None],
        changed_on_disk: Callable[[], None],
    ) -> None:
        self.screen = screen
        self.workspace = workspace
        self.watching = watching
        self.replaced = replaced
        self.changed_on_disk = changed_on_disk
        self.presence: Presence | None = None
        self.peers: tuple[Peer, ...] = ()
        self.refused: Sentence | None = None
        self._next: asyncio.TimerHandle | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the others who are in this session now."""
        return tuple(peer.name for peer in self.peers)

    def begin(self) -> Sentence | None:
        """Announce this session and start to poll; returns why peers cannot be seen, if to be shown."""
        unseen = None
        self.workspace.opened.store.waits = Waiting(self.screen).show
        try:
            self.presence = self.workspace.opened.store.enter(watching=self.watching)
        except NotPresent as refused:
            unseen = None if self.watching else refused.sentence  # watchers may have no right to be seen
        self._show_peers()
        self._poll()
        return unseen

    def end(self) -> None:
        """Stop polling and withdraw the announcement."""
        self.workspace.opened.store.waits = None
        if self._next is not None:
            self._next.cancel()
        if self.presence is not None:
            self.presence.leave()
            self.presence = None

    def show_news(self, changed: Changed) -> None:
        """Show what peers changed."""
        news = with_signatures(describe_news(self.workspace.scene, changed.news), changed)
        self.screen.show_message(outcome(news, changed.difference) if changed.sets else news)

    def _poll(self) -> None:
        self._next = asyncio.get_running_loop().call_later(POLL_S, self._poll)
        try:
            self._poll_once()
        except Exception as error:  # noqa: BLE001 - the event loop would keep it from the app
            self.end()
            end_by_defect(self.screen.app, error)

    def _poll_once(self) -> None:
        session = self.workspace.session
        read_only_before = session.read_only
        try:
            session.catch_up()
        except LogReplaced as replaced:
            self.replaced(replaced.sentence)
            return
        if session.read_only is not None and session.read_only is not read_only_before:
            self.screen.show_message(session.read_only, "error")
            self._show_peers()
        if self.workspace.opened.on_disk.has_changed():
            self.changed_on_disk()
        others = self._read_peers()
        if others != self.peers:
            self.peers = others
            self._show_peers()

    def _read_peers(self) -> tuple[Peer, ...]:
        """Announce the cursor and read the peers; none any more after the first failure."""
        if self.presence is None:
            return ()
        try:
            self.presence.point_at(self.screen.pane.ref)
            others = self.presence.others()
        except NotPresent as refused:
            self.presence.leave()
            self.presence = None
            self.screen.show_message(refused.sentence)
            return ()
        if self.presence.refused != self.refused:
            self.refused = self.presence.refused
            if self.refused is not None:
                self.screen.show_message(self.refused)
        return others

    def _show_peers(self) -> None:
        only = WATCHING if self.watching else READ_ONLY if self.workspace.session.read_only else None
        self.workspace.scoreboard.peers = describe_peers(self.workspace.scene, self.peers, only)
        self.screen.header.reload()
        cursors = peer_cursors(self.peers)
        for pane in self.screen.panes.values():
            pane.show_peer_cursors(cursors)

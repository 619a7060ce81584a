"""The others in a session: looked for while it is open, and shown when something is new.

Looking is a few system calls, too little for a message of the terminal library each time; nothing is painted
unless what is found differs from what is shown.
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
from orgtui.tui.terminal.textual_internals import end_by_defect
from orgtui.views.words.news import describe_news
from orgtui.views.words.presence import READ_ONLY, WATCHING, describe_peers, peer_cursors

POLL_S = 0.05
"""Seconds between two looks, whether anybody looks here or not: the terminal is not asked for its focus."""


class SessionPeers:
    """What one session sees of the others, from `begin` to `end`.

    `replaced` is told why the log is another one now, `changed_on_disk` that the organisation's file is.
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
        self._next: asyncio.TimerHandle | None = None

    def begin(self) -> Sentence | None:
        """Be seen and look, now and from now on, in the event loop; why nobody is seen, if that is news."""
        unseen = None
        try:
            self.presence = self.workspace.opened.store.enter(watching=self.watching)
        except NotPresent as refused:
            unseen = None if self.watching else refused.sentence  # watchers may have no right to be seen
        self._show_peers()
        self._poll()
        return unseen

    def end(self) -> None:
        """Look no more, and be seen no more."""
        if self._next is not None:
            self._next.cancel()
        if self.presence is not None:
            self.presence.leave()
            self.presence = None

    def show_news(self, changed: Changed) -> None:
        """Say what others did."""
        news = describe_news(self.workspace.scene, changed.news)
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
        told_before = session.read_only
        try:
            session.catch_up()
        except LogReplaced as replaced:
            self.replaced(replaced.sentence)
            return
        if session.read_only is not None and session.read_only is not told_before:
            self.screen.show_message(session.read_only, "error")
            self._show_peers()
        if self.workspace.opened.on_disk.has_changed():
            self.changed_on_disk()
        others = self._read_peers()
        if others != self.peers:
            self.peers = others
            self._show_peers()

    def _read_peers(self) -> tuple[Peer, ...]:
        """Who else is here, told where we are; nobody from the moment on when that cannot be known."""
        if self.presence is None:
            return ()
        try:
            self.presence.point_at(self.screen.pane.ref)
            return self.presence.others()
        except NotPresent as refused:
            self.presence.leave()
            self.presence = None
            self.screen.show_message(refused.sentence)
            return ()

    def _show_peers(self) -> None:
        only = WATCHING if self.watching else READ_ONLY if self.workspace.session.read_only else None
        self.workspace.scoreboard.peers = describe_peers(self.workspace.scene, self.peers, only)
        self.screen.header.reload()
        cursors = peer_cursors(self.peers)
        for pane in self.screen.panes.values():
            pane.show_peer_cursors(cursors)

"""What a way of using the session screen must answer, such as browsing, carrying or reading a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from orgtui.model.sentence import Ref, Sentence
from orgtui.tui.commands.command import Situation
from orgtui.tui.widgets.pane import Pane
from orgtui.views.base.row import Role, Row

if TYPE_CHECKING:
    from orgtui.views.words.news import News


class Mode(Protocol):
    """A way of using the session screen, which has exactly one at a time and asks it what depends on it.

    All calls come from the event loop and return at once. A mode begins by making itself the `mode` of the
    screen and ends by giving that back to browsing; both times it repaints what looks different.
    """

    @property
    def name(self) -> str:
        """The mode by which commands say where they work."""
        ...

    @property
    def pane(self) -> Pane:
        """The list whose rows the keys walk over."""
        ...

    @property
    def ref(self) -> Ref | None:
        """What commands act on; None if that is nothing."""
        ...

    @property
    def busy(self) -> bool:
        """Whether what the last key asked for is still to come; keys that were typed ahead wait for it."""
        ...

    def situation(self, now: Situation) -> Situation:
        """The situation with what only this mode knows; asked once the organisation has been read."""
        ...

    def cursor_moved(self) -> None:
        """The cursor is on another row, or another pane has the keys."""
        ...

    def refresh(self, news: Sequence[News]) -> None:
        """The organisation has changed, and the panes show it already; `news` are what others did of it."""
        ...

    def show_message(self, what: Sentence, role: Role) -> None:
        """Show a sentence where people look, until the next key."""
        ...

    def key_hints(self, width: int) -> Row:
        """What stands in the line of keys below the panes while it says nothing else."""
        ...

    def end(self) -> None:
        """Give the keys back to browsing and change nothing, whatever was begun; nothing if it has ended."""
        ...

"""The interface of the modes of the session screen: browsing, carrying, reading a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from orgtui.model.sentence import Ref, Sentence
from orgtui.tui.commands.command import Situation
from orgtui.tui.widgets.pane import Pane
from orgtui.views.base.row import Role, Row

if TYPE_CHECKING:
    from orgtui.views.words.news import News


@runtime_checkable
class Works(Protocol):
    """A screen that may be at work for the last key."""

    @property
    def is_working(self) -> bool:
        """Whether the next key should wait until it is done."""
        ...


@runtime_checkable
class ShowsMessages(Protocol):
    """A screen or a prompt that shows messages."""

    def show_message(self, what: Sentence, role: Role) -> None:
        """Show a message until the next key."""
        ...


class Mode(Protocol):
    """A mode of the session screen, which always has exactly one.

    All calls come from the event loop and return at once. A mode begins by setting itself as the `mode` of
    the screen and ends by setting the screen's browse mode; both times it repaints what differs.
    """

    @property
    def name(self) -> str:
        """The name of the mode, as listed in the `modes` of commands."""
        ...

    @property
    def pane(self) -> Pane:
        """The list in which the movement keys move the cursor."""
        ...

    @property
    def ref(self) -> Ref | None:
        """The reference that commands act on, if any."""
        ...

    @property
    def busy(self) -> bool:
        """Whether work that the last key started is unfinished; keys typed ahead wait for it."""
        ...

    def situation(self, now: Situation) -> Situation:
        """The situation completed by what only this mode knows; called once the organisation is read."""
        ...

    def cursor_moved(self) -> None:
        """Called when the cursor is on another row or another pane is active."""
        ...

    def refresh(self, news: Sequence[News]) -> None:
        """Called when the organisation has changed and the panes show it; `news` are the changes by peers."""
        ...

    def show_message(self, what: Sentence, role: Role) -> None:
        """Show a message until the next key."""
        ...

    def key_hints(self, width: int) -> Row:
        """The content of the key bar below the panes, in `width` cells, while no message is shown."""
        ...

    def end(self) -> None:
        """Return to browsing and discard what was begun; does nothing if the mode has ended."""
        ...

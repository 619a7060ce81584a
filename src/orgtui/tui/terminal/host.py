"""The interface of the app that the driver and the input queue use."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

from orgtui.tui.terminal.guard import Guard

Leave = Callable[[int, Sequence[str]], None]
"""Ends the app with an exit status and messages for standard error."""


class Host(Protocol):
    """The app as the driver and the input queue use it; all calls come from its event loop."""

    @property
    def encoding(self) -> str:
        """The encoding of what is sent to the terminal, as a codec name."""
        ...

    @property
    def guard(self) -> Guard | None:
        """What restores the terminal if the process dies without being able to, if there is one."""
        ...

    @property
    def needs_background(self) -> bool:
        """Whether the terminal is to be asked for its background."""
        ...

    @property
    def busy(self) -> bool:
        """Whether work that the last key started is unfinished; the next key waits for it briefly."""
        ...

    @property
    def screen(self) -> Screen[Any]:
        """The screen on top, which gets the keys; raises ScreenStackError after the app has ended."""
        ...

    @property
    def screen_stack(self) -> Sequence[Screen[Any]]:
        """All screens, the one on top last; empty once the app has ended."""
        ...

    @property
    def focused(self) -> Widget | None:
        """The widget that gets the keys before the screen does."""
        ...

    def post_message(self, message: Message) -> bool:
        """Append a message to the app's queue; returns whether it will be handled."""
        ...

    def leave(self, status: int = 0, exit_messages: Sequence[str] = ()) -> None:
        """Close the session and exit with a status; `exit_messages` go to standard error after that."""
        ...

    def end_by_defect(self, error: Exception) -> None:
        """End the app after an error outside of message handlers, as Textual does for one inside."""
        ...

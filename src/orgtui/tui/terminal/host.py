"""What the terminal needs of the app that runs on it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, Protocol

from textual.message import Message
from textual.screen import Screen
from textual.widget import Widget

Leave = Callable[[int, Sequence[str]], None]
"""Ends the app with an exit status, and lines said after it."""


class Host(Protocol):
    """The app as the driver and the input queue see it: all calls come from its event loop."""

    @property
    def encoding(self) -> str:
        """In which text goes to the terminal."""
        ...

    @property
    def busy(self) -> bool:
        """Whether what the last key asked for is still to come; the next key waits a moment for it."""
        ...

    @property
    def screen(self) -> Screen[Any]:
        """The screen on top, which gets the keys; raises ScreenStackError if there is none any more."""
        ...

    @property
    def screen_stack(self) -> Sequence[Screen[Any]]:
        """All screens, the one on top last; empty once the app has ended."""
        ...

    @property
    def focused(self) -> Widget | None:
        """The widget that gets the keys before its screen does."""
        ...

    def post_message(self, message: Message) -> bool:
        """Have a message handled after those before it; whether it will be."""
        ...

    def leave(self, status: int = 0, exit_messages: Sequence[str] = ()) -> None:
        """End with an exit status; `last_words` are said when the terminal is given back."""
        ...

    def end_by_defect(self, error: Exception) -> None:
        """End by a defect outside of message handlers as by one inside."""
        ...

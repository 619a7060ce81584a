"""The private names of Textual that this program needs, gathered here, each with what has no public way.

They may change with any release: Textual is pinned, and a test fails on another version than `LOOKED_AT`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

from rich.console import RenderableType
from textual import events
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.driver import Driver
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen

CHECKED_VERSION = "8.2.8"
"""The version of Textual for which every name here was looked up in its source."""


class TerminalApp(App[None], inherit_bindings=False):
    """An app that sends only what every terminal takes, and that ends after a defect without showing data."""

    DEFAULT_CSS = ""

    def __init__(self, driver: type[Driver]) -> None:
        super().__init__(driver)
        # Every screen would get a widget for either; only `run_test` has parameters for them.
        self._disable_tooltips = True
        self._disable_notifications = True

    @property
    def is_batching(self) -> bool:
        """Whether frames wait for the end of a batch; `batch_update` counts in private."""
        return self._batch_count > 0

    @property
    def terminal(self) -> Driver | None:
        """The driver; the app hands it to nobody."""
        return self._driver

    @property
    def defect(self) -> Exception | None:
        """What ended the app although it should not have; `run` returns as usual and only keeps it."""
        return self._exception

    def _fatal_error(self) -> None:
        """End without the traceback, which shows the data at hand; Textual has no setting for it."""
        self._close_messages_no_wait()

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Send a frame unless it was made for a size that is no longer the terminal's; no hook is public."""
        if screen._compositor.size == self.size:
            super()._display(screen, renderable)

    def _set_pointer_shape(self, shape: str) -> None:
        """Send no command for the shape of the pointer, which some terminals would print; no setting."""


def end_by_defect(app: App[Any], error: Exception) -> None:
    """End the app after an error outside of message handlers, of which it would not hear."""
    app._handle_exception(error)


class KnownSequences:
    """What Textual knows of the sequences that terminals send; its parser alone cannot be asked for one."""

    def __init__(self) -> None:
        self._parser = XTermParser()

    def keys(self, sequence: str) -> Iterable[events.Key]:
        """The keys that a sequence stands for; none if it is unknown."""
        return self._parser._sequence_to_key_events(sequence)

    def mouse(self, sequence: str) -> Message | None:
        """What the mouse did; None if the sequence says something else."""
        return self._parser.parse_mouse_code(sequence)


async def wait_until_handled(pump: MessagePump) -> None:
    """Wait until a pump has handled all that it has been sent by now, or has ended.

    `is_running` says no more than whether, and cannot be waited for; nor can the end of a pump.
    """
    await pump._mounted_event.wait()
    done = asyncio.Event()
    if pump.call_later(done.set):
        reached = asyncio.create_task(done.wait())
        await asyncio.wait({reached, pump._task or reached}, return_when=asyncio.FIRST_COMPLETED)
        reached.cancel()

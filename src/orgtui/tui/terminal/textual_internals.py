"""All uses of Textual's private names, each with the reason why no public one serves.

They may change with any release: Textual is pinned, and a test fails on any version but `CHECKED_VERSION`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Any

from rich.console import Console, RenderableType
from textual import events
from textual._compositor import ChopsUpdate, Compositor
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.driver import Driver
from textual.geometry import Region
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen

from orgtui.views.base.cells import has_ambiguous_width

CHECKED_VERSION = "8.2.8"
"""The version of Textual in whose source every private name used here was checked."""


class TerminalApp(App[None], inherit_bindings=False):
    """An app that sends only what every terminal accepts, and ends after a defect without showing data."""

    DEFAULT_CSS = ""

    def __init__(self, driver: type[Driver]) -> None:
        super().__init__(driver)
        # Every screen would get a widget for either; only `run_test` has parameters for them.
        self._disable_tooltips = True
        self._disable_notifications = True

    @property
    def is_batching(self) -> bool:
        """Whether frames are held back until the end of a batch; the count of `batch_update` is private."""
        return self._batch_count > 0

    @property
    def terminal(self) -> Driver | None:
        """The driver of the app."""
        return driver_of(self)

    @property
    def defect(self) -> Exception | None:
        """The error that ended the app, if any; `run` returns normally and only stores it."""
        return self._exception

    def _fatal_error(self) -> None:
        """End without printing the traceback, which contains data; Textual has no setting for it."""
        self._close_messages_no_wait()

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        """Send a frame unless it was rendered for an outdated terminal size; there is no public hook."""
        if screen._compositor.size == self.size:
            if isinstance(renderable, ChopsUpdate):
                renderable = with_what_is_beside(screen._compositor, renderable)
            if isinstance(renderable, ChopsUpdate):
                renderable = RunsUpdate(renderable.chops, renderable.spans, renderable.chop_ends)
            super()._display(screen, renderable)

    def copy_to_clipboard(self, text: str) -> None:
        """Keep a text that is cut in an input for pasting it here; Textual would send it to the terminal."""
        self._clipboard = text

    def _set_pointer_shape(self, shape: str) -> None:
        """Do nothing: some terminals print the command for the pointer shape; there is no setting."""


class RunsUpdate(ChopsUpdate):
    """An update of the spans that changed; Textual's own begins each at the edge of its widget."""

    def render_segments(self, console: Console) -> str:
        sequences: list[str] = []
        for y, start, end in self.spans:
            for chop_end, (x, strip) in zip(self.chop_ends[y], self.chops[y].items(), strict=True):
                first, last = max(x, start), min(chop_end, end)
                if strip is not None and first < last:
                    shown = strip.crop(first - x, last - x)
                    sequences.append(f"\x1b[{y + 1};{first + 1}H{shown.render(console)}")
        return "".join(sequences)


def with_what_is_beside(compositor: Compositor, update: ChopsUpdate) -> ChopsUpdate | None:
    """The update with lines of ambiguous width painted up to the edge of the screen.

    A terminal may draw such text over what is beside it: the rule, the next pane, the frame of a box.
    """
    ambiguous = {
        y
        for y in {y for y, _, _ in update.spans}
        if any(strip is not None and has_ambiguous_width(strip.text) for strip in update.chops[y].values())
    }
    if not ambiguous:
        return update
    for y, x, end in update.spans:
        width = (compositor.size.width if y in ambiguous else end) - x
        compositor._dirty_regions.add(Region(x, y, width, 1))
    return compositor.render_partial_update()


def driver_of(app: App[Any]) -> Driver | None:
    """The driver of any app; there is no public access to it."""
    return app._driver


def end_by_defect(app: App[Any], error: Exception) -> None:
    """End the app after an error outside of message handlers, which Textual does not notice."""
    app._handle_exception(error)


class KnownSequences:
    """The terminal sequences that Textual knows; its parser has no public look-up of a single one."""

    def __init__(self) -> None:
        self._parser = XTermParser()

    def keys(self, sequence: str) -> Iterable[events.Key]:
        """The key events of a sequence; none if it is unknown."""
        return self._parser._sequence_to_key_events(sequence)

    def mouse(self, sequence: str) -> Message | None:
        """The mouse event of a sequence; None if it is none."""
        return self._parser.parse_mouse_code(sequence)


async def wait_until_handled(pump: MessagePump) -> None:
    """Wait until a message pump has handled everything sent to it so far, or has ended.

    Textual has no public way to await either.
    """
    await pump._mounted_event.wait()
    done = asyncio.Event()
    if pump.call_later(done.set):
        reached = asyncio.create_task(done.wait())
        await asyncio.wait({reached, pump._task or reached}, return_when=asyncio.FIRST_COMPLETED)
        reached.cancel()

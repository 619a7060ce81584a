"""How Textual reaches the terminal: modes, keys in, frames out.

Only what every terminal understands or leaves alone is sent, and no mode is set that a line which drops
would leave behind for a shell to stumble on: no keyboard protocol, no reports of focus or of mouse moves.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import termios
import threading
import tty
from typing import Any, cast

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Size
from textual.message import Message

from orgtui.tui.terminal.decoder import Decoder
from orgtui.tui.terminal.ending import GRACE_S, leave_on_hangup, leave_on_signals, stop_until_continued
from orgtui.tui.terminal.host import Host
from orgtui.tui.terminal.input_queue import InputQueue
from orgtui.tui.terminal.writer import Writer

INPUT, OUTPUT = 0, 1
DEFAULT_SIZE = Size(80, 24)

ENTER = "\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?7l\x1b[?2026$p"
"""Alternate screen, no cursor, marked pastes, no wrapping; and can it paint a frame at once?"""

LEAVE = "\x1b[?2004l\x1b[?7h\x1b[0m\x1b[H\x1b[2J\x1b[?1049l\x1b[?25h"
"""All of that back; the screen is cleared for terminals that have no alternate one."""

MOUSE_ON, MOUSE_OFF = "\x1b[?1000h\x1b[?1006h", "\x1b[?1006l\x1b[?1000l"
"""Mouse presses and the wheel, with places that fit wide terminals; moves would cost a line too much."""


class TerminalDriver(Driver):
    """The terminal on standard input and output."""

    def __init__(
        self,
        app: App[Any],
        *,
        debug: bool = False,
        mouse: bool = True,
        size: tuple[int, int] | None = None,
    ) -> None:
        super().__init__(app, debug=debug, mouse=mouse, size=_terminal_size())
        self.host = cast(Host, app)  # Textual makes the driver and knows the app as any other
        self.loop = asyncio.get_running_loop()
        self.mouse = mouse
        self._input_queue = InputQueue(self.host)
        self._kept: list[Any] | None = None
        self._writer: Writer | None = None
        self._reader: threading.Thread | None = None
        self._wake = os.pipe()
        self.loop.set_exception_handler(self._failed)
        self.loop.add_signal_handler(signal.SIGTSTP, self.suspend)
        leave_on_signals(self.loop, self.host.leave)
        leave_on_hangup(self.loop, self.host.leave, INPUT)

    # -- beginning, sleeping and ending ----------------------------------------------------------------

    def start_application_mode(self) -> None:
        self._kept = _make_raw()
        self._writer = Writer(OUTPUT, self.host.encoding, self._skipped)
        self._writer.start()
        self.write(ENTER + (MOUSE_ON if self.mouse else ""))
        self.loop.add_signal_handler(signal.SIGWINCH, self._resized)
        self._resized()
        self._reader = threading.Thread(target=self._read, name="terminal-reader", daemon=True)
        self._reader.start()

    def disable_input(self) -> None:
        if self._reader is not None:
            os.write(self._wake[1], b".")
            self._reader.join()
            os.read(self._wake[0], 1)
            self._reader = None

    def stop_application_mode(self) -> None:
        self.loop.remove_signal_handler(signal.SIGWINCH)
        self.disable_input()
        self.write((MOUSE_OFF if self.mouse else "") + LEAVE)
        _restore(self._kept)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.end(GRACE_S)
            self._writer = None

    def suspend(self) -> None:
        """Give the terminal back to the shell until it wakes us."""
        if self._reader is None:
            return
        self.stop_application_mode()
        self.close()
        stop_until_continued()
        self.start_application_mode()
        self._repaint()

    def _failed(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """End by a defect in a callback as by any other; asyncio would print it, data and all, and go on."""
        error = context.get("exception")
        if isinstance(error, Exception):
            self.host.end_by_defect(error)

    # -- out -------------------------------------------------------------------------------------------

    def write(self, data: str) -> None:
        if self._writer is not None:
            self._writer.write(data)

    def _skipped(self) -> None:
        self.loop.call_soon_threadsafe(self._repaint)

    def _repaint(self) -> None:
        """Send the whole picture, unless the terminal was given back meanwhile."""
        if self._reader is not None:
            self.host.screen.refresh()

    # -- in --------------------------------------------------------------------------------------------

    def send_message(self, message: Message) -> None:
        self.loop.call_soon_threadsafe(self._input_queue.put, message)

    def _read(self) -> None:
        """Hand on what the terminal sends, until told to end or the terminal is gone."""
        decoder = Decoder()
        while True:
            ready, _, _ = select.select([INPUT, self._wake[0]], [], [], decoder.timeout_s)
            if self._wake[0] in ready:
                return
            try:
                data = os.read(INPUT, 4096) if ready else b""
            except OSError:
                return  # the terminal is gone; who watches for that ends the app
            if ready and not data:
                return
            for message in decoder.feed(data) if ready else decoder.expire():
                self.process_message(message)

    def _resized(self) -> None:
        size = _terminal_size()
        self.send_message(events.Resize(size, size))


def _terminal_size() -> Size:
    """The size of the terminal now; the usual one where the terminal does not know."""
    try:
        columns, rows = os.get_terminal_size(OUTPUT)
    except OSError:
        return DEFAULT_SIZE
    return Size(columns or DEFAULT_SIZE.width, rows or DEFAULT_SIZE.height)


def _make_raw() -> list[Any] | None:
    """Have keys handed over at once, unseen and unchanged; returns the modes before, None without a terminal.

    In the background this stops the process until it is brought to the front, as it should.
    """
    try:
        kept = termios.tcgetattr(INPUT)
        raw = termios.tcgetattr(INPUT)
        raw[tty.IFLAG] &= ~(
            termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR | termios.ISTRIP
        )
        raw[tty.LFLAG] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
        raw[tty.CC][termios.VMIN], raw[tty.CC][termios.VTIME] = 1, 0
        termios.tcsetattr(INPUT, termios.TCSANOW, raw)
    except termios.error:
        return None
    return kept


def _restore(kept: list[Any] | None) -> None:
    """Put back the modes, and drop what was typed for us."""
    if kept is not None:
        try:
            termios.tcsetattr(INPUT, termios.TCSANOW, kept)
            termios.tcflush(INPUT, termios.TCIFLUSH)
        except termios.error:
            return  # the terminal is gone, and its modes with it

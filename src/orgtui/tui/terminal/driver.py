"""The Textual driver: terminal modes, input and output.

Only sequences that every terminal understands or ignores are sent, and no mode is set that would disturb a
shell after a lost connection: no keyboard protocol, no reports of focus or of mouse moves.
"""

from __future__ import annotations

import asyncio
import os
import select
import signal
import termios
import threading
import time
import tty
from base64 import b64encode
from typing import Any, cast

from textual import events
from textual.app import App
from textual.driver import Driver
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from orgtui.tui.terminal.capabilities import tells_background
from orgtui.tui.terminal.decoder import BackgroundTold, Decoder
from orgtui.tui.terminal.ending import GRACE_S, leave_on_hangup, leave_on_signals, stop_until_continued
from orgtui.tui.terminal.host import Host
from orgtui.tui.terminal.input_queue import InputQueue
from orgtui.tui.terminal.textual_internals import driver_of
from orgtui.tui.terminal.writer import Writer

INPUT, OUTPUT = 0, 1
DEFAULT_SIZE = Size(80, 24)

ENTER = "\x1b[?1049h\x1b[?25l\x1b[?2004h\x1b[?7l\x1b[?2026$p"
"""Alternate screen, no cursor, bracketed paste, no wrapping; asks for synchronised output (mode 2026)."""

LEAVE = "\x1b[?2004l\x1b[?7h\x1b[0m\x1b[H\x1b[2J\x1b[?1049l\x1b[?25h"
"""Resets what `ENTER` sets; clears the screen for terminals without an alternate one."""

CLEAR = "\x1b[?25l\x1b[?7l\x1b[?6l\x1b[r\x0f\x1b(B\x1b[0m\x1b[2J"
"""Undoes what foreign output may have set: cursor, wrapping, origin, margins, character set, style, text."""

MOUSE_ON, MOUSE_OFF = "\x1b[?1000h\x1b[?1006h", "\x1b[?1006l\x1b[?1000l"
"""Report mouse presses and the wheel with SGR positions; moves would cost a slow line too much."""


ASK_BACKGROUND = "\x1b]11;?\x07"
"""Asks for the background; terminals that do not know the question ignore it."""

ANSWER_WAIT_S = 0.5
"""Seconds from the question on in which an answer is awaited on leaving: the shell would take it for keys."""

CLIPBOARD_MAX_BYTES = 74_994
"""The longest text in UTF-8 that terminals take: the sequence in which it is sent has 100,000 bytes then."""


class TerminalDriver(Driver):
    """Driver for the terminal on standard input and output; reads and writes in threads of its own."""

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
        self.keys_read = 0
        self._asked_at: float | None = None
        self._told = threading.Event()
        self.loop.set_exception_handler(self._failed)
        self.loop.add_signal_handler(signal.SIGTSTP, self.suspend)
        leave_on_signals(self.loop, self.host.leave)
        leave_on_hangup(self.loop, self.host.leave, INPUT)

    # -- beginning, sleeping and ending ----------------------------------------------------------------

    def start_application_mode(self) -> None:
        self._kept = _make_raw()
        self._writer = Writer(OUTPUT, self.host.encoding, self._skipped)
        self._writer.start()
        if self.host.guard is not None:
            self.host.guard.hold(self._kept, self._leaving.encode())
        self.write(ENTER + (MOUSE_ON if self.mouse else ""))
        if self.host.needs_background and tells_background(os.environ):
            self._told.clear()
            self._asked_at = time.monotonic()
            self.write(ASK_BACKGROUND)
        self.loop.add_signal_handler(signal.SIGWINCH, self._resized)
        self._resized()
        self._reader = threading.Thread(target=self._read, name="terminal-reader", daemon=True)
        self._reader.start()

    @property
    def _leaving(self) -> str:
        """What resets the terminal."""
        return (MOUSE_OFF if self.mouse else "") + LEAVE

    def disable_input(self) -> None:
        if self._reader is not None:
            os.write(self._wake[1], b".")
            self._reader.join()
            os.read(self._wake[0], 1)
            self._reader = None

    def stop_application_mode(self) -> None:
        self.loop.remove_signal_handler(signal.SIGWINCH)
        if self._asked_at is not None:
            self._told.wait(max(0.0, self._asked_at + ANSWER_WAIT_S - time.monotonic()))
            self._asked_at = None
        self.disable_input()
        self.write(self._leaving)
        _restore(self._kept)

    def close(self) -> None:
        if self._writer is not None:
            self._writer.end(GRACE_S)
            self._writer = None
        if self.host.guard is not None:
            self.host.guard.release()

    def suspend(self) -> None:
        """Restore the terminal, stop the process until the shell continues it, and repaint."""
        if self._reader is None:
            return
        self.stop_application_mode()
        self.close()
        stop_until_continued()
        self.start_application_mode()
        self._repaint()

    def follow_mouse(self, mouse: bool) -> None:
        """Have the terminal report the mouse, or no longer."""
        self.mouse = mouse
        if self.host.guard is not None:
            self.host.guard.hold(self._kept, self._leaving.encode())
        self.write(MOUSE_ON if mouse else MOUSE_OFF)

    def _failed(self, loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
        """End the app after an error in a callback; asyncio would print it with its data and continue."""
        error = context.get("exception")
        if isinstance(error, Exception):
            self.host.end_by_defect(error)

    # -- out -------------------------------------------------------------------------------------------

    def write(self, data: str) -> None:
        if self._writer is not None:
            self._writer.write(data)

    def write_now(self, region: Region, strip: Strip) -> None:
        """Show a line while the event loop is held up; the next frame has to have it as well."""
        self.write(f"\x1b[{region.y + 1};{region.x + 1}H{strip.render(self.host.screen.app.console)}")

    def _skipped(self) -> None:
        self.loop.call_soon_threadsafe(self._repaint)

    def _repaint(self) -> None:
        """Send a full frame, unless the terminal has been restored meanwhile."""
        if self._reader is not None:
            self.host.screen.refresh()

    # -- in --------------------------------------------------------------------------------------------

    def send_message(self, message: Message) -> None:
        if isinstance(message, events.Key | events.Paste):
            self.keys_read += 1
        if isinstance(message, BackgroundTold):
            self._told.set()
        self.loop.call_soon_threadsafe(self._input_queue.put, message)

    def _read(self) -> None:
        """Read and decode input until `disable_input` is called or the terminal is gone; runs in a thread."""
        decoder = Decoder()
        while True:
            ready, _, _ = select.select([INPUT, self._wake[0]], [], [], decoder.timeout_s)
            if self._wake[0] in ready:
                return
            try:
                data = os.read(INPUT, 4096) if ready else b""
            except OSError:
                return  # the terminal is gone; the watching thread ends the app
            if ready and not data:
                return
            for message in decoder.feed(data) if ready else decoder.expire():
                self.process_message(message)

    def _resized(self) -> None:
        size = _terminal_size()
        self.send_message(events.Resize(size, size))


def repaint(app: App[Any]) -> None:
    """Clear the terminal and send a full frame."""
    driver = driver_of(app)
    if driver is not None:
        driver.write(CLEAR)
        app.screen.refresh()


def copy_to_clipboard(app: App[Any], text: str) -> None:
    """Put a text of at most `CLIPBOARD_MAX_BYTES` on the clipboard of the terminal (OSC 52).

    Terminals that do not know the sequence ignore it, and none answers.
    """
    driver = driver_of(app)
    if driver is not None:
        driver.write(f"\x1b]52;c;{b64encode(text.encode()).decode('ascii')}\x07")


def _terminal_size() -> Size:
    """The size of the terminal in cells; `DEFAULT_SIZE` if it is unknown."""
    try:
        columns, rows = os.get_terminal_size(OUTPUT)
    except OSError:
        return DEFAULT_SIZE
    return Size(columns or DEFAULT_SIZE.width, rows or DEFAULT_SIZE.height)


def _make_raw() -> list[Any] | None:
    """Switch the terminal to raw input; returns the modes before, None without a terminal.

    In the background this stops the process until it is brought to the foreground, as intended.
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
    """Restore the modes and discard unread input."""
    if kept is not None:
        try:
            termios.tcsetattr(INPUT, termios.TCSANOW, kept)
            termios.tcflush(INPUT, termios.TCIFLUSH)
        except termios.error:
            return  # the terminal is gone, and its modes with it

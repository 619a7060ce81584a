"""What is sent to the terminal, off the event loop."""

from __future__ import annotations

import codecs
import os
import re
import select
import threading
from collections.abc import Callable

from orgtui.views.base.cells import cell_len

BUFFER_MAX_CHARS = 256 * 1024
"""Characters that may wait for a terminal that does not read; beyond them only the newest picture counts."""

UNKNOWN = "orgtui.unknown"
"""How characters that the terminal does not have are encoded: as question marks of the same width."""


PLACE = r"\x1b\[[0-9]+;[0-9]+H"
NEEDLESS = re.compile(rf"{PLACE}(?=\n|{PLACE})|\n")
"""What Textual sends between the lines of a frame although each line begins with its place."""

PLAIN = re.compile(r"\x1b\[(?:39;49|39|49)m([^\x1b]*)\x1b\[0m")
DEFAULTS = ";39;49m"
"""The terminal's own colours asked for by name, where nothing else is in force."""

BLANKS = re.compile(rf" {{6,}}(?={PLACE})")
"""Plain blanks up to the next place; styled ones are followed by the end of their style."""


def _question_marks(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return "?" * cell_len(error.object[error.start : error.end]), error.end


codecs.register_error(UNKNOWN, _question_marks)


def shortened(frame: str) -> str:
    """The same picture in fewer bytes."""
    frame = PLAIN.sub(r"\1", NEEDLESS.sub("", frame)).replace(DEFAULTS, "m")
    return BLANKS.sub(lambda blanks: f"\x1b[{len(blanks[0])}X", frame)


class Writer(threading.Thread):
    """Sends text to a terminal; one that stops reading costs frames, and never the app its time.

    `skipped` is called, on this thread, when frames were left out and the terminal reads again.
    """

    def __init__(self, terminal: int, encoding: str, skipped: Callable[[], None]) -> None:
        super().__init__(name="terminal-writer", daemon=True)
        self._terminal = terminal
        self._encoding = encoding
        self._skipped = skipped
        self._changed = threading.Condition()
        self._waiting: list[str] = []
        self._size = 0
        self._left_out = False
        self._ending = False

    def write(self, text: str) -> None:
        """Send text as soon as the terminal reads; a piece is whole sequences, so that it can be left out."""
        with self._changed:
            if self._size > BUFFER_MAX_CHARS:
                self._waiting.clear()
                self._size = 0
                self._left_out = True
            self._waiting.append(text)
            self._size += len(text)
            self._changed.notify()

    def end(self, timeout_s: float) -> None:
        """Wait some seconds until all is sent; a terminal that does not read by then does without."""
        with self._changed:
            self._ending = True
            self._changed.notify()
        self.join(timeout_s)

    def run(self) -> None:
        while text := self._next():
            data = memoryview(shortened(text).encode(self._encoding, UNKNOWN))
            try:
                while data:
                    data = data[self._send(data) :]
            except OSError:
                return  # the terminal is gone; who watches for that ends the app
            if self._left_out:
                self._left_out = False
                self._skipped()

    def _next(self) -> str:
        """What is to be sent; nothing at the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._ending)
            text = "".join(self._waiting)
            self._waiting.clear()
            self._size = 0
            return text

    def _send(self, data: memoryview) -> int:
        """Send as much as the terminal takes; others may have told it not to block."""
        try:
            return os.write(self._terminal, data)
        except BlockingIOError:
            select.select([], [self._terminal], [])
            return 0

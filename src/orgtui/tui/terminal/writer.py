"""Output to the terminal in a thread of its own."""

from __future__ import annotations

import codecs
import os
import re
import select
import threading
from collections.abc import Callable

from orgtui.views.base.cells import cell_len, clusters, has_ambiguous_width

BUFFER_MAX_CHARS = 256 * 1024
"""Characters that are buffered for a terminal that does not read; beyond that older frames are dropped."""

UNKNOWN = "orgtui.unknown"
"""Codec error handler that replaces characters without an encoding by question marks of the same width."""

PLACE = r"\x1b\[[0-9]+;[0-9]+H"
NEEDLESS = re.compile(rf"{PLACE}(?=\n|{PLACE})|\n")
"""Cursor moves and line feeds between the lines of a frame, which begin with a cursor move of their own."""

PLAIN = re.compile(r"\x1b\[(?:39;49|39|49)m([^\x1b]*)\x1b\[0m")
DEFAULTS = ";39;49m"
"""An explicit request for the default colours, where no other colour is in force."""

RESTYLED = re.compile(rf"\x1b\[0m((?:{PLACE})?)\x1b\[(?=[0-9;]+m)")
"""A reset before another style, which can be one sequence; the cursor may move between them."""

FIRST_COLUMN = re.compile(r"(?<=\x1b\[)1;1H|(?<=[0-9]);1H")
"""The column of a place at the left edge, which is the default."""

BLANKS = re.compile(rf" {{5,}}(?={PLACE})")
"""Unstyled blanks before a cursor move; styled ones are followed by a reset."""


PIECE = re.compile(
    r"(?P<move>\x1b\[[0-9]*(?:;(?P<column>[0-9]+))?H)|\x1b\[[0-?]*[ -/]*[@-~]|(?P<text>[^\x1b]+)|\x1b",
    re.DOTALL,
)
"""What a frame is made of: moves of the cursor, other sequences, text."""


def _question_marks(error: UnicodeError) -> tuple[str, int]:
    assert isinstance(error, UnicodeEncodeError)
    return "?" * cell_len(error.object[error.start : error.end]), error.end


codecs.register_error(UNKNOWN, _question_marks)


def shortened(frame: str) -> str:
    """The frame in fewer bytes, with the same result on screen."""
    frame = PLAIN.sub(r"\1", NEEDLESS.sub("", frame)).replace(DEFAULTS, "m")
    frame = BLANKS.sub(lambda blanks: f"\x1b[{len(blanks[0])}X", frame)
    return FIRST_COLUMN.sub("H", RESTYLED.sub("\\1\x1b[0;", frame))


def placed(frame: str) -> str:
    """The frame with characters of ambiguous width put where they belong, and what follows after them.

    Terminals differ in the width of emoji that are made of several characters. The cells that such a one
    has by our count are blanked, it is written over them, and the cursor is moved to the cell behind.
    """
    if not has_ambiguous_width(frame):
        return frame
    pieces: list[str] = []
    column = 1
    for piece in PIECE.finditer(frame):
        if piece["move"] is not None:
            column = int(piece["column"] or 1)
        if piece["text"] is None:
            pieces.append(piece[0])
            continue
        for text, ambiguous in clusters(piece[0]):
            width = cell_len(text)
            if ambiguous:
                blank = " " * width
                pieces.append(f"{blank}\x1b[{column}G{text}\x1b[{column + width}G")
            else:
                pieces.append(text)
            column += width
    return "".join(pieces)


class Writer(threading.Thread):
    """Writes text to a terminal (a file descriptor) without blocking the app; drops frames it cannot take.

    `skipped` is called, in this thread, when frames were dropped and the terminal reads again.
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
        """Queue text for output; returns at once. Each text holds whole sequences, as it may be dropped."""
        with self._changed:
            if self._size > BUFFER_MAX_CHARS:
                self._waiting.clear()
                self._size = 0
                self._left_out = True
            self._waiting.append(text)
            self._size += len(text)
            self._changed.notify()

    def end(self, timeout_s: float) -> None:
        """Stop after the queued text has been sent; waits at most `timeout_s` seconds."""
        with self._changed:
            self._ending = True
            self._changed.notify()
        self.join(timeout_s)

    def run(self) -> None:
        while text := self._next():
            data = memoryview(placed(shortened(text)).encode(self._encoding, UNKNOWN))
            try:
                while data:
                    data = data[self._send(data) :]
            except OSError:
                return  # the terminal is gone; the watching thread ends the app
            if self._left_out:
                self._left_out = False
                self._skipped()

    def _next(self) -> str:
        """Wait for queued text and take it; an empty text means the end."""
        with self._changed:
            self._changed.wait_for(lambda: self._waiting or self._ending)
            text = "".join(self._waiting)
            self._waiting.clear()
            self._size = 0
            return text

    def _send(self, data: memoryview) -> int:
        """Write what the terminal accepts, and return how many bytes; the descriptor may be non-blocking."""
        try:
            return os.write(self._terminal, data)
        except BlockingIOError:
            select.select([], [self._terminal], [])
            return 0

"""A program on a pseudo-terminal of its own: what it paints, when, and how much.

Times are taken when bytes arrive, so the terminal's own drawing and the line to it do not count.
"""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import signal
import struct
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

COLUMNS, ROWS = 120, 40
TIMEOUT_S = 120.0
"""Seconds after which something that is awaited is taken for missing."""

ANSWER_QUIET_S = 0.006
"""Seconds without a byte after which the first answer to a key is over."""

QUIET_S = 0.08
"""Seconds without a byte after which nothing more is awaited."""

IDLE_QUIET_S = 0.3
"""Seconds of silence in which a program shows whether it still computes."""

STATE = tempfile.TemporaryDirectory(prefix="orgtui-benchmarks-")
"""Where programs keep their state, so that nobody's list of files opened lately fills with ours."""

IDLE_CPU_S = 0.02
"""Seconds of processor time that a program at rest may take in a pause."""

KEYS: Mapping[str, bytes] = {
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "page_up": b"\x1b[5~",
    "page_down": b"\x1b[6~",
    "enter": b"\r",
    "tab": b"\t",
    "backspace": b"\x7f",
}
TERMINAL_ANSWERS: Mapping[bytes, bytes] = {
    b"\x1b[?2026$p": b"\x1b[?2026;2$y",  # synchronised output: there, and off
    b"\x1b[?2048$p": b"\x1b[?2048;0$y",  # size reports in band: unknown
    b"\x1b[?u": b"\x1b[?0u",  # keyboard protocol: plain
    b"\x1b[c": b"\x1b[?62;22c",  # a VT220 with colour
}
"""What a terminal answers to what programs ask."""

ESCAPES = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]+[0-~]|[0-Z\\^`a-~])"
    rb"|\x1b.*\Z|[\x00-\x20\x7f]",
    re.DOTALL,
)
"""All that is no glyph: whole escape sequences, one cut off at the end, control characters, spaces."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a program did on a key: seconds until its first answer was whole and until all was, and bytes."""

    seconds: float
    total_seconds: float
    size: int


class Terminal:
    """A Python program on a terminal of 120 × 40; ended when the block is left."""

    def __init__(self, arguments: Sequence[str | Path]) -> None:
        self.output = bytearray()
        self.last = 0.0
        stamp, stamped = os.pipe()
        self.pid, self._master = pty.fork()
        if self.pid == 0:
            environment = {
                **os.environ,
                "TERM": "xterm-256color",
                "COLORTERM": "truecolor",
                "LANG": "C.UTF-8",
                "XDG_STATE_HOME": STATE.name,
            }
            command = [sys.executable, *map(str, arguments)]
            fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", ROWS, COLUMNS, 0, 0))
            os.write(stamped, struct.pack("d", time.monotonic()))
            os.execve(command[0], command, environment)
        self.started: float = struct.unpack("d", os.read(stamp, 8))[0]
        os.close(stamp)
        os.close(stamped)
        self._poll = select.poll()
        self._poll.register(self._master, select.POLLIN)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._master)

    def wait_until(self, seen: Callable[[], bool]) -> float:
        """Read until something is seen; the seconds since the program was executed."""
        while not seen():
            if not self._read(TIMEOUT_S):
                raise TimeoutError(
                    f"waited in vain; the program's last words: {bytes(self.output[-2000:])!r}"
                )
        return self.last - self.started

    def wait_until_shown(self, text: str) -> float:
        """Read until a text is on the screen, all of it painted in one go; spaces do not count."""
        wanted = glyphs(text.encode())
        return self.wait_until(lambda: wanted in glyphs(self.output))

    def wait_for_glyph(self) -> float:
        """Seconds from execution to the first printable glyph."""
        return self.wait_until(lambda: bool(glyphs(self.output)))

    def wait_until_quiet(self, seconds: float = QUIET_S) -> float:
        """Read until nothing comes for a while; the seconds from execution to the last byte."""
        while self._read(seconds):
            pass
        return self.last - self.started

    def press(self, key: str) -> Answer:
        """Press a key and read the answer to its end."""
        before, pressed = len(self.output), time.monotonic()
        os.write(self._master, _sent(key))
        if not self._read(TIMEOUT_S):
            raise TimeoutError(f"no answer to {key!r}")
        answered = self.wait_until_quiet(ANSWER_QUIET_S) - (pressed - self.started)
        settled = self.wait_until_quiet() - (pressed - self.started)
        return Answer(answered, settled, len(self.output) - before)

    def press_all(self, *keys: str) -> None:
        """Press keys one after another and wait until all is quiet."""
        for key in keys:
            os.write(self._master, _sent(key))
        self.wait_until_quiet()

    def wait_until_idle(self) -> float:
        """Read until the program neither sends nor computes; the seconds from execution to the last byte."""
        worked = -1.0
        while self._read(IDLE_QUIET_S) or self._processor_time() - worked > IDLE_CPU_S:
            worked = self._processor_time()
        return self.last - self.started

    def _processor_time(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def bytes_sent_in(self, seconds: float) -> int:
        """How many bytes come in so many seconds while nobody does anything."""
        before, end = len(self.output), time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)
        return len(self.output) - before

    def memory(self) -> int:
        """Bytes of the process that are in memory now."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def _read(self, timeout_s: float) -> bool:
        """Take in what has come or comes soon, and answer what was asked; whether anything came."""
        if not self._poll.poll(timeout_s * 1000):
            return False
        try:
            data = os.read(self._master, 1 << 16)
        except OSError as error:
            raise RuntimeError(f"the program ended: {bytes(self.output[-2000:])!r}") from error
        self.last = time.monotonic()
        self.output += data
        if b"\x1b" in data:
            for asked, answer in TERMINAL_ANSWERS.items():
                if asked in data:
                    os.write(self._master, answer)
        return True


def _sent(key: str) -> bytes:
    return KEYS.get(key) or key.encode()


def glyphs(data: bytes | bytearray) -> bytes:
    """What of a program's output is to be seen, without spaces."""
    return ESCAPES.sub(b"", bytes(data))

"""Running a program in a pseudo-terminal, and measuring when and how much it paints.

Times are taken when bytes arrive; drawing by a real terminal, and the connection to it, are not included.
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
"""How long to wait for output before a benchmark fails."""

ANSWER_QUIET_S = 0.006
"""The silence after which the first answer to a key is complete."""

QUIET_S = 0.08
"""The silence after which all output is complete."""

IDLE_QUIET_S = 0.3
"""The silence during which processor time shows whether a program still computes."""

STATE = tempfile.TemporaryDirectory(prefix="orgtui-benchmarks-")
"""The state folder of measured programs, so that the user's list of recent files is not changed."""

IDLE_CPU_S = 0.02
"""The maximum processor time of an idle program during that silence."""

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
"""Answers to the queries of programs."""

ESCAPES = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|[\]PX^_][^\x07\x1b]*(?:\x07|\x1b\\)|[ -/]+[0-~]|[0-Z\\^`a-~])"
    rb"|\x1b.*\Z|[\x00-\x20\x7f]",
    re.DOTALL,
)
"""Everything but glyphs: escape sequences, also one cut off at the end, control characters, spaces."""


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to a key: seconds to the end of the first output and of all output, and bytes."""

    seconds: float
    total_seconds: float
    size: int


class Terminal:
    """A Python program in a terminal of 120 × 40; killed at the end of the `with` block."""

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
        """Read until `seen()` holds; returns the seconds since the start. Raises TimeoutError."""
        while not seen():
            if not self._read(TIMEOUT_S):
                raise TimeoutError(
                    f"waited in vain; the program's last words: {bytes(self.output[-2000:])!r}"
                )
        return self.last - self.started

    def wait_until_shown(self, text: str) -> float:
        """Read until a text was painted in one piece, spaces apart; returns the seconds since the start."""
        wanted = glyphs(text.encode())
        return self.wait_until(lambda: wanted in glyphs(self.output))

    def wait_for_glyph(self) -> float:
        """Read until the first printable glyph; returns the seconds since the start."""
        return self.wait_until(lambda: bool(glyphs(self.output)))

    def wait_until_quiet(self, seconds: float = QUIET_S) -> float:
        """Read until nothing comes for `seconds`; returns the seconds from the start to the last byte."""
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
        """Press keys one after another and wait until output ends."""
        for key in keys:
            os.write(self._master, _sent(key))
        self.wait_until_quiet()

    def wait_until_idle(self) -> float:
        """Read until the program is idle; returns the seconds from the start to the last byte."""
        worked = -1.0
        while self._read(IDLE_QUIET_S) or self._processor_time() - worked > IDLE_CPU_S:
            worked = self._processor_time()
        return self.last - self.started

    def _processor_time(self) -> float:
        fields = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def bytes_sent_in(self, seconds: float) -> int:
        """The number of bytes that the program sends in `seconds` without input."""
        before, end = len(self.output), time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            self._read(left)
        return len(self.output) - before

    def memory(self) -> int:
        """The resident memory of the process in bytes."""
        pages = int(Path(f"/proc/{self.pid}/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE")

    def _read(self, timeout_s: float) -> bool:
        """Read available output, waiting up to `timeout_s`, and answer queries; returns whether any came."""
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
    """The visible characters of a program's output, without spaces."""
    return ESCAPES.sub(b"", bytes(data))

"""A real pseudo-terminal with a program on it, and an emulated screen to look at.

Nothing here waits for a time: `until` waits for what is to be seen, and fails with the screen if it is not;
`settle` waits until the program has nothing left to do, which a program that is slow to answer still has.
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
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pyte

PATIENCE = 60.0
"""Seconds after which something that is awaited is taken for missing."""

QUIET = 0.15
"""Seconds of rest after which nothing more comes: longer than any timer of the app."""

KEYS = {
    "up": b"\x1b[A",
    "down": b"\x1b[B",
    "right": b"\x1b[C",
    "left": b"\x1b[D",
    "pageup": b"\x1b[5~",
    "pagedown": b"\x1b[6~",
    "enter": b"\r",
    "escape": b"\x1b",
    "backspace": b"\x7f",
    "tab": b"\t",
    "space": b" ",
    **{f"ctrl+{letter}": bytes([ord(letter) & 0x1F]) for letter in "abcdefghijklmnopqrstuvwxyz"},
}

_NOT_FOR_PYTE = re.compile(
    rb"\x1b\[[<>=][0-?]*[ -/]*[@-~]"  # private sequences
    rb"|\x1b\[[0-?]*[ -/]+[@-~]"  # with intermediate bytes
    rb"|\x1b[PX^_][^\x1b]*\x1b\\\\"  # strings that are commands
)


Start = Callable[[Sequence[str], Mapping[str, str], Path | None, tuple[int, int]], tuple[int, int]]
"""Starts something with arguments, an environment, a folder, columns and rows; its process and terminal."""


def started(program: str) -> Start:
    """How a program is started."""

    def start(
        arguments: Sequence[str], environment: Mapping[str, str], folder: Path | None, size: tuple[int, int]
    ) -> tuple[int, int]:
        pid, master = pty.fork()
        if pid == 0:
            if folder is not None:
                os.chdir(folder)
            os.execvpe(program, [program, *arguments], dict(environment))
        set_size(master, size)
        return pid, master

    return start


def set_size(terminal: int, size: tuple[int, int]) -> None:
    """Set the columns and rows that a terminal tells who asks."""
    columns, rows = size
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


class Emulator:
    """A program on a pseudo-terminal of its own, seen through pyte."""

    def __init__(
        self,
        arguments: Sequence[str | Path],
        *,
        program: str = sys.executable,
        columns: int = 120,
        rows: int = 40,
        environment: Mapping[str, str] | None = None,
        folder: Path | None = None,
        start: Start | None = None,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self.raw = bytearray()
        self.status: int | None = None
        self.signalled: int | None = None
        self._stream = pyte.ByteStream(self.screen)
        environ = {**os.environ, "TERM": "xterm-256color", "LANG": "C.UTF-8", **(environment or {})}
        self.pid, self._master = (start or started(program))(
            [*map(str, arguments)], environ, folder, (columns, rows)
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is not None:  # pytest shows it beside the failure
            print("The program sent last:", repr(bytes(self.raw[-4000:])), *self.lines, sep="\n")
        if self.status is None:
            os.kill(self.pid, signal.SIGKILL)
            os.waitpid(self.pid, 0)
        if self._master >= 0:
            os.close(self._master)

    # -- what people do ----------------------------------------------------------------------------

    def press(self, *keys: str) -> None:
        """Press keys by name, or type characters."""
        for key in keys:
            self.send(KEYS.get(key) or key.encode())

    def burst(self, *keys: str) -> None:
        """Have keys arrive all at once, as those that were typed ahead of a slow line do."""
        self.send(b"".join(KEYS.get(key) or key.encode() for key in keys))

    def send(self, data: bytes) -> None:
        """Send bytes as they are, in one piece."""
        os.write(self._master, data)

    def show(self, foreign: bytes) -> None:
        """Show what another program writes on the same terminal."""
        self._stream.feed(foreign)

    def resize(self, columns: int, rows: int) -> None:
        self.screen.resize(rows, columns)
        self.tell_size(columns, rows)
        os.kill(self.pid, signal.SIGWINCH)

    def tell_size(self, columns: int, rows: int) -> None:
        """Set the size that the terminal tells who asks, and signal nothing."""
        set_size(self._master, (columns, rows))

    def hang_up(self) -> None:
        """Take the terminal away, as a line that drops does."""
        os.close(self._master)
        self._master = -1

    def kill(self, number: signal.Signals) -> None:
        os.kill(self.pid, number)

    @property
    def modes(self) -> list[int]:
        """The input, output, control and local modes of the terminal."""
        return termios.tcgetattr(self._master)[:4]

    # -- what is seen --------------------------------------------------------------------------------

    @property
    def lines(self) -> list[str]:
        rows = (self.screen.buffer[y] for y in range(self.screen.lines))
        return ["".join([row[x].data for x in range(self.screen.columns)]).rstrip() for row in rows]

    def until(self, seen: Callable[[], bool] | str) -> None:
        """Read what the program sends until a text, or a condition, is seen on the screen."""
        condition = seen if callable(seen) else lambda: any(seen in line for line in self.lines)
        deadline = time.monotonic() + PATIENCE
        while not condition():
            if not self._read(deadline - time.monotonic()):
                raise AssertionError(f"waited in vain for {seen!r}:\n" + "\n".join(self.lines))

    def until_gone(self, text: str) -> None:
        self.until(lambda: not any(text in line for line in self.lines))

    def hears_anything(self, patience: float) -> bool:
        """Whether the program sends anything within some seconds."""
        return self._read(patience)

    def settle(self) -> None:
        """Read until the program has been silent and at rest for a moment."""
        begun = since = time.monotonic()
        while time.monotonic() - since < QUIET:
            if self._read(QUIET / 5) or not at_rest():
                since = time.monotonic()
            if since - begun > PATIENCE:
                raise AssertionError("the program does not come to rest:\n" + "\n".join(self.lines))

    def ends(self, *, reads: bool = True) -> int:
        """Wait for the end of the program; its exit status, 128 + n if signal n ended it."""
        deadline = time.monotonic() + PATIENCE
        while self.status is None:
            if reads and self._master >= 0:
                self._read(0.05)
            else:
                time.sleep(0.01)
            ended, status = os.waitpid(self.pid, os.WNOHANG)
            if ended:
                code = os.waitstatus_to_exitcode(status)
                self.signalled = -code if code < 0 else None
                self.status = code if code >= 0 else 128 - code
            elif time.monotonic() > deadline:
                raise AssertionError("the program does not end:\n" + "\n".join(self.lines))
        while self._master >= 0 and self._read(0):
            pass
        return self.status

    def _read(self, patience: float) -> bool:
        """Take in what has come, or comes soon; whether anything did."""
        ready, _, _ = select.select([self._master], [], [], max(0, patience))
        if not ready:
            return False
        try:
            data = os.read(self._master, 65536)
        except OSError:  # how Linux says that nobody holds the other end any more
            return False
        self.raw += data
        self._stream.feed(_NOT_FOR_PYTE.sub(b"", data))
        return bool(data)


def wait_for(condition: Callable[[], bool]) -> None:
    """Wait for something that no terminal tells of."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            raise AssertionError(f"waited in vain for {condition}")
        time.sleep(0.01)


def at_rest() -> bool:
    """Whether all that this process has started waits: for a key, the other end of a line, or a timer.

    A program that got no turn yet on a busy machine is as silent as one that is done. Linux tells them apart;
    where the system does not tell, silence has to do.
    """
    parents = {pid: int(stat[1]) for pid in _numbers("/proc") if (stat := _stat(f"/proc/{pid}"))}
    started = {os.getpid()}
    while more := {pid for pid, parent in parents.items() if parent in started} - started:
        started |= more
    return all(
        stat[0] in "SITtZX"
        for pid in started - {os.getpid()}
        for thread in _numbers(f"/proc/{pid}/task")
        if (stat := _stat(f"/proc/{pid}/task/{thread}"))
    )


def _numbers(folder: str) -> list[int]:
    try:
        return [int(name) for name in os.listdir(folder) if name.isdigit()]
    except OSError:  # it has ended, or the system has no such folder
        return []


def _stat(folder: str) -> list[str]:
    """The state of a process or thread, its parent, and the rest; nothing once it has ended."""
    try:
        with open(f"{folder}/stat", "rb") as stat:
            return stat.read().rpartition(b")")[2].decode().split(None, 2)
    except OSError:
        return []


def orgtui(*arguments: str | Path, **options: object) -> Emulator:
    """The app on a pseudo-terminal."""
    return Emulator(["-m", "orgtui", *arguments], **options)  # type: ignore[arg-type]

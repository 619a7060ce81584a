"""A process that restores the terminal when the app dies without being able to, of SIGSEGV or SIGKILL for
instance. Imports nothing that takes time, so that it is small."""

from __future__ import annotations

import marshal
import os
import signal
import termios

TYPE_CHECKING = False  # `typing` takes time to import
if TYPE_CHECKING:
    from typing import Any

INPUT, OUTPUT = 0, 1


class Guard:
    """A child process that waits for the end of this one; to be started before threads and large imports.

    It holds what restores the terminal while the app uses it. It is beside the app and not above it, so that
    signals, stops and the exit status are the app's own; without a guard the app works as well.
    """

    def __init__(self) -> None:
        read, self._pipe = os.pipe()
        group = os.getpgrp()
        try:
            self._pid = os.fork()
        except OSError:  # no process is to be had: the app works all the same
            self._pid = -1
        if self._pid == 0:
            try:
                os.close(self._pipe)
                _watch(read, group)
            finally:
                os._exit(0)
        os.close(read)

    def hold(self, modes: list[Any] | None, leave: bytes) -> None:
        """Have the terminal restored if this process dies: its modes (of termios), and what to send."""
        self._tell(marshal.dumps((modes, leave)))

    def release(self) -> None:
        """Have nothing done any more: the terminal is restored."""
        self._tell(marshal.dumps(None))

    def end(self) -> None:
        """End the guard's process and wait for that."""
        os.close(self._pipe)
        if self._pid > 0:
            os.waitpid(self._pid, 0)

    def _tell(self, message: bytes) -> None:
        try:
            os.write(self._pipe, message)
        except BrokenPipeError:
            return  # somebody ended the guard: the app works all the same


def _watch(pipe: int, group: int) -> None:
    """Follow what `Guard` tells until its process is gone, and restore the terminal if it was held then.

    `group` is the process group of the app; the guard leaves it, so that what ends the group spares it.
    """
    for number in signal.valid_signals() - {signal.SIGKILL, signal.SIGSTOP}:
        signal.signal(number, signal.SIG_IGN)
    os.setpgid(0, 0)
    held: tuple[list[Any] | None, bytes] | None = None
    with open(pipe, "rb") as messages:
        while True:
            try:
                held = marshal.load(messages)
            except EOFError:
                break
    if held is not None:
        _restore(*held, group)


def _restore(modes: list[Any] | None, leave: bytes, group: int) -> None:
    """Restore the terminal; its modes only if no shell has taken it back meanwhile and set its own."""
    try:
        foreground = os.tcgetpgrp(INPUT)
    except OSError:
        foreground = group  # the app led the session, which is over with it
    try:
        if modes is not None and foreground == group:
            termios.tcsetattr(INPUT, termios.TCSANOW, modes)
            termios.tcflush(INPUT, termios.TCIFLUSH)
        while leave:
            leave = leave[os.write(OUTPUT, leave) :]
    except (OSError, termios.error):
        return  # the terminal is gone as well

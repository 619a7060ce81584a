"""Signals and hangups: what ends or stops the app from outside."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import threading
from collections.abc import Callable

SIGNALS = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
"""Signals that end the app with the terminal restored and status 128 + n."""

_DEADLY = (
    "QUIT",
    "ABRT",
    "ALRM",
    "USR1",
    "USR2",
    "VTALRM",
    "PROF",
    "XCPU",
    "TRAP",
    "SYS",
    "IO",
    "PWR",
    "STKFLT",
)

_DEADLY_NUMBERS = {getattr(signal, "SIG" + name, None) for name in _DEADLY}
_REAL_TIME = range(signal.SIGRTMIN, signal.SIGRTMAX + 1) if hasattr(signal, "SIGRTMIN") else range(0)

DEADLY_SIGNALS = {each for each in signal.valid_signals() if each in _DEADLY_NUMBERS or each in _REAL_TIME}
"""Signals that end the app with the terminal restored, and of which it then dies as any process does.

SIGSEGV and the like are not among them: after a real one there is no way on, and `orgtui.tui.terminal.guard`
restores the terminal.
"""

GRACE_S = 2.0
"""Seconds that a session without a terminal has to write its plan before the process exits."""


def leave_on_signals(loop: asyncio.AbstractEventLoop, leave: Callable[[int], None]) -> None:
    """Call `leave` with status 128 + n in the event loop for each signal that ends the app."""
    for number in (*SIGNALS, *DEADLY_SIGNALS):
        loop.add_signal_handler(number, leave, 128 + number)


def leave_on_hangup(loop: asyncio.AbstractEventLoop, leave: Callable[[int], None], terminal: int) -> None:
    """End the process when its terminal (a file descriptor) hangs up; watches in a daemon thread.

    `leave` is called in the event loop; after `GRACE_S` the process exits in any case.
    """

    def watch() -> None:
        poll = select.poll()
        poll.register(terminal, 0)
        while not any(
            event & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _, event in poll.poll()
        ):
            pass
        status = 128 + signal.SIGHUP
        loop.call_soon_threadsafe(leave, status)
        threading.Event().wait(GRACE_S)
        os._exit(status)

    threading.Thread(target=watch, name="terminal-watch", daemon=True).start()


def die_of_signal(status: int) -> None:
    """Die of the signal that an exit status of 128 + n names, if it is one of `DEADLY_SIGNALS`."""
    number = status - 128
    if number in DEADLY_SIGNALS:
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)


def stop_until_continued() -> None:
    """Stop the whole process group as ctrl+z does, and return when it is continued; blocks until then.

    Without a shell that could continue it, this returns at once. The other processes of the group are
    stopped first and this thread last, so that it does nothing more before it is continued.
    """
    kept = signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    os.killpg(0, signal.SIGTSTP)
    signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    signal.pthread_kill(threading.get_ident(), signal.SIGTSTP)
    signal.signal(signal.SIGTSTP, kept)

"""What ends the app, or puts it to sleep, from outside: signals, and a terminal that is gone."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import threading
from collections.abc import Callable

SIGNALS = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
"""What asks us to leave; we do so with the terminal restored and status 128 + n."""

GRACE_S = 2.0
"""Seconds that a session whose terminal is gone has to put its plan away."""


def leave_on_signals(loop: asyncio.AbstractEventLoop, leave: Callable[[int], None]) -> None:
    """Have signals end the app with a status through its event loop, so that the terminal is restored."""
    for number in SIGNALS:
        loop.add_signal_handler(number, leave, 128 + number)


def leave_on_hangup(loop: asyncio.AbstractEventLoop, leave: Callable[[int], None], terminal: int) -> None:
    """End the process when its terminal is gone, even if nothing can be written any more."""

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


def stop_until_continued() -> None:
    """Stop the whole job, as the terminal's own ctrl+z does; at once if there is no shell to wake it.

    Whoever started us may wait for us and must stop with us. The rest of the job is stopped first, and this
    very thread last, so that it does nothing more before it is woken.
    """
    kept = signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    os.killpg(0, signal.SIGTSTP)
    signal.signal(signal.SIGTSTP, signal.SIG_DFL)
    signal.pthread_kill(threading.get_ident(), signal.SIGTSTP)
    signal.signal(signal.SIGTSTP, kept)

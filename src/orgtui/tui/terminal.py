"""The terminal as a thing that may be missing, unfit or gone: refusals, signals and the hang-up watch."""

from __future__ import annotations

import asyncio
import os
import select
import signal
import sys
import threading
from collections.abc import Callable, Mapping

from orgtui.model.sentence import Sentence, sentence

SIGNALS = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
"""What asks us to leave; we do so with the terminal restored and status 128 + n."""

GRACE = 2.0
"""Seconds that a session whose terminal is gone has to put its plan away."""


def unfit(environ: Mapping[str, str] = os.environ) -> Sentence | None:
    """Why the app cannot run on this terminal; None if it can."""
    if not (os.isatty(sys.stdin.fileno()) and os.isatty(sys.stdout.fileno())):
        return sentence("orgtui needs a terminal for its input and output; `orgtui check` works without one")
    if environ.get("TERM", "dumb") in ("dumb", "unknown", ""):
        return sentence(
            "This terminal cannot move its cursor (TERM={term}); set TERM to what it really is",
            term=environ.get("TERM") or '""',
        )
    return None


Leave = Callable[[int], None]
"""Ends the app with an exit status."""


def leave_on_signals(loop: asyncio.AbstractEventLoop, leave: Leave) -> None:
    """Have signals end the app through its event loop, so that the terminal is restored."""
    for number in SIGNALS:
        loop.add_signal_handler(number, leave, 128 + number)


def leave_on_hangup(loop: asyncio.AbstractEventLoop, leave: Leave, terminal: int) -> None:
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
        threading.Event().wait(GRACE)
        os._exit(status)

    threading.Thread(target=watch, name="terminal-watch", daemon=True).start()

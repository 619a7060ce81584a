"""One thing after the other: what is typed meets the screen that the key before it has left behind.

Textual hands every key to the screen of this moment; of keys that arrive together all but the first would
reach a screen that is about to be covered by a prompt, or a prompt that is about to close.
"""

from __future__ import annotations

import asyncio
import time
from typing import Any

from textual.dom import DOMNode
from textual.message import Message
from textual.message_pump import MessagePump
from textual.screen import Screen

from orgtui.tui.terminal.host import Host
from orgtui.tui.terminal.textual_internals import wait_until_handled

POLL_S = 0.002
"""Seconds between two looks at work that is done in slices."""

BUSY_TIMEOUT_S = 2.0
"""Seconds that a key waits for such work at most."""


class InputQueue:
    """A queue of messages for an app that takes the next when the last has done all it does."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._waiting: asyncio.Queue[Message] = asyncio.Queue()
        self._task = asyncio.create_task(self._run(), name="input-queue")
        self._task.add_done_callback(self._ended)

    def put(self, message: Message) -> None:
        """Put a message at the end of the queue."""
        self._waiting.put_nowait(message)

    async def _run(self) -> None:
        while True:
            self._host.post_message(await self._waiting.get())
            await wait_until_idle(self._host)
            self._waiting.task_done()

    async def join(self) -> None:
        """Wait until nothing is left to take."""
        await self._waiting.join()

    def _ended(self, task: asyncio.Task[None]) -> None:
        """End the app by a defect here as by one anywhere else."""
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Exception):
            self._host.end_by_defect(error)


async def wait_until_idle(host: Host) -> None:
    """Wait until everything that could handle a key has done so, and where the next one goes is ready."""
    patience = time.monotonic() + BUSY_TIMEOUT_S
    before: tuple[Screen[Any], DOMNode | None] | None = None
    while host.screen_stack:
        for pump in _handlers(host):
            await wait_until_handled(pump)
        now = host.screen, host.focused
        if host.busy and time.monotonic() < patience:
            await asyncio.sleep(POLL_S)
        elif now == before and not any(pump.message_queue_size for pump in _handlers(host)):
            return
        before = now


def _handlers(host: Host) -> list[MessagePump]:
    """Who gets a key, in turn: the app, the widget that has the focus, what holds it, the app again."""
    if not host.screen_stack:
        return []
    return [host.screen.app, *(host.focused or host.screen).ancestors_with_self]

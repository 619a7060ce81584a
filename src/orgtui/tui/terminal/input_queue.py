"""Delivers input one message at a time: each key reaches the screen that the key before it led to.

Textual sends every key to the current screen at once; of keys that arrive together all but the first would
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
"""Seconds between two checks whether the app is still busy."""

BUSY_TIMEOUT_S = 2.0
"""Seconds that a key waits at most while the app is busy."""


class InputQueue:
    """A queue of input messages; the next one is posted when the app has finished handling the last.

    To be made and used in the event loop.
    """

    def __init__(self, host: Host) -> None:
        self._host = host
        self._waiting: asyncio.Queue[Message] = asyncio.Queue()
        self._task = asyncio.create_task(self._run(), name="input-queue")
        self._task.add_done_callback(self._ended)

    def put(self, message: Message) -> None:
        """Append a message; returns at once."""
        self._waiting.put_nowait(message)

    async def _run(self) -> None:
        while True:
            self._host.post_message(await self._waiting.get())
            await wait_until_idle(self._host)
            self._waiting.task_done()

    async def join(self) -> None:
        """Wait until every message has been handled."""
        await self._waiting.join()

    def _ended(self, task: asyncio.Task[None]) -> None:
        """End the app if the queue's task failed."""
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Exception):
            self._host.end_by_defect(error)


async def wait_until_idle(host: Host) -> None:
    """Wait until the app has handled the last key and the screen for the next one is ready.

    Waits at most `BUSY_TIMEOUT_S` for work that runs in slices.
    """
    deadline = time.monotonic() + BUSY_TIMEOUT_S
    before: tuple[Screen[Any], DOMNode | None] | None = None
    while host.screen_stack:
        for pump in _handlers(host):
            await wait_until_handled(pump)
        if not host.screen_stack:
            return  # the key led out of the app
        now = host.screen, host.focused
        if host.busy and time.monotonic() < deadline:
            await asyncio.sleep(POLL_S)
        elif now == before and not any(pump.message_queue_size for pump in _handlers(host)):
            return
        before = now


def _handlers(host: Host) -> list[MessagePump]:
    """The message pumps that a key passes through: the app, the focused widget, its ancestors."""
    if not host.screen_stack:
        return []
    return [host.screen.app, *(host.focused or host.screen).ancestors_with_self]

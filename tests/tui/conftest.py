"""What the pilot waits for after each key."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from time import monotonic

import pytest
from textual._context import active_app

from orgtui.tui.actions.suggesting.searching import SEARCH_GROUP
from tests.tui.small import PATIENCE


async def _nothing_left_to_do(min_sleep: float = 0.0, max_sleep: float = PATIENCE) -> None:
    """Wait until the event loop and the workers have nothing left to do, and the screen is painted.

    Searches for better structures go on beside all else, until they are stopped.

    Textual waits for 20 milliseconds in which little is computed instead, which is long after most keys
    and too short on a busy machine. Neither it nor asyncio says in public what is still to be done.
    """
    app, loop = active_app.get(), asyncio.get_running_loop()
    deadline = monotonic() + max_sleep
    polled = False
    while monotonic() < deadline:
        await asyncio.sleep(0)
        screen = app.screen_stack[-1] if app.screen_stack else None
        if loop._ready:  # type: ignore[attr-defined]
            polled = False
        elif any(not worker.is_finished and worker.group != SEARCH_GROUP for worker in app.workers):
            await asyncio.sleep(0.001)
        elif screen is not None and screen._update_timer._active.is_set():
            screen._on_timer_update()
        elif polled:
            return
        else:
            polled = True


@pytest.fixture(scope="session", autouse=True)
def _conditions_in_place_of_time() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        for module in ("textual.app", "textual.pilot"):
            patched.setattr(f"{module}.wait_for_idle", _nothing_left_to_do)
        yield

"""What the pilot waits for after each key."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from time import monotonic
from typing import Any

import pytest
from textual._context import active_app
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

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


@pytest.fixture(scope="session", autouse=True)
def _styles_parsed_once() -> Iterator[None]:
    """Style sheets are parsed once for all apps of these tests; Textual does so for each app.

    What is parsed is never changed: other variables, as other themes set, are other style sheets.
    """
    parse, parsed = Stylesheet._parse_rules, dict[tuple[object, ...], list[RuleSet]]()

    def parse_once(sheet: Stylesheet, css: str, *where: Any, **how: Any) -> list[RuleSet]:
        key = (css, where, tuple(how.items()), tuple(sheet._variables.items()))
        if key not in parsed:
            parsed[key] = parse(sheet, css, *where, **how)
        return parsed[key]

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Stylesheet, "_parse_rules", parse_once)
        yield

"""Keys that arrive together do what they do one by one, over prompts that open and close."""

from __future__ import annotations

import asyncio
import random
from functools import partial
from itertools import pairwise
from pathlib import Path

import pytest
from textual.message_pump import MessagePump
from textual.screen import Screen

from orgtui.tui.terminal import input_queue
from orgtui.tui.terminal.decoder import Decoder
from orgtui.tui.terminal.input_queue import InputQueue, wait_until_idle
from tests.tui.small import PATIENCE, opened

ENTER, ESCAPE, DOWN, UP, BACKSPACE, UNDO, REDO = "\r", "\x1b", "\x1b[B", "\x1b[A", "\x7f", "u", "\x12"

SCRIPTS = [
    ["/", *"Zhang Wei", ENTER, "m", "m", *"Growth", ENTER, ENTER],
    [
        "/",
        *"Content",
        ENTER,
        "r",
        "\x1b[C",
        *" and copy",
        ENTER,
        UNDO,
        REDO,
        "/",
        *"Growth",
        ENTER,
        "r",
        "\x1b[C",
        *"!",
        ENTER,
    ],
    [
        "/",
        *"Zhang Wei",
        ENTER,
        "m",
        DOWN,
        DOWN,
        ESCAPE,
        "m",
        UP,
        "[",
        "]",
        ENTER,
        "y",
        ESCAPE,
        "4",
        DOWN,
        DOWN,
    ],
    [
        "r",
        *"One",
        ENTER,
        DOWN,
        DOWN,
        "r",
        *"Another",
        ENTER,
        UNDO,
        "a",
        *"goal",
        ENTER,
        *"More leads",
        ESCAPE,
    ],
    ["?", "?", "?", ESCAPE, ":", *"undo", ESCAPE, "p", ESCAPE, "4", "x", ESCAPE, "x", ENTER, ENTER],
]
"""What people type who know the way by heart."""

WORDS = [
    *"mardhjklLsfuypcvz$/nNxAgG1234?:[] w",
    ENTER,
    ESCAPE,
    DOWN,
    UP,
    BACKSPACE,
    REDO,
    "\t",
    "\x04",
    "Growth",
    "e",
]
"""What anybody may type."""


State = tuple[list[str], list[str], list[object]]


def random_script(seed: int) -> list[str]:
    """Any keys, but none after an escape that would make it the begin of a sequence."""
    chance = random.Random(seed)
    keys = [chance.choice(WORDS) for _ in range(40)]
    return [UP if key == "[" and before == ESCAPE else key for before, key in pairwise(["", *keys])]


async def typed(folder: Path, pieces: list[str]) -> State:
    """What there is after typing pieces, each when the one before has done all it does.

    The picture is that of the panes: escape puts back what is carried, whose places are weighed meanwhile.
    """
    folder.mkdir()
    async with opened(folder) as driver:
        queue = InputQueue(driver.app)

        async def type_in(piece: str) -> None:
            decoder = Decoder()
            for message in [*decoder.feed(piece.encode()), *decoder.expire()]:
                message.set_sender(driver.app)
                queue.put(message)
            async with asyncio.timeout(PATIENCE):
                await queue.join()
            await driver.pilot.pause()

        for piece in pieces:
            await type_in(piece)
        screens = [type(screen).__name__ for screen in driver.app.screen_stack]
        for _ in range(4):
            await type_in(ESCAPE)
        return driver.lines, screens, [step.changes for step in driver.workspace.session.steps]


async def at_once_as_one_by_one(folder: Path, script: list[str]) -> list[object]:
    """Type a script both ways; the changes it made."""
    at_once = await typed(folder / "at-once", ["".join(script)])
    assert at_once == await typed(folder / "one-by-one", script)
    return at_once[-1]


@pytest.mark.parametrize("script", SCRIPTS, ids="".join)
async def test_typed_ahead_is_typed(tmp_path: Path, script: list[str]) -> None:
    assert await at_once_as_one_by_one(tmp_path, script) != []


@pytest.mark.soak
@pytest.mark.parametrize("seed", range(100, 200))
async def test_anything_typed_ahead_is_typed(tmp_path: Path, seed: int) -> None:
    await at_once_as_one_by_one(tmp_path, random_script(seed))


async def test_an_app_that_ends_while_a_key_is_waited_for_has_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[MessagePump] = []

    async def end_meanwhile(stack: list[Screen[object]], pump: MessagePump) -> None:
        waited.append(pump)
        stack.clear()

    async with opened(tmp_path) as driver:
        stack = driver.app._screen_stack
        screens = list(stack)
        monkeypatch.setattr(input_queue, "wait_until_handled", partial(end_meanwhile, stack))
        await wait_until_idle(driver.app)
        stack.extend(screens)
    assert waited

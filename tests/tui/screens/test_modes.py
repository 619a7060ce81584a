"""Whatever mode the session screen is in ends on demand, and leaves browsing with nothing changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgtui.tui.commands.browsing import COMMANDS
from orgtui.tui.commands.command import CARRY, READ
from orgtui.tui.screens.mode import Mode
from tests.tui.small import opened

KEYS = {command.id: command.keys[0] for command in COMMANDS}


@pytest.mark.parametrize(("command", "name"), [("carry", CARRY), ("inspect", READ)])
async def test_a_mode_ends_with_nothing_changed(command: str, name: str, tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("person:zhang")
        browse_mode: Mode = driver.session.mode
        before = driver.lines
        await driver.press(KEYS[command])
        begun: Mode = driver.session.mode
        assert begun.name == name
        begun.end()
        await driver.until(lambda: driver.session.mode is browse_mode)
        await driver.pilot.pause()
        assert driver.app.screen is driver.session
        assert driver.lines == before
        assert driver.workspace.session.steps == []


async def test_the_keys_walk_over_what_the_mode_has_in_hand(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("team:brand")
        await driver.press(KEYS["inspect"])
        reading = driver.session.mode
        await driver.press(KEYS["down"])
        assert reading.pane.cursor == 1
        assert driver.session.pane.ref == "team:brand", "the panes behind the page stay where they are"

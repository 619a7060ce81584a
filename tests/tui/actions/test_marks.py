"""Marks: what is marked is carried from every pane, and only what can be carried is marked."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgtui.changes.operations.teams import CreateTeam
from orgtui.model.sentence import Ref
from orgtui.tui.commands.command import CARRY
from tests.tui.small import Driver, opened

ZHANG, XU = Ref("person:zhang"), Ref("person:xu")
IMMOVABLE = "Teams, functions and people can be carried"


async def mark(driver: Driver, *refs: Ref) -> None:
    for ref in refs:
        await driver.go(ref)
        await driver.press("space")


def carried(driver: Driver) -> tuple[Ref, ...]:
    return driver.carry_mode.items.refs if driver.session.mode.name == CARRY else ()


@pytest.mark.parametrize("pane", ["1", "2", "3", "4"])
async def test_marked_people_are_carried_from_every_pane(tmp_path: Path, pane: str) -> None:
    async with opened(tmp_path) as driver:
        await mark(driver, ZHANG, XU)
        await driver.press(pane, "m")
        assert carried(driver) == (ZHANG, XU), driver.said
        await driver.go("team:growth")
        await driver.press("enter")
        people = driver.workspace.session.organization.people
        assert (people["zhang"].team, people["xu"].team) == ("growth", "growth")


async def test_nothing_is_carried_from_a_row_that_stays_where_it_is(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.press("4", "m")
        assert carried(driver) == ()
        assert driver.said == IMMOVABLE


async def test_what_cannot_be_carried_cannot_be_marked(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.press("4", "space")
        assert not driver.session.marked
        assert driver.said == IMMOVABLE


async def test_what_is_gone_is_not_marked_any_more(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        driver.workspace.session.do([CreateTeam("events", "Events", "brand")])
        await mark(driver, Ref("team:events"))
        assert list(driver.session.marked) == ["team:events"]
        await driver.press("u", "4", "m")
        assert not driver.session.marked
        assert carried(driver) == ()
        assert driver.said == IMMOVABLE

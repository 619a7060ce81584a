"""Targets are set in the app, and the header says which are missed, by how much, as long as they are."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.changes.world import change
from tests.tui.small import Driver, opened


def aim(driver: Driver, **said: object) -> None:
    driver.workspace.session.do([change("set_target", **said)])
    driver.session.apply_update(driver.workspace.session.evaluate_pending())


@pytest.mark.parametrize(
    ("size", "missed"),
    [((120, 40), "missed: Teams 2>1"), ((80, 24), "missed 2>1"), ((60, 24), "missed 2>1")],
)
async def test_the_header_says_what_is_missed(tmp_path: Path, size: tuple[int, int], missed: str) -> None:
    async with opened(tmp_path, size) as driver:
        aim(driver, metric="teams", at_most=1)
        assert missed in driver.lines[0]
        await driver.take("undo")
        await driver.until(lambda: "missed" not in driver.lines[0])


async def test_of_several_the_first_is_said_and_the_others_are_counted(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        aim(driver, metric="headcount", team="brand", at_least=9)
        aim(driver, metric="teams", at_most=1)
        assert "missed: Seats in Brand 3<9 +1" in driver.lines[0]
        aim(driver, metric="headcount", team="brand", at_least=3)
        assert "missed: Teams 2>1" in driver.lines[0]
        assert "+1" not in driver.lines[0]


async def test_a_target_is_set_on_the_page_of_a_team(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("1 team:brand, add, 'target, enter")
        assert "add a target" in driver.text
        await driver.take("'Seats, enter")
        assert "At most or at least?" in driver.text

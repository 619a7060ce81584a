"""Changes are put into other waves from the list of the plan."""

from __future__ import annotations

import re
from pathlib import Path

from orgtui.changes.operations.seats import MovePerson
from orgtui.changes.operations.teams import SetLead
from tests.tui.actions.test_flows import prompt_foot
from tests.tui.small import Driver, opened

RENAMED = "1 team:brand, rename, ctrl+u, 'Voice, enter, 1 team:growth, rename, ctrl+u, 'Leads, enter"


def waves(driver: Driver) -> list[tuple[int, int]]:
    return [(step.number, step.wave) for step in driver.workspace.session.steps]


async def test_the_one_under_the_cursor_goes_later_and_back(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take(RENAMED, "plan, b")
        assert waves(driver) == [(1, 2), (2, 1)]
        assert prompt_foot(driver) == "1 change is in wave 2 now: the findings stay as they are"
        assert any("Wave 1 · 1 change" in line for line in driver.lines)
        await driver.take("B")
        assert waves(driver) == [(1, 1), (2, 1)]
        await driver.take("B")
        assert "There is no wave before the first" in prompt_foot(driver)


async def test_the_marked_ones_go_together_and_undo_takes_it_back(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take(RENAMED, "1 team:brand, rename, ctrl+u, 'Voices, enter", "plan")
        await driver.take("b")
        assert "would not come out the same" in prompt_foot(driver)
        assert waves(driver) == [(1, 1), (2, 1), (3, 1)]
        await driver.take("space, down, space, b")
        assert waves(driver) == [(1, 2), (2, 1), (3, 2)]
        await driver.take("escape, undo")
        assert waves(driver) == [(1, 1), (2, 1), (3, 1)]


async def test_a_mark_shows_on_the_line_until_it_is_taken_away(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:

        def marked() -> list[str]:
            return [line.split("■")[1].split()[0] for line in driver.lines if "■" in line]

        await driver.take(RENAMED, "plan, space")
        assert marked() == ["1"]
        await driver.take("b")
        assert waves(driver) == [(1, 2), (2, 1)]
        assert marked() == ["1"]
        await driver.take("g, down, down, down, space")
        assert marked() == []


async def test_a_shock_is_mended_by_letting_some_wait(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        for person in ("zhang", "xu"):
            driver.workspace.session.do([MovePerson(person, "growth")])
        driver.session.evaluate_pending()
        await driver.take("4 finding:A201 wave:1, fix")
        title = "1 change waits for wave 2; new managers 1, then 1: Xu Lei"
        assert any(title in line and "−1 +0" in line for line in driver.lines)
        await driver.press("enter")
        assert driver.said == "1 change is in wave 2 now: 1 finding mended"
        assert waves(driver) == [(1, 1), (2, 2)]
        await driver.take("undo")
        assert waves(driver) == [(1, 1), (2, 1)]


async def test_a_wave_says_how_many_get_a_new_manager(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take(RENAMED)
        driver.workspace.session.do([SetLead("brand", None)])
        await driver.take("plan, pagedown, b")
        gone = re.compile(r"Wave 2 · 1 change · \d+ (person gets|people get) a new manager")
        assert any(gone.search(line) for line in driver.lines)

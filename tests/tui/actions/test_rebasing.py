"""The organisation's file changes under an open session: it is noticed, and the session goes over to it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from orgtui.changes.base import Change
from orgtui.session.plan.opening import open_session
from orgtui.session.plan.rebasing import SessionRebase, has_finding_in, reload_if_changed
from orgtui.tui.app import OrgApp
from orgtui.tui.commands.browsing import COMMANDS
from orgtui.tui.commands.keymap import Keymap
from orgtui.tui.screens.workspace import SessionWorkspace
from tests.organizations import SMALL, write_small
from tests.session.sessions import moved, renamed
from tests.tui.fakes import PLAIN
from tests.tui.small import Driver, opened

CHANGED = "small.toml changed on disk"


def change_on_disk(folder: Path, *swaps: tuple[str, str]) -> None:
    text = SMALL
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new)
    (folder / "small.toml").write_text(text, "utf-8")


RENAMED = ('name = "Brand"', 'name = "Media"')
TITLED = ('name = "Acme Marketing"', 'name = "Acme Group"')


async def noticed(driver: Driver) -> None:
    await driver.until(lambda: driver.said == f"{CHANGED}; R takes the changes over to it")


async def changed_on_both_sides(
    driver: Driver, folder: Path, here: Sequence[Change], on_disk: tuple[str, str]
) -> SessionWorkspace:
    """The session and the file go apart; the workspace of the session as it was."""
    driver.workspace.session.do(here)
    change_on_disk(folder, on_disk)
    await noticed(driver)
    return driver.workspace


async def reopened(driver: Driver, before: object) -> None:
    await driver.until(lambda: driver.session.workspace is not None and driver.workspace is not before)
    await driver.until(lambda: not driver.workspace.session.has_pending_rules)


async def test_it_is_noticed_and_said_in_the_header(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.press("R")
        assert driver.said == "The organisation's file is as it was when it was opened"
        change_on_disk(tmp_path, TITLED)
        await noticed(driver)
        assert driver.lines[0].startswith(" Acme Marketing › changed on disk")
        change_on_disk(tmp_path)
        await driver.until(lambda: "changed on disk" not in driver.lines[0])


async def test_without_conflict_it_goes_over_at_once(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        before = await changed_on_both_sides(driver, tmp_path, moved("zhang", "growth"), TITLED)
        await driver.press("R")
        await reopened(driver, before)
        assert driver.said == "1 of 1 change taken over to what the organisation's file says now"
        assert driver.lines[0].startswith(" Acme Group")
        assert "moved 1" in driver.lines[0]
        await driver.press("u")
        assert "moved" not in driver.lines[0]


async def test_a_conflict_is_told_with_base_theirs_and_ours(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        before = await changed_on_both_sides(driver, tmp_path, renamed("brand", "Press"), RENAMED)
        await driver.press("R")
        await driver.until(lambda: "Change 1 of 1: you renamed Brand to Press" in driver.text)
        assert "name: was Brand, is Media now, you want Press" in driver.text
        await driver.press("escape")
        assert driver.said == "Nothing was changed"
        assert driver.workspace is before
        await driver.press("R")
        await driver.until(lambda: "Make it all the same" in driver.text)
        await driver.press("enter")
        await reopened(driver, before)
        assert driver.workspace.session.organization.teams["brand"].name == "Press"


async def test_a_change_is_left_out(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        before = await changed_on_both_sides(driver, tmp_path, renamed("brand", "Press"), RENAMED)
        await driver.press("R")
        await driver.until(lambda: "Leave this change out" in driver.text)
        await driver.press("down", "enter")
        await reopened(driver, before)
        assert driver.said == "0 of 1 change taken over to what the organisation's file says now"
        assert driver.workspace.session.organization.teams["brand"].name == "Media"


async def test_a_file_with_problems_is_told_and_the_session_goes_on(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        change_on_disk(tmp_path, ('team = "growth"', 'team = "grwoth"'))
        told = f"{CHANGED} and has 2 problems; the session goes on with what it was"
        await driver.until(lambda: driver.said == told)
        await driver.press("R")
        await driver.until(lambda: "2 problems to mend before it can be used" in driver.text)
        assert "small.toml:" in driver.text
        await driver.press("escape")
        driver.workspace.session.do(moved("zhang", "growth"))
        assert driver.workspace.session.steps


async def test_others_go_over_as_well(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        before = await changed_on_both_sides(driver, tmp_path, moved("zhang", "growth"), TITLED)
        other = before.opened
        there = reload_if_changed(other)
        assert there is not None
        SessionRebase(other, there, has_finding_in(there.organization)).save()
        later = open_session(tmp_path / "small.toml").session
        later.do(renamed("brand", "Press"))
        await reopened(driver, before)
        assert driver.workspace.session.organization.teams["brand"].name == "Press"
        later.close()


# -- a plan that was made for another state --------------------------------------------------------------


async def left_with_changes(folder: Path, *swaps: tuple[str, str]) -> None:
    """A session that is over, after which somebody changes the organisation."""
    async with opened(folder) as driver:
        driver.workspace.session.do(renamed("brand", "Press"))
        driver.workspace.session.do(moved("zhang", "growth"))
        await driver.press("q")
    change_on_disk(folder, *swaps)


@asynccontextmanager
async def offered(folder: Path) -> AsyncIterator[Driver]:
    app = OrgApp(Keymap(COMMANDS), PLAIN, folder / "small.toml")
    async with app.run_test(size=(120, 40)) as pilot:
        driver = Driver(pilot, app)
        await driver.until(lambda: "small.plan.toml was made for another state of small.toml" in driver.text)
        yield driver


async def test_a_plan_for_another_state_is_taken_over_when_it_is_opened(tmp_path: Path) -> None:
    await left_with_changes(tmp_path, RENAMED)
    async with offered(tmp_path) as driver:
        await driver.press("enter")
        await driver.until(lambda: "Change 1 of 2: you renamed Brand to Press" in driver.text)
        await driver.press("enter")
        await driver.until(lambda: driver.session.workspace is not None)
        organization = driver.workspace.session.organization
        assert organization.teams["brand"].name == "Press"
        assert organization.people["zhang"].team == "growth"
        assert (tmp_path / "small.plan.log.old").exists()


async def test_what_only_the_log_holds_is_taken_over_as_well(tmp_path: Path) -> None:
    session = open_session(write_small(tmp_path)).session
    session.do(renamed("brand", "Press"))
    session.close()
    change_on_disk(tmp_path, TITLED)
    async with offered(tmp_path) as driver:
        await driver.press("enter")
        await driver.until(lambda: driver.session.workspace is not None)
        assert driver.workspace.session.organization.teams["brand"].name == "Press"
        assert driver.lines[0].startswith(" Acme Group")
        assert "1 of 1 change taken over" in driver.said


@pytest.mark.parametrize("leaving", ["escape", "choice", "conflict"])
async def test_or_left_as_it_is(tmp_path: Path, leaving: str) -> None:
    await left_with_changes(tmp_path, RENAMED)
    plan = (tmp_path / "small.plan.toml").read_bytes()
    async with offered(tmp_path) as driver:
        if leaving == "choice":
            await driver.press("down", "enter")
        else:
            if leaving == "conflict":
                await driver.press("enter")
                await driver.until(lambda: "you renamed" in driver.text)
            await driver.press("escape")
        await driver.until(lambda: driver.app.return_code is not None)
    assert driver.app.return_code == 2
    assert (tmp_path / "small.plan.toml").read_bytes() == plan

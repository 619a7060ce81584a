"""Merging a plan beside with the one that is open: conflicts are decided one by one, into a new plan."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from textual import events

from orgtui.changes.merge import Choose
from orgtui.changes.operations.naming import Rename
from orgtui.changes.operations.seats import MovePerson
from orgtui.changes.operations.teams import MergeTeams
from orgtui.changes.parse import parse_change
from orgtui.exchange.merging import Merging
from orgtui.files.plan_file import load_plan
from orgtui.locales import current_language, set_language
from orgtui.locales.language import LANGUAGES
from orgtui.session.plan.merging import MergedPlan
from orgtui.tui.actions.merging import pages
from orgtui.tui.prompts.deciding import DecisionPrompt
from orgtui.tui.prompts.prompt import TextPrompt
from orgtui.tui.screens.merging import ConflictScreen
from tests.organizations import write_small
from tests.tui.actions.test_plans import write_plan
from tests.tui.small import PATIENCE, Driver, opened

OURS = "1 team:growth, rename, ctrl+u, 'Demand, enter, 1 team:brand, rename, ctrl+u, 'Voice, enter"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The small organisation with a plan that calls two teams otherwise than `OURS`, and moves Zhang Wei."""
    write_small(tmp_path)
    called = (Rename("team", "growth", "Pipeline"), "One word"), (Rename("team", "brand", "Story"), "Shorter")
    write_plan(tmp_path, "theirs", *called, (MovePerson("zhang", "growth"), "He asked for it"))
    return tmp_path


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    before = current_language()
    set_language(request.param)
    yield request.param
    set_language(before)


def deciding(driver: Driver) -> ConflictScreen:
    screen = driver.app.screen
    assert isinstance(screen, ConflictScreen), driver.text
    return screen


async def merge_in(driver: Driver, *, base: str = "") -> None:
    """From the panes to the first conflict with the plan below the one that is open."""
    await driver.take("plans")
    await driver.until(lambda: bool(driver.workspace.plans))
    await driver.pilot.pause()
    await driver.take(f"{base}down, down, merge_plans")
    await settled(driver)


async def settled(driver: Driver) -> None:
    """Wait until what was chosen has been merged and judged."""
    await driver.until(lambda: "→" in driver.text)
    await driver.pilot.pause()


def names(driver: Driver) -> tuple[str, str]:
    teams = driver.workspace.session.organization.teams
    return teams["growth"].name, teams["brand"].name


async def until(condition: Callable[[], bool]) -> None:
    """Wait without the pilot, which waits for the work of the app."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.005)


async def write_as(driver: Driver, name: str) -> None:
    await driver.take(f"merge_write, '{name}, enter")
    await driver.until(lambda: driver.session.workspace is not None and "You work on" in driver.said)


async def test_each_conflict_is_decided_both_ways_and_a_new_plan_is_opened(folder: Path) -> None:
    async with opened(folder) as driver:
        await driver.take(OURS)
        await merge_in(driver)
        assert "Conflict 1 of 2" in driver.text
        assert "0 of 2 decided" in driver.text
        assert "renamed Growth to Demand" in driver.text
        assert "renamed Growth to Pipeline, because “One word”" in driver.text
        await driver.take("merge_theirs")
        await settled(driver)
        assert "Conflict 2 of 2" in driver.text, "the next undecided one is shown"
        assert "1 of 2 decided" in driver.text
        await driver.take("merge_left")
        assert "theirs, chosen" in driver.text
        await driver.take("merge_next, merge_ours")
        await settled(driver)
        assert "2 of 2 decided" in driver.text
        before = (folder / "theirs.plan.toml").read_bytes()
        await write_as(driver, "Both")
        assert driver.workspace.opened.plan_path.name == "small.both.plan.toml"
        assert names(driver) == ("Pipeline", "Voice")
        assert driver.workspace.session.organization.people["zhang"].team == "growth"
        assert (folder / "theirs.plan.toml").read_bytes() == before
        ours = load_plan(folder / "small.plan.toml", parse_change)
        assert [step.change["name"] for step in ours.steps] == ["Demand", "Voice"], "it stays as it was"
        assert load_plan(folder / "small.both.plan.toml", parse_change).name == "Both"


def counts(driver: Driver) -> str:
    """What the findings of the merged plan come to, as shown."""
    return next(line.rpartition("→")[2].strip() for line in driver.lines if "→" in line)


async def test_the_findings_follow_the_choices(tmp_path: Path) -> None:
    write_plan(tmp_path, "small", (MergeTeams("growth", "brand"), "One team"))
    write_plan(tmp_path, "theirs", (MovePerson("zhang", "growth"), "He asked for it"))
    async with opened(tmp_path) as driver:
        await merge_in(driver)
        assert "merged Growth into Brand" in driver.text
        seen = {"": counts(driver)}
        for choice in ("merge_theirs", "merge_ours"):
            await driver.take(choice)
            await settled(driver)
            seen[choice] = counts(driver)
        assert seen["merge_ours"] == seen[""] != seen["merge_theirs"]
        await write_as(driver, "One")
        assert "growth" not in driver.workspace.session.organization.teams


async def test_of_many_findings_the_first_are_told(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "FINDINGS_SHOWN", 1)
    async with opened(folder) as driver:
        await driver.take(OURS)
        await merge_in(driver)
        assert "4 findings that one of the plans introduces" in driver.text
        assert "and 3 more" in driver.text


async def test_undecided_ones_are_asked_about_and_ours_stays_in_them(folder: Path) -> None:
    async with opened(folder) as driver:
        await driver.take(OURS)
        await merge_in(driver)
        await driver.take("merge_theirs")
        await settled(driver)
        await driver.take("merge_write")
        assert isinstance(driver.app.screen, DecisionPrompt)
        assert "1 conflict is undecided" in driver.text
        await driver.take("enter")
        assert "Conflict 2 of 2" in driver.text, "the first answer goes on deciding"
        await driver.take("merge_write, down, enter, 'Half, enter")
        await driver.until(lambda: driver.session.workspace is not None and "You work on" in driver.said)
        assert names(driver) == ("Pipeline", "Voice")


async def test_a_side_that_cannot_be_taken_says_why_and_stays_undecided(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("orgtui.changes.merge.TRIED_AGAINST", 0)
    write_plan(tmp_path, "small", (MergeTeams("growth", "brand"), "One team"))
    write_plan(tmp_path, "theirs", (MovePerson("zhang", "growth"), "He asked for it"))
    async with opened(tmp_path) as driver:
        await merge_in(driver)
        await driver.take("merge_theirs")
        await driver.until(lambda: "Theirs cannot be taken here, it stays undecided:" in driver.text)
        assert "0 of 1 decided" in driver.text
        assert "theirs, chosen" not in driver.text
        await driver.take("merge_next")
        assert "This is the only conflict that is undecided" in driver.text
        await driver.take("merge_ours")
        await settled(driver)
        await driver.take("merge_next")
        assert "Every conflict is decided" in driver.text


async def test_leaving_writes_nothing_and_a_name_can_be_thought_over(folder: Path) -> None:
    async with opened(folder) as driver:
        await driver.take(OURS)
        await merge_in(driver)
        files = sorted(each.name for each in folder.iterdir())
        await driver.take("merge_theirs, merge_theirs")
        await settled(driver)
        await driver.take("merge_write")
        assert isinstance(driver.app.screen, TextPrompt)
        await driver.take("'Theirs, escape")
        assert "2 of 2 decided" in driver.text, "nothing that was decided is lost"
        await driver.take("merge_leave")
        assert "The plans of Acme Marketing" in driver.text
        assert sorted(each.name for each in folder.iterdir()) == files
        assert names(driver) == ("Demand", "Voice")


async def test_a_marked_third_plan_is_what_both_come_from(tmp_path: Path) -> None:
    called, moved = Rename("team", "growth", "Pipeline"), MovePerson("zhang", "growth")
    write_plan(tmp_path, "base", (called, "One word"))
    write_plan(tmp_path, "small", (called, "One word"))
    write_plan(
        tmp_path, "theirs", (Rename("team", "growth", "Demand"), "One word"), (moved, "He asked for it")
    )
    async with opened(tmp_path) as driver:
        await driver.take("plans")
        await driver.until(lambda: len(driver.workspace.plans) == 2)
        await driver.pilot.pause()
        await driver.take("down, down, space, merge_plans")
        await settled(driver)
        assert "both come from base.plan.toml" in driver.text
        assert "No conflicts" in driver.text, "only theirs changed the name since"
        await driver.take("merge_ours")
        assert "There is no conflict to decide" in driver.text
        await write_as(driver, "Both")
        assert names(driver)[0] == "Demand"


async def test_where_there_is_nothing_to_merge_it_says_why(folder: Path) -> None:
    write_plan(folder, "a", (MovePerson("zhang", "growth"), "a"))
    write_plan(folder, "b", (MovePerson("zhang", "growth"), "b"))
    async with opened(folder) as driver:
        await driver.take("plans")
        await driver.until(lambda: len(driver.workspace.plans) == 3)
        await driver.pilot.pause()
        (folder / "theirs.plan.toml").write_text("nonsense = 1\n")
        await driver.take("G, merge_plans")
        assert "problems in theirs.plan.toml" in driver.text
        await driver.take("escape, g")
        for steps, why in (
            ("merge_plans", "Put the cursor on another plan"),
            ("down, merge_plans", "Put the cursor on another plan"),
            ("down, space, space, merge_plans", "Mark only the plan that both come from"),
        ):
            await driver.take(steps)
            assert why in driver.text


async def test_keys_go_on_while_a_merge_takes_long(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    gate, merge = threading.Event(), Merging.merge
    gate.set()

    def slowly(self: Merging, choose: Choose) -> MergedPlan:
        assert gate.wait(60)
        return merge(self, choose)

    monkeypatch.setattr(Merging, "merge", slowly)
    async with opened(folder) as driver:
        await driver.take(OURS)
        await merge_in(driver)
        gate.clear()
        screen = deciding(driver)
        screen.on_key(events.Key("t", "t"))
        await until(lambda: "Conflict 2 of 2" in driver.text and "what comes of it is judged" in driver.text)
        screen.on_key(events.Key("t", "t"))
        screen.on_key(events.Key("enter", None))
        await until(lambda: "2 of 2 decided" in driver.text)
        assert driver.app.screen is screen, "writing waits for what was chosen"
        gate.set()
        await driver.until(lambda: isinstance(driver.app.screen, TextPrompt))
        await driver.take("'Late, enter")
        await driver.until(lambda: driver.session.workspace is not None and "You work on" in driver.said)
        assert names(driver) == ("Pipeline", "Story")


async def test_its_keys_and_everything_on_it_are_in_both_languages(folder: Path, language: str) -> None:
    async with opened(folder, size=(80, 24)) as driver:
        await driver.take(OURS)
        await merge_in(driver)
        assert ("0 of 2 decided" if language == "en" else "已决定 0 个，共 2 个") in driver.text
        await driver.take("help")
        assert ("Keys while deciding conflicts" if language == "en" else "决定冲突时的按键") in driver.text
        await driver.take("escape")
        deciding(driver)

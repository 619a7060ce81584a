"""All plans beside an organisation: their numbers, comparing two, taking changes over, opening another."""

from __future__ import annotations

from pathlib import Path

from orgtui.changes.operations.naming import Rename
from orgtui.changes.operations.seats import MovePerson
from orgtui.changes.operations.teams import SetLead
from orgtui.changes.parse import change_to_mapping
from orgtui.session.plan.folding import fold
from orgtui.session.plan.opening import open_session
from tests.organizations import write_small
from tests.tui.actions.test_flows import prompt_foot
from tests.tui.small import Driver, opened


def write_plan(folder: Path, name: str, *steps: tuple[object, str]) -> Path:
    """A plan beside the small organisation, with a reason for each step."""
    path = folder / f"{name}.plan.toml"
    organization = folder / "small.toml"
    there = open_session(organization if organization.exists() else write_small(folder), path)
    for change, why in steps:
        there.session.do([change], why)  # type: ignore[list-item]
    fold(there)
    there.session.close()
    return path


def two_plans(folder: Path) -> None:
    """One that moves Zhang Wei and renames his team, and one that gives Growth a lead."""
    to_growth, called = MovePerson("zhang", "growth"), Rename("team", "growth", "Demand")
    write_plan(folder, "first", (to_growth, "He asked for it"), (called, "One word"))
    write_plan(folder, "second", (SetLead("growth", "zhang"), "She can"))


def page(driver: Driver) -> list[str]:
    return ["".join(span.text for span in (*line.left, *line.right)) for line in driver.reader.page.lines]


async def read(driver: Driver) -> None:
    await driver.take("plans")
    await driver.until(lambda: len(driver.workspace.plans) == 2)
    await driver.pilot.pause()


async def test_each_plan_has_a_line_with_its_numbers(tmp_path: Path) -> None:
    two_plans(tmp_path)
    async with opened(tmp_path) as driver:
        await read(driver)
        baseline, own, first, second = page(driver)
        assert baseline.startswith("The baseline")
        assert "▲ 5" in baseline
        assert "open here" in own
        assert "2 changes · 1 person moved" in first
        assert "last change by" in first
        assert "1 change · 0 people moved" in second


async def test_a_broken_plan_says_so_and_hides_no_other(tmp_path: Path) -> None:
    two_plans(tmp_path)
    (tmp_path / "first.plan.toml").write_text("nonsense = 1\n")
    async with opened(tmp_path) as driver:
        await read(driver)
        assert "problems in first.plan.toml" in page(driver)[2]
        assert "1 change" in page(driver)[3]


async def test_alone_it_says_how_to_begin_another(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("plans")
        assert any("no other plan" in line for line in page(driver))
        await driver.take("a, 'Bolder one, enter")
        await driver.until(lambda: driver.session.workspace is not None)
        assert driver.workspace.opened.plan_path.name == "small.bolder-one.plan.toml"
        assert "You work on small.bolder-one.plan.toml now" in driver.said


async def test_another_begins_from_what_is_open(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("1 team:brand, rename, ctrl+u, 'Voice, enter, plans, a, 'Copy, enter, enter")
        await driver.until(lambda: driver.session.workspace is not None)
        assert driver.workspace.opened.plan_path.name == "small.copy.plan.toml"
        assert driver.workspace.session.organization.teams["brand"].name == "Voice"
        assert (tmp_path / "small.plan.toml").exists()


async def test_a_name_that_is_taken_is_refused(tmp_path: Path) -> None:
    two_plans(tmp_path)
    (tmp_path / "small.first.plan.toml").write_bytes(b"")
    async with opened(tmp_path) as driver:
        await driver.take("plans, a, 'First, enter")
        assert "small.first.plan.toml is there already" in driver.text
        await driver.take("ctrl+u, '!!, enter")
        assert "Letters or digits are needed" in driver.text


async def test_one_is_compared_with_what_is_open_and_two_with_one_another(tmp_path: Path) -> None:
    two_plans(tmp_path)
    async with opened(tmp_path) as driver:
        await read(driver)
        await driver.take("down, down, c")
        assert driver.reader.page.title.params["there"].params["plan"] == "first"  # type: ignore[attr-defined]
        await driver.take("left, space, space, c")
        names = driver.reader.page.title.params
        assert [names[side].params["plan"] for side in ("there", "here")] == ["first", "second"]  # type: ignore[attr-defined]
        shown = "\n".join(page(driver))
        assert "Only first, wave 1" in shown
        assert "Only second, wave 1" in shown
        await driver.take("left, g, space, c")
        assert prompt_foot(driver) == "Two plans can be compared: take the marks of the others away"


async def test_the_baseline_is_compared_with_a_plan(tmp_path: Path) -> None:
    two_plans(tmp_path)
    async with opened(tmp_path) as driver:
        await read(driver)
        await driver.take("space, down, space, c")
        assert "The baseline and first" in driver.text


async def test_a_change_is_taken_over_with_its_reason_and_undone_as_one(tmp_path: Path) -> None:
    two_plans(tmp_path)
    async with opened(tmp_path) as driver:
        await read(driver)
        await driver.take("down, down, right, > 1  moved, T")
        [step] = driver.workspace.session.steps
        assert [change_to_mapping(each) for each in step.changes] == [
            {"op": "move_person", "person": "zhang", "to": "growth"}
        ]
        assert step.why == "He asked for it"
        assert sum("in your plan" in line for line in page(driver)) == 1
        await driver.take("escape, undo")
        assert not driver.workspace.session.steps


async def test_marked_changes_are_taken_over_together_or_not_at_all(tmp_path: Path) -> None:
    two_plans(tmp_path)
    async with opened(tmp_path) as driver:
        await driver.take("1 team:growth, rename, ctrl+u, 'Demand, enter")
        await read(driver)
        await driver.take("down, down, right, > 1  moved, space, space, T")
        assert len(driver.workspace.session.steps) == 1
        assert "already" in prompt_foot(driver)
        await driver.take("escape, undo")
        await read(driver)
        await driver.take("down, down, right, > 1  moved, space, space, T")
        assert [len(step.changes) for step in driver.workspace.session.steps] == [2]
        assert driver.workspace.session.steps[0].why == "He asked for it; One word"


async def test_another_plan_is_opened_in_the_place_of_this_one(tmp_path: Path) -> None:
    two_plans(tmp_path)
    async with opened(tmp_path) as driver:
        await read(driver)
        await driver.take("down, O")
        assert prompt_foot(driver) == "This is open already"
        await driver.take("down, O")
        await driver.until(lambda: driver.session.workspace is not None)
        assert driver.workspace.opened.plan_path.name == "first.plan.toml"
        assert driver.workspace.session.organization.teams["growth"].name == "Demand"

"""The page of decisions: divisions are signed, and the status of the plan is set."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from orgtui.changes.operations.seats import MovePerson
from orgtui.changes.operations.targets import SetTarget
from orgtui.session.identity import user_name
from tests.tui.actions.test_flows import prompt_foot
from tests.tui.small import Driver, opened

ME = user_name()


def page(driver: Driver) -> list[str]:
    return ["".join(span.text for span in line.left).strip() for line in driver.reader.page.lines]


def status(driver: Driver) -> str:
    return driver.workspace.session.status


async def test_the_page_says_what_is_decided(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        driver.workspace.session.review("wang", "keep")
        await driver.take("decisions")
        assert page(driver) == [
            "Status  draft",
            "can become: proposed, approved",
            "",
            "Signatures  0 of 2 divisions",
            "Brand   not signed  3 seats left",
            "Growth  not signed",
            "",
            "1 of 5 reviewed",
        ]
        assert prompt_foot(driver).startswith("s signs a division")
        await driver.take("enter")
        assert "The plan: draft. What does it become?" in driver.text


async def test_a_division_is_signed_and_taken_back_by_one_key(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("decisions, > Growth, s")
        assert [*driver.workspace.session.signatures] == ["growth"]
        assert prompt_foot(driver) == "Signed Growth · u takes it back"
        (line,) = (line for line in page(driver) if line.startswith("Growth"))
        assert line.startswith(f"Growth  signed by {ME}, ")
        await driver.take("s")
        assert not driver.workspace.session.signatures
        assert prompt_foot(driver) == "Took back the signature of Growth · u takes it back"
        await driver.take("u")
        assert [*driver.workspace.session.signatures] == ["growth"]


async def test_a_step_that_takes_a_signature_away_says_so_in_full_even_where_room_is_short(
    tmp_path: Path,
) -> None:
    async with opened(tmp_path, (80, 24)) as driver:
        driver.workspace.session.sign_off("growth")
        driver.workspace.session.sign_off("brand")
        await driver.take("1 person:zhang, carry, 1 team:growth, drop")
        for team in ("Brand", "Growth"):
            assert f"takes the signature of {team} by {ME} away" in driver.said
        await driver.take("undo")
        assert f"the signature of Brand by {ME} holds again" in driver.said
        assert [*driver.workspace.session.signatures] == ["brand", "growth"]


async def test_approving_asks_once_more_and_locks_the_plan(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        driver.workspace.session.do([SetTarget("teams", at_most=1)])
        driver.session.evaluate_pending()
        await driver.take("decisions, s, 'approve, enter")
        assert "2 divisions are not signed, 1 target is missed. Approve the plan all the same?" in driver.text
        await driver.take("enter")
        assert status(driver) == "draft"
        await driver.take("s, 'approve, enter, down, enter")
        assert status(driver) == "approved"
        assert page(driver)[0].startswith(f"Status  approved · {ME}, ")
        await driver.take("escape")
        assert "approved" in driver.lines[0]
        await driver.take("1 team:brand, rename")
        assert driver.said.startswith(f"{ME} approved this plan at ")
        assert driver.said.endswith("a draft or proposed again (D shows and sets its status)")
        await driver.take("1 person:li, verdict_keep")
        assert driver.said.startswith(f"{ME} approved this plan at ")
        await driver.take("decisions, > Growth, s")
        assert prompt_foot(driver).startswith(f"{ME} approved this plan at ")
        await driver.take("g, s, enter")
        assert status(driver) == "proposed"
        await driver.take("escape")
        assert "proposed" in driver.lines[0]
        await driver.take("1 team:brand, rename")
        assert "Another name for Brand" in driver.text


async def test_what_was_approved_by_mistake_is_undone(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        driver.workspace.session.do([MovePerson("zhang", "growth")])
        driver.workspace.session.set_status("approved")
        await driver.take("undo")
        assert status(driver) == "draft"
        driver.workspace.session.set_status("approved")
        driver.workspace.session.undo()
        await driver.take("undo")
        assert not driver.workspace.session.has_steps


async def test_a_plan_that_somebody_else_approved_is_not_undone_beneath(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        driver.workspace.session.do([MovePerson("zhang", "growth")])
        driver.workspace.session.describe_wave(1, "One voice", date(2027, 1, 4))
        driver.workspace.session.set_status("approved")
        await driver.take("s")
        assert "D shows and sets its status" in driver.said


async def test_signing_needs_a_division(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("1 team:brand, inspect, s")
        assert prompt_foot(driver) == "Put the cursor on a division or the status first: D"

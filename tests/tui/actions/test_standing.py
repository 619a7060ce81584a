"""Acting leads and assistants: how they look, and how they are set and confirmed by keys."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgtui.changes.operations.teams import SetLead
from tests.tui.small import Driver, opened


def row(driver: Driver, words: str) -> str:
    """The row of the teams pane with some words, without what stands before its name."""
    (found,) = (each for each in driver.team_rows() if words in each)
    return " ".join(found.split()).lstrip("›+~→ ")


@pytest.mark.parametrize("where", ["team:brand", "person:li"])
async def test_a_lead_leads_for_a_time_and_is_confirmed(tmp_path: Path, where: str) -> None:
    async with opened(tmp_path, (80, 24)) as driver:
        await driver.take(f"1 {where}, acting, '2027-03-31, enter")
        assert "Li Na, acting until 2027-03-31" in row(driver, "Brand")
        await driver.take("acting")
        assert "until 2027-03-31" in driver.text
        await driver.take("enter")
        assert "confirmed" in driver.said.lower()
        assert "acting" not in row(driver, "Brand")


async def test_where_the_day_does_not_fit_the_lead_is_called_acting(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("1 team:brand, acting, '2027-03-31, enter")
        assert "acting: Li Na" in row(driver, "Brand")
        assert "Li Na, acting until 2027-03-31" in driver.text, "the row under the cursor is said in full"


async def test_a_team_without_a_lead_has_nobody_who_acts(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        driver.workspace.session.do([SetLead("brand", None)])
        await driver.take("1 team:brand, acting")
        assert driver.said == "Brand has no lead yet: L chooses one"
        await driver.take("1 person:zhang, acting")
        assert driver.said == "Zhang Wei leads no team"


async def test_an_assistant_is_marked_and_counts_in_no_span(tmp_path: Path) -> None:
    async with opened(tmp_path, (80, 24)) as driver:

        async def facts() -> dict[str, str]:
            """The facts on the page of the lead, by label."""
            await driver.take("1 person:li, enter, G")
            pairs = (line.strip(" │").split("  ", 1) for line in driver.lines if "│" in line)
            await driver.take("escape")
            return {pair[0]: pair[1].strip().split("  ")[0] for pair in pairs if len(pair) == 2}

        assert (await facts())["Span of control"] == "2 seats"
        await driver.take("1 person:zhang, assistant, enter")
        assert "Zhang Wei (assistant)" in row(driver, "Zhang Wei")
        now = await facts()
        assert now["Span of control"] == "1 seat without assistants"
        assert now["Assistants"] == "Zhang Wei"
        await driver.take("1 person:zhang, assistant, enter")
        assert "(assistant)" not in row(driver, "Zhang Wei")
        assert (await facts())["Span of control"] == "2 seats"


async def test_the_menus_of_a_team_and_of_a_person_offer_both(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("1 team:brand, add, 'for a time")
        assert "Li Na leads Brand for a time only" in driver.text
        await driver.take("escape, 1 person:zhang, add, 'assistant, enter")
        assert "(assistant)" in row(driver, "Zhang Wei")


async def test_a_seat_that_is_closed_can_be_neither(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("1 function:content, acting")
        assert driver.said == "Put the cursor on a team or its lead first"
        await driver.take("assistant")
        assert driver.said == "Put the cursor on an open seat first"

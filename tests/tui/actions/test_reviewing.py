"""Seats are reviewed by one key each, and the screen says what is left."""

from __future__ import annotations

from pathlib import Path

from orgtui.changes.operations.seats import MovePerson
from tests.tui.actions.test_flows import prompt_foot
from tests.tui.small import Driver, opened

SEATS = ["chen", "li", "zhang", "xu", "wang"]


def verdicts(driver: Driver) -> dict[str, str]:
    reviews = driver.workspace.session.reviews
    return {person: said.verdict for person in SEATS if (said := reviews.verdict(person))}


def cursor(driver: Driver) -> str | None:
    return driver.session.pane.ref


async def test_a_verdict_goes_on_to_the_next_seat_and_is_counted_in_the_header(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        assert "reviewed" not in driver.lines[0]
        await driver.take("1 person:li, verdict_keep")
        assert verdicts(driver) == {"li": "keep"}
        assert cursor(driver) == "person:zhang"
        assert driver.said == ("Reviewed the seat of Li Na: keep as it is · 4 left, next: Zhang Wei in Brand")
        assert "1 of 5 reviewed" in driver.lines[0]
        await driver.take("f6, f7")
        assert verdicts(driver) == {"li": "keep", "zhang": "change", "xu": "close"}
        assert cursor(driver) == "person:wang"
        await driver.take("f5")
        assert cursor(driver) == "person:chen", "round at the end"
        await driver.take("f5")
        assert driver.said.endswith("All 5 seats are reviewed")
        assert "5 of 5 reviewed" in driver.lines[0]
        await driver.take("undo")
        assert "4 of 5 reviewed" in driver.lines[0]


async def test_the_next_seat_is_gone_to_from_any_pane(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        driver.workspace.session.review("chen", "keep")
        await driver.take("2 function:seo, next_left")
        assert cursor(driver) == "person:li"
        assert driver.said == "4 left, next: Li Na in Brand"
        await driver.take("next_left")
        assert driver.said == "4 left, next: Zhang Wei in Brand"


async def test_what_is_left_shows_in_the_rows_once_a_review_has_begun(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        assert not any("◦" in row for row in driver.team_rows())
        await driver.take("1 person:li, verdict_keep")
        marked = [row for row in driver.team_rows() if "◦" in row]
        assert ["Chen" in marked[0], "Zhang" in marked[1], "Xu" in marked[2], "王磊" in marked[3]] == [
            True
        ] * 4
        await driver.take("help, 'still to be")
        assert "a seat that is still to be reviewed" in driver.text


async def test_a_seat_that_a_change_touches_has_its_verdict_by_itself(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        driver.workspace.session.do([MovePerson("zhang", "growth")])
        await driver.take("1 person:zhang, verdict_keep")
        assert "take that back first" in driver.said
        assert cursor(driver) == "person:zhang"
        await driver.take("inspect")
        assert any("to be changed, as the plan does · " in line for line in driver.lines)


async def test_the_page_of_what_is_left_takes_the_same_keys(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        driver.workspace.session.review("wang", "keep")
        await driver.take("unreviewed")
        assert any("Left to review: 4 of 5 seats" in line for line in driver.lines)
        shown = ["".join(span.text for span in line.left) for line in driver.reader.page.lines]
        assert shown == [
            "Marketing  1 seat left",
            "  Chen Jing",
            "",
            "Brand  3 seats left",
            "  Li Na",
            "  Zhang Wei  Content editor",
            "  Xu Lei",
        ]
        assert driver.reader.line.target == "person:chen"
        assert prompt_foot(driver).startswith("f5 keeps the seat, ")
        await driver.take("> Li Na, verdict_keep")
        assert driver.reader.line.target == "person:zhang"
        assert prompt_foot(driver).endswith("3 left, next: Zhang Wei in Brand")
        await driver.take("f5, f5")
        assert driver.reader.line.target == "person:chen"
        await driver.take("f5")
        assert "All 5 seats are reviewed" in driver.text


async def test_the_page_of_a_seat_turns_into_that_of_the_next(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("1 person:zhang, inspect, verdict_close")
        assert driver.reader.page.about == "person:xu"
        assert any("still to be reviewed" in line for line in driver.lines)
        await driver.take("escape, 1 person:zhang, inspect")
        assert any("to be closed · " in line for line in driver.lines)


async def test_only_seats_are_reviewed(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("1 team:brand, verdict_keep")
        assert driver.said == "Put the cursor on a person or a seat first; f4 goes to one"

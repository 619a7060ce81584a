"""Fixes are seen in all panes before one of them is taken."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgtui.changes.parse import parse_change
from orgtui.model import records as r
from orgtui.model.sentence import Ref
from tests.organizations import write_small
from tests.tui.small import Driver, opened

BREAK = Ref("finding:P102 stage:awareness stage:inquiry")
THIN = Ref("finding:P203 team:growth")


@pytest.fixture(autouse=True)
def _three_divisions(tmp_path: Path) -> None:
    """With a third division, so that no rule falls asleep when growth goes into brand."""
    seats = [r.Person(each, "field", each.title()) for each in ("zhou", "he", "lu")]
    link = r.Share("team:field", "team:brand", "customers", every="weekly")
    write_small(tmp_path, r.Team("field", "Field", "marketing", "zhou", review="weekly"), *seats, link)


async def choose_for(driver: Driver, finding: Ref) -> None:
    await driver.press("4")
    driver.session.pane.go_to(finding)
    await driver.press("x")


def box(driver: Driver) -> str:
    """The text of the prompt."""
    return "\n".join(line.strip("│ ") for line in driver.lines if line.startswith("│"))


def lit(driver: Driver) -> dict[str, set[Ref]]:
    return {name: set(pane.related) for name, pane in driver.session.panes.items() if pane.related}


async def test_each_fix_tells_what_it_resolves_and_introduces(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await choose_for(driver, THIN)
        assert "Merge Growth into Brand" in box(driver)
        assert "−1 +0" in box(driver)
        assert "What it would do" in box(driver)
        told = [line.split() for line in box(driver).splitlines()]
        assert ["−", "▲", "P203", "Growth"] in [words[:4] for words in told]
        assert any(words[:4] == ["~", "▲", "P402", "Growth"] and "over)" in words for words in told), (
            "its goal alone goes to Brand, which has the same trouble"
        )


async def test_walking_previews_in_header_and_panes_and_closing_leaves_no_trace(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("person:chen")
        await driver.press("4")
        driver.session.pane.go_to(BREAK)
        driver.session.cursor_moved()
        await driver.pilot.pause()
        seen, before = driver.text, driver.workspace.session.organization.copy()
        await driver.press("x")
        headers = [driver.lines[0]]
        assert "✖ 1→0" in headers[0]
        assert lit(driver)["funnel"] >= {Ref("function:content"), Ref("function:seo")}
        fixes = box(driver)
        assert fixes.count("hand over to") >= 2
        for _ in range(3):
            await driver.press("down")
            headers.append(driver.lines[0])
        assert all("→" in header for header in headers)
        await driver.press("escape")
        assert driver.text == seen
        assert driver.workspace.session.organization == before
        assert driver.workspace.session.steps == []


async def test_the_views_follow_to_what_a_fix_touches(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await choose_for(driver, THIN)
        assert lit(driver)["teams"] >= {Ref("team:growth"), Ref("team:brand"), Ref("person:wang")}
        assert driver.session.panes["teams"].ref in lit(driver)["teams"]


async def test_enter_takes_a_fix_as_one_step_with_its_rule_as_the_reason(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        before = driver.workspace.session.organization.copy()
        await choose_for(driver, THIN)
        await driver.press("down", "enter")
        [step] = driver.workspace.session.steps
        assert step.why is not None
        assert step.why.startswith("P203 team-too-thin: Growth has 1 seat; a team needs 3")
        assert driver.said == "Merged Growth into Field: 1 finding mended · u takes it back"
        await driver.press("u")
        assert driver.workspace.session.organization == before
        assert driver.workspace.session.steps == []


async def test_typing_narrows_and_what_is_left_is_previewed(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await choose_for(driver, THIN)
        await driver.type("nothing like it")
        assert "→" not in driver.lines[0], "there is nothing to preview"
        await driver.press("enter")
        assert "Nothing fits “nothing like it”" in driver.text


async def test_what_others_change_tries_the_fixes_again(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await choose_for(driver, THIN)
        header = driver.lines[0]
        driver.workspace.session.do([parse_change({"op": "move_person", "person": "xu", "to": "growth"})])
        await driver.pilot.pause()
        assert driver.lines[0] != header
        assert "Growth has 2 seats" in box(driver), "with the numbers of now"
        driver.workspace.session.do([parse_change({"op": "move_person", "person": "zhang", "to": "growth"})])
        await driver.pilot.pause()
        assert "What it would do" not in driver.text
        assert driver.said.startswith("Mended meanwhile: Growth has 1 seat")
        assert "→" not in driver.lines[0].partition("was")[0]


async def test_a_fix_that_moves_people_says_how_many_and_any_other_that_nobody_moves(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await choose_for(driver, THIN)
        assert "→ moves 1 person" in box(driver)
        await driver.press("escape")
        await choose_for(driver, BREAK)
        assert "an agreement, nobody moves" in box(driver)


async def test_where_no_fix_is_known_it_says_where_to_go(tmp_path: Path) -> None:
    with (tmp_path / "small.toml").open("a", encoding="utf-8") as file:
        file.write('[[target]]\nmetric = "headcount"\nat_most = 2\n')
    async with opened(tmp_path) as driver:
        await choose_for(driver, Ref("finding:A203 metric:headcount"))
        assert driver.said == (
            "No fix is known: change the organisation until it is reached, or edit the targets: O, Targets"
        )

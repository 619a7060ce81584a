"""The web of teams on screen: walked, linked with the other panes, changed, and carried over."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgtui.model import records as r
from orgtui.model.sentence import Ref
from orgtui.views.base.names import share_key
from tests.organizations import write_small
from tests.tui.small import Driver, opened

TO_WEB = "knowledge, view, view"

FIELD = (
    r.Team("field", "Field", "marketing"),
    r.Person("zhou", "field", "Zhou"),
    r.Team("events", "Events", "marketing"),
    r.Person("qian", "events", "Qian"),
    r.Share("team:growth", "team:field", "seo"),
)


def picture(driver: Driver) -> str:
    """What the knowledge pane shows, without the spaces at the right."""
    pane = driver.session.panes["knowledge"]
    shown = [strip.text.rstrip() for strip in pane.render_lines(pane.size.region)[1:]]
    return "\n" + "\n".join(shown).rstrip() + "\n"


def cursor(driver: Driver) -> str:
    return str(driver.session.panes["knowledge"].ref)


async def test_the_third_view_is_the_web_and_the_fourth_the_list_again(tmp_path: Path) -> None:
    write_small(tmp_path, *FIELD)
    async with opened(tmp_path) as driver:
        await driver.take(TO_WEB)
        assert driver.said == "The web of teams: it is walked from box to box"
        assert picture(driver) == WEB
        await driver.take("view")
        assert "Growth → Field" in picture(driver)


WEB = """
 ╔═════════╗
 ║ Growth ▲║
 ╚════↑═══╤╝
      │   └─────────────┐
 ┌────┴────┐        ┌───↓─────┐
 │ Brand  ▲│        │ Field  ▲│
 └─────────┘        └─────────┘

 these share nothing yet
 ┌────────────┐       ┌────────────┐
 │ Marketing  │       │ Events    ▲│
 └────────────┘       └────────────┘
"""


async def test_arrows_walk_it_and_enter_inspects(tmp_path: Path) -> None:
    write_small(tmp_path, *FIELD)
    async with opened(tmp_path) as driver:
        await driver.take(TO_WEB, "3 team:growth")
        walked = []
        for key in ("down", "right", "right", "left", "up"):
            await driver.press(key)
            walked.append(cursor(driver))
        assert walked == ["team:brand", "team:field", "team:field", "team:brand", "team:growth"]
        await driver.press("G")
        assert cursor(driver) == "team:events", "the last are those that share nothing"
        await driver.press("g", "enter")
        assert driver.session.mode.name == "read"
        assert "In the web" in driver.text


async def test_left_and_right_say_where_they_work(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("knowledge", "left")
        assert driver.said == "Left and right walk the web of teams: v shows it"


async def test_what_it_is_on_is_linked_with_the_other_panes_both_ways(tmp_path: Path) -> None:
    write_small(tmp_path, *FIELD)
    async with opened(tmp_path, (160, 40)) as driver:
        await driver.take(TO_WEB, "3 team:field")
        assert Ref("person:zhou") in driver.session.panes["teams"].related
        assert "Field   ← Growth seo" in driver.text
        await driver.go("person:zhou")
        assert "│›Field" in picture(driver)
        await driver.take("1 team:brand", "space")
        assert "│■Brand" in picture(driver)


async def test_a_link_is_added_from_the_box_and_marked_as_new(tmp_path: Path) -> None:
    write_small(tmp_path, *FIELD)
    async with opened(tmp_path) as driver:
        await driver.take(TO_WEB, "3 team:events", "add, enter, tab, 'Field, tab, 'events, down, tab")
        await driver.take("tab, tab, tab, enter")
        assert ("team:events", "team:field", "events") in driver.workspace.session.organization.shares
        assert cursor(driver) == "team:events"
        assert "+" in picture(driver)
        await driver.take("undo")
        assert "+" not in picture(driver)


async def test_a_link_is_removed_and_stays_as_what_was(tmp_path: Path) -> None:
    write_small(tmp_path, *FIELD)
    async with opened(tmp_path) as driver:
        await driver.take(TO_WEB, "3 team:field")
        before = picture(driver).count("\n")
        await driver.take("remove, 'Growth, enter")
        shares = driver.workspace.session.organization.shares
        assert "team:field" not in {end for key in shares for end in key[:2]}, driver.text
        assert "−" in picture(driver)
        assert picture(driver).count("\n") == before, "everybody stands where they stood"


async def test_a_place_can_be_chosen_on_it_while_something_is_carried(tmp_path: Path) -> None:
    write_small(tmp_path, *FIELD)
    async with opened(tmp_path) as driver:
        await driver.take("1 person:zhang", "carry", TO_WEB, "3 team:field")
        assert driver.lines[0].startswith(" ▣ Zhang Wei › Field")
        await driver.press("up")
        assert driver.lines[0].startswith(" ▣ Zhang Wei › Growth"), "the preview follows the arrows"
        await driver.take("drop")
        assert driver.workspace.session.organization.people["zhang"].team == "growth"


async def test_a_click_on_a_box_puts_the_cursor_there(tmp_path: Path) -> None:
    write_small(tmp_path, *FIELD)
    async with opened(tmp_path) as driver:
        await driver.take(TO_WEB, "3 team:growth")
        pane = driver.session.panes["knowledge"]
        lines = picture(driver).split("\n")[1:]
        y = next(number for number, line in enumerate(lines) if "Field" in line)
        x = lines[y].index("Field")
        await driver.pilot.click(pane, offset=(x, y + 1))
        await driver.pilot.pause()
        assert cursor(driver) == "team:field"


@pytest.mark.parametrize("size", [(80, 24), (120, 40), (200, 60)])
async def test_the_cursor_is_always_on_screen(tmp_path: Path, size: tuple[int, int]) -> None:
    teams = [
        each
        for number in range(30)
        for each in (
            r.Team(f"t{number}", f"Team {number}", "marketing"),
            r.Share(f"team:t{number}", f"team:{f't{number // 2}' if number else 'brand'}", "seo"),
        )
        if number or isinstance(each, r.Team)
    ]
    write_small(tmp_path, *teams)
    async with opened(tmp_path, size) as driver:
        await driver.take(TO_WEB, "g")
        pane = driver.session.panes["knowledge"]
        for key in ("down",) * 6 + ("right", "ctrl+d", "ctrl+d", "up", "left", "G", "ctrl+u"):
            await driver.press(key)
            assert pane.ref in pane.visible_refs(), key


async def test_a_link_in_the_findings_leads_to_the_team_it_goes_from(tmp_path: Path) -> None:
    write_small(tmp_path, *FIELD)
    async with opened(tmp_path) as driver:
        link = next(iter(driver.workspace.session.organization.shares))
        await driver.take(TO_WEB)
        assert driver.session.pane.go_to(Ref.to("share", ">".join(link)))
        assert share_key(Ref.to("share", ">".join(link)))[0].endswith(cursor(driver).split(":")[1])


async def test_another_view_says_at_once_what_its_row_has_no_room_for(tmp_path: Path) -> None:
    write_small(tmp_path, *FIELD)
    async with opened(tmp_path) as driver:
        await driver.take(TO_WEB)
        findings = driver.session.panes["findings"]
        at_once = [strip.text for strip in findings.cover(findings.size.width)]
        assert [strip.text for strip in findings._covering] == at_once
        assert at_once

"""Everything that changes an organisation by keys: asked for, refused in words, done, taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import tomli

from orgtui.model.sentence import Ref
from orgtui.tui.prompts.prompt import Prompt
from tests.tui.small import Driver, opened


def operations(driver: Driver) -> list[str]:
    return [change.op for step in driver.desk.session.steps for change in step.changes]


def prompt_foot(driver: Driver) -> str:
    """What the prompt on top says at its foot."""
    prompt = driver.app.screen
    assert isinstance(prompt, Prompt)
    return "".join(span.text for span in prompt.foot.words(200).left)


async def test_rename_prefills_the_name_and_refuses_in_words(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("team:brand")
        await driver.press("r", "enter")
        assert prompt_foot(driver) == "Brand already has this name"
        await driver.type(" and content")
        await driver.press("enter")
        assert driver.desk.session.organization.teams["brand"].name == "Brand and content"
        assert any("Brand and content" in row for row in driver.team_rows())
        assert driver.said == "Done; the findings stay as they are"


async def test_names_in_chinese_and_hostile_names(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("team:brand")
        await driver.press("r", "ctrl+u")
        await driver.type("品牌[red]a[/]")
        await driver.press("enter")
        assert any("▾ 品牌[red]a[/]" in row for row in driver.team_rows())


async def test_a_new_team_gets_an_id_of_its_own(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("team:marketing")
        for name in ("Growth", "增长"):
            await driver.press("a", "enter")
            await driver.type(name)
            await driver.press("enter")
        teams = driver.desk.session.organization.teams
        assert (teams["growth-2"].name, teams["team"].name) == ("Growth", "增长")
        assert any(row.startswith(" +") and "增长" in row for row in driver.team_rows())


async def test_a_text_is_needed(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("team:marketing")
        await driver.press("a", "enter", "enter")
        assert prompt_foot(driver) == "A text is needed here"
        await driver.press("escape")
        assert operations(driver) == []


async def test_a_seat_a_function_and_a_goal_are_added(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        organization = driver.desk.session.organization
        await driver.go("team:growth")
        await driver.press("a")
        await driver.type("seat")
        await driver.press("enter", "enter")
        await driver.type("SEM manager")
        await driver.press(
            "enter", "down", "enter", *"vac", "enter", "enter", "ctrl+u", *"0.5", "enter", "enter"
        )
        seat = organization.people["sem-manager"]
        assert (seat.name, seat.state, seat.fte) == (None, "vacant", 50)
        await driver.press("a")
        await driver.type("function")
        await driver.press("enter", "enter")
        await driver.type("SEM")
        await driver.press("enter", "down", "enter", "tab", "tab", "enter")
        assert prompt_foot(driver).startswith("Would do: 1 finding mended")
        await driver.press("enter")
        assert organization.functions["sem"].stages == ("awareness", "inquiry")
        await driver.press("a")
        await driver.type("goals: take")
        await driver.press("enter")
        await driver.type("pipe")
        await driver.press("enter")
        assert organization.teams["growth"].goals == ("pipeline",)
        assert operations(driver) == ["add_seat", "add_function", "take_goal"]


async def test_a_form_says_what_is_still_needed(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.press("2")
        driver.session.pane.go_to(Ref("funnel:"))
        await driver.press("a")
        assert prompt_foot(driver) == "Still needed: From"
        await driver.press("up", "down", "down", "down", "down", "enter")
        assert prompt_foot(driver) == "Still needed: From"
        await driver.press("up", "up", "up", "up", "enter")
        await driver.type("content")
        await driver.press("enter", "enter")
        await driver.type("seo")
        await driver.press("enter")
        assert prompt_foot(driver).startswith("Would do: 1 finding mended")
        await driver.press("down", "down", "enter")
        assert list(driver.desk.session.organization.handoffs) == [("content", "seo")]


async def test_shares_of_work(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("person:li")
        await driver.press("a")
        await driver.type("function")
        await driver.press("enter")
        await driver.type("PR")
        assert prompt_foot(driver) == "The findings would stay as they are", "half of a week is offered"
        await driver.press("enter", "ctrl+u")
        await driver.type("lots")
        await driver.press("enter")
        assert "no share of a week" in prompt_foot(driver)
        await driver.press("ctrl+u")
        await driver.type("0.25")
        await driver.press("enter")
        assert driver.desk.session.organization.people["li"].functions == {"content": 50, "pr": 25}


async def test_links_are_added_and_removed(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        shares = driver.desk.session.organization.shares
        await driver.go("team:growth")
        await driver.press("a")
        await driver.type("add a link")
        await driver.press("enter")
        await driver.type("brand")
        assert prompt_foot(driver).startswith("Still needed: Topic")
        await driver.press("enter")
        await driver.type("seo")
        await driver.press("enter")
        assert ("team:growth", "team:brand", "seo") in shares
        await driver.press("3")
        driver.session.pane.go_to(Ref("share:team:brand>team:growth>messaging"))
        await driver.press("d")
        assert prompt_foot(driver) == "The findings would stay as they are"
        await driver.press("enter")
        assert list(shares) == [("team:growth", "team:brand", "seo")]


async def test_a_link_goes_back_too(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        shares = driver.desk.session.organization.shares
        await driver.press("3")
        driver.session.pane.go_to(Ref("share:team:brand>team:growth>messaging"))
        await driver.press("a", "enter")
        assert shares["team:growth", "team:brand", "messaging"].every == "weekly"
        await driver.press("a")
        assert driver.said == "Nothing can be added here"
        await driver.press("d", "down", "enter")
        assert list(shares) == [("team:brand", "team:growth", "messaging")]


async def test_dissolving_asks_where_everything_goes(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        organization = driver.desk.session.organization
        await driver.go("team:growth")
        await driver.press("d", "enter")
        assert any("1 person goes to" in line and "Marketing" in line for line in driver.lines)
        await driver.press("enter")
        await driver.type("brand")
        await driver.press("enter", "down", "enter")
        assert "growth" not in organization.teams
        assert organization.people["wang"].team == "brand"
        assert organization.functions["seo"].team == "marketing"
        assert any(row.startswith(" −") and "Growth" in row for row in driver.team_rows())


async def test_the_top_cannot_be_dissolved_split_or_merged(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("team:marketing")
        for key in ("s", "M"):
            await driver.press(key)
            assert driver.said == "The team at the top stays where it is"


async def test_closing_a_lead_asks_for_the_next(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        organization = driver.desk.session.organization
        await driver.go("person:li")
        await driver.press("d", "enter")
        await driver.type("zhang")
        await driver.press("enter")
        assert organization.people["li"].state == "closed"
        assert organization.teams["brand"].lead == "zhang"


async def test_lead_merge_and_split(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        organization = driver.desk.session.organization
        await driver.go("team:brand")
        await driver.press("L", "down", "enter")
        assert organization.teams["brand"].lead == "zhang", "its own people come first"
        await driver.go("function:pr")
        await driver.press("space")
        await driver.go("person:xu")
        await driver.press("space")
        await driver.go("team:brand")
        await driver.press("s", "enter")
        await driver.type("Press")
        await driver.press("enter", "down", "down", "down", "enter")
        assert organization.functions["pr"].team == organization.people["xu"].team == "press"
        await driver.go("team:press")
        await driver.press("M")
        await driver.type("growth")
        await driver.press("enter")
        assert "press" not in organization.teams
        assert organization.functions["pr"].team == "growth"
        assert operations(driver) == ["set_lead", "split_team", "merge_teams"]


async def test_pull_out_and_fold_back(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        organization = driver.desk.session.organization
        await driver.go("function:content")
        await driver.press("f")
        assert prompt_foot(driver) == "Still needed: Folded back when"
        await driver.press("up", "down", "down", "down", "down", "enter")
        await driver.type("half of the articles bring an inquiry")
        await driver.press("enter", "enter")
        team = organization.teams["content"]
        assert team.focus is not None
        assert team.focus.function == "content"
        assert team.lead == "chen"
        assert organization.people["zhang"].team == "content"
        await driver.go("team:content")
        await driver.press("f")
        await driver.type("brand")
        await driver.press("enter")
        assert organization.functions["content"].team == "brand"
        await driver.go("team:brand")
        await driver.press("f")
        assert driver.said == "Put the cursor on a function or a focus team first"


async def test_why_and_plan(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.press("y")
        assert driver.said == "Nothing has been changed yet"
        await driver.press("p")
        assert driver.said == "Nothing has been changed yet"
        await driver.go("team:brand")
        await driver.press("r", "ctrl+u", *"Voice", "enter")
        await driver.go("team:growth")
        await driver.press("r", "ctrl+u", *"Leads", "enter")
        await driver.press("y")
        await driver.type("One word for it")
        await driver.press("enter", "p")
        assert any("renamed" in line and "Leads  — One word for it" in line for line in driver.lines)
        await driver.press("enter")
        teams = driver.desk.session.organization.teams
        assert (teams["brand"].name, teams["growth"].name) == ("Brand", "Leads")
        assert driver.said == "Taken out; the findings stay as they are"


async def test_fixes_are_seen_before_they_are_taken(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.press("4")
        driver.session.pane.go_to(Ref("finding:P102 stage:awareness stage:inquiry"))
        await driver.press("x")
        assert any("hand over to" in line and "−1" in line for line in driver.lines)
        await driver.press("enter")
        assert driver.said == "Done: 1 finding mended, 1 new"
        assert operations(driver) == ["add_handoff"]


async def test_accepting_needs_a_reason_and_dims_the_finding(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.press("4")
        driver.session.pane.go_to(Ref("finding:P203 team:growth"))
        await driver.press("A", "enter")
        assert prompt_foot(driver) == "A text is needed here"
        await driver.type("Two are hired in spring")
        await driver.press("enter")
        assert any("P203" in line and "(accepted)" in line for line in driver.lines)
        assert "▲ 4" in driver.lines[0]
        assert driver.said == "Done: 1 finding accepted"
        await driver.press("u")
        assert driver.said == "Undone: 1 finding counts again"
        await driver.press("ctrl+r")
        assert driver.said == "Done again: 1 finding accepted"
        driver.session.pane.go_to(Ref("finding:P203 team:growth"))
        await driver.press("A")
        assert prompt_foot(driver).startswith("Would do: 1 finding counts again: P203 Growth has 1 seat")


async def test_a_finding_is_lived_with_until_a_day(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.press("4")
        driver.session.pane.go_to(Ref("finding:P203 team:growth"))
        await driver.press("A")
        await driver.type("Two are hired in spring")
        await driver.press("enter")
        driver.session.pane.go_to(Ref("finding:P203 team:growth"))
        await driver.press("A", "down", "enter")
        await driver.type("soon")
        await driver.press("enter")
        assert "is no date" in prompt_foot(driver)
        await driver.press(*["backspace"] * 4)
        await driver.type("2027-03-31")
        await driver.press("enter")
        (acceptance,) = driver.desk.session.organization.acceptances.values()
        assert (acceptance.why, acceptance.until) == ("Two are hired in spring", date(2027, 3, 31))


async def test_enter_goes_from_a_finding_to_what_it_is_about(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.press("4")
        driver.session.pane.go_to(Ref("finding:P203 team:growth"))
        await driver.press("enter")
        assert (driver.session.pane.id, driver.session.pane.ref) == ("teams", "team:growth")


async def test_find_and_go_on(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.press("n")
        assert driver.said == "Find something with / first"
        await driver.go("team:growth")
        await driver.press("left", "/")
        await driver.type("王")
        await driver.press("enter")
        assert driver.session.pane.ref == "person:wang", "what is folded away is unfolded"
        await driver.press("/", *"an", "enter")
        visited = [driver.session.pane.ref]
        for _ in range(2):
            await driver.press("n")
            visited.append(driver.session.pane.ref)
        await driver.press("N", "N")
        assert driver.session.pane.ref == visited[0]
        assert set(visited) == {"team:brand", "person:zhang", "person:wang"}


async def test_fold_and_unfold(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("function:content")
        whole = driver.team_rows()
        await driver.press("left")
        assert driver.session.pane.ref == "team:brand"
        await driver.press("left")
        assert next(row for row in driver.team_rows() if "Brand" in row).lstrip().startswith("▸")
        assert len(driver.team_rows()) == len(whole) - 5
        await driver.press("right", "right")
        assert driver.session.pane.ref == "function:content"
        assert driver.team_rows() == whole


async def test_other_views_of_each_pane(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        for pane, said in (
            ("1", "The tree as it is now"),
            ("2", "Functions by area"),
            ("3", "Who shares with whom"),
        ):
            await driver.press(pane, "v")
            assert driver.said.startswith(said)


async def test_leaving_writes_the_plan_and_reopening_goes_on(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("team:brand")
        await driver.press("r", "ctrl+u", *"Voice", "enter", "q")
    plan = tomli.loads((tmp_path / "small.plan.toml").read_text("utf-8"))
    assert [change["name"] for change in plan["change"]] == ["Voice"]
    async with opened(tmp_path) as driver:
        assert driver.desk.session.organization.teams["brand"].name == "Voice"
        assert any(row.startswith(" ~") and "Voice" in row for row in driver.team_rows())
        await driver.press("u", "q")
    assert "change" not in tomli.loads((tmp_path / "small.plan.toml").read_text("utf-8"))


async def test_the_team_at_the_top_is_not_dissolved(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("team:marketing")
        await driver.press("d")
        assert "2 teams go below  not chosen yet" in driver.text
        assert "Marketing is the top of the organisation" in driver.text

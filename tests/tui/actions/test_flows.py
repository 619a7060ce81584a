"""Everything that changes an organisation by keys: asked for, refused in words, done, taken back."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import tomli

from orgtui.changes.parse import parse_change
from orgtui.model import records as r
from orgtui.tui.prompts.choosing import ChoicePrompt
from orgtui.tui.prompts.prompt import Prompt
from tests.organizations import write_small
from tests.tui.small import Driver, opened


def operations(driver: Driver) -> list[str]:
    return [change.op for step in driver.workspace.session.steps for change in step.changes]


def prompt_foot(driver: Driver) -> str:
    """What the prompt on top says at its foot."""
    prompt = driver.app.screen
    assert isinstance(prompt, Prompt)
    return "".join(span.text for span in prompt.foot.words(200).left)


SAID: tuple[tuple[str, str], ...] = (
    ("why", "Nothing has been changed yet"),
    ("redo", "There is nothing to redo"),
    ("plan", "Nothing has been changed yet"),
    ("find_next", "Find something with / first"),
    ("1 team:marketing, split", "The team at the top stays where it is"),
    ("unmark", "Nothing is marked"),
    ("1 team:marketing, merge", "The team at the top stays where it is"),
    ("1 team:brand, focus", "Put the cursor on a function or a focus team first"),
    ("findings, carry", "Teams, functions and people can be carried"),
    ("1 person:zhang, turn_people", "“with or without people” works while something is carried"),
    ("1 person:zhang, carry, remove", "Put down what you carry first: enter drops it, esc puts it back"),
    ("1 person:zhang, carry, knowledge, drop", "This row is no place to drop something; go to a team"),
    ("1 person:zhang, carry, turn_people", "Only functions are carried with or without people"),
    ("teams, view", "The tree as it is now"),
    ("funnel, view", "Functions by area"),
    ("knowledge, view", "Who shares with whom, team by team"),
)
"""Steps where nothing has been changed yet, and what is said then; no two in a row say the same."""


async def test_what_is_said_where_nothing_has_been_changed(tmp_path: Path) -> None:
    said = []
    async with opened(tmp_path) as driver:
        for steps, _ in SAID:
            await driver.take(steps)
            said.append((steps, driver.said))
            if driver.session.mode.name == "carry":
                await driver.take("put_back")
        assert driver.workspace.session.steps == []
    assert tuple(said) == SAID


async def test_rename_prefills_the_name_and_refuses_in_words(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("1 team:brand, rename, enter")
        assert prompt_foot(driver) == "Brand already has this name"
        await driver.take("right, ' and content, enter")
        assert driver.workspace.session.organization.teams["brand"].name == "Brand and content"
        assert any("Brand and content" in row for row in driver.team_rows())
        assert (
            driver.said
            == "Renamed Brand to Brand and content: the findings stay as they are · u takes it back"
        )


async def test_names_in_chinese_and_hostile_names(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("1 team:brand, rename, ctrl+u, '品牌[red]a[/], enter")
        assert any("▾ 品牌[red]a[/]" in row for row in driver.team_rows())


async def test_a_new_team_gets_an_id_of_its_own(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("team:marketing")
        for name in ("Growth", "增长"):
            await driver.take("add, 'below, enter")
            await driver.type(name)
            await driver.press("enter")
        teams = driver.workspace.session.organization.teams
        assert (teams["growth-2"].name, teams["zeng-zhang"].name) == ("Growth", "增长")
        assert any(row.startswith(" +") and "增长" in row for row in driver.team_rows())


async def test_a_text_is_needed(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("1 team:marketing, add, 'below, enter, enter")
        assert prompt_foot(driver) == "A text is needed here"
        await driver.press("escape")
        assert operations(driver) == []


async def test_a_seat_a_function_and_a_goal_are_added(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        organization = driver.workspace.session.organization
        await driver.take(
            "1 team:growth, add, 'seat, enter, tab, 'SEM manager, shift+tab, shift+tab, shift+tab, 'vac",
            "shift+tab, '0.5, tab, tab, enter",
        )
        seat = organization.people["sem-manager"]
        assert (seat.name, seat.state, seat.fte) == (None, "vacant", 50)
        await driver.take("1 team:growth, add, 'function, enter, 'SEM, tab, shift+tab, tab")
        await driver.press("tab", "down", "enter", "down", "enter", "enter")
        assert prompt_foot(driver).startswith("Would do: 1 finding mended")
        await driver.press("enter")
        assert organization.functions["sem"].stages == ("awareness", "inquiry")
        await driver.take("1 team:growth, add, 'goals: take, enter, 'pipe, enter")
        assert organization.teams["growth"].goals == ("pipeline",)
        assert operations(driver) == ["add_seat", "add_function", "take_goal"]


async def test_a_form_says_what_is_still_needed(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("2 funnel:, add, enter")
        assert prompt_foot(driver) == "Still needed: From"
        await driver.press("shift+tab", "enter")
        assert prompt_foot(driver) == "Still needed: From"
        await driver.take("'content, tab, 'seo")
        assert prompt_foot(driver).startswith("Would do: 1 finding mended"), "while it is being typed"
        await driver.press("tab", "tab", "tab", "enter")
        assert list(driver.workspace.session.organization.handoffs) == [("content", "seo")]


async def test_shares_of_work(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("1 person:li, add, 'function, enter, 'PR")
        assert prompt_foot(driver) == "The findings would stay as they are", "half of a week is offered"
        await driver.take("enter, ctrl+u, 'lots, enter")
        assert "no share of a week" in prompt_foot(driver)
        await driver.take("ctrl+u, '0.25, enter")
        assert driver.workspace.session.organization.people["li"].functions == {"content": 50, "pr": 25}


async def test_links_are_added_and_removed(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        shares = driver.workspace.session.organization.shares
        await driver.take("1 team:growth, add, 'knowledge, enter, tab, 'brand, tab")
        assert prompt_foot(driver).startswith("Still needed: Topic")
        await driver.take("'seo, tab, tab, tab, tab, enter")
        assert ("team:growth", "team:brand", "seo") in shares
        await driver.take("3 share:team:brand>team:growth>messaging, remove")
        assert "The findings would stay as they are" in driver.text
        await driver.press("enter")
        assert list(shares) == [("team:growth", "team:brand", "seo")]


async def test_a_link_goes_back_too(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        shares = driver.workspace.session.organization.shares
        await driver.take("3 share:team:brand>team:growth>messaging, add, enter")
        assert shares["team:growth", "team:brand", "messaging"].every == "weekly"
        await driver.press("a")
        assert "Add to the knowledge link Brand to Growth: messaging" in driver.text
        assert "add a knowledge link" in driver.text
        assert "add the link back" not in driver.text
        await driver.press("escape")
        await driver.press("d", "down", "enter")
        assert list(shares) == [("team:brand", "team:growth", "messaging")]


async def test_dissolving_asks_where_everything_goes(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        organization = driver.workspace.session.organization
        await driver.take("1 team:growth, remove, 'dissolve, enter")
        assert any("1 person goes to" in line and "Marketing" in line for line in driver.lines)
        await driver.take("'brand, tab, tab, enter")
        assert "growth" not in organization.teams
        assert organization.people["wang"].team == "brand"
        assert organization.functions["seo"].team == "marketing"
        assert any(row.startswith(" −") and "Growth" in row for row in driver.team_rows())


async def test_closing_a_lead_asks_for_the_next(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        organization = driver.workspace.session.organization
        await driver.take("1 person:li, remove, 'close, enter, 'zhang, enter, down, enter")
        assert organization.people["li"].state == "closed"
        assert organization.teams["brand"].lead == "zhang"


async def test_lead_merge_and_split(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        organization = driver.workspace.session.organization
        await driver.take("1 team:brand, lead, down, enter")
        assert organization.teams["brand"].lead == "zhang", "its own people come first"
        await driver.take(
            "1 function:pr, mark, 1 person:xu, mark, 1 team:brand, split, 'Press",
            "tab, tab, tab, tab, enter",
        )
        assert organization.functions["pr"].team == organization.people["xu"].team == "press"
        await driver.take("1 team:press, merge, 'growth, enter")
        assert "press" not in organization.teams
        assert organization.functions["pr"].team == "growth"
        assert operations(driver) == ["set_lead", "split_team", "merge_teams"]


async def test_the_best_team_to_merge_into_comes_first_once_all_are_weighed(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        for changes in (
            {"op": "create_team", "team": "lab", "name": "Lab", "parent": "marketing"},
            {"op": "create_team", "team": "press", "name": "Press", "parent": "marketing"},
            {"op": "move_function", "function": "pr", "to": "press"},
        ):
            driver.workspace.session.do([parse_change(changes)])
        await driver.take("1 team:growth, merge")
        screen = driver.app.screen
        assert isinstance(screen, ChoicePrompt)

        def worth() -> list[int]:
            rows = screen.list.rows
            said = ["".join(span.text for span in rows.row(at, 100).right).split() for at in range(len(rows))]
            return [int(each[0].replace("−", "-")) for each in said if re.match("[+−0-9]", "".join(each))]

        await driver.until(lambda: len(worth()) == 3 and worth() == sorted(worth(), reverse=True))
        assert len(set(worth())) > 1
        assert screen.list.cursor == 0
        assert screen.list.rows.ref(3) == "team:marketing", "the one that cannot be chosen"


async def test_pull_out_and_fold_back(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        organization = driver.workspace.session.organization
        await driver.take("1 function:content, focus")
        assert prompt_foot(driver) == "Still needed: Folded back when"
        await driver.take("shift+tab, shift+tab, 'half of the articles bring an inquiry, enter, enter")
        team = organization.teams["content"]
        assert team.focus is not None
        assert team.focus.function == "content"
        assert team.lead == "chen"
        assert organization.people["zhang"].team == "content"
        await driver.take("1 team:content, focus, 'brand, enter")
        assert organization.functions["content"].team == "brand"


async def test_why_and_plan(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take(
            "1 team:brand, rename, ctrl+u, 'Voice, enter, 1 team:growth, rename, ctrl+u",
            "'Leads, enter, why, 'One word for it, enter, plan",
        )
        assert any("renamed" in line and "Leads  — One word for it" in line for line in driver.lines)
        await driver.press("enter")
        assert "Change 1 of the plan" in driver.text, "enter looks"
        assert len(driver.workspace.session.steps) == 2
        await driver.take("back, remove_entry")
        teams = driver.workspace.session.organization.teams
        assert (teams["brand"].name, teams["growth"].name) == ("Brand", "Leads")
        taken_out = "Taken out of the plan: renamed Brand to Voice"
        assert f"{taken_out} · the findings stay as they are · u takes it back" in driver.text


async def test_fixes_are_seen_before_they_are_taken(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("4 finding:P102 stage:awareness stage:inquiry, fix")
        assert any("hand over to" in line and "−1" in line for line in driver.lines)
        await driver.press("enter")
        assert (
            driver.said
            == "Joined Content to SEO by a handoff, tracked: 1 finding mended, 1 new · u takes it back"
        )
        assert operations(driver) == ["add_handoff"]


async def test_accepting_needs_a_reason_and_dims_the_finding(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("4 finding:P203 team:growth, accept, enter, enter, enter")
        assert prompt_foot(driver) == "Still needed: Why do we live with this?"
        await driver.take("'Two are hired in spring, enter, enter, enter")
        assert any("P203" in line and "(accepted)" in line for line in driver.lines)
        assert "▲ 4" in driver.lines[0]
        assert (
            driver.said
            == "Accepted P203 for Growth: Two are hired in spring: 1 finding accepted · u takes it back"
        )
        await driver.press("u")
        assert driver.said.startswith(
            "Took back: accepted P203 for Growth: Two are hired in spring · 1 finding "
        )
        await driver.press("ctrl+r")
        assert driver.said.startswith(
            "Did again: accepted P203 for Growth: Two are hired in spring · 1 finding "
        )
        await driver.take("4 finding:P203 team:growth, accept")
        assert prompt_foot(driver).startswith("Would do: 1 finding counts again: P203 Growth has 1 seat")


async def test_a_finding_is_lived_with_until_a_day(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take(
            "4 finding:P203 team:growth, accept, 'Two are hired in spring, enter, '2027-01-31, enter, enter",
        )
        (acceptance,) = driver.workspace.session.organization.acceptances.values()
        assert acceptance.until == date(2027, 1, 31)
        await driver.take(
            "4 finding:P203 team:growth, accept, down, enter, ctrl+u, 'soon, enter",
        )
        assert "is no date" in prompt_foot(driver)
        await driver.press(*["backspace"] * 4)
        await driver.take("'2027-03-31, enter")
        (acceptance,) = driver.workspace.session.organization.acceptances.values()
        assert (acceptance.why, acceptance.until) == ("Two are hired in spring", date(2027, 3, 31))


async def test_enter_goes_from_a_finding_to_what_it_is_about(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("4 finding:P203 team:growth, enter")
        assert (driver.session.pane.id, driver.session.pane.ref) == ("teams", "team:growth")


async def test_find_and_go_on(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("1 team:growth, left, find, '王, enter")
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


async def test_leaving_writes_the_plan_and_reopening_goes_on(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("1 team:brand, rename, ctrl+u, 'Voice, enter, q")
    plan = tomli.loads((tmp_path / "small.plan.toml").read_text("utf-8"))
    assert [change["name"] for change in plan["change"]] == ["Voice"]
    async with opened(tmp_path) as driver:
        assert driver.workspace.session.organization.teams["brand"].name == "Voice"
        assert any(row.startswith(" ~") and "Voice" in row for row in driver.team_rows())
        await driver.press("u", "q")
    assert "change" not in tomli.loads((tmp_path / "small.plan.toml").read_text("utf-8"))


async def test_the_team_at_the_top_is_not_dissolved(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("1 team:marketing, remove")
        assert "2 teams go below  needed" in driver.text
        assert "Marketing is the top of the organisation" in driver.text


async def test_removing_offers_the_mildest_first_and_says_what_follows(tmp_path: Path) -> None:
    async with opened(tmp_path, (80, 24)) as driver:
        people = driver.workspace.session.organization.people
        await driver.take("1 person:xu, remove")
        offered = [line.split("│")[1].strip() for line in driver.lines if "Xu Lei" in line and "│" in line]
        assert offered == [
            "Remove from Xu Lei",
            "Xu Lei leaves; the seat stays open",
            "close the seat of Xu Lei",
        ]
        assert "Nobody performs PR" in driver.text, "what the first would do"
        await driver.press("enter")
        assert (people["xu"].state, people["xu"].functions) == ("vacant", {"pr": 100})


async def test_closing_a_seat_is_asked_once_more_with_what_follows(tmp_path: Path) -> None:
    write_small(
        tmp_path, r.Mission("fair", "Fair", people=("zhang",)), r.Share("person:zhang", "team:growth", "seo")
    )
    async with opened(tmp_path) as driver:
        people = driver.workspace.session.organization.people
        await driver.take("1 person:zhang, remove, 'close, enter")
        for said in (
            "Zhang Wei leaves Brand, and the seat goes",
            "Others do Content alone then",
            "Fair goes on without Zhang Wei",
            "1 knowledge link goes too",
            "New: Brand has 2 seats; a team needs 3 to be more than a pair",
        ):
            assert said in driver.text
        await driver.press("enter")
        assert people["zhang"].state == "filled", "nothing dangerous is first"
        await driver.take("1 person:li, remove, 'close, enter, 'zhang, enter")
        assert "Zhang Wei leads Brand" in driver.text
        await driver.press("escape")
        assert driver.workspace.session.organization.people["li"].state != "closed"
        await driver.take("remove, 'close, enter, 'zhang, enter, down, enter")
        assert people["li"].state == "closed"

"""Everything can be added from anywhere, what fits here first, by forms that are a table."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgtui.changes.parse import change_to_mapping
from orgtui.model import records as r
from orgtui.tui.actions.edit.new_things import NEW_THINGS
from orgtui.tui.prompts.choosing import ChoicePrompt
from orgtui.views.base.row import Span
from tests.organizations import write_small
from tests.tui.screens.test_empty import NOBODY
from tests.tui.small import Driver, opened

FORMS: dict[str, tuple[str, dict[str, object]]] = {
    "share": (
        "add a knowledge link, enter, tab, 'growth, tab, 'seo, tab, tab, tab, tab, enter",
        {"op": "add_share", "from": "person:li", "to": "team:growth", "topic": "seo", "every": "monthly"},
    ),
    "handoff": (
        "add a handoff, enter, 'content, tab, 'SEO, tab, 'topics, tab, tab, tab, enter",
        {"op": "add_handoff", "from": "content", "to": "seo", "what": "topics", "tracked": True},
    ),
    "request": (
        "ask a department, enter, 'Brand, tab, 'Product, tab, 'sheets, tab, '3, tab, enter",
        {"op": "add_request", "from": "brand", "to": "product", "topic": "sheets", "per_month": 3},
    ),
    "team": (
        "add a team, enter, '视频, tab, 'Brand, tab, tab, enter",
        {"op": "create_team", "team": "shi-pin", "name": "视频", "parent": "brand"},
    ),
    "goal": (
        "add a goal, enter, '线索, tab, tab, tab, tab, '30, tab, tab, tab, enter",
        {"op": "add_goal", "goal": "xian-suo", "name": "线索", "target": 30},
    ),
    "pillar": (
        "add a pillar, enter, 'Reach, tab, enter",
        {"op": "set_organization", "pillars": [{"id": "reach", "name": "Reach"}]},
    ),
    "stage": (
        "add a stage, enter, 'SQL, tab, tab, '40, tab, 'Product, tab, enter",
        {"op": "add_stage", "stage": "sql", "name": "SQL", "volume": 40, "owner": "product"},
    ),
    "area": (
        "add an area, enter, '活动, tab, tab, enter",
        {"op": "add_area", "area": "huo-dong", "name": "活动"},
    ),
    "skill": (
        "list a skill, enter, '视频剪辑, tab, enter",
        {"op": "add_skill", "skill": "shi-pin-jian-ji", "name": "视频剪辑"},
    ),
    "tool": (
        "add a tool, enter, 'Mail, tab, 'letters, tab, enter",
        {"op": "add_tool", "tool": "mail", "name": "Mail", "purpose": "letters"},
    ),
    "department": (
        "add a department, enter, 'IT, tab, enter",
        {"op": "add_department", "department": "it", "name": "IT"},
    ),
    "target": (
        "add a target, enter, 'Layers, tab, tab, tab, '4, tab, enter",
        {"op": "set_target", "metric": "layers", "at_most": 4},
    ),
    "note": (
        "add a note, enter, tab, 'Ask IT, tab, enter",
        {"op": "note", "on": "person:li", "text": "Ask IT"},
    ),
}
"""By kind of thing, steps from the menu on somebody of Brand, and the change that they make."""


def made(driver: Driver) -> dict[str, object]:
    """The first change of the last step, without who made it."""
    written = change_to_mapping(driver.workspace.session.steps[-1].changes[0])
    return {key: value for key, value in written.items() if key not in ("by", "at")}


def menu(driver: Driver) -> list[str]:
    """The entries of the menu that is open, each with its note."""
    prompt = driver.app.screen
    assert isinstance(prompt, ChoicePrompt)
    rows = [prompt.list.rows.row(index, 100) for index in range(len(prompt.list.rows))]
    return ["".join(span.text for span in (*row.left, Span(" "), *row.right)).strip() for row in rows]


def test_every_thing_of_the_table_is_tried() -> None:
    assert sorted(FORMS) == sorted(each.kind for each in NEW_THINGS)


@pytest.mark.parametrize("kind", FORMS)
async def test_it_can_be_added_from_anywhere(kind: str, tmp_path: Path) -> None:
    write_small(tmp_path, r.Department("product", "Product"))
    steps, change = FORMS[kind]
    async with opened(tmp_path) as driver:
        await driver.take(f"1 person:li, add, '{steps}")
        assert driver.workspace.session.steps, driver.text
        assert made(driver) == change


async def test_what_fits_here_comes_first(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("1 team:growth, add")
        assert menu(driver)[0] == "add a person or an open seat"
        assert menu(driver).index("add a target") < menu(driver).index("add a stage elsewhere")
        await driver.press("escape")
        await driver.take("3 share:team:brand>team:growth>messaging, add, enter, add")
        assert menu(driver)[0] == "add a knowledge link", "a link where links are looked at"


async def test_a_link_is_added_in_the_matrix_to_a_team_without_any(tmp_path: Path) -> None:
    write_small(tmp_path, r.Team("field", "Field", "marketing"), r.Person("zhou", "field", "Zhou"))
    async with opened(tmp_path) as driver:
        await driver.take("knowledge, view, 3 team:field, add, enter, tab, 'Brand, tab, 'events, down, tab")
        await driver.take("tab, tab, tab, enter")
        assert ("team:field", "team:brand", "events") in driver.workspace.session.organization.shares


async def test_an_area_is_removed_where_it_is_seen_or_it_says_what_needs_it(tmp_path: Path) -> None:
    ads = r.Function("ads", "Ads", "reach", "growth", ("inquiry",))
    write_small(tmp_path, r.Area("reach", "Reach"), ads)
    async with opened(tmp_path) as driver:
        await driver.take("funnel, view, 2 area:reach, remove, 'remove Reach, enter")
        assert "Ads still belong to Reach" in driver.text
        assert "reach" in driver.workspace.session.organization.areas


async def test_the_pay_file_is_offered_too(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("1 person:li, add, 'pay file, enter")
        assert "Pay file beside small.toml" in driver.text


async def test_an_empty_pane_adds_to_the_organisation(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(NOBODY, "utf-8")
    async with opened(tmp_path) as driver:
        await driver.press("3", "a")
        assert "Add to the organisation" in driver.text
        await driver.take("'add a stage, enter, 'Awareness, tab, tab, tab, tab, enter")
        assert list(driver.workspace.session.organization.stages) == ["awareness"]


SKILLED = r.Function("sem", "SEM", None, "growth", ("inquiry",), {"bidding": 4, "copy": 2})
"""Needs two skills, of which one is listed under another name."""

PERSON = "1 team:growth, add, enter, 'Wu Min, tab, 'SEM manager, tab, 'SEM, tab, tab, "
"""A person of Growth up to the line of skills."""


async def test_skills_come_with_a_new_person_as_one_step(tmp_path: Path) -> None:
    write_small(tmp_path, SKILLED, r.SkillName("copy", "Copywriting"), r.SkillName("video", "Video"))
    async with opened(tmp_path) as driver:
        await driver.take(PERSON)
        assert "at level 3, or what the function needs" in driver.text
        assert "needed at level 4" in driver.text
        await driver.take("'copyw, enter, 'Video, enter, '视频, enter, '食品")
        assert "Copywriting 2, Video 3, 视频 3" in driver.text, "the level is seen before it is noted"
        await driver.take("tab, tab, tab, tab, enter")
        assert len(driver.workspace.session.steps) == 1
        assert made(driver)["skills"] == {"copy": 2, "video": 3, "shi-pin": 3, "shi-pin-2": 3}
        skills = driver.workspace.session.organization.skills
        assert (skills["shi-pin"].name, skills["shi-pin-2"].name) == ("视频", "食品")
        assert driver.said.startswith("Added Wu Min to Growth")
        await driver.take("add")
        assert menu(driver)[0] == "add a colleague", "the cursor is on the new person"
        await driver.take("enter")
        (team,) = (line for line in driver.lines if "Team   " in line)
        assert "Growth" in team, "in the same team"
        await driver.take("escape, undo")
        assert "wu-min" not in driver.workspace.session.organization.people
        assert "shi-pin" not in driver.workspace.session.organization.skills


async def test_several_skills_are_noted_at_once(tmp_path: Path) -> None:
    wang = r.Person("wang", "growth", "王磊", functions={"sem": 100}, skills={"copy": 3})
    write_small(tmp_path, SKILLED, wang, r.SkillName("copy", "Copywriting"))
    async with opened(tmp_path) as driver:
        await driver.take("1 person:wang, add, 'note several, enter")
        assert "Copywriting" not in driver.text, "it is noted already"
        await driver.take("enter")
        assert "Still needed: Skills" in driver.text
        await driver.take("'bidding, enter, 'Video, enter, enter")
        assert len(driver.workspace.session.steps) == 1
        noted = driver.workspace.session.organization.people["wang"].skills
        assert noted == {"copy": 3, "bidding": 4, "video": 3}

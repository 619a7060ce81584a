"""Every operation has a way to it by keys, which are those of the registry."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest

from orgtui.changes import operations
from orgtui.changes.base import OPERATIONS
from orgtui.locales import set_language
from orgtui.locales.language import CHINESE, ENGLISH
from orgtui.model import records as r
from orgtui.tui.prompts.prompt import Prompt
from orgtui.views.words.changes import describe_all
from tests.organizations import TODAY, small_organization, write_organization
from tests.tui.actions.deeds import DEEDS, STAYS
from tests.tui.small import KEYS, Driver, opened

ORGANIZATION = small_organization(
    r.Profile("Acme Marketing", TODAY, "Everybody thinks of us first"),
    r.Files(pay="look.pay.csv"),
    r.Pillar("scale", "Scale"),
    r.Pillar("trust", "Trust"),
    r.Department("product", "Product"),
    r.Department("idle-dept", "Idle dept"),
    r.Stage("idle-stage", "Idle stage"),
    r.Area("reach", "Reach"),
    r.Area("idle-area", "Idle area"),
    r.SkillName("copywriting", "Copywriting"),
    r.Target("span_max", 8),
    r.Note("team:growth", "Two come in spring"),
    r.Team("marketing", "Marketing", lead="chen"),
    r.Team("brand", "Brand", "marketing", "li", ("coverage",), tools=("cms",)),
    r.Team("growth", "Growth", "marketing"),
    r.Team("press", "Press", "brand"),
    r.Team(
        "studio",
        "Studio",
        "marketing",
        focus=r.Focus("video", date(2026, 10, 1), date(2027, 1, 1), "one film a week"),
    ),
    r.Function("video", "Video", team="studio"),
    r.Person("zhang", "brand", "Zhang Wei"),
    r.Person("sem", "growth", title="SEM lead", state="vacant"),
    r.Handoff("content", "seo"),
    r.Share("team:brand", "team:growth", "messaging"),
    r.Request("brand", "product", "sheets"),
    r.Request("growth", "product", "Sheets"),
    r.Mission("launch", "Launch"),
    r.Tool("cms", "CMS"),
    r.Tool("crm", "CRM"),
    r.Acceptance("P203", ("team:growth",), "Two are hired in spring"),
    without=("department:sales", "person:xu", "person:wang"),
)
"""The small organisation with whatever some operation needs."""

LINK = "share:team:brand>team:growth>messaging"

WAYS = {
    "accept": "4 finding:P203 team:brand, accept, 'Soon, tab, tab, enter",
    "unaccept": "4 finding:P203 team:growth, accept, enter",
    "move_person": "1 person:zhang, carry, 1 team:growth, drop",
    "move_team": "1 team:press, carry, 1 team:growth, drop",
    "move_function": "1 function:pr, carry, 1 team:growth, drop",
    "create_team": "1 team:brand, add, 'team below, enter, 'Events, enter",
    "dissolve_team": "1 team:press, remove, enter",
    "merge_teams": "1 team:press, merge, 'Growth, enter",
    "split_team": ("1 function:pr, mark, 1 team:brand, split, 'Wire, tab, tab, tab, tab, enter"),
    "set_lead": "1 team:growth, lead, 'Zhang, enter",
    "set_review": "1 team:growth, inspect, > Review, edit, 'weekly, enter",
    "set_tools": "1 team:growth, inspect, > Tools, edit, 'CRM, tab, enter",
    "set_budget": "1 team:growth, inspect, > Pay budget, edit, '90000, enter",
    "pull_out": "1 function:seo, focus, tab, tab, tab, tab, 'soon, enter, enter",
    "fold_back": "1 team:studio, focus, 'Brand, enter",
    "set_focus": "1 team:studio, inspect, > Folded back when, edit, '!, enter",
    "rename": "1 team:brand, rename, right, 's, enter",
    "add_function": ("1 team:growth, add, 'new function, enter, 'SEM, tab, tab, tab, enter"),
    "set_function": "1 function:seo, inspect, > Area, edit, 'Reach, enter",
    "remove_function": "1 function:pr, remove, 'give, enter",
    "set_stages": "organization, > Stages, look_closer, add, 'served, enter, 'SEO, enter",
    "assign": "1 person:zhang, add, 'function, enter, 'PR, enter, enter",
    "unassign": "1 person:li, remove, 'Content, enter",
    "set_skill": "1 person:li, add, 'skills, enter, 'copy, enter, enter",
    "set_learning": "1 person:li, add, 'learning, enter, 'seo, enter",
    "add_seat": "1 team:growth, add, 'seat, enter, tab, 'SEO lead, shift+tab, shift+tab, enter",
    "fill_seat": "1 person:sem, add, 'fill, enter, 'Wu, enter",
    "empty_seat": "1 person:zhang, remove, 'leaves, enter",
    "close_seat": "1 person:zhang, remove, 'close, enter, down, enter",
    "add_handoff": ("2 funnel:, add, 'add a handoff, enter, 'PR, tab, 'SEO, tab, tab, tab, enter"),
    "track_handoff": "2 funnel:, add, 'track, enter",
    "remove_handoff": "1 function:content, remove, 'SEO, enter",
    "add_share": f"3 {LINK}, add, enter",
    "set_share": f"3 {LINK}, inspect, > Every, edit, 'monthly, enter",
    "remove_share": f"3 {LINK}, remove, enter",
    "route_requests": "3 finding:C301 department:product topic:sheets, add, enter, enter",
    "set_liaison": "organization, > Departments, look_closer, > Liaison, edit, 'Brand, enter",
    "add_goal": "organization, add, 'goal, enter, 'Leads, tab, tab, tab, tab, tab, tab, tab, enter",
    "set_goal": "organization, > Goals, look_closer, > Metric, edit, 'articles, enter",
    "remove_goal": "organization, > Qualified pipeline, remove_entry, enter",
    "take_goal": "1 team:growth, add, 'goals: take, enter, 'pipe, enter",
    "drop_goal": "1 team:brand, remove, 'Media, enter",
    "start_mission": ("organization, add, 'mission, enter, 'Fair, tab, tab, tab, tab, tab, enter"),
    "add_department": "organization, > add a department, edit, 'IT, enter",
    "set_department": "organization, > Departments, look_closer, > Name, edit, 's, enter",
    "remove_department": "organization, > Idle dept, remove_entry, enter",
    "add_stage": "organization, > add a stage, edit, 'SQL, enter",
    "set_stage": "organization, > Stages, look_closer, > Volume, edit, '400, enter",
    "remove_stage": "organization, > Idle stage, remove_entry, enter",
    "move_stage": "organization, > Stages, look_closer, > Stands before, edit, 'none, enter",
    "add_area": "organization, > add an area, edit, 'Events, enter",
    "set_area": "organization, > Areas, look_closer, > Name, edit, 's, enter",
    "remove_area": "organization, > Areas, remove_entry, enter",
    "move_area": "organization, > Areas, look_closer, > Stands before, edit, 'none, enter",
    "add_tool": "organization, > add a tool, edit, 'Mail, enter",
    "set_tool": "organization, > CRM, look_closer, > Purpose, edit, 'leads, enter",
    "remove_tool": "organization, > CRM, remove_entry, enter",
    "add_skill": "organization, > list a skill, edit, 'Video, enter",
    "name_skill": "organization, > Skills, look_closer, > Name, edit, '!, enter",
    "remove_skill": "organization, > Skills, remove_entry, enter",
    "add_request": "1 team:press, inspect, > Asks, edit, 'Product, enter, 'prices, enter",
    "set_request": "1 team:brand, inspect, > Asks, look_closer, > Times a month, edit, '3, enter",
    "remove_request": "1 team:brand, inspect, > Asks, remove_entry, enter",
    "set_acting": "1 team:brand, inspect, > Leads until, edit, '2027-01-31, enter",
    "set_target": "organization, > add a target, edit, 'Layers, enter, 'most, enter, '4, enter",
    "remove_target": "organization, > Targets, remove_entry, enter",
    "note": "1 team:brand, inspect, > Notes, edit, 'Ask IT, enter",
    "remove_note": "1 team:growth, inspect, > Notes, remove_entry, enter",
    "set_assistant": "1 person:zhang, inspect, > Assistant, edit, 'yes, enter",
    "end_mission": "organization, > Missions, remove_entry, enter",
    "set_organization": "organization, > Vision, edit, '!, enter",
}
"""By operation, a way to it in steps as a driver takes them."""


STOOD = "person:zhang"
"""What the cursor is on before an operation about nothing that a pane shows: it stays there."""


def test_every_operation_has_a_way() -> None:
    assert sorted(WAYS) == sorted(DEEDS) == sorted(OPERATIONS)
    assert len(OPERATIONS) == len(operations.__all__)


FAMILIES = [sorted(WAYS)[start::5] for start in range(5)]


@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family[0])
async def test_every_operation_is_reached_by_keys(family: list[str], tmp_path: Path) -> None:
    async with _opened(tmp_path) as driver:
        for operation in family:
            sentence, after, taken_back = DEEDS[operation]
            if after == STAYS:
                await driver.go(STOOD)
            await driver.take(WAYS[operation])
            made = [change.op for step in driver.workspace.session.steps for change in step.changes]
            assert made == [operation], f"{operation}: {made}\n{driver.text}"
            assert CHINESE_LETTER.search(_in_chinese(driver)), operation
            assert sentence[:40] in driver.text, f"{operation}\n{driver.text}"
            while isinstance(driver.app.screen, Prompt):
                await driver.press("escape")
            assert driver.session.pane.ref == (after or STOOD), operation
            await driver.press(KEYS["unmark"], KEYS["undo"])
            assert not driver.workspace.session.steps
            assert driver.said.startswith(f"Took back: {sentence[:1].lower()}{sentence[1:]} · "), driver.said
            assert driver.session.pane.ref == (taken_back or STOOD), operation


CHINESE_LETTER = re.compile("[\u4e00-\u9fff]")


def _in_chinese(driver: Driver) -> str:
    """What was done, in Chinese."""
    set_language(CHINESE)
    try:
        return describe_all(driver.workspace.scene, driver.workspace.session.last_step.changes)
    finally:
        set_language(ENGLISH)


@asynccontextmanager
async def _opened(folder: Path) -> AsyncIterator[Driver]:
    pay = folder / "look.pay.csv"
    pay.write_text("person,annual_cost\nli,80000\n", "utf-8")
    for path in (pay, write_organization(folder / "small.toml", ORGANIZATION)):
        path.chmod(0o600)
    async with opened(folder) as driver:
        yield driver


async def test_a_menu_says_what_each_choice_would_do_and_keeps_a_refusal(tmp_path: Path) -> None:
    async with _opened(tmp_path) as driver:
        await driver.take("1 function:content, remove, 'give")
        assert "Content is still performed by Li Na" in driver.text, "said before it is tried"
        await driver.press("enter")
        assert "Content is still performed by Li Na" in driver.text
        await driver.press(*["backspace"] * 4)
        assert "What it would do" in driver.text
        assert not driver.workspace.session.steps


async def test_of_a_finding_it_is_asked_to_which_of_its_subjects_something_is_added(tmp_path: Path) -> None:
    async with _opened(tmp_path) as driver:
        await driver.take("4 finding:P403 team:brand team:growth, add")
        assert "Add to what?" in driver.text
        await driver.take("'Growth, enter, 'goals: take, enter, 'Media, enter")
        assert driver.workspace.session.organization.teams["growth"].goals == ("coverage",)


async def test_a_page_whose_thing_is_gone_leads_back(tmp_path: Path) -> None:
    async with _opened(tmp_path) as driver:
        await driver.take("organization, add, 'mission, enter, 'Fair, shift+tab, enter")
        await driver.take("> Fair, look_closer")
        assert driver.reader.page.about == "mission:fair"
        await driver.press(KEYS["undo"])
        assert driver.reader.page.about == "organization:"


async def test_where_nothing_fits_all_else_can_be_added(tmp_path: Path) -> None:
    async with _opened(tmp_path) as driver:
        await driver.take("organization, > Accepted findings, look_closer, add")
        assert "Add to the organisation" in driver.text
        await driver.type("add a stage")
        assert "add a stage" in driver.text
        await driver.press("escape", "escape")
        await driver.take("3 finding:C201 team:studio, remove")
        assert driver.said == "Nothing can be taken away here"


@pytest.mark.parametrize(
    "line", ["Pillars", "Qualified pipeline", "Missions", "Departments", "Stages", "Areas", "CRM"]
)
async def test_whatever_has_a_name_is_renamed_on_a_page(line: str, tmp_path: Path) -> None:
    async with _opened(tmp_path) as driver:
        await driver.take(f"organization, > {line}, rename, right, ' anew, enter")
        [step_made] = driver.workspace.session.steps
        [change] = step_made.changes
        assert change.op == "rename"
        assert any(" anew" in each.left[-1].text for each in driver.reader.page.lines)


async def test_pillars_are_put_in_another_order_on_the_page_of_one(tmp_path: Path) -> None:
    async with _opened(tmp_path) as driver:
        pillars = driver.workspace.session.organization.pillars
        await driver.take("organization, > Trust, look_closer, > Stands before")
        assert "none: it is the last" in driver.text
        await driver.take("edit, 'Scale, enter")
        assert list(pillars) == ["trust", "scale"]
        assert "none: it is the last" not in driver.text
        await driver.take("edit, 'none, enter")
        assert list(pillars) == ["scale", "trust"]
        await driver.press(KEYS["undo"])
        assert list(pillars) == ["trust", "scale"]

"""Pages are edited line by line: an answer is one change, foretold before it is made."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

from textual.widgets import Input

from orgtui.changes.operations.seats import Assign
from orgtui.changes.parse import change_to_mapping, parse_change
from orgtui.model import records as r
from orgtui.model.sentence import sentence
from orgtui.tui.prompts.prompt import Prompt
from orgtui.tui.prompts.reader import Reader
from tests.organizations import write_small
from tests.tui.small import KEYS, Driver, opened

MORE = (
    r.Tool("cms", "CMS"),
    r.Tool("crm", "CRM"),
    r.Team("lab", "自动化", "marketing", focus=r.Focus("automation", review_on=date(2027, 1, 1))),
    r.Function("automation", "Automation", None, "lab", ("inquiry",), {"scripting": 3}, breakthrough=True),
    r.Person("open", "lab", title="Automation lead", state="vacant"),
    r.Handoff("content", "seo", "topics"),
)

FORETOLD = ("Would do: ", "The findings would stay", "Still needed: Topic", "Say the name of who is to sit")
"""What an answer would do, or what is asked next."""


@asynccontextmanager
async def reading(folder: Path, ref: str, size: tuple[int, int] = (120, 40)) -> AsyncIterator[Driver]:
    """The page of something, open to be edited."""
    write_small(folder, *MORE)
    async with opened(folder, size) as driver:
        await driver.go(ref)
        await driver.press(KEYS["inspect"])
        yield driver


async def read(driver: Driver, ref: str) -> None:
    """Leave the page for that of something else."""
    await driver.press(KEYS["close"])
    await driver.go(ref)
    await driver.press(KEYS["inspect"])


def reader(driver: Driver) -> Reader:
    return driver.reader


def prompt(driver: Driver) -> Prompt[object]:
    assert isinstance(driver.app.screen, Prompt)
    return driver.app.screen


def foot(driver: Driver) -> str:
    return "".join(span.text for span in prompt(driver).foot.words(200).left)


def line(driver: Driver) -> str:
    """The line that the cursor is on."""
    words = "".join(span.text for span in reader(driver).line.left)
    return " ".join(words.split())


def steps(driver: Driver) -> list[list[dict[str, object]]]:
    """The changes of each step of the session."""
    return [[change_to_mapping(each) for each in step.changes] for step in driver.workspace.session.steps]


async def to_field(driver: Driver, name: str) -> None:
    """Put the cursor on the line of a field, by a step from the line above."""
    place = reader(driver).page.line_of(name)
    assert place is not None, name
    reader(driver).list.move_to(place - 1)
    if place:
        await driver.press("down")


async def edit(driver: Driver, name: str, text: str | None = None) -> None:
    """Open the field on a line, and put a text in the place of what stands there."""
    await to_field(driver, name)
    await driver.press(KEYS["edit"])
    if text is not None:
        await write(driver, text)


async def write(driver: Driver, text: str) -> None:
    entry = driver.app.focused
    assert isinstance(entry, Input)
    entry.value = text
    entry.cursor_position = len(text)
    await driver.pilot.pause()


async def test_a_text_is_typed_in_the_line(tmp_path: Path) -> None:
    async with reading(tmp_path, "person:xu") as driver:
        await edit(driver, "name")
        await driver.press(*["backspace"] * 3, "王")
        assert driver.text.count("Xu 王") == 1, "it is typed where it stands"
        await driver.press("enter")
        assert steps(driver) == [[{"op": "rename", "kind": "person", "id": "xu", "name": "Xu 王"}]]
        assert line(driver) == "Name Xu 王"
        assert driver.text.count("│ Xu 王") == 1, "the title follows"
        await driver.press(KEYS["undo"])
        assert steps(driver) == []
        assert line(driver) == "Name Xu Lei"


async def test_a_number_is_foretold_refused_made_and_taken_back(tmp_path: Path) -> None:
    async with reading(tmp_path, "person:zhang") as driver:
        await edit(driver, "function:content")
        await driver.press("backspace")
        assert foot(driver).startswith("Would do: ")
        await driver.type("2")
        await driver.press("enter")
        assert foot(driver) == (
            "Share of a week: 2 is no share of a week; write a number above 0, at most 1, "
            "with at most two decimals"
        )
        assert reader(driver).typing is not None, "a refusal leaves the entry open"
        assert steps(driver) == []
        await driver.press("backspace")
        await driver.type("0.75")
        assert foot(driver) == "The findings would stay as they are"
        await driver.press("enter")
        put = "Put Zhang Wei on Content at 0.75: the findings stay as they are"
        assert foot(driver) == f"{put} · u takes it back"
        assert line(driver) == "Functions Content 0.75"
        assert steps(driver) == [[{"op": "assign", "person": "zhang", "function": "content", "share": 0.75}]]
        await driver.press(KEYS["undo"])
        assert line(driver) == "Functions Content 1"


async def test_nothing_typed_takes_an_entry_away(tmp_path: Path) -> None:
    async with reading(tmp_path, "person:zhang") as driver:
        await edit(driver, "function:content", "")
        await driver.press("enter")
        assert steps(driver) == [[{"op": "unassign", "person": "zhang", "function": "content"}]]
        assert line(driver) == "Functions add a function"


async def test_escape_leaves_a_line_as_it_was(tmp_path: Path) -> None:
    async with reading(tmp_path, "person:zhang") as driver:
        await edit(driver, "name", "Zhang the Great")
        await driver.press("escape")
        assert reader(driver).typing is None
        assert line(driver) == "Name Zhang Wei"
        await driver.press(KEYS["edit"], "enter")
        assert steps(driver) == [], "what is so already is no change"
        await driver.press("escape")
        assert driver.app.screen is driver.session


async def test_a_date_is_typed_and_cleared(tmp_path: Path) -> None:
    async with reading(tmp_path, "team:lab") as driver:
        await edit(driver, "review_on", "2027-01-02")
        assert "such as 2027-01-31   enter takes it" in driver.text
        await driver.press("enter")
        assert driver.workspace.session.organization.teams["lab"].focus is not None
        focus = driver.workspace.session.organization.teams["lab"].focus
        assert focus is not None
        assert focus.review_on == date(2027, 1, 2)
        await edit(driver, "review_on", "soon")
        await driver.press("enter")
        assert foot(driver) == 'Looked at again on: "soon" is no date; write a date such as 2026-11-21'
        await write(driver, "")
        await driver.press("enter")
        assert steps(driver)[-1] == [{"op": "set_focus", "team": "lab", "clear": ["review_on"]}]
        assert line(driver) == "Looked at again on not said"


async def test_a_word_is_chosen_from_its_list(tmp_path: Path) -> None:
    async with reading(tmp_path, "team:brand") as driver:
        await edit(driver, "review", "mon")
        assert "Brand: Review" in driver.text
        assert foot(driver) == "The findings would stay as they are"
        await driver.press("enter")
        assert steps(driver) == [[{"op": "set_review", "team": "brand", "review": "monthly"}]]
        assert line(driver) == "Review monthly"


async def test_yes_or_no(tmp_path: Path) -> None:
    async with reading(tmp_path, "function:seo") as driver:
        await edit(driver, "breakthrough")
        assert foot(driver) == "", "nothing is said of what is so already"
        await driver.press("up")
        assert foot(driver) == "The findings would stay as they are"
        await driver.press("enter")
        assert steps(driver) == [[{"op": "set_function", "function": "seo", "breakthrough": True}]]


async def test_a_thing_is_chosen_by_typing_and_may_be_none(tmp_path: Path) -> None:
    async with reading(tmp_path, "team:brand") as driver:
        await edit(driver, "lead", "xu")
        await driver.press("enter")
        assert line(driver) == "Lead Xu Lei"
        await edit(driver, "lead", "none")
        await driver.press("enter")
        assert line(driver) == "Lead not said"
        assert steps(driver) == [
            [{"op": "set_lead", "team": "brand", "person": "xu"}],
            [{"op": "set_lead", "team": "brand"}],
        ]


async def test_a_refused_choice_leaves_the_list_open(tmp_path: Path) -> None:
    async with reading(tmp_path, "team:lab") as driver:
        await edit(driver, "parent", "brand")
        refusal = "自动化 is a focus team and moves only to the top"
        assert foot(driver) == refusal
        await driver.press("enter")
        assert foot(driver) == refusal
        await driver.press("escape")
        assert line(driver) == "Below Marketing"
        assert steps(driver) == []


async def test_several_things_are_marked(tmp_path: Path) -> None:
    async with reading(tmp_path, "team:growth") as driver:
        await edit(driver, "tools")
        await driver.press("tab", "tab", "enter")
        assert steps(driver) == [[{"op": "set_tools", "team": "growth", "tools": ["cms", "crm"]}]]
        assert line(driver) == "Tools CMS"
        await driver.press(KEYS["edit"], "tab", "tab", "enter")
        assert steps(driver)[1:] == [[{"op": "set_tools", "team": "growth", "tools": []}]]
        assert line(driver) == "Tools not said"


async def test_skills_are_added_with_a_level_and_taken_away(tmp_path: Path) -> None:
    async with reading(tmp_path, "person:wang") as driver:
        await edit(driver, "more-skills", "sql")
        await driver.press("enter")
        assert "Level, 0 to 5:" in driver.text
        await write(driver, "4")
        await driver.press("enter")
        assert line(driver) == "add a skill", "the next one can be added at once"
        await to_field(driver, "skill:sql")
        assert line(driver) == "Skills sql 4"
        await driver.press(KEYS["remove_entry"], "enter")
        assert steps(driver) == [
            [{"op": "set_skill", "person": "wang", "skill": "sql", "level": level}] for level in (4, 0)
        ]
        assert reader(driver).page.line_of("skill:sql") is None


async def test_a_skill_is_made_by_its_name_where_it_is_needed(tmp_path: Path) -> None:
    async with reading(tmp_path, "person:wang") as driver:
        await edit(driver, "more-skills", "视频剪辑")
        assert "create “视频剪辑”" in driver.text
        assert "or what is not there yet" in driver.text
        await driver.press("enter", "enter")
        assert steps(driver) == [
            [
                {"op": "add_skill", "skill": "shi-pin-jian-ji", "name": "视频剪辑"},
                {"op": "set_skill", "person": "wang", "skill": "shi-pin-jian-ji", "level": 3},
            ]
        ]
        await to_field(driver, "skill:shi-pin-jian-ji")
        assert line(driver) == "Skills 视频剪辑 3"
        await edit(driver, "more-learning", "视频剪辑")
        assert "create" not in driver.text, "what is there is not made twice"


async def test_a_link_is_on_a_skill_or_in_other_words(tmp_path: Path) -> None:
    async with reading(tmp_path, "person:wang") as driver:
        await edit(driver, "more-links", "brand")
        await driver.press("enter")
        await write(driver, "What customers ask")
        assert "“What customers ask”, in these words" in driver.text
        await driver.press("enter")
        link = {"op": "add_share", "from": "person:wang", "to": "team:brand", "every": "monthly"}
        assert steps(driver) == [[{**link, "topic": "What customers ask"}]]


async def test_levels_that_a_function_needs(tmp_path: Path) -> None:
    async with reading(tmp_path, "function:automation") as driver:
        await edit(driver, "skill:scripting", "0")
        await driver.press("enter")
        assert steps(driver) == [[{"op": "set_function", "function": "automation", "skills": {}}]]


ANSWERS: tuple[tuple[str, str, str, tuple[str, ...], dict[str, object]], ...] = (
    (
        "person:wang",
        "more-learning",
        "sql",
        (),
        {"op": "set_learning", "person": "wang", "skill": "sql", "on": True},
    ),
    ("team:brand", "more-goals", "pipe", (), {"op": "take_goal", "team": "brand", "goal": "pipeline"}),
    (
        "function:pr",
        "more-work",
        "wang",
        ("enter",),
        {"op": "assign", "person": "wang", "function": "pr", "share": 0.5},
    ),
    (
        "function:pr",
        "more-handoffs-to",
        "sal",
        ("x", "enter"),
        {"op": "add_handoff", "from": "pr", "to": "department:sales", "what": "x", "tracked": True},
    ),
    (
        "function:pr",
        "more-handoffs-from",
        "seo",
        ("enter",),
        {"op": "add_handoff", "from": "seo", "to": "pr", "tracked": True},
    ),
    (
        "team:growth",
        "more-links",
        "brand",
        ("x", "enter"),
        {"op": "add_share", "from": "team:growth", "to": "team:brand", "topic": "x", "every": "monthly"},
    ),
    ("person:open", "state", "fi", ("X", "enter"), {"op": "fill_seat", "person": "open", "name": "X"}),
    ("person:li", "state", "vac", (), {"op": "empty_seat", "person": "li"}),
    ("person:xu", "team", "gro", (), {"op": "move_person", "person": "xu", "to": "growth"}),
    (
        "function:pr",
        "team",
        "gro",
        ("enter",),
        {"op": "move_function", "function": "pr", "to": "growth", "people": ["xu"]},
    ),
)


async def test_what_is_chosen_and_asked_next(tmp_path: Path) -> None:
    async with reading(tmp_path, "person:wang") as driver:
        for ref, field, typed, then, made in ANSWERS:
            await read(driver, ref)
            await edit(driver, field, typed)
            assert foot(driver).startswith(FORETOLD), foot(driver)
            await driver.press("enter", *then)
            assert steps(driver) == [[made]]
            await driver.press(KEYS["undo"])


async def test_closing_the_seat_of_a_lead_asks_who_leads(tmp_path: Path) -> None:
    async with reading(tmp_path, "person:wang") as driver:
        await edit(driver, "state", "closed")
        await driver.press("enter")
        assert "Who leads in their place" in driver.text
        await driver.type("chen")
        await driver.press("enter")
        assert steps(driver) == [[{"op": "close_seat", "person": "wang", "lead_to": "chen"}]]
        assert "add a function" not in driver.text, "a closed seat is only read"


REMOVALS: tuple[tuple[str, str, dict[str, object]], ...] = (
    ("team:brand", "goal:coverage", {"op": "drop_goal", "team": "brand", "goal": "coverage"}),
    ("function:seo", "handoff:content>seo", {"op": "remove_handoff", "from": "content", "to": "seo"}),
    (
        "team:growth",
        "share:team:brand>team:growth>messaging",
        {"op": "remove_share", "from": "team:brand", "to": "team:growth", "topic": "messaging"},
    ),
)


async def test_entries_are_taken_away(tmp_path: Path) -> None:
    async with reading(tmp_path, "person:wang") as driver:
        for ref, field, made in REMOVALS:
            await read(driver, ref)
            await to_field(driver, field)
            await driver.press(KEYS["remove_entry"])
            assert foot(driver).startswith(FORETOLD), foot(driver)
            await driver.press("enter")
            assert steps(driver) == [[made]]
            assert reader(driver).page.line_of(field) is None
            await driver.press(KEYS["undo"])


async def test_what_only_can_be_taken_away_leads_on(tmp_path: Path) -> None:
    async with reading(tmp_path, "team:brand") as driver:
        await to_field(driver, "goal:coverage")
        await driver.press(KEYS["edit"])
        assert str(prompt(driver).heading.params["thing"]) == "goal:coverage"
        await driver.press(KEYS["back"])
        await to_field(driver, "name")
        await driver.press(KEYS["remove_entry"])
        assert foot(driver) == "There is nothing to take away on this line"


async def test_a_session_for_reading_says_so_and_edits_nothing(tmp_path: Path) -> None:
    async with reading(tmp_path, "person:zhang") as driver:
        driver.workspace.session.read_only = sentence("The disk is full")
        for key in (KEYS["edit"], KEYS["remove_entry"]):
            await to_field(driver, "function:content")
            await driver.press(key)
            assert foot(driver) == "The disk is full"
            assert reader(driver).typing is None


async def test_a_page_follows_what_changes_beside_it(tmp_path: Path) -> None:
    async with reading(tmp_path, "person:zhang") as driver:
        await edit(driver, "name", "Zhang Wei 2")
        driver.workspace.session.do([Assign("zhang", "seo", 10)])
        await driver.pilot.pause()
        assert reader(driver).typing is not None, "what is being typed stays"
        assert "Zhang Wei 2" in driver.text
        await driver.press("enter")
        assert line(driver) == "Name Zhang Wei 2"
        assert reader(driver).page.line_of("function:seo") is not None
        driver.workspace.session.undo()
        await driver.pilot.pause()
        assert line(driver) == "Name Zhang Wei"


async def test_the_cursor_stays_on_what_a_line_leads_to(tmp_path: Path) -> None:
    async with reading(tmp_path, "team:growth") as driver:
        page = reader(driver).page
        place = next(i for i, each in enumerate(page.lines) if each.target == "finding:P203 team:growth")
        reader(driver).list.move_to(place)
        driver.workspace.session.do([parse_change({"op": "take_goal", "team": "growth", "goal": "pipeline"})])
        await driver.pilot.pause()
        assert line(driver).startswith("▲ P203 Growth has 1 seat")
        assert reader(driver).list.cursor != place


async def test_what_may_not_enter_is_refused_in_the_line(tmp_path: Path) -> None:
    async with reading(tmp_path, "person:zhang") as driver:
        await edit(driver, "name", "Zhang\u202eWei")
        await driver.press("enter")
        assert foot(driver) == "U+202E (right-to-left override) at character 6 cannot be used in a text"
        assert steps(driver) == []


async def test_pages_are_edited_on_a_small_terminal(tmp_path: Path) -> None:
    async with reading(tmp_path, "function:automation", (80, 24)) as driver:
        await edit(driver, "fte_needed", "1.5")
        assert next(x for x in driver.lines if "FTE needed" in x).split() == [
            "│",
            "FTE",
            "needed",
            "1.5",
            "│",
        ]
        await driver.press("enter")
        assert line(driver) == "FTE needed 1.5"
        assert "esc close" in driver.text


async def test_what_is_typed_stays_in_its_line_when_the_terminal_changes(tmp_path: Path) -> None:
    async with reading(tmp_path, "function:automation") as driver:
        await edit(driver, "more-handoffs-from", "seo")
        await driver.press("enter")
        await write(driver, "自动化 leads")
        for size in ((80, 24), (60, 16), (120, 40)):
            await driver.pilot.resize_terminal(*size)
            await driver.until(lambda: any("Takes from" in x and "自动化 leads" in x for x in driver.lines))
        await driver.until(lambda: "What is handed over: 自动化 leads" in driver.text)
        await driver.press("enter")
        made = {
            "op": "add_handoff",
            "from": "seo",
            "to": "automation",
            "what": "自动化 leads",
            "tracked": True,
        }
        assert steps(driver) == [[made]]

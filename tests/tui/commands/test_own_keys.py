"""Under a keymap of one's own, whatever is said names the keys that do it there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from orgtui.changes.operations.seats import MovePerson
from orgtui.locales import set_language
from orgtui.locales.language import CHINESE, ENGLISH
from tests.tui.screens.test_empty import NOBODY, notes
from tests.tui.small import opened

OWN = {
    "leave": ("f10", "q"),
    **dict.fromkeys(("next_left", "verdict_keep", "verdict_change", "verdict_close"), ()),
    "plan": ("f4",),
    "find": ("f7",),
    "accept": ("f9",),
    "add": ("f6",),
    "teams": ("f1",),
    "knowledge": ("f3",),
    "drop": ("f2",),
    "put_back": ("f5",),
    "close": ("f12", "ctrl+c"),
}
NONE = {"find": (), "knowledge": (), "add": ()}


@pytest.fixture
def chinese() -> Iterator[None]:
    set_language(CHINESE)
    yield
    set_language(ENGLISH)


async def test_a_reason_why_not_names_the_key_that_would_help(tmp_path: Path) -> None:
    async with opened(tmp_path, keys=OWN) as driver:
        await driver.press("n")
        assert driver.said == "Find something with f7 first"
        await driver.press("ctrl+c")
        assert driver.said == "f10 leaves; every change is already saved"


async def test_the_palette_names_it_too(tmp_path: Path) -> None:
    async with opened(tmp_path, keys=OWN) as driver:
        await driver.press(":")
        await driver.type("next of what")
        assert "Find something with f7 first" in driver.text


async def test_in_chinese(tmp_path: Path, chinese: None) -> None:
    async with opened(tmp_path, keys=OWN) as driver:
        await driver.press("ctrl+c")
        assert driver.said == "用 f10 退出；所有变更都已保存"


async def test_who_carries_is_told_how_to_put_it_down(tmp_path: Path) -> None:
    async with opened(tmp_path, keys=OWN) as driver:
        await driver.go("person:zhang")
        await driver.press("m", "c")
        assert driver.said == "Put down what you carry first: f2 drops it, f5 puts it back"


async def test_who_reads_is_told_how_to_leave_the_page(tmp_path: Path) -> None:
    async with opened(tmp_path, keys=OWN) as driver:
        await driver.press("P", "m")
        assert "Leave the page first: f12 closes it" in driver.text


async def test_the_titles_of_panes_name_the_keys_that_go_there(tmp_path: Path) -> None:
    async with opened(tmp_path, keys=OWN) as driver:
        titles = [pane.label.split("  ")[0] for pane in driver.session.panes.values()]
        assert titles == ["f1 Teams", "2 Funnel", "f3 Knowledge", "4 Findings"]
        await driver.press("x")
        assert driver.said == "“fix” works in 4 Findings"


async def test_empty_panes_name_the_keys_that_fill_them(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(NOBODY, "utf-8")
    async with opened(tmp_path, keys=OWN) as driver:
        assert notes(driver)["teams"][-1] == "f6 adds a team, seat or function"
        assert notes(driver)["knowledge"][-1] == "f1, then f6 on a team adds one"


async def test_who_cannot_undo_is_told_what_takes_changes_out(tmp_path: Path) -> None:
    async with opened(tmp_path, keys=OWN) as driver:
        driver.workspace.session.author = "li"
        driver.workspace.session.do([MovePerson("zhang", "growth")])
        driver.workspace.session.author = "chen"
        await driver.press("u")
        assert driver.said == "None of the changes is yours: f4 takes out any"


async def test_a_command_without_a_key_is_named_as_the_palette_names_it(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(NOBODY, "utf-8")
    async with opened(tmp_path, (150, 40), keys=NONE) as driver:
        await driver.press("n")
        assert driver.said == "Find something with “find” first"
        assert driver.session.panes["knowledge"].label == "Knowledge"
        assert notes(driver)["teams"][-1] == "“add” adds a team, seat or function"
        await driver.press("down")
        assert " find " not in driver.lines[-1], "the line of keys shows keys"


async def test_the_page_of_keys_lists_keys(tmp_path: Path) -> None:
    async with opened(tmp_path, keys={**OWN, "mark": ()}) as driver:
        await driver.press("?")
        assert "f4" in driver.text
        assert "Mark this, to carry several at once" not in driver.text

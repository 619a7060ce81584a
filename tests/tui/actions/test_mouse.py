"""The mouse: rows, folds, panes, keys of the key line and the wheel, through the registry of commands."""

from __future__ import annotations

from pathlib import Path

from textual import events

from orgtui.model.sentence import Ref, sentence
from orgtui.tui.prompts.choosing import MultiChoicePrompt
from orgtui.tui.prompts.reader import Reader
from orgtui.tui.widgets.choices import Choices, choice
from tests.tui.small import Driver, opened


async def click(driver: Driver, words: str, begin: str = "") -> None:
    """Click on the last letter of words, in what they `begin`, where that is first on screen."""
    whole = begin or words
    x, y = next((line.index(whole), y) for y, line in enumerate(driver.lines) if whole in line)
    await driver.pilot.click(offset=(x + len(words) - 1, y))
    await driver.pilot.pause()


async def test_a_click_goes_to_the_row_and_another_inspects_it(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await click(driver, "▾ Growth")
        assert driver.session.pane.ref == Ref("team:growth")
        assert driver.app.screen is driver.session
        await click(driver, "▾ Growth")
        assert isinstance(driver.app.screen, Reader)


async def test_a_first_click_on_the_row_of_the_cursor_inspects_nothing_yet(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("team:growth")
        await click(driver, "▾ Growth")
        assert driver.app.screen is driver.session
        await driver.press("j")
        await click(driver, "▾ Growth")
        assert driver.session.pane.ref == Ref("team:growth")


async def test_a_click_on_a_finding_and_again_goes_to_what_it_is_about(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await click(driver, "P102")
        assert driver.session.pane is driver.session.panes["findings"]
        before = driver.session.pane.ref
        await click(driver, "P102")
        assert driver.session.pane.ref != before or "whole organisation" in driver.said


async def test_a_click_on_the_sign_folds_and_another_unfolds(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await click(driver, "▾", "▾ Growth")
        assert "▸ Growth" in driver.text
        assert driver.app.screen is driver.session
        await click(driver, "▸", "▸ Growth")
        assert "▾ Growth" in driver.text
        assert driver.app.screen is driver.session


async def test_a_click_on_a_key_does_what_the_key_does(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("person:zhang")
        await click(driver, "m carry")
        assert driver.session.mode.name == "carry"
        await click(driver, "put back")
        assert driver.session.mode.name == "browse"
        await click(driver, "? help")
        assert "Keys in Teams" in driver.text
        await driver.press("escape")
        await click(driver, "u undo")
        assert "nothing to undo" in driver.said, "what cannot be done says why"


async def test_a_click_on_a_title_or_below_the_rows_goes_to_the_pane(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        for words, name in (("3 Knowledge", "knowledge"), ("4 Findings", "findings"), ("1 Teams", "teams")):
            await click(driver, words)
            assert driver.session.pane is driver.session.panes[name]
        region = driver.session.panes["knowledge"].region
        await driver.pilot.click(offset=(region.x + 2, region.bottom - 1))
        assert driver.session.pane is driver.session.panes["knowledge"]


async def test_the_wheel_scrolls_the_pane_under_it(tmp_path: Path) -> None:
    async with opened(tmp_path, (60, 16)) as driver:
        pane = driver.session.panes["findings"]
        assert pane.top == 0
        x, y = pane.region.x + 3, pane.region.y + 2
        assert await driver.pilot._post_mouse_events([events.MouseScrollDown], offset=(x, y))
        await driver.pilot.pause()
        assert pane.top > 0
        assert driver.session.panes["teams"].top == 0


async def test_carrying_by_mouse(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("person:zhang")
        await click(driver, "m carry")
        await click(driver, "▾ Growth")
        assert driver.carry_mode
        await click(driver, "▾ Growth")
        assert driver.session.mode.name == "browse"
        assert driver.workspace.session.organization.people["zhang"].team == "growth"


async def test_lists_follow_it_too(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.press("/")
        await driver.type("r")
        await click(driver, "▾  Growth")
        assert driver.app.screen is not driver.session
        await click(driver, "▾  Growth")
        assert driver.app.screen is driver.session
        assert driver.session.pane.ref == Ref("team:growth")


async def test_pages_follow_it_too(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("team:growth")
        await driver.press("enter")
        reader = driver.reader
        await click(driver, "Review            weekly")
        assert reader.line.field is not None
        assert reader.line.field.name == "review"
        await click(driver, "esc close")
        assert driver.app.screen is driver.session
        await driver.press("enter")
        await click(driver, "Name              Growth")
        await click(driver, "Name              Growth")
        assert driver.reader.typing is not None, "as enter does on this line"
        await driver.press("escape", "escape")


async def test_a_click_marks_in_a_list_of_several(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        scene, session = driver.workspace.scene, driver.session
        teams = Choices([choice(scene, Ref(f"team:{team}")) for team in ("brand", "growth")])
        prompt = MultiChoicePrompt(session.theme, session.translate, sentence("Teams"), lambda typed: teams)
        driver.app.push_screen(prompt)
        await driver.pilot.pause()
        await click(driver, "▾  Growth")
        assert [*prompt.marked] == [Ref("team:growth")]
        await click(driver, "▾  Growth")
        assert not prompt.marked

"""Choosing a theme, seen before it is taken, and following the mouse; both are kept."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from shutil import copy

import pytest
from rich.style import Style

from orgtui.home import settings_path
from orgtui.model.sentence import Ref
from orgtui.tui.app import OrgApp
from orgtui.tui.commands.browsing import COMMANDS
from orgtui.tui.commands.keymap import Keymap
from orgtui.tui.config.settings import load_settings
from orgtui.tui.terminal.decoder import BackgroundTold
from orgtui.tui.themes.builtin import BUILTIN
from orgtui.tui.themes.look import Look
from orgtui.tui.themes.styles import TerminalColours
from orgtui.tui.widgets.text import theme_for
from tests.organizations import write_small
from tests.support import STARTUP
from tests.tui.fakes import strips
from tests.tui.small import Driver


@pytest.fixture(autouse=True)
def _config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


@asynccontextmanager
async def in_colour(folder: Path, count: int = 256, sample: Path | None = None) -> AsyncIterator[Driver]:
    """The app on a terminal with colours."""
    path = Path(copy(sample, folder)) if sample else write_small(folder)
    look, theme = Look(TerminalColours(count)), theme_for({}, colours=count)
    app = OrgApp(Keymap(COMMANDS), theme, path, look=look)
    async with app.run_test(size=(120, 40)) as pilot:
        driver = Driver(pilot, app)
        await driver.until(lambda: driver.session.workspace is not None)
        await driver.until(lambda: not driver.workspace.session.assessment.has_pending_rules)
        await pilot.pause()
        yield driver
        if driver.session.peers is not None:
            driver.session.peers.end()


def papers(driver: Driver) -> set[str | None]:
    """The backgrounds that are on screen; None is the terminal's own."""
    styles = [segment.style or Style() for strip in strips(driver.app.screen) for segment in strip]
    return {
        None if style.bgcolor is None or style.bgcolor.is_default else style.bgcolor.get_truecolor().hex
        for style in styles
    }


async def test_a_theme_is_seen_before_it_is_taken_and_kept(tmp_path: Path) -> None:
    async with in_colour(tmp_path) as driver:
        assert papers(driver) == {None}
        text = driver.lines
        dark, light = BUILTIN["dark"], BUILTIN["light"]
        await driver.press("T", "down")
        assert papers(driver) == {dark.background, dark.tokens["text"]}, "the panes, the box and its cursor"
        await driver.press("down")
        assert papers(driver) == {light.background, light.tokens["text"]}
        await driver.press("enter")
        assert papers(driver) == {BUILTIN["light"].background}
        assert driver.said == "Theme: Light"
        await driver.press("j", "k")
        assert driver.lines == text, "a theme changes no text"
        assert load_settings(settings_path()).theme == "light"


async def test_leaving_the_list_leaves_the_theme_as_it_was(tmp_path: Path) -> None:
    async with in_colour(tmp_path) as driver:
        await driver.press("T", "down", "down", "escape")
        assert papers(driver) == {None}
        assert not settings_path().exists()


async def test_the_palette_knows_everyday_words(tmp_path: Path) -> None:
    async with in_colour(tmp_path) as driver:
        for words in ("dark mode", "深色"):
            await driver.press(":")
            await driver.type(words)
            assert "Choose a theme" in driver.text
            await driver.press("escape")


async def test_a_theme_of_ones_own_with_a_problem_says_it(tmp_path: Path) -> None:
    folder = settings_path().parent / "themes"
    folder.mkdir(parents=True)
    (folder / "house.toml").write_text('text = "#ffffff"\nbackground = "#102030"\n')
    (folder / "wrong.toml").write_text('text = "white"\n')
    async with in_colour(tmp_path) as driver:
        await driver.press("T")
        await driver.type("wrong")
        assert "white is no colour" in driver.text
        await driver.press("enter")
        assert driver.app.screen is not driver.session, "it cannot be taken"
        await driver.press("escape", "T")
        await driver.type("house")
        await driver.press("enter")
        assert papers(driver) == {"#102030"}


async def test_what_cannot_be_kept_holds_until_one_leaves(tmp_path: Path) -> None:
    settings_path().parent.mkdir(parents=True)
    settings_path().write_text("mouse = 3\n")
    async with in_colour(tmp_path) as driver:
        await driver.press("T", "down", "enter")
        assert papers(driver) == {BUILTIN["dark"].background}
        assert "Theme: Dark; only until you leave: " in driver.said
        assert settings_path().read_text() == "mouse = 3\n"


async def test_where_there_are_no_colours_themes_say_so(tmp_path: Path) -> None:
    async with in_colour(tmp_path, 0) as driver:
        await driver.press("T")
        assert "NO_COLOR" in driver.said


async def test_the_background_that_the_terminal_tells_chooses_the_colours(tmp_path: Path) -> None:
    async with in_colour(tmp_path) as driver:
        before = driver.lines
        for background, like in (("#ffffff", "light"), ("#000000", "dark")):
            driver.app.post_message(BackgroundTold(background))
            await driver.pilot.pause()
            error = driver.app.terminal_theme.styles["error"]
            assert error is not None
            assert error.color is not None
            assert error.color.get_truecolor().hex == BUILTIN[like].tokens["error"]
            assert papers(driver) == {None}
        assert driver.lines == before


@pytest.mark.parametrize("count", [0, 8, 16, 256])
async def test_any_number_of_colours_tells_the_same(tmp_path: Path, count: int) -> None:
    async with in_colour(tmp_path, count) as driver:
        shown = [driver.lines]
        for keys in (("v",), ("v", "m"), ("escape", "2", "v"), ("?",)):
            await driver.press(*keys)
            shown.append(driver.lines)
    async with in_colour(tmp_path, 0) as driver:
        plain = [driver.lines]
        for keys in (("v",), ("v", "m"), ("escape", "2", "v"), ("?",)):
            await driver.press(*keys)
            plain.append(driver.lines)
    assert shown == plain


async def test_stages_and_areas_have_the_same_hue_in_every_pane(tmp_path: Path) -> None:
    async with in_colour(tmp_path, sample=STARTUP) as driver:
        scene, workspace = driver.workspace.scene, driver.workspace
        stages = [*scene.organization.stages]
        heads = [span.role for span in workspace.lanes.row(0, 60).left if span.text.strip()]
        assert heads == [scene.hue(Ref.to("stage", stage)) for stage in stages]
        assert len({*heads}) == len(heads)
        pr = Ref.to("function", "pr")
        area = scene.organization.functions["pr"].area
        assert area is not None
        await driver.go("function:pr")
        index = workspace.tree.index_of(pr)
        assert index is not None
        in_tree = [
            span.role for span in workspace.tree.row(index, 60).left if scene.signs.function in span.text
        ]
        workspace.lanes.next_view()
        group = workspace.lanes.index_of(Ref.to("area", area))
        assert group is not None
        in_lanes = [span.role for span in workspace.lanes.row(group, 60).left][:1]
        assert in_tree == in_lanes == [scene.hue(Ref.to("area", area))]
        assert in_tree != ["plain"]
        bar = workspace.lanes.index_of(pr)
        assert bar is not None
        served = scene.organization.functions["pr"].stages
        bars = {span.role for span in workspace.lanes.row(bar, 60).left if scene.signs.bar in span.text}
        assert bars == {scene.hue(Ref.to("stage", stage)) for stage in served}

"""The tour waits for what really happens, lets every other key work, and can be left at any time."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from orgtui.files.bundled import SAMPLES
from orgtui.files.disk.recent import add_recent, recent_file
from orgtui.files.scratch import is_scratch_copy
from orgtui.locales import current_language, set_language
from orgtui.locales.language import LANGUAGES
from orgtui.tui.actions.tour.touring import Tour
from orgtui.tui.app import OrgApp
from orgtui.tui.commands.browsing import COMMANDS
from orgtui.tui.commands.keymap import Keymap
from orgtui.tui.screens.start import StartScreen
from orgtui.views.lists.start_list import Tour as TourChoice
from tests.tui.fakes import PLAIN, lines
from tests.tui.small import KEYS, Driver, opened


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.chdir(tmp_path)


@asynccontextmanager
async def touring(size: tuple[int, int] = (120, 40)) -> AsyncIterator[Driver]:
    """The app on the start screen, from which the tour was begun."""
    app = OrgApp(Keymap(COMMANDS), PLAIN)
    async with app.run_test(size=size) as pilot:
        driver = Driver(pilot, app)
        await pilot.pause()
        await driver.press(KEYS["start_tour"])
        await until_read(driver)
        try:
            yield driver
        finally:
            if driver.session.peers is not None:
                driver.session.peers.end()
            if driver.session.tour is not None:
                driver.session.tour.end()


async def until_read(driver: Driver) -> None:
    await driver.until(lambda: driver.session.workspace is not None)
    await driver.until(lambda: not driver.workspace.session.has_pending_rules)
    await driver.pilot.pause()


def tour(driver: Driver) -> Tour:
    assert isinstance(driver.session.tour, Tour)
    return driver.session.tour


async def until_step(driver: Driver, number: int) -> None:
    await driver.until(lambda: tour(driver).step == number - 1)
    await driver.pilot.pause()


def strip(driver: Driver) -> str:
    return " ".join(line.strip() for line in lines(driver.session)[1:4])


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_all_of_it_by_the_keys_it_names(size: tuple[int, int], language: str) -> None:
    before = current_language()
    set_language(language)
    try:
        async with touring(size) as driver:
            assert is_scratch_copy(driver.workspace.opened.organization_path)
            session = driver.workspace.session
            keys = {
                1: (KEYS["findings"],),
                2: (KEYS["fix"], "enter"),
                3: (KEYS["teams"], "G", KEYS["carry"]),
                4: (KEYS["next_best"],),
                5: (KEYS["drop"],),
                6: (KEYS["undo"],),
            }
            for number, pressed in keys.items():
                await until_step(driver, number)
                assert all(len(line) <= size[0] for line in driver.lines)
                assert "…" not in strip(driver)
                assert f"{number}" in strip(driver)
                await driver.press(*pressed)
            await driver.until(lambda: tour(driver).is_over)
            await driver.pilot.pause()
            assert f"{KEYS['keep']} " in strip(driver)
            assert len(session.steps) == 1, "the fix stays, the drop is taken back"
            await driver.press("escape")
            assert driver.session.tour is None
            assert len(session.steps) == 1
    finally:
        set_language(before)


async def test_another_key_works_as_always_and_the_strip_stays() -> None:
    async with touring() as driver:
        await driver.press(KEYS["zoom"], KEYS["knowledge"], "j", KEYS["help"])
        assert "Keys in" in driver.text
        await driver.press("escape", KEYS["find"], "S", "E", "M", "enter")
        await until_step(driver, 1)
        assert "4 goes there" in strip(driver)
        await driver.press(KEYS["zoom"])


async def test_a_key_without_its_effect_is_not_enough() -> None:
    async with touring() as driver:
        await driver.press(KEYS["findings"])
        await until_step(driver, 2)
        await driver.press(KEYS["fix"], "escape", KEYS["fix"])
        tour(driver).look()
        assert tour(driver).step == 1
        await driver.press("enter")
        await until_step(driver, 3)
        await driver.press(KEYS["teams"], "g", KEYS["undo"])
        assert tour(driver).step == 2


async def test_what_is_put_back_is_asked_for_again() -> None:
    async with touring() as driver:
        await driver.press(KEYS["findings"], KEYS["fix"], "enter", KEYS["teams"], "G", KEYS["carry"])
        await until_step(driver, 4)
        assert "esc puts back" in strip(driver)
        await driver.press("escape")
        await until_step(driver, 3)
        await driver.press(KEYS["carry"], KEYS["next_best"])
        await until_step(driver, 5)
        await driver.press("escape")
        await until_step(driver, 3)


@pytest.mark.parametrize("before", [(), (KEYS["inspect"],), (KEYS["findings"], KEYS["explain"])])
async def test_it_can_be_left_at_any_time(before: tuple[str, ...]) -> None:
    async with touring() as driver:
        await driver.press(*before)
        await driver.press(KEYS["end_tour"])
        assert driver.session.tour is None
        assert "Tour" not in driver.text
        assert not driver.workspace.session.has_steps


async def test_escape_clears_marks_first() -> None:
    async with touring() as driver:
        await driver.press("G", KEYS["mark"], "escape")
        assert driver.session.tour is not None
        await driver.press("escape")
        assert driver.session.tour is None
        await driver.press("escape")
        assert driver.said == "Nothing is marked"


async def test_it_ends_with_the_file() -> None:
    async with touring() as driver:
        await driver.press(KEYS["leave"])
        assert driver.session.tour is None
        assert driver.app.return_code == 0


async def test_it_is_offered_once() -> None:
    for offered in (True, False):
        async with OrgApp(Keymap(COMMANDS), PLAIN).run_test(size=(80, 24)) as pilot:
            await pilot.pause()
            screen = pilot.app.screen
            assert isinstance(screen, StartScreen)
            assert ("New here?" in lines(screen)[-1]) is offered
            assert isinstance(screen.start, TourChoice)
            if offered:
                add_recent(Path("mine.toml"), recent_file())
                await pilot.press("down")
                assert "New here?" not in lines(screen)[-1]
            else:
                assert "t  The tour" in "\n".join(lines(screen))
        recent_file().unlink(missing_ok=True)


async def test_from_a_file_of_ones_own_it_opens_a_sample(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.press(KEYS["tour"])
        assert "small.toml is closed for it" in driver.text
        await driver.press("down", "enter")
        assert driver.session.tour is None
        own = driver.workspace
        await driver.press(KEYS["tour"], "enter")
        await driver.until(lambda: driver.session.workspace not in (None, own))
        await until_read(driver)
        assert driver.workspace.opened.organization_path.name == SAMPLES[0].file
        assert "Tour 1 of 6" in strip(driver)
        await driver.press("escape", KEYS["tour"])
        assert "Tour 1 of 6" in strip(driver), "on an untouched sample it begins at once"
        await driver.press("escape")

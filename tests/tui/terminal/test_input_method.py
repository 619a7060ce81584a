"""What is typed with an input method on does what was meant, but where a text is typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events
from textual.widgets import Input

from orgtui.tui.app import OrgApp
from orgtui.tui.commands.browsing import COMMANDS
from orgtui.tui.commands.command import CARRY, READ, SUGGEST
from orgtui.tui.commands.keymap import Keymap
from orgtui.tui.prompts.help import HelpPrompt
from orgtui.tui.terminal.decoder import Decoder
from orgtui.tui.terminal.input_method import is_committed, plain_key
from tests.tui.fakes import PLAIN
from tests.tui.small import KEYS, Driver, opened

HINT = "An input method is on"


def sent(text: str) -> list[events.Key]:
    """The keys that a terminal's bytes mean."""
    return [key for key in Decoder().feed(text.encode()) if isinstance(key, events.Key)]


async def type_keys(driver: Driver, text: str) -> None:
    """Send what a terminal sends for a text; the pilot knows no names of full-width signs."""
    assert driver.app.terminal is not None
    for key in sent(text):
        key.set_sender(driver.app)
        driver.app.terminal.send_message(key)
        await driver.pilot.pause()


def _is_help(driver: Driver) -> bool:
    return isinstance(driver.app.screen, HelpPrompt)


@pytest.mark.parametrize(
    ("full", "plain"),
    [
        ("ｊｋＭ０９＄", "jkM09$"),
        ("【】「」", "[][]"),
        ("？：、／￥¥\u3000～", "?://$$ ~"),
        ("王jé$", "王jé$"),
    ],
)
def test_full_width_bytes_are_the_keys_that_were_meant(full: str, plain: str) -> None:
    keys = [plain_key(key) for key in sent(full)]
    assert [(key.key, key.character) for key in keys] == [(key.key, key.character) for key in sent(plain)]


def test_only_what_no_keyboard_has_was_committed() -> None:
    assert [character for character in "王あ한jéжαª１？🙂" if is_committed(sent(character)[0])] == [*"王あ한"]


async def test_panes_carrying_and_pages(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("team:brand")
        here = driver.session.pane.cursor
        await type_keys(driver, "ｊ")
        assert driver.session.pane.cursor == here + 1
        await driver.go("person:zhang")
        await type_keys(driver, "ｍ")
        assert driver.session.mode.name == CARRY
        await type_keys(driver, "【")
        await driver.until(lambda: not driver.app.busy)
        best = driver.session.pane.cursor
        await driver.press("escape")
        await driver.go("person:zhang")
        await driver.press("m", "left_square_bracket")
        await driver.until(lambda: not driver.app.busy)
        assert driver.session.pane.cursor == best
        await driver.press("escape")
        await type_keys(driver, "２")
        assert driver.session.arranged.arrangement.active == "funnel"
        await type_keys(driver, "１")
        await driver.press("enter")
        assert driver.session.mode.name == READ
        await type_keys(driver, "ｊ")
        assert driver.session.mode.pane.cursor == 1
        await driver.press("escape")
        await type_keys(driver, "？")
        assert _is_help(driver)
        await type_keys(driver, "ｊ？")
        assert not _is_help(driver)
        for opens in "：、":
            await type_keys(driver, opens)
            assert isinstance(driver.app.focused, Input)
            await driver.press("escape")
        await driver.go("person:zhang")
        await type_keys(driver, "\u3000")
        assert driver.session.marked


async def test_texts_take_every_character(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("team:brand")
        await driver.press("r")
        await type_keys(driver, "ｊ王？")
        assert isinstance(driver.app.focused, Input)
        assert driver.app.focused.value == "ｊ王？"
        assert HINT not in driver.text


async def test_what_an_input_method_has_made_of_letters_does_nothing_and_is_told_once(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("team:brand")
        before = driver.session.pane.cursor
        await type_keys(driver, "王磊")
        assert HINT in driver.text
        assert driver.session.pane.cursor == before
        await driver.press("j")
        await type_keys(driver, "王")
        assert HINT not in driver.text
        assert driver.session.pane.cursor == before + 1


async def test_it_is_told_on_a_page(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("team:brand")
        await driver.press("enter")
        await type_keys(driver, "王")
        assert driver.session.mode.name == READ
        assert HINT in driver.text


async def test_suggestions(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.press(KEYS["suggest"])
        await driver.until(lambda: driver.session.mode.name == SUGGEST)
        await type_keys(driver, "王")
        assert HINT in driver.text
        await type_keys(driver, "ｑ")
        await driver.until(lambda: driver.session.mode.name != SUGGEST)


async def test_the_start_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    app = OrgApp(Keymap(COMMANDS), PLAIN)
    async with app.run_test(size=(120, 40)) as pilot:
        driver = Driver(pilot, app)
        await type_keys(driver, "王")
        assert HINT in driver.lines[-1]
        await type_keys(driver, "？")
        assert _is_help(driver)

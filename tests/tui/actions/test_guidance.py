"""Help and palette: what can be done here, what signs mean, and commands by everyday words."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest

from orgtui.tui.actions.look.guidance import CommandRows
from orgtui.tui.actions.look.legend import UNEXPLAINED, legend
from orgtui.tui.commands.browsing import COMMANDS
from orgtui.tui.commands.command import BROWSE, PANES, Command
from orgtui.tui.commands.everyday_words import everyday_words
from orgtui.tui.prompts.choosing import ChoicePrompt
from orgtui.tui.prompts.help import HelpPrompt
from orgtui.tui.widgets.text import ASCII as ASCII_GLYPHS
from orgtui.tui.widgets.text import Glyphs
from orgtui.views.base.signs import ASCII, UNICODE, Signs
from tests.tui.small import Driver, opened


def page(driver: Driver) -> HelpPrompt:
    assert isinstance(driver.app.screen, HelpPrompt), driver.text
    return driver.app.screen


def lines(driver: Driver) -> list[str]:
    rows = page(driver).list.rows
    return ["".join(span.text for span in rows.row(at, 200).left) for at in range(len(rows))]


def section(driver: Driver, title: str) -> list[str]:
    all_lines = lines(driver)
    rest = all_lines[all_lines.index(title) + 1 :]
    return rest[: rest.index("")] if "" in rest else rest


async def test_help_opens_on_what_can_be_done_here(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("team:growth")
        await driver.take("help")
        assert lines(driver)[0] == "What can be done here"
        here = section(driver, "What can be done here")
        assert any("Give this another name" in line for line in here)
        assert not any("Choose a fix" in line for line in lines(driver))
        assert "Give this another name" in driver.text
        later = section(driver, "Not now")
        assert any("Take back the last change" in line and "nothing to undo" in line for line in later)

        await driver.take("escape", "carry", "help")
        here = section(driver, "What can be done here")
        assert any("Drop what is carried here" in line for line in here)
        assert not any("Give this another name" in line for line in lines(driver))
        assert section(driver, "What the signs mean")[0].split()[:2] == ["+3", "−3"]
        await driver.take("escape", "escape", "inspect", "help")
        assert any("Back to the page before" in line for line in section(driver, "What can be done here"))


async def test_all_moving_keys_move_and_typing_searches(tmp_path: Path) -> None:
    async with opened(tmp_path, size=(80, 24)) as driver:
        await driver.take("help")
        rows = page(driver).list
        last, visible = len(rows.rows) - 1, rows.page
        walked = []
        for key in (
            "j",
            "down",
            "k",
            "up",
            "ctrl+d",
            "ctrl+u",
            "pagedown",
            "pageup",
            "G",
            "g",
            "end",
            "home",
        ):
            await driver.press(key)
            walked.append(rows.cursor)
        half = visible // 2
        assert walked == [1, 2, 1, 0, half, 0, visible - 1, 0, last, 0, last, 0]

        await driver.type("undo")
        await driver.until(lambda: len(rows.rows) < last)
        assert page(driver).typed == "undo"
        assert any("Take back the last change" in line for line in lines(driver))
        assert not any("Give this another name" in line for line in lines(driver))
        await driver.press(*["backspace"] * 4)
        await driver.until(lambda: len(rows.rows) == last + 1)
        await driver.type("hire")
        await driver.until(lambda: any("Add here" in line for line in lines(driver)))
        await driver.press(*["backspace"] * 4)
        await driver.until(lambda: len(rows.rows) == last + 1)
        await driver.take("help")
        await driver.until(lambda: driver.app.screen is driver.session)


@pytest.mark.parametrize(("signs", "glyphs"), [(UNICODE, Glyphs()), (ASCII, ASCII_GLYPHS)])
@pytest.mark.parametrize("pane", PANES)
def test_every_sign_is_explained_in_every_pane(signs: Signs, glyphs: Glyphs, pane: str) -> None:
    explained = [each.sign for each in legend(signs, glyphs, pane, BROWSE)]
    for drawn in (signs, glyphs):
        for field in dataclasses.fields(drawn):
            if field.name not in UNEXPLAINED | {"gains", "refused", "home", "kin", "stranger", "point"}:
                assert getattr(drawn, field.name) in explained, field.name


def is_chinese(word: str) -> bool:
    return any("\u4e00" <= character <= "\u9fff" for character in word)


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.id)
def test_every_command_has_an_everyday_word_in_each_language(command: Command) -> None:
    words = everyday_words(command)
    assert any(map(is_chinese, words))
    assert any(word.isascii() for word in words)


COMMANDS_CALLED = {
    "add": "hire person department 招聘 zhaopin 部门 人员",
    "remove": "delete fire 删除 离职",
    "export": "export print 导出 打印 daochu",
    "save": "save 保存",
    "undo": "undo ｕｎｄｏ 撤销",
    "leave": "quit 退出",
    "pay": "salary 工资",
    "carry": "transfer 调动",
    "lead": "manager 负责人",
}
"""By the command that is to be the first, what people type."""


async def test_the_palette_knows_everyday_words(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("team:growth")
        await driver.take("palette")
        prompt = driver.app.screen
        assert isinstance(prompt, ChoicePrompt)
        for first, words in COMMANDS_CALLED.items():
            for typed in words.split():
                rows = prompt.find(typed)
                assert isinstance(rows, CommandRows)
                assert rows.commands[0].id == first, (typed, [each.id for each in rows.commands])


async def test_save_says_that_everything_is_saved(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("palette", "'save", "enter")
        await driver.until(lambda: driver.said == "Everything is saved already; e exports")
        await driver.take("down", "ctrl+s")
        assert driver.said == "Everything is saved already; e exports"

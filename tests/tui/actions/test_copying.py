"""Copying by keys: what is copied of a seat, a team, a finding and a page, and what is refused."""

from __future__ import annotations

import base64
from pathlib import Path

import pytest

from orgtui import locales
from orgtui.changes.operations.seats import MovePerson
from orgtui.tui.prompts.prompt import Prompt
from orgtui.tui.terminal import driver as terminal_driver
from orgtui.tui.terminal.textual_internals import driver_of
from tests.tui.actions.test_pay import write as write_with_pay
from tests.tui.small import KEYS, Driver, opened


@pytest.fixture(autouse=True)
def _outside_of_tmux(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TMUX", raising=False)


class Clipboard:
    """What an app under test puts on the clipboard of its terminal."""

    def __init__(self, driver: Driver, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sent: list[str] = []
        terminal = driver_of(driver.app)
        assert terminal is not None
        monkeypatch.setattr(terminal, "write", self.sent.append)

    @property
    def text(self) -> str:
        """The last text; exactly one sequence was sent for it."""
        (sent,) = [each for each in self.sent if "]52;" in each]
        self.sent.clear()
        assert sent.startswith("\x1b]52;c;")
        assert sent.endswith("\x07")
        return base64.b64decode(sent[7:-1], validate=True).decode("utf-8")

    @property
    def is_empty(self) -> bool:
        return not any("]52;" in each for each in self.sent)


def foot(driver: Driver) -> str:
    prompt = driver.app.screen
    assert isinstance(prompt, Prompt)
    return "".join(span.text for span in prompt.foot.words(200).left)


async def test_a_seat_is_a_line_and_a_team_a_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(tmp_path) as driver:
        clipboard = Clipboard(driver, monkeypatch)
        await driver.go("person:zhang")
        await driver.press(KEYS["copy"])
        assert clipboard.text == "Zhang Wei\tContent editor\tBrand\tLi Na"
        assert driver.said == "Copied: Zhang Wei  Content editor  Brand  Li Na"
        await driver.go("team:brand")
        await driver.press(KEYS["copy"])
        brand = clipboard.text.split("\n")
        assert brand[0] == "Person\tTitle\tTeam\tReports to"
        assert [line.split("\t")[0] for line in brand[1:]] == ["Li Na", "Zhang Wei", "Xu Lei"]
        assert driver.said == "Copied 4 lines: Person  Title  Team  Reports to"
        await driver.go("team:marketing")
        await driver.press(KEYS["copy"])
        everybody = [line.split("\t")[0] for line in clipboard.text.split("\n")[1:]]
        assert sorted(everybody) == ["Chen Jing", "Li Na", "Xu Lei", "Zhang Wei", "王磊"]


async def test_a_finding_is_its_sentence_and_anything_else_its_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tmp_path) as driver:
        clipboard = Clipboard(driver, monkeypatch)
        await driver.take("4 finding:P203 team:growth, copy")
        assert clipboard.text.startswith("P203 Growth has 1 seat")
        await driver.go("function:content")
        await driver.press(KEYS["copy"])
        page = clipboard.text.split("\n")
        assert page[0] == "Content"
        assert "Stages Awareness" in [" ".join(line.split()) for line in page]
        assert "add a skill" not in "\n".join(page)
        assert not any("›" in line or line != line.rstrip() for line in page)


async def test_the_open_page_is_copied_with_its_sentences_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tmp_path, size=(80, 24)) as driver:
        clipboard = Clipboard(driver, monkeypatch)
        driver.workspace.session.do([MovePerson("zhang", "growth")], "why " * 40)
        await driver.go("team:growth")
        await driver.press(KEYS["inspect"], KEYS["copy"])
        assert clipboard.text.startswith("Growth\n\n")
        assert foot(driver).startswith("Copied ")
        await driver.press("escape", KEYS["compare"], "enter", KEYS["copy"])
        compared = clipboard.text
        assert compared.startswith("The baseline and now\n\n")
        assert ("why " * 40).strip() in compared
        await driver.press("escape", KEYS["plan"], KEYS["copy"])
        assert clipboard.text.startswith("Plan small: 1 change")
        assert foot(driver).startswith("Copied ")
        await driver.press("escape", KEYS["find"], "Y")
        assert clipboard.is_empty, "a letter is typed where letters are typed"
        await driver.press("escape", KEYS["help"], KEYS["copy"])
        assert clipboard.text.startswith("Keys in Teams\n\n")
        await driver.press("down")
        assert not foot(driver).startswith("Copied ")


async def test_it_is_in_the_language_of_the_session(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(locales, "_language", "en")
    monkeypatch.setattr(locales, "_gettext", str)
    locales.set_language("zh_CN")
    async with opened(tmp_path) as driver:
        clipboard = Clipboard(driver, monkeypatch)
        await driver.go("team:growth")
        await driver.press(KEYS["copy"])
        assert clipboard.text.split("\n")[0] == "姓名\t职位\t团队\t汇报给"
        assert driver.said == "已复制 2 行：姓名  职位  团队  汇报给"


async def test_nothing_is_cut_what_is_too_long_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tmp_path) as driver:
        clipboard = Clipboard(driver, monkeypatch)
        await driver.go("person:zhang")
        whole = len("Zhang Wei\tContent editor\tBrand\tLi Na")
        monkeypatch.setattr("orgtui.tui.actions.look.copying.CLIPBOARD_MAX_BYTES", whole)
        await driver.press(KEYS["copy"])
        assert len(clipboard.text) == whole
        monkeypatch.setattr("orgtui.tui.actions.look.copying.CLIPBOARD_MAX_BYTES", whole - 1)
        await driver.press(KEYS["copy"])
        assert clipboard.is_empty
        assert driver.said == (
            f"Nothing is copied: this has {whole} bytes, and terminals take {whole - 1}; e writes files"
        )
        assert 4 * ((terminal_driver.CLIPBOARD_MAX_BYTES + 2) // 3) + len("\x1b]52;c;\x07") <= 100_000


async def test_pay_never_leaves_the_screen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_with_pay(tmp_path)
    async with opened(tmp_path) as driver:
        clipboard = Clipboard(driver, monkeypatch)
        await driver.go("team:growth")
        await driver.press(KEYS["pay"], KEYS["copy"])
        assert clipboard.is_empty
        assert driver.said == "Pay is shown on this screen only: $ hides it, then Y copies"
        await driver.press(KEYS["inspect"], KEYS["copy"])
        assert clipboard.is_empty
        await driver.press("escape", KEYS["pay"], KEYS["inspect"], KEYS["copy"])
        assert "654,321" not in clipboard.text


async def test_in_tmux_it_says_what_tmux_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TMUX", "/tmp/tmux-0/default,1,0")
    async with opened(tmp_path) as driver:
        Clipboard(driver, monkeypatch)
        await driver.go("person:zhang")
        await driver.press(KEYS["copy"])
        assert driver.said == "tmux needs set-clipboard on. Copied: Zhang Wei  Content editor  Brand  Li Na"


async def test_cutting_in_an_input_stays_in_the_app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(tmp_path) as driver:
        clipboard = Clipboard(driver, monkeypatch)
        await driver.go("team:growth")
        await driver.press(KEYS["rename"], "shift+home", "ctrl+x")
        assert clipboard.is_empty
        await driver.press("ctrl+v")
        assert "Growth" in driver.text
        assert clipboard.is_empty

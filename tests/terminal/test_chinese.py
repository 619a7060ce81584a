"""A session in Chinese, on an organisation with Chinese names."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from tests.terminal.emulator import Emulator
from tests.terminal.prepared import orgtui

SAMPLE = Path(__file__).parents[2] / "sample_orgs" / "startup_a.zh.toml"
ENGLISH_WORDS = re.compile(r"\b(the|to|of|with|more|than|and|has|is|esc closes|leaves)\b")


def columns_of(terminal: Emulator, sign: str, row: int) -> list[int]:
    """In which cells of a row a sign stands; a wide character takes two."""
    cells = terminal.screen.buffer[row]
    return [x for x in range(terminal.screen.columns) if cells[x].data == sign]


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    return Path(shutil.copy(SAMPLE, tmp_path / "startup_a.zh.toml"))


@pytest.mark.parametrize("chosen", [("--lang", "zh_CN"), ()])
def test_wide_text_lines_up_and_nothing_is_said_in_english(sample: Path, chosen: tuple[str, ...]) -> None:
    environment = {} if chosen else {"ORGTUI_LANG": "zh_CN"}
    with orgtui(sample, *chosen, environment=environment) as terminal:
        terminal.until("P102")
        terminal.until_gone("检查中")
        assert terminal.lines[1].startswith(" 1 团队 ──")
        assert terminal.lines[-1].endswith("? 帮助")
        rules = columns_of(terminal, "│", 2)
        assert len(rules) == 2
        panes = next(y for y, line in enumerate(terminal.lines) if line.startswith(" 4 问题"))
        assert all(columns_of(terminal, "│", row) == rules for row in range(2, panes))
        for key, title in (("?", "团队窗格的按键"), ("p", "还没有任何变更"), (":", "命令")):
            terminal.press(key)
            terminal.until(title)
            assert not ENGLISH_WORDS.search("\n".join(terminal.lines))
            terminal.press("backspace")
            terminal.until_gone(title)
        terminal.press("q")
        assert terminal.ends() == 0

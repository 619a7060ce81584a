"""A page is edited in place on a real terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli

from tests.organizations import write_small
from tests.terminal.driving import be_ready, go_to
from tests.terminal.emulator import Emulator
from tests.terminal.prepared import orgtui
from tests.terminal.test_hostile import OVERRIDE, SET_CLIPBOARD, ZERO_WIDTH, assert_harmless, paste


def stands(terminal: Emulator, *words: str) -> bool:
    """Whether words stand one after another on one line, however far apart."""
    return any(all(word in line for word in words) for line in terminal.lines)


@pytest.mark.parametrize(("columns", "rows"), [(120, 40), (80, 24)])
def test_a_share_of_work_is_changed_seen_before_and_after(tmp_path: Path, columns: int, rows: int) -> None:
    with orgtui(write_small(tmp_path), columns=columns, rows=rows) as terminal:
        be_ready(terminal)
        go_to(terminal, "Zhang Wei")
        terminal.press("enter")
        terminal.until(lambda: stands(terminal, "Functions", "Content 1"))
        terminal.press(*["down"] * 8, "enter")
        terminal.until("esc leaves it as it was")
        terminal.press("backspace")
        terminal.until("Would do: ")
        terminal.press(*"2")
        terminal.until("2 is no share of a week")
        terminal.press("enter")
        terminal.press("backspace", *"0.25")
        terminal.until("The findings would stay as they are")
        terminal.until(lambda: stands(terminal, "Functions", "Content 0.25"))
        terminal.press("enter")
        terminal.until("Put Zhang Wei on Content at 0.25: the findings stay as they are")
        terminal.until(lambda: stands(terminal, "Since the baseline", "Content 1 → Content 0.25"))
        terminal.press("q")
        terminal.until_gone("Since the baseline")
        terminal.until(lambda: stands(terminal, "Zhang Wei", "Con", "0.25"))
        terminal.press("q")
        assert terminal.ends() == 0
    plan = tomli.loads((tmp_path / "small.plan.toml").read_text("utf-8"))
    made = [{key: change[key] for key in ("op", "person", "function", "share")} for change in plan["change"]]
    assert made == [{"op": "assign", "person": "zhang", "function": "content", "share": 0.25}]


def test_what_is_pasted_into_a_line_is_refused_and_never_sent(tmp_path: Path) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        go_to(terminal, "Zhang Wei")
        terminal.press("enter")
        terminal.until(lambda: stands(terminal, "Functions", "Content 1"))
        terminal.press("enter")
        terminal.until("esc leaves it as it was")
        paste(terminal, f"{SET_CLIPBOARD}{OVERRIDE}{ZERO_WIDTH}")
        terminal.settle()
        terminal.press("enter")
        terminal.until("cannot be used in a text")
        terminal.press("escape", "q", "q")
        assert terminal.ends() == 0
        assert_harmless(terminal)

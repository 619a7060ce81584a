"""The principles on a real pseudo-terminal: places ranked, fixes seen first, findings explained."""

from __future__ import annotations

from pathlib import Path

import pytest
import tomli

from tests.organizations import write_small
from tests.terminal.driving import be_ready, go_to
from tests.terminal.emulator import Emulator
from tests.terminal.prepared import orgtui


def header(terminal: Emulator, words: str) -> None:
    terminal.until(lambda: terminal.lines[0].startswith(words))


def rests_on(terminal: Emulator, words: str) -> None:
    """Wait until the first finding with some words has the cursor."""
    row = next(number for number, line in enumerate(terminal.lines) if words in line)
    terminal.until(lambda: terminal.screen.buffer[row][4].reverse)


def to_finding(terminal: Emulator, words: str) -> None:
    """Go to the findings and walk down to the one that says something."""
    terminal.press("4", "g")
    terminal.until(lambda: any(words in line for line in terminal.lines))
    first = next(n for n, line in enumerate(terminal.lines) if line.startswith(" 4 Findings")) + 1
    row = next(n for n, line in enumerate(terminal.lines) if n >= first and words in line)
    terminal.press(*["down"] * (row - first))
    rests_on(terminal, words)


def test_places_are_ranked_by_key(tmp_path: Path) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        go_to(terminal, "Zhang Wei")
        terminal.press("m")
        terminal.until(" −4 ▾ Marketing")
        terminal.until(" ×    ▾ Brand")
        terminal.until(" −7   ▾ Growth")
        terminal.press("]")
        header(terminal, " ▣ Zhang Wei › Marketing   ✖ 1  ▲ 5→6")
        terminal.press("[")
        header(terminal, " ▣ Zhang Wei › Growth   ✖ 1  ▲ 5→7  ● 1→2")
        terminal.press("[")
        terminal.until("There is no worse place")
        terminal.press("]")
        header(terminal, " ▣ Zhang Wei › Marketing")
        terminal.press("k", "j", "j")
        terminal.until("already")
        terminal.press("backspace")
        header(terminal, " Acme Marketing   ✖ 1  ▲ 5  ● 1")


@pytest.mark.parametrize(("columns", "rows"), [(120, 40), (80, 24)])
def test_fixes_are_seen_in_all_panes_before_one_is_taken(tmp_path: Path, columns: int, rows: int) -> None:
    path = write_small(tmp_path)
    with orgtui(path, columns=columns, rows=rows) as terminal:
        be_ready(terminal)
        to_finding(terminal, "P102 Nothing carries leads")
        terminal.press("x")
        terminal.until("What it would do")
        terminal.until("Let Content hand over to SEO, tracked")
        terminal.until("−  ✖ P102 Nothing carries leads")
        terminal.until("+  ▲ P403")
        header(terminal, " Acme Marketing   ✖ 1→0  ▲ 5→6")
        box = next(n for n, line in enumerate(terminal.lines) if line.startswith("╭"))

        def lit() -> list[str]:
            """What the rows of the views say that have a light."""
            return [line.partition("›")[2] for line in terminal.lines[1:box] if "›" in line]

        terminal.until(lambda: any("Content" in row for row in lit()) or columns < 100)
        before = lit()
        terminal.press("down")
        terminal.until(lambda: lit() != before or columns < 100)
        terminal.press("escape")
        header(terminal, " Acme Marketing   ✖ 1  ▲ 5  ● 1")
        terminal.until_gone("What it would do")
        terminal.press("x")
        terminal.until("Let PR hand over to SEO, tracked")
        terminal.press(*"PR", "enter")
        terminal.until("Joined PR to SEO by a handoff, tracked: 1 finding mended, 1 new")
        header(terminal, " Acme Marketing   ✖ 0  ▲ 6  ● 1   was 1/5/1")
        terminal.press("u")
        terminal.until("Took back: ")
        terminal.press("ctrl+r")
        terminal.until("Did again: ")
        terminal.press("q")
        assert terminal.ends() == 0
    [change] = tomli.loads((tmp_path / "small.plan.toml").read_text("utf-8"))["change"]
    assert (change["op"], change["from"], change["to"]) == ("add_handoff", "pr", "seo")
    assert change["why"].startswith("P102 funnel-break: Nothing carries leads from Awareness to Inquiry")


def test_a_finding_is_explained_and_what_it_is_about_inspected(tmp_path: Path) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        to_finding(terminal, "P203 Growth has 1 seat")
        terminal.press("i")
        terminal.until("P203 team-too-thin (warning)")
        terminal.until("What it rests on")
        terminal.until("Its principle")
        terminal.press("escape")
        terminal.until_gone("What it rests on")
        terminal.press("enter")
        terminal.until("│›     SEO")
        terminal.press("enter")
        terminal.until("Since the baseline") if False else terminal.until("P203")
        terminal.press("escape")
        terminal.press("P")
        terminal.until("68 principles")
        terminal.until("asleep: needs areas")
        terminal.press("q", "q")
        assert terminal.ends() == 0

"""Notes are written on anything, seen where it is seen, found by their words, and listed on one page."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgtui.session.identity import user_name
from tests.changes.world import change
from tests.tui.small import Driver, opened

SIGN = "✎"


def noted(driver: Driver, on: str, text: str) -> None:
    driver.workspace.session.do([change("note", on=on, text=text)])


def signed_rows(driver: Driver) -> list[str]:
    return [line for line in driver.lines if SIGN in line]


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_a_note_is_written_on_what_the_cursor_is_on_and_said_in_full(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    async with opened(tmp_path, size) as driver:
        await driver.take("1 team:brand, note, 'Ask IT before the CMS moves, enter")
        assert f"Brand {SIGN}" in driver.text
        await driver.take("up, down")
        assert f"{SIGN} Ask IT before the CMS moves ({user_name()}, " in driver.text
        await driver.take("up")
        assert "Ask IT" not in driver.text
        await driver.take("down, enter, G")
        assert "Ask IT before the CMS moves" in driver.text
        await driver.take("escape, undo")
        assert not signed_rows(driver)


async def test_the_sign_stands_in_every_pane_and_is_explained(tmp_path: Path) -> None:
    async with opened(tmp_path, (160, 40)) as driver:
        noted(driver, "function:content", "Who writes in Chinese?")
        noted(driver, "share:team:brand>team:growth>messaging", "Twice a month is enough")
        for pane in ("teams", "funnel"):
            rows = [driver.session.panes[pane].rows.row(i, 60) for i in range(6)]
            assert any(f"Content {SIGN}" in "".join(s.text for s in row.left) for row in rows), pane
        await driver.take("3, up, down")
        assert f"{SIGN} Twice a month is enough" in driver.text
        await driver.take("help, 'note on it")
        assert "there is a note on it" in driver.text


async def test_a_finding_shows_that_there_is_a_note_on_what_it_is_about(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("4")
        ref = driver.session.pane.ref
        assert ref is not None
        finding = driver.workspace.findings.finding(ref)
        assert finding is not None
        await driver.take("note")
        if "A note on what?" in driver.text:
            await driver.take("enter")
        await driver.take("'Known, enter, down, up")
        assert f"{SIGN} Known" in driver.text


async def test_notes_are_found_by_their_words_and_lead_to_what_they_are_on(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        noted(driver, "person:zhang", "Back from leave in June")
        noted(driver, "goal:coverage", "Count podcasts as well")
        await driver.take("1 team:growth, find, 'from leave")
        assert "Back from leave in June" in driver.text
        await driver.take("enter")
        assert driver.session.pane.ref == "person:zhang"
        await driver.take("find, 'podcasts, enter")
        assert "Media coverage" in driver.lines[3] or "Count podcasts as well" in driver.text
        await driver.take("escape, 1 team:growth, undo, undo, find, 'from leave")
        assert "Nothing fits" in driver.text


async def test_all_notes_are_on_one_page_the_latest_first(tmp_path: Path) -> None:
    async with opened(tmp_path, (80, 24)) as driver:
        await driver.take("notes")
        assert driver.said == "There are no notes yet"
        noted(driver, "team:brand", "Ask IT before the CMS moves")
        noted(driver, "person:zhang", "Back from leave in June")
        await driver.take("notes")
        assert "2 notes, the latest first" in driver.text
        assert f"{user_name()}, " in driver.text
        await driver.take("> Back from, o")
        assert driver.session.pane.ref == "person:zhang"

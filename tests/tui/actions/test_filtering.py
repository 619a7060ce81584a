"""Findings filtered, searched and grouped by keys: what is on is said, and one key clears it."""

from __future__ import annotations

from pathlib import Path

from orgtui.model.records import Team
from orgtui.model.sentence import Ref
from tests.organizations import write_small
from tests.tui.small import Driver, opened

MANY = [Team(f"squad-{number}", f"Squad {number}", "growth") for number in range(1, 13)]


def title(driver: Driver) -> str:
    return driver.session.panes["findings"].label


def findings(driver: Driver) -> list[str]:
    rows = driver.session.panes["findings"].rows
    return [str(rows.ref(row) or "") for row in range(len(rows))]


async def choose(driver: Driver, words: str) -> None:
    before = title(driver)
    await driver.take("4", "filter", f"'{words}", "enter")
    await driver.until(lambda: title(driver) != before)


async def test_criteria_are_added_one_by_one_and_one_key_shows_all(tmp_path: Path) -> None:
    write_small(tmp_path, *MANY)
    async with opened(tmp_path) as driver:
        await driver.go("team:growth")
        every = findings(driver)
        await choose(driver, "warnings")
        warnings = len(findings(driver))
        assert f"{warnings} of {len(every)}: warnings   esc shows all" in title(driver)
        assert 0 < warnings < len(every)

        await choose(driver, "growth and")
        below = findings(driver)
        assert f"{len(below)} of {len(every)}: warnings, Growth and below   esc shows all" in title(driver)
        assert 0 < len(below) < warnings
        assert title(driver) in driver.text

        await choose(driver, "warnings")
        assert "of" in title(driver)
        assert "warnings" not in title(driver)
        await driver.take("escape")
        assert findings(driver) == every
        assert title(driver) == "4 Findings"
        await driver.take("escape")
        assert driver.said == "Nothing is marked"


async def test_words_are_searched_and_the_cursor_is_on_what_was_chosen(tmp_path: Path) -> None:
    write_small(tmp_path, *MANY)
    async with opened(tmp_path) as driver:
        every = findings(driver)
        await driver.take("4", "find_finding", "'growth has", "down", "enter")
        await driver.until(lambda: "esc shows all" in title(driver))
        chosen = driver.session.pane.ref
        assert all("team:growth" in ref for ref in findings(driver))
        assert chosen == findings(driver)[1]
        assert "“growth has”" in title(driver)
        await driver.take("escape")
        assert driver.session.pane.ref == chosen
        assert findings(driver) == every


async def test_what_comes_later_is_filtered_too_and_an_empty_filter_says_so(tmp_path: Path) -> None:
    async with opened(write_small(tmp_path).parent) as driver:
        await choose(driver, "errors")
        total = driver.workspace.findings.total
        await driver.take("1 team:brand", "rename", "right", "'!", "enter")
        await driver.until(lambda: "Brand!" in driver.text)
        assert f"1 of {total}: errors" in title(driver)
        await driver.take("4", "find_finding", "'p102", "enter")
        await driver.until(lambda: "p102" in title(driver))
        await choose(driver, "errors")
        await choose(driver, "advice")
        assert f"None of the {total} findings fits" in driver.text
        await driver.take("escape")
        assert len(findings(driver)) == total


async def test_new_since_the_baseline(tmp_path: Path) -> None:
    write_small(tmp_path)
    async with opened(tmp_path) as driver:
        before = set(findings(driver))
        await driver.take("1 person:li", "carry", "1 team:growth", "enter")
        await driver.until(lambda: "Moved" in driver.said)
        new = set(findings(driver)) - before
        assert new
        await choose(driver, "baseline")
        assert set(findings(driver)) == new
        await driver.take("1", "undo")
        await driver.until(lambda: "None of the" in driver.text)


async def test_groups_by_principle_and_by_team(tmp_path: Path) -> None:
    write_small(tmp_path, *MANY)
    async with opened(tmp_path) as driver:
        plain = findings(driver)
        await driver.take("4", "last")
        await driver.take("group")
        assert driver.said == "Findings by principle"
        assert sorted(filter(None, findings(driver))) == sorted(plain)
        await driver.take("first")
        assert driver.session.pane.ref is None
        await driver.take("fix")
        assert driver.said == "Nothing is selected here"
        await driver.take("group")
        assert driver.said == "Findings by team"
        await driver.take("group")
        assert findings(driver) == plain


async def test_going_to_a_finding_that_is_filtered_out_shows_all(tmp_path: Path) -> None:
    async with opened(write_small(tmp_path).parent) as driver:
        await choose(driver, "errors")
        await driver.take("1 team:growth", "inspect", "> ▲ P203", "go_there")
        await driver.until(lambda: driver.session.pane.ref == Ref("finding:P203 team:growth"))
        assert title(driver) == "4 Findings"

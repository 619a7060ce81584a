"""Panes with nothing in them say what would be here and which key adds it; the key does add it."""

from __future__ import annotations

from pathlib import Path

from orgtui.tui.widgets.pane import Pane
from tests.tui.small import Driver, opened

NOBODY = """\
format = 1
[organization]
name = "New"
vision = "First"
as_of = 2026-11-21
review_on = 2027-02-21
[[team]]
id = "marketing"
name = "Marketing"
"""
WITH_STAGES = NOBODY + '[[stage]]\nid = "awareness"\nname = "Awareness"\n'


def shown(pane: Pane) -> list[str]:
    """The rows of a pane as text, without title and empty rows."""
    strips = pane.render_lines(pane.size.region)[1:]
    return [strip.text.strip() for strip in strips if strip.text.strip()]


def notes(driver: Driver) -> dict[str, list[str]]:
    return {name: shown(pane) for name, pane in driver.session.panes.items()}


async def test_one_team_and_nobody(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(NOBODY, "utf-8")
    async with opened(tmp_path) as driver:
        seen = notes(driver)
        asleep = len(driver.workspace.session.assessment.asleep)
        assert seen["teams"][1:] == ["Nobody works here yet", "a adds a team, seat or function"]
        assert seen["funnel"] == [
            "No functions yet",
            "1, then a on a team adds one",
            "Stages are listed in the file",
        ]
        assert seen["knowledge"] == ["No knowledge links yet", "1, then a on a team adds one"]
        assert seen["findings"] == [
            "Nothing to mend",
            f"{asleep} rules have no data to judge by; `orgtui check` lists them",
        ]
        await driver.press("1", "G")
        assert driver.session.pane.ref is None
        await driver.press("m")
        assert driver.session.mode.name == "browse", "a note cannot be carried"


async def test_the_key_that_is_named_adds_it(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(NOBODY, "utf-8")
    async with opened(tmp_path) as driver:
        await driver.press("1", "a")
        await driver.type("function")
        await driver.press("enter")
        await driver.type("SEO")
        await driver.press("shift+tab", "enter")
        await driver.until(lambda: len(driver.workspace.session.organization.functions) == 1)
        await driver.pilot.pause()
        seen = notes(driver)
        assert "No functions yet" not in seen["funnel"]
        assert any("SEO" in row for row in seen["funnel"])
        assert not any("Nobody" in row for row in seen["teams"])
        assert "Nothing to mend" not in seen["findings"], "a function nobody does is found"
        await driver.press("escape", "u")
        assert notes(driver)["funnel"][0] == "No functions yet"


async def test_stages_stay_above_the_note(tmp_path: Path) -> None:
    (tmp_path / "small.toml").write_text(WITH_STAGES, "utf-8")
    async with opened(tmp_path) as driver:
        assert notes(driver)["funnel"][-2:] == ["No functions yet", "1, then a on a team adds one"]
        assert driver.session.panes["funnel"].headings == driver.workspace.lanes.headings > 0


async def test_a_full_organisation_has_no_notes(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        for name, pane in driver.session.panes.items():
            assert len(pane.rows) == len(driver.workspace.rows[name])

"""Finding by what is typed, in every list that one may type into."""

from __future__ import annotations

from pathlib import Path

import pytest

from orgtui.model.records import Person, Team
from orgtui.tui.prompts.choosing import ChoicePrompt
from tests.organizations import write_small
from tests.tui.small import opened

PEOPLE = (
    Person("ines", "brand", "Inês Costa", "Copywriter"),
    Team("video", "视频剪辑", "marketing"),
)


async def test_names_are_found_however_they_are_typed(tmp_path: Path) -> None:
    write_small(tmp_path, *PEOPLE)
    async with opened(tmp_path) as driver:
        for typed, found in (
            ("wl", "person:wang"),
            ("wanglei", "person:wang"),
            ("王", "person:wang"),
            ("ines", "person:ines"),
            ("copyw", "person:ines"),
            ("spjj", "team:video"),
        ):
            await driver.take("1", "first", "find", f"'{typed}", "enter")
            await driver.until(lambda found=found: driver.session.pane.ref == found)  # type: ignore[misc]


@pytest.mark.parametrize("typed", ["spjj", "shipin", "视频"])
async def test_lists_of_teams_and_menus_match_alike(tmp_path: Path, typed: str) -> None:
    write_small(tmp_path, *PEOPLE)
    async with opened(tmp_path) as driver:
        await driver.take("1 person:ines", "carry", "find_place", f"'{typed}", "enter")
        await driver.until(lambda: driver.session.pane.ref == "team:video")
        await driver.take("escape", "1 team:growth", "merge", f"'{typed}")
        prompt = driver.app.screen
        assert isinstance(prompt, ChoicePrompt)
        assert [prompt.list.rows.ref(row) for row in range(len(prompt.list.rows))] == ["team:video"]

"""Several people in one session: who is here, what their cursors are on, and what they change."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from orgtui.changes.parse import parse_change
from orgtui.model.sentence import Ref
from orgtui.session.identity import user_name
from orgtui.session.opening import open_session
from orgtui.session.presence import Presence, folder_for
from tests.tui.small import opened

ME = user_name()


def plan_in(folder: Path) -> Path:
    return folder / "small.plan.toml"


async def test_who_is_here_is_in_the_header_until_they_leave(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        alone = driver.text
        other = Presence.enter(plan_in(tmp_path))
        await driver.until(lambda: driver.lines[0].endswith(f" +{ME}"))
        watcher = Presence.enter(plan_in(tmp_path), watching=True)
        await driver.until(lambda: f"+{ME} (watching)" in driver.lines[0])
        watcher.leave()
        other.leave()
        await driver.until(lambda: driver.text == alone)


async def test_the_row_under_anothers_cursor_carries_the_name(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        other = Presence.enter(plan_in(tmp_path))
        other.point_at(Ref("function:seo"))
        await driver.until(lambda: any(row.endswith(f"◂{ME[:6]}") for row in driver.team_rows()))
        marked = [line for line in driver.lines if f"◂{ME[:6]}" in line]
        assert len(marked) == 2, "in the teams and in the funnel"
        assert all("SEO" in line for line in marked)
        other.leave()
        await driver.until(lambda: "◂" not in driver.text)


async def test_others_see_where_the_cursor_is(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        other = Presence.enter(plan_in(tmp_path))
        await driver.go("person:zhang")
        await driver.until(lambda: [here.cursor for here in other.others()] == ["person:zhang"])
        other.leave()
    assert not folder_for(plan_in(tmp_path)).exists()


async def test_a_folder_for_presence_that_cannot_be_used_is_told_and_the_rest_works(tmp_path: Path) -> None:
    folder = folder_for(plan_in(tmp_path))
    folder.mkdir()
    folder.chmod(0o777)
    async with opened(tmp_path) as driver:
        assert driver.said == "who is here is not known: .small.plan.here is open to others"
        await driver.press("down")
        assert "? help" in driver.said


async def test_a_folder_that_can_be_looked_at_no_more_is_told_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tmp_path) as driver:
        other = Presence.enter(plan_in(tmp_path))
        await driver.until(lambda: f"+{ME}" in driver.lines[0])

        def fail(folder: int) -> list[str]:
            raise OSError(5, "Input/output error")

        monkeypatch.setattr(os, "listdir", fail)
        await driver.until(lambda: driver.said == "Who is here is not known any more: Input/output error")
        assert f"+{ME}" not in driver.lines[0]
        await driver.press("down")
        await driver.until(lambda: "? help" in driver.said)
        other.leave()


async def test_leaving_folds_what_others_did_a_moment_ago(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        plan = driver.desk.opened.plan_path
        other = open_session(tmp_path / "small.toml").session
        other.do([parse_change({"op": "rename", "kind": "team", "id": "brand", "name": "Brand!"})])
        other.close()
        await driver.press("q")
    assert driver.app.return_code == 0
    assert "Brand!" in plan.read_text("utf-8")

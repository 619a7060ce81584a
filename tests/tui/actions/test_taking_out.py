"""Changes are taken out of the plan, also others' and those that rest on one another, in two sessions."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from orgtui.session.log import file as log_module
from orgtui.session.plan.opening import open_session
from orgtui.session.session import Session
from tests.changes.world import change
from tests.session.sessions import moved, renamed
from tests.tui.small import Driver, opened


@contextmanager
def li(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Session]:
    """The session of somebody else on the same plan."""
    with monkeypatch.context() as patch:
        patch.setattr(log_module, "user_name", lambda: "li")
        session = open_session(folder / "small.toml").session
    try:
        yield session
    finally:
        session.close()


def numbers(session: Session) -> list[int]:
    return [step.number for step in session.steps]


def new_team(session: Session) -> None:
    session.do([change("create_team", team="new", name="New", parent="marketing")])


async def steps_seen(driver: Driver, count: int) -> None:
    await driver.until(lambda: len(driver.workspace.session.steps) == count)


async def test_a_change_of_somebody_else_goes_for_a_reason_that_they_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tmp_path) as driver:
        with li(tmp_path, monkeypatch) as other:
            other.do(moved("xu", "growth"))
            other.do(renamed("brand", "Voice"))
            await steps_seen(driver, 2)
            await driver.take("plan, d")
            assert "Why? It takes out: 1  li?: moved Xu Lei to Growth" in driver.text
            await driver.take("enter")
            assert "A text is needed here" in driver.text
            await driver.take("'Not yet, enter")
            assert numbers(driver.workspace.session) == [2]
            told = other.catch_up()
            assert told is not None
            assert [(each.kind, each.why) for each in told.news] == [("drop", "Not yet")]
            await driver.take("escape, undo")
            assert numbers(driver.workspace.session) == [1, 2]
            await driver.take("redo")
            assert driver.said.startswith("Taken out of the plan: moved Xu Lei to Growth")


async def test_who_made_a_change_is_told_who_took_it_out_and_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tmp_path) as driver:
        await driver.take("1 team:brand, rename, ctrl+u, 'Voice, enter")
        with li(tmp_path, monkeypatch) as other:
            other.drop(1, why="The name is taken")
            await driver.until(lambda: not driver.workspace.session.steps)
            assert "li? dropped: renamed Brand to Voice; why: The name is taken" in driver.said


async def test_what_rests_on_it_is_named_and_goes_along_or_nothing_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tmp_path) as driver:
        new_team(driver.workspace.session)
        with li(tmp_path, monkeypatch) as other:
            other.do(moved("xu", "new"))
            other.do(renamed("brand", "Voice"))
            await steps_seen(driver, 3)
            await driver.take("plan, d")
            assert "1 later change rests on what is to go" in driver.text
            assert "2  li?: moved Xu Lei to New" in driver.text
            assert "take all 2 out together" in driver.text
            await driver.take("enter")
            assert numbers(driver.workspace.session) == [1, 2, 3], "the mildest comes first"
            await driver.take("d, down, enter, 'No new team, enter")
            assert numbers(driver.workspace.session) == [3]
            other.catch_up()
            assert numbers(other) == [3]
            await driver.take("escape, undo")
            assert numbers(driver.workspace.session) == [1, 2, 3], "one undo brings all back"


async def test_ones_own_go_without_a_reason_however_many(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        new_team(driver.workspace.session)
        for person in ("xu", "zhang", "xu", "zhang", "xu", "zhang"):
            session = driver.workspace.session
            team = "brand" if session.organization.people[person].team == "new" else "new"
            session.do(moved(person, team))
        await driver.take("plan, d")
        assert "take all" in driver.text
        await driver.take("down, enter")
        assert not [step for step in driver.workspace.session.steps if "new" in str(step.changes)]


async def test_many_of_others_are_named_and_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(tmp_path) as driver:
        new_team(driver.workspace.session)
        with li(tmp_path, monkeypatch) as other:
            for number in range(14):
                other.do([change("add_seat", person=f"p{number}", name=f"P {number}", team="new")])
            await steps_seen(driver, 15)
            await driver.take("plan, d")
            assert "More than 12 later changes rest on what is to go" in driver.text
            assert "13  li?: " in driver.text
            assert "14  li?: " not in driver.text
            assert "together" not in driver.text
            await driver.take("escape")
            assert len(driver.workspace.session.steps) == 15


async def test_what_is_marked_goes_together(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        new_team(driver.workspace.session)
        driver.workspace.session.do(moved("xu", "new"))
        driver.workspace.session.do(renamed("brand", "Voice"))
        await driver.take("plan, space, space, d")
        assert numbers(driver.workspace.session) == [3]


async def test_what_somebody_built_on_it_while_the_reason_is_typed_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with opened(tmp_path) as driver:
        with li(tmp_path, monkeypatch) as other:
            new_team(other)
            await steps_seen(driver, 1)
            await driver.take("plan, d, 'Too many teams")
            other.do(moved("xu", "new"))
            await driver.take("enter")
            assert "li? built on it with change 2" in driver.text
            await driver.take("escape")
            await steps_seen(driver, 2)
            await driver.take("d, down, enter, 'Too many teams, enter")
            assert not driver.workspace.session.steps

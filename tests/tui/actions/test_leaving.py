"""What is said on leaving: where the plan is, the commands that hand it on, and who is still there."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from orgtui.changes.operations.seats import MovePerson
from orgtui.cli import export
from orgtui.cli.main import run
from orgtui.files.organization_file import load_organization
from orgtui.locales import current_language, set_language
from orgtui.rules.registry import known_rules
from orgtui.session.log.file import log_beside
from orgtui.tui.actions.lifecycle.leaving import _typed
from tests.organizations import write_small
from tests.tui.small import KEYS, opened


async def left(folder: Path, *, changed: bool = True) -> list[str]:
    """What a session says when it is left."""
    async with opened(folder) as driver:
        if changed:
            driver.workspace.session.do([MovePerson("zhang", "growth")])
        await driver.press(KEYS["leave"])
        assert driver.app.exit_messages == []
        return driver.app.farewell


async def test_it_names_the_plan_and_a_command_that_can_be_typed(tmp_path: Path) -> None:
    folder = tmp_path / "it's; here $(x) 市场"
    folder.mkdir()
    where, report, after = await left(folder)
    organization, plan = folder / "small.toml", folder / "small.plan.toml"
    assert where == f"The plan is {plan}"
    program, command, *arguments = shlex.split(report.partition(": ")[2])
    assert (program, command) == ("orgtui", "export")
    options = export.make_parser().parse_args(arguments)
    assert (options.organization, options.plan) == (organization, plan)
    assert options.output == folder / "small.html"
    assert [each.name for each in options.formats] == ["html"]
    program, *arguments = shlex.split(after.partition(": ")[2])
    assert program == "orgtui"
    assert run(arguments) == 0
    written = load_organization(folder / "small.after.toml", known_rules())
    assert written.people["zhang"].team == "growth"
    assert plan.is_file()


async def test_it_says_who_is_still_there(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        driver.workspace.session.do([MovePerson("zhang", "growth")])
        author = driver.workspace.session.author
        other = log_beside(driver.workspace.opened.plan_path).enter(watching=False)
        peers = driver.session.peers
        assert peers is not None
        await driver.until(lambda: bool(peers.names))
        await driver.press(KEYS["leave"])
        other.leave()
        assert driver.app.farewell[-1] == f"Still in this session: {author}"


async def test_nothing_is_said_without_a_plan(tmp_path: Path) -> None:
    assert await left(tmp_path, changed=False) == []


async def test_a_plan_without_steps_is_none(tmp_path: Path) -> None:
    await left(tmp_path)
    async with opened(tmp_path) as driver:
        await driver.press(KEYS["undo"], KEYS["leave"])
        assert driver.app.exit_messages == driver.app.farewell == []


async def test_what_could_not_be_written_is_all_that_is_said(tmp_path: Path) -> None:
    write_small(tmp_path)
    async with opened(tmp_path) as driver:
        driver.workspace.session.do([MovePerson("zhang", "growth")])
        (tmp_path / "small.plan.toml").write_text("# somebody else's", "utf-8")
        await driver.press(KEYS["leave"])
        (line,) = driver.app.exit_messages
        assert driver.app.farewell == []
        assert "its log holds every change" in line


async def test_a_signal_leaves_without_a_word(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        driver.workspace.session.do([MovePerson("zhang", "growth")])
        driver.app.leave(143)
        assert driver.app.exit_messages == driver.app.farewell == []


@pytest.mark.parametrize("environment", ["en", "zh_CN"])
async def test_it_speaks_the_language_of_the_session(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: str
) -> None:
    monkeypatch.setenv("ORGTUI_LANG", environment)
    before = current_language()
    set_language("zh_CN")
    try:
        lines = await left(tmp_path)
    finally:
        set_language(before)
    assert lines[0].startswith("方案在 ")
    assert [("--lang zh_CN" in line) for line in lines[1:]] == [environment == "en"] * 2


def test_a_path_that_begins_as_an_option_does_is_no_option() -> None:
    assert _typed(Path("-x.toml")) == "./-x.toml"
    assert _typed(Path("a b.toml")) == "'a b.toml'"

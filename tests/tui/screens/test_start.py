"""Starting without a file: what is offered, where it goes, and that nothing is ever overwritten."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest

from orgtui.changes.operations.naming import Rename
from orgtui.files.bundled import SAMPLES, TEMPLATES
from orgtui.files.disk.chosen_language import preferred_language
from orgtui.files.disk.offered import note_tour_offered
from orgtui.files.disk.recent import add_recent, recent_file, recent_files
from orgtui.files.scratch import is_scratch_copy, make_scratch_copy
from orgtui.home import settings_path
from orgtui.locales import current_language, set_language
from orgtui.session.plan.opening import open_session
from orgtui.tui.app import OrgApp
from orgtui.tui.commands.browsing import COMMANDS
from orgtui.tui.commands.keymap import Keymap
from orgtui.tui.screens.start import StartScreen
from tests.organizations import write_small
from tests.tui.fakes import PLAIN, lines
from tests.tui.small import KEYS, Driver


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a state folder that nobody has used yet."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    note_tour_offered()
    return work


def recent_paths() -> list[Path]:
    return [each.path for each in recent_files(recent_file())]


@asynccontextmanager
async def started(
    size: tuple[int, int] = (120, 40), keys: dict[str, tuple[str, ...]] | None = None
) -> AsyncIterator[Driver]:
    app = OrgApp(Keymap(COMMANDS, keys), PLAIN)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        yield Driver(pilot, app)


def start(driver: Driver) -> StartScreen:
    screen = driver.app.screen_stack[0]
    assert isinstance(screen, StartScreen)
    return screen


def under_cursor(driver: Driver) -> str:
    pane = start(driver).list
    return pane.rows.row(pane.cursor, 100).left[0].text.rstrip()


async def go_to(driver: Driver, name: str) -> None:
    """Walk down to a choice by its name."""
    await driver.press("g")
    while under_cursor(driver) != name:
        before = start(driver).list.cursor
        await driver.press("down")
        assert start(driver).list.cursor > before, f"{name} is not offered"


async def until_opened(driver: Driver) -> None:
    await driver.until(lambda: driver.session.workspace is not None)
    await driver.until(lambda: not driver.workspace.session.has_pending_rules)
    await driver.pilot.pause()


async def test_everything_is_offered_and_the_cursor_passes_over_captions() -> None:
    async with started() as driver:
        names = [under_cursor(driver)]
        for _ in range(20):
            await driver.press("down")
            names.append(under_cursor(driver))
        samples, sizes = [sample.name for sample in SAMPLES], [each.size.template for each in TEMPLATES]
        own = ["A spreadsheet or an HR export…", "A list to paste…"]
        assert list(dict.fromkeys(names)) == ["The tour", *samples, *sizes, *own, "Another file…"]
        await driver.press(*["up"] * 20)
        assert under_cursor(driver) == names[0]


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (40, 8), (20, 4)])
async def test_every_choice_can_be_seen_in_any_size(size: tuple[int, int], folder: Path) -> None:
    for number in range(8):
        add_recent(folder / f"{number}.toml", recent_file())
    async with started(size) as driver:
        await driver.press("G")
        assert any("Another" in line for line in driver.lines)
        await driver.press("g")
        if size[1] > 4:
            assert "Opened lately" in driver.text, "the caption above the first choice is in sight"
        assert "7.toml" in driver.text
        for key in ("pagedown", "pagedown", "pagedown", "pageup", "j", "k"):
            await driver.press(key)
            assert under_cursor(driver)[:3] in driver.text
        assert max(map(len, driver.lines)) <= size[0]


async def test_a_sample_opens_at_once_on_a_private_copy(folder: Path) -> None:
    async with started() as driver:
        await driver.press("s")
        assert under_cursor(driver) == SAMPLES[0].name
        await driver.press("enter")
        await until_opened(driver)
        assert driver.lines[0].startswith(" Startup A Marketing")
        copy = driver.workspace.opened.organization_path
        assert copy.name == "startup_a.toml"
        assert copy.read_bytes() == SAMPLES[0].content
        assert is_scratch_copy(copy)
        assert [stat.S_IMODE(each.stat().st_mode) for each in (copy, copy.parent)] == [0o600, 0o700]
        assert recent_paths() == [copy]
        await driver.press(KEYS["leave"])
        assert driver.app.return_code == 0
    assert list(folder.iterdir()) == []
    assert not copy.parent.exists(), "a copy on which nothing was done is not kept"
    assert recent_paths() == []


async def changed_sample(driver: Driver) -> Path:
    """Open the first sample and change something; the path of the copy."""
    await driver.press("s", "enter")
    await until_opened(driver)
    driver.workspace.session.do([Rename("team", "brand", "Press")])
    await driver.pilot.pause()
    return driver.workspace.opened.organization_path


async def test_what_was_done_on_a_copy_is_there_again(folder: Path) -> None:
    async with started() as driver:
        copy = await changed_sample(driver)
        await driver.press(KEYS["leave"])
        assert "You worked on a copy of a sample" in driver.text
        await driver.press("enter")
        assert driver.app.return_code == 0
    assert copy.with_name("startup_a.plan.toml").is_file()
    async with started() as driver:
        assert "a sample, not kept as a file of your own" in driver.text
        await driver.press("enter")
        await until_opened(driver)
        assert driver.workspace.session.organization.teams["brand"].name == "Press"
    assert list(folder.iterdir()) == []


async def test_a_copy_becomes_a_file_of_ones_own_on_leaving(folder: Path) -> None:
    (folder / "startup_a.toml").write_bytes(b"kept")
    async with started() as driver:
        copy = await changed_sample(driver)
        await driver.press(KEYS["leave"], "down", "enter")
        assert "startup_a-2.toml" in driver.text
        await driver.press("right", *["backspace"] * len("-2.toml"))
        await driver.type(".toml")
        await driver.press("enter")
        assert "startup_a.toml is there already; choose another name" in driver.text
        await driver.press("ctrl+u")
        await driver.type("ours.toml")
        await driver.press("enter")
        assert driver.app.return_code == 0
        assert any("ours.plan.toml" in line for line in driver.app.farewell)
    assert (folder / "startup_a.toml").read_bytes() == b"kept"
    assert (folder / "ours.toml").read_bytes() == SAMPLES[0].content
    opened = open_session(folder / "ours.toml")
    assert opened.session.organization.teams["brand"].name == "Press"
    opened.session.close()
    assert not copy.parent.exists()
    assert recent_paths() == []


async def test_a_copy_becomes_a_file_of_ones_own_by_a_command(folder: Path) -> None:
    async with started() as driver:
        copy = await changed_sample(driver)
        before = driver.workspace
        await driver.press(KEYS["keep"], "enter")
        await driver.until(lambda: driver.session.workspace not in (None, before))
        await until_opened(driver)
        assert "Kept as startup_a.toml" in driver.said
        assert driver.workspace.session.organization.teams["brand"].name == "Press"
        await driver.press(KEYS["keep"])
        assert "This is a file of your own already" in driver.said
        await driver.press(KEYS["leave"])
        assert driver.app.return_code == 0
    assert sorted(path.name for path in folder.iterdir() if "log" not in path.name) == [
        "startup_a.plan.toml",
        "startup_a.toml",
    ]
    assert not copy.parent.exists()
    assert recent_paths() == [folder / "startup_a.toml"]


async def test_a_plan_that_is_in_the_way_keeps_nothing(folder: Path) -> None:
    (folder / "ours.plan.toml").write_bytes(b"kept")
    async with started() as driver:
        await changed_sample(driver)
        await driver.press(KEYS["keep"], "ctrl+u")
        await driver.type("ours.toml")
        await driver.press("enter")
        assert "ours.plan.toml is there already; choose another name" in driver.text
    assert [path.name for path in folder.iterdir()] == ["ours.plan.toml"]


async def test_old_copies_on_which_nothing_was_done_are_removed() -> None:
    copies = [make_scratch_copy("a.toml", b"") for _ in range(3)]
    copies[1].with_name("a.plan.log").write_bytes(b"")
    for each in copies[:2]:
        os.utime(each.parent, (0, 0))
    make_scratch_copy("a.toml", b"")
    assert [each.exists() for each in copies] == [False, True, True]


async def test_what_is_there_is_never_overwritten(folder: Path) -> None:
    (folder / "marketing.toml").write_bytes(b"kept")
    async with started() as driver:
        await driver.press("n", "enter")
        assert "marketing-2.toml" in driver.text
        await driver.press("right", *["backspace"] * len("-2.toml"))
        await driver.type(".toml")
        await driver.press("enter")
        assert "marketing.toml is there already; choose another name" in driver.text
        await driver.press("escape")
        assert start(driver).is_current
    assert [path.name for path in folder.iterdir()] == ["marketing.toml"]
    assert (folder / "marketing.toml").read_bytes() == b"kept"


async def test_every_key_that_is_shown_leads_there(folder: Path) -> None:
    async with started((80, 24)) as driver:
        for key, name in (("n", "1–5 people"), ("s", SAMPLES[0].name)):
            await driver.press(key)
            assert under_cursor(driver) == name
        for key, asked in (
            ("i", "Which file?"),
            ("p", "Paste a list"),
            ("o", "Which file?"),
            ("?", "Keys on"),
        ):
            await driver.press(key)
            assert asked in driver.text
            await driver.press("escape")
            assert start(driver).is_current
        shown = [line.strip()[:2] for line in driver.lines]
        assert [key for key in "tsnipo" if f"{key} " in shown] == list("tsnipo")
        for word in ("l 简体中文", "? help", "q leaves"):
            assert word in driver.lines[-1]


async def test_the_language_changes_the_screen_at_once_and_is_kept(folder: Path) -> None:
    before = current_language()
    try:
        async with started((80, 24)) as driver:
            await driver.press("l")
            assert "l English" in driver.lines[-1]
            await driver.press("s")
            assert under_cursor(driver) == "Startup A 市场部"
            await driver.press("enter")
            await until_opened(driver)
            assert "1 团队" in driver.text
        assert stat.S_IMODE(settings_path().stat().st_mode) == 0o600
        assert preferred_language({"XDG_CONFIG_HOME": str(folder.parent / "config"), "LANG": "en"}) == "zh_CN"
        async with started() as driver:
            await driver.press("l")
            assert "What do you begin with?" in driver.text
        assert settings_path().read_text("utf-8") == 'language = "en"\n'
    finally:
        set_language(before)


async def test_a_language_that_cannot_be_kept_is_spoken_all_the_same(folder: Path) -> None:
    (folder.parent / "config").write_text("in the way", "utf-8")
    before = current_language()
    try:
        async with started() as driver:
            await driver.press("l")
            assert "您从哪里开始？" in driver.text or "从哪里开始" in driver.text
            assert "无法保存：这不是文件夹" in driver.lines[-1]
    finally:
        set_language(before)


async def test_files_come_off_the_list_and_stay(folder: Path) -> None:
    small = write_small(folder)
    for path in (small, folder / "gone.toml"):
        add_recent(path, recent_file(), date(2026, 11, 30))
    async with started() as driver:
        assert under_cursor(driver) == "small.toml", "what is gone comes last"
        assert "2026-11-30" in driver.text
        await driver.press("down", "enter")
        assert "d takes it off the list" in driver.lines[-1]
        await driver.press("d")
        assert "gone.toml" not in "\n".join(driver.lines[:-1])
        assert "gone.toml is off the list" in driver.lines[-1]
        await driver.press("g", "d")
        assert "Opened lately" not in driver.text
        await driver.press("d")
        assert "Only files that were opened lately" in driver.lines[-1]
    assert recent_paths() == []
    assert small.is_file()


async def test_a_template_is_made_as_of_today(folder: Path) -> None:
    async with started() as driver:
        await go_to(driver, "5–10 people")
        await driver.press("enter")
        assert "Where does the new organisation go?" in driver.text
        await driver.press("ctrl+u")
        await driver.type("ours.toml")
        await driver.press("enter")
        await until_opened(driver)
        organization = driver.workspace.session.organization
        assert len(organization.people) == 7
        assert organization.profile.as_of == date.today()
        assert not [
            each for each in driver.workspace.session.assessment.reported.values() if each.severity == "error"
        ]
    assert (folder / "ours.toml").is_file()


async def test_another_file_by_its_path(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    home = folder.parent / "home"
    home.mkdir()
    monkeypatch.setenv("HOME", str(home))
    write_small(home)
    async with started() as driver:
        await go_to(driver, "Another file…")
        await driver.press("enter")
        await driver.type("~/smal.toml")
        await driver.press("enter")
        assert "There is no file ~/smal.toml" in driver.text
        await driver.press(*["backspace"] * len(".toml"))
        await driver.type("l.toml")
        await driver.press("enter")
        await until_opened(driver)
        assert driver.lines[0].startswith(" Acme Marketing")
    assert list(folder.iterdir()) == []


async def test_recent_files_come_first_and_missing_ones_are_told(folder: Path) -> None:
    small = write_small(folder)
    for path in (small, folder / "gone.toml"):
        add_recent(path, recent_file())
    async with started() as driver:
        rows = start(driver).list.rows
        gone, there = rows.row(2, 100), rows.row(1, 100)
        assert (gone.left[0].role, there.left[0].role) == ("dim", "plain")
        assert "no longer there" in gone.left[1].text
        await driver.press("down", "enter")
        assert "gone.toml is no longer there" in lines(start(driver))[-1]
        await driver.press("up")
        assert "enter opens" in lines(start(driver))[-1]
        await driver.press("enter")
        await until_opened(driver)
        assert driver.lines[0].startswith(" Acme Marketing")
    assert recent_paths() == [small, folder / "gone.toml"]


async def test_a_damaged_list_is_told(folder: Path) -> None:
    recent_file().write_text("paths = 3\n", "utf-8")
    async with started((200, 40)) as driver:
        assert "paths is no list of texts" in driver.lines[-1]
        assert under_cursor(driver) == "The tour"


async def test_a_list_that_cannot_be_kept_is_told(folder: Path) -> None:
    recent_file().mkdir(parents=True)
    write_small(folder)
    async with started() as driver:
        driver.app.open_organization(Path("small.toml"))
        await driver.until(lambda: driver.session.message is not None)
        await driver.pilot.pause()
        assert driver.said.startswith("The list of files opened lately cannot be kept: ")


@pytest.mark.parametrize("key", ["q", "ctrl+c"])
async def test_leaving(key: str, folder: Path) -> None:
    async with started() as driver:
        await driver.press(key)
        assert driver.app.return_code == 0
    assert list(folder.iterdir()) == []


async def test_keys_of_ones_own_hold_here_too() -> None:
    async with started(keys={"down": ("f9",), "leave": ("f10",)}) as driver:
        await driver.press("f9")
        assert under_cursor(driver) == SAMPLES[0].name
        assert "f10 leaves" in driver.lines[-1]


async def test_a_broken_file_is_told_with_its_lines(folder: Path) -> None:
    (folder / "broken.toml").write_text("format = 1\n[organization]\nnam = 1\n", "utf-8")
    add_recent(folder / "broken.toml", recent_file())
    async with started() as driver:
        await driver.press("enter")
        await driver.until(lambda: "to mend before this can be opened" in driver.text)
        assert "broken.toml:3: organization.nam" in driver.text
        await driver.press("escape")
        assert driver.app.return_code == 2
        assert any(f"{folder}/broken.toml:3: organization.nam" in line for line in driver.app.exit_messages)


async def test_all_of_a_problem_is_read_on_a_small_terminal(folder: Path) -> None:
    (folder / "broken.toml").write_text("format = 1\n[organization]\nnam = 1\n", "utf-8")
    add_recent(folder / "broken.toml", recent_file())
    async with started(size=(80, 24)) as driver:
        await driver.press("enter")
        await driver.until(lambda: "to mend before this can be opened" in driver.text)
        shown = " ".join(line.strip(" │") for line in driver.lines)
        assert "write text of 1 to 200 characters in quotes" in " ".join(shown.split())


WITH_A_FILE = """
import asyncio, json, sys
from pathlib import Path
from orgtui.tui.app import OrgApp
from orgtui.tui.commands.keymap import Keymap
from orgtui.tui.commands.browsing import COMMANDS
from orgtui.tui.widgets.text import theme_for

async def run():
    app = OrgApp(Keymap(COMMANDS), theme_for({}), Path(sys.argv[1]))
    async with app.run_test(size=(120, 40)) as pilot:
        while app.session_screen.workspace is None:
            await pilot.pause(0.01)
    return sorted(sys.modules)

print(json.dumps(asyncio.run(run())))
"""


def test_a_start_with_a_file_loads_nothing_of_this(folder: Path) -> None:
    program = [sys.executable, "-c", WITH_A_FILE, str(write_small(folder))]
    done = subprocess.run(program, capture_output=True, text=True, check=True)
    modules = set(json.loads(done.stdout.splitlines()[-1]))
    assert "orgtui.tui.screens.session" in modules
    of_this = {"orgtui.tui.screens.start", "orgtui.tui.actions.lifecycle.starting", "orgtui.files.bundled"}
    assert not modules & of_this


async def test_the_keys_of_ones_own_are_named(folder: Path) -> None:
    async with started(keys={"up": ("f1",), "down": ("f9",), "leave": ("f10",)}) as driver:
        assert driver.lines[-1] == " f1 f9 choose   enter opens   l 简体中文   ? help   f10 leaves"

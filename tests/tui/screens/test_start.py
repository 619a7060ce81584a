"""Starting without a file: what is offered, where it goes, and that nothing is ever overwritten."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path

import pytest

from orgtui.files.bundled import SAMPLES, TEMPLATES
from orgtui.files.disk.recent import add_recent, recent_file, recent_paths
from orgtui.tui.app import OrgApp
from orgtui.tui.commands.browsing import COMMANDS
from orgtui.tui.commands.keymap import Keymap
from orgtui.tui.screens.start import StartScreen
from tests.organizations import write_small
from tests.tui.fakes import PLAIN, lines
from tests.tui.small import Driver


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a state folder that nobody has used yet."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    return work


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
        assert list(dict.fromkeys(names)) == [*samples, *sizes, *own, "Another file…"]
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


async def test_a_sample_is_opened_on_a_copy(folder: Path) -> None:
    shipped = SAMPLES[0].content
    async with started() as driver:
        await driver.press("enter")
        assert "Where does the copy of Startup A Marketing go?" in driver.text
        await driver.press("enter")
        await until_opened(driver)
        assert driver.lines[0].startswith(" Startup A Marketing")
        assert driver.workspace.opened.organization_path == Path("startup_a.toml")
    assert (folder / "startup_a.toml").read_bytes() == shipped
    assert recent_paths(recent_file()) == [folder / "startup_a.toml"]


async def test_what_is_there_is_never_overwritten(folder: Path) -> None:
    (folder / "startup_a.toml").write_bytes(b"kept")
    async with started() as driver:
        await driver.press("enter")
        assert "startup_a-2.toml" in driver.text
        await driver.press(*["backspace"] * len("-2.toml"))
        await driver.type(".toml")
        await driver.press("enter")
        assert "startup_a.toml is there already; choose another name" in driver.text
        await driver.press("escape")
        assert start(driver).is_current
    assert [path.name for path in folder.iterdir()] == ["startup_a.toml"]
    assert (folder / "startup_a.toml").read_bytes() == b"kept"


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
        gone, there = rows.row(1, 100), rows.row(2, 100)
        assert (gone.left[0].role, there.left[0].role) == ("dim", "plain")
        assert "no longer there" in gone.left[1].text
        await driver.press("enter")
        assert "There is no file" in lines(start(driver))[-1]
        await driver.press("down")
        assert "enter opens" in lines(start(driver))[-1]
        await driver.press("enter")
        await until_opened(driver)
        assert driver.lines[0].startswith(" Acme Marketing")
    assert recent_paths(recent_file()) == [small, folder / "gone.toml"]


async def test_a_damaged_list_is_told(folder: Path) -> None:
    recent_file().parent.mkdir(parents=True)
    recent_file().write_text("paths = 3\n", "utf-8")
    async with started((200, 40)) as driver:
        assert "paths is no list of texts" in driver.lines[-1]
        assert under_cursor(driver) == SAMPLES[0].name


async def test_a_list_that_cannot_be_kept_is_told(folder: Path) -> None:
    (folder.parent / "state").write_text("in the way", "utf-8")
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
    async with started(keys={"down": ("t",), "leave": ("f10",)}) as driver:
        await driver.press("t")
        assert under_cursor(driver) == SAMPLES[1].name
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
    async with started(keys={"up": ("f1",), "down": ("f2",), "leave": ("f10",)}) as driver:
        assert driver.lines[-1] == " f1 f2 choose   enter opens   f10 leaves"

"""From a spreadsheet, an export or a pasted list to an organisation that stands open, by keys."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual import events

from orgtui.exchange.progress import Progress
from orgtui.exchange.reading import delimited
from orgtui.exchange.record import load_record
from orgtui.exchange.rows import ReadOptions, SheetChoice
from orgtui.files.organization_file import load_organization
from orgtui.locales import current_language, set_language
from orgtui.locales.language import CHINESE, ENGLISH, LANGUAGES
from orgtui.model.store import Organization
from orgtui.rules.registry import known_rules
from orgtui.tui.app import OrgApp
from orgtui.tui.commands.browsing import COMMANDS
from orgtui.tui.commands.keymap import Keymap
from orgtui.tui.prompts import pasting
from orgtui.tui.prompts.pasting import PastePrompt
from orgtui.tui.prompts.path import PathPrompt
from orgtui.tui.prompts.prompt import TextPrompt
from orgtui.tui.screens.importing import ImportScreen
from orgtui.tui.screens.start import StartScreen
from orgtui.tui.terminal.decoder import PASTE_MAX_CHARS
from orgtui.views.lists.start_list import FileToImport, ListToImport
from tests.tui.fakes import PLAIN
from tests.tui.small import KEYS, PATIENCE, Driver, opened

PEOPLE = """\
Employee ID,Name,Job Title,Team,Manager ID,Salary
1,Ada Berg,Head of Marketing,Marketing,,90000
2,Bo Lind,Team lead,Blue team,1,70000
3,Cy Falk,Content Writer,Blue team,2,50000
4,Di Holm,Marketing Specialist,Blue team,2,50000
"""
"""Four people in two teams; one title tells a function, one is vague."""

UNKNOWN_MANAGER = PEOPLE.replace("Blue team,2,50000\n4", "Blue team,9,50000\n4")

INACTIVE = """\
Employee ID,Name,Job Title,Team,Manager ID,Employee Status
1,Ada Berg,Head of Marketing,Marketing,,Active
2,Bo Lind,Team lead,Content,1,Active
3,Cy Falk,Content Writer,Blue team,2,Inactive
4,Di Holm,Marketing Specialist,Blue team,2,Inactive
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a state folder that nobody has used yet."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)
    (work / "people.csv").write_text(PEOPLE, "utf-8")
    return work


@pytest.fixture(params=LANGUAGES)
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    before = current_language()
    set_language(request.param)
    yield request.param
    set_language(before)


@asynccontextmanager
async def started(size: tuple[int, int] = (120, 40)) -> AsyncIterator[Driver]:
    app = OrgApp(Keymap(COMMANDS), PLAIN)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        driver = Driver(pilot, app)
        yield driver
        if driver.session.peers is not None:
            driver.session.peers.end()


async def choose(driver: Driver, wanted: type[object]) -> None:
    """Take a choice of the start screen."""
    screen = driver.app.screen
    assert isinstance(screen, StartScreen)
    await driver.press(KEYS["last"])
    while not isinstance(screen.rows.start(screen.list.cursor), wanted):
        await driver.press(KEYS["up"])
    await driver.press("enter")


async def until_opened(driver: Driver) -> None:
    await driver.until(lambda: driver.session.workspace is not None)
    await driver.until(lambda: not driver.workspace.session.has_pending_rules)
    await driver.pilot.pause()


def importing(driver: Driver) -> ImportScreen:
    screen = driver.app.screen
    assert isinstance(screen, ImportScreen), driver.text
    return screen


async def read_file(driver: Driver, typed: str) -> None:
    """From the start screen to how a file was read."""
    await choose(driver, FileToImport)
    await driver.type(typed)
    await driver.press("enter")
    importing(driver)


async def paste(driver: Driver, text: str) -> None:
    screen = driver.app.screen
    assert isinstance(screen, PastePrompt), driver.text
    screen.entry.post_message(events.Paste(text))
    await driver.pilot.pause()


def written(path: Path) -> Organization:
    return load_organization(path, known_rules())


async def test_from_an_export_to_the_first_findings(folder: Path) -> None:
    async with started() as driver:
        await read_file(driver, "peo")
        assert "How people.csv was read" in driver.text
        assert "Manager ID" in driver.text
        assert "Salary" in driver.text.partition("Never taken")[2]
        await driver.take("import_go_on")
        assert "4 seats in 1 team" in driver.text
        assert "Content in Blue team: Cy Falk (Content Writer)" in driver.text
        assert "Di Holm (Marketing Specialist)" in driver.text.partition("No function told")[2]
        await driver.take("import_go_on")
        assert str(folder / "people.toml") in driver.text
        await driver.press("enter")
        await until_opened(driver)
        assert driver.said.startswith("people.toml is written: 4 seats in 1 team")
        assert len(driver.workspace.findings) > 0
    assert written(folder / "people.toml").functions
    record = load_record(folder / "people.import.toml")
    assert record is not None
    assert record.source.source == "people.csv"


async def test_keys_typed_with_an_input_method_on(folder: Path) -> None:
    async with started() as driver:
        await read_file(driver, "peo")
        await driver.press("王")
        assert "An input method is on" in driver.text
        await driver.press("ｑ")
        await driver.until(lambda: isinstance(driver.app.screen, StartScreen))


async def test_without_functions_only_people_and_teams_are_written(folder: Path) -> None:
    async with started() as driver:
        await read_file(driver, "peo")
        await driver.take("import_functions")
        assert "Functions are proposed with what comes of it, the last step" in driver.lines[-1]
        await driver.take("import_go_on, import_functions")
        assert "Without functions" in driver.text
        await driver.take("import_functions")
        assert "Without functions" not in driver.text
        await driver.take("import_functions, import_go_on, enter")
        await until_opened(driver)
    only_people = written(folder / "people.toml")
    assert not only_people.functions
    assert len(only_people.people) == 4


async def test_questions_are_asked_one_after_the_other_and_can_be_asked_again(folder: Path) -> None:
    (folder / "inactive.csv").write_text(INACTIVE, "utf-8")
    async with started() as driver:
        await read_file(driver, "ina")
        assert "to answer" in driver.text
        await driver.take("import_go_on")
        assert "Question 1 of " in driver.text
        first = importing(driver).answer
        assert "(by default)" in driver.text
        await driver.take("down")
        second = importing(driver).answer
        assert first != second
        assert second is not None
        await driver.take("import_go_on")
        await driver.take("import_back")
        assert "Question 1 of " in driver.text
        assert importing(driver).answer == second, "the cursor is on the answer that was given"
        await driver.take("import_back")
        assert "was read" in driver.text
        await driver.take("import_defaults")
        assert "What comes of it" in driver.text
        await driver.take("import_defaults")
        assert "Nothing is asked here" in driver.lines[-1]


async def test_a_chosen_answer_holds_and_is_kept(folder: Path) -> None:
    (folder / "inactive.csv").write_text(INACTIVE, "utf-8")
    seats: list[int] = []
    for steps in ("import_go_on", "down, import_go_on"):
        async with started() as driver:
            await read_file(driver, "ina")
            await driver.take("import_go_on", steps)
            while "What comes of it" not in driver.text:
                await driver.take("import_go_on")
            await driver.take("import_go_on")
            await driver.press("ctrl+u")
            await driver.type(f"{len(seats)}.toml")
            await driver.press("enter")
            await until_opened(driver)
            seats.append(len(driver.workspace.session.organization.people))
    assert seats[0] != seats[1]
    records = [load_record(folder / f"{number}.import.toml") for number in (0, 1)]
    assert records[0] is not None
    assert records[1] is not None
    assert records[0].answers != records[1].answers


async def test_errors_come_first_and_the_file_can_be_chosen_again(folder: Path) -> None:
    (folder / "people.csv").write_text(UNKNOWN_MANAGER, "utf-8")
    async with started(size=(80, 24)) as driver:
        await read_file(driver, "peo")
        assert "1 error: nothing can be written" in driver.lines[2]
        assert (
            "line 4: Cy Falk (3): the manager 9 is not in this file"
            in driver.text.partition("Which column")[0]
        )
        await driver.take("import_go_on")
        assert "Correct the file first; esc chooses it again" in driver.lines[-1]
        (folder / "people.csv").write_text(PEOPLE, "utf-8")
        await driver.take("import_back")
        assert isinstance(driver.app.screen, PathPrompt)
        await driver.press("enter")
        assert "How people.csv was read" in driver.text
        assert "error" not in driver.text
    assert not (folder / "people.toml").exists()


async def test_a_file_that_is_no_table_is_told_in_words(folder: Path) -> None:
    (folder / "empty.csv").write_text("", "utf-8")
    (folder / "zeros.csv").write_bytes(b"a\0b")
    async with started() as driver:
        await read_file(driver, "emp")
        assert "empty.csv cannot be imported" in driver.text
        await driver.take("import_go_on, import_defaults, import_back")
        await driver.press("ctrl+u")
        await driver.type("zer")
        await driver.press("enter")
        assert "it holds zero bytes" in driver.text
        await driver.take("import_leave")
        assert isinstance(driver.app.screen, StartScreen)


async def test_an_organisation_that_is_there_is_replaced_only_when_asked_and_kept(folder: Path) -> None:
    async with started() as driver:
        await read_file(driver, "peo")
        await driver.take("import_go_on, import_go_on, enter")
        await until_opened(driver)
    (folder / "people.csv").write_text(PEOPLE + "5,Ed Voss,Designer,Blue team,2,1\n", "utf-8")
    before = (folder / "people.toml").read_bytes()
    (folder / "notes.toml").write_text("mine = 1\n", "utf-8")
    async with started() as driver:
        await read_file(driver, "people.csv")
        await driver.take("import_go_on, import_go_on")
        await driver.press("ctrl+u")
        await driver.type("notes.toml")
        await driver.press("enter")
        assert "notes.toml is there and is no organisation" in driver.text
        await driver.press("ctrl+u")
        await driver.type("people.toml")
        await driver.press("enter")
        assert "people.toml is there already" in driver.text
        await driver.press("down", "enter")
        assert (folder / "people.toml").read_bytes() == before
        await driver.press("ctrl+u")
        await driver.type("people.toml")
        await driver.press("enter", "enter")
        await until_opened(driver)
        assert len(driver.workspace.session.organization.people) == 5
    assert (folder / "people.earlier-1.toml").read_bytes() == before
    assert (folder / "people.earlier-1.import.toml").exists()


async def test_a_list_of_names_is_pasted(folder: Path) -> None:
    async with started() as driver:
        await choose(driver, ListToImport)
        await driver.press("enter")
        assert "Paste a list, or type a name" in driver.text
        await paste(driver, "王磊\r李娜\r")
        await driver.type("Ada Berg")
        await driver.press("enter")
        assert "3 lines" in driver.text
        await driver.press("backspace")
        assert "2 lines" in driver.text
        await driver.press("enter")
        await driver.take("import_defaults, import_go_on, enter")
        await until_opened(driver)
    people = written(folder / "marketing.toml").people
    assert {person.name for person in people.values()} == {"王磊", "李娜"}


async def test_cells_of_a_spreadsheet_arrive_whole(folder: Path) -> None:
    async with started() as driver:
        await choose(driver, ListToImport)
        await paste(
            driver, "Name\tTitle\tManager\r\nAda Berg\tHead\t\r\nBo Lind\tContent Writer\tAda Berg\r\n"
        )
        assert "Bo Lind │ Content Writer │ Ada Berg" in driver.text
        await driver.press("enter")
        assert "manager" in driver.text
        await driver.take("import_back")
        assert "3 lines" in driver.text, "the list is there to be pasted on"
        await driver.press("enter")
        await driver.take("import_defaults" if "to answer" in driver.text else "import_go_on")
        assert "2 seats" in driver.text


async def test_a_paste_that_may_be_cut_is_not_taken() -> None:
    async with started((80, 24)) as driver:
        await choose(driver, ListToImport)
        await paste(driver, "x" * PASTE_MAX_CHARS)
        assert (
            f"Longer than {PASTE_MAX_CHARS - 1} characters: nothing is taken; save it as a file"
            in driver.text
        )
        await driver.press("down")
        assert "0 lines" in driver.text


async def test_a_list_that_grows_too_long_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pasting, "LIST_MAX_CHARACTERS", 20)
    async with started() as driver:
        await choose(driver, ListToImport)
        await paste(driver, "Ada Berg\rBo Lind")
        await paste(driver, "Cy Falk\rDi Holm")
        assert "characters: save it as a file" in driver.text
        await driver.press("down")
        assert "2 lines" in driver.text


class Slow:
    """A reader that gives rows until it is let go, and notes how it ended."""

    def __init__(self) -> None:
        self.reading = threading.Event()
        self.let_go = threading.Event()
        self.ended: BaseException | None = None

    def read(self, data: bytes, options: ReadOptions) -> SheetChoice:
        try:
            self._wait(options.progress)
            return delimited.read_pasted(data.decode())
        except BaseException as error:
            self.ended = error
            raise

    def _wait(self, progress: Progress) -> None:
        progress("rows", 12_500)
        self.reading.set()
        self.let_go.wait(PATIENCE)
        progress("rows", 13_000)


@pytest.mark.parametrize(("command", "left"), [("import_back", PathPrompt), ("import_leave", StartScreen)])
async def test_a_long_file_shows_how_far_it_is_and_can_be_ended(
    command: str, left: type[object], folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slow = Slow()
    monkeypatch.setattr(delimited, "read_delimited", slow.read)
    async with started() as driver:
        await choose(driver, FileToImport)
        await driver.type("peo")
        prompt = driver.app.screen
        assert isinstance(prompt, PathPrompt)
        prompt.submit()
        await until(lambda: slow.reading.is_set() and "12500 rows" in driver.text.replace(",", ""))
        screen = importing(driver)
        screen.on_key(events.Key(KEYS["import_go_on"], None))
        screen.on_key(events.Key(KEYS[command], None))
        await until(lambda: isinstance(driver.app.screen, left))
        assert not slow.let_go.is_set(), "the screen is back before the reader has ended"
        slow.let_go.set()
        await until(lambda: slow.ended is not None)
        assert type(slow.ended).__name__ == "Cancelled"
        await driver.pilot.pause()
        assert isinstance(driver.app.screen, left)
    assert [path.name for path in folder.iterdir()] == ["people.csv"]


async def until(condition: Callable[[], bool]) -> None:
    """Wait for a condition while a worker is at work, which the pilot would wait for."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.001)


@pytest.mark.parametrize("size", [(120, 40), (80, 24)])
async def test_every_step_names_its_keys_in_full(size: tuple[int, int], language: str, folder: Path) -> None:
    (folder / "inactive.csv").write_text(INACTIVE, "utf-8")
    async with started(size) as driver:
        await choose(driver, FileToImport)
        assert "…" not in driver.text.partition("inactive.csv")[2].partition("╰")[0]
        await driver.type("ina")
        await driver.press("enter")
        for _ in range(6):
            if isinstance(driver.app.screen, TextPrompt):
                break
            assert driver.lines[-1].strip().startswith("enter")
            assert "…" not in driver.lines[-1]
            await driver.take("import_go_on")
        await driver.press("escape")
        await driver.take("help")
        assert ("Keys while importing" if language == ENGLISH else "导入时的按键") in driver.text


async def test_from_the_palette_beside_an_open_session(folder: Path) -> None:
    for words, file in (("spreadsheet", "one.toml"), ("花名册", "two.toml")):
        async with opened(folder) as driver:
            await driver.take("palette")
            await driver.type(words)
            await driver.press("enter")
            assert isinstance(driver.app.screen, PathPrompt)
            await driver.type("peo")
            await driver.press("enter")
            await driver.take("import_go_on, import_go_on")
            await driver.press("ctrl+u")
            await driver.type(file)
            before = driver.workspace
            await driver.press("enter")
            await driver.until(lambda old=before: driver.session.workspace not in (None, old))  # type: ignore[misc]
            await until_opened(driver)
            assert driver.lines[0].startswith(" Marketing")
            assert f"{file} is written: 4 seats in 1 team" in driver.said
            assert driver.workspace.opened.organization_path == Path(file)


async def test_leaving_an_import_leaves_the_session_as_it_was(folder: Path) -> None:
    async with opened(folder) as driver:
        before = driver.workspace
        await driver.take("import_list")
        await paste(driver, "Ada Berg\nBo Lind")
        await driver.press("enter")
        await driver.take("import_leave")
        assert driver.app.screen is driver.session
        assert driver.workspace is before
        await driver.take("import_file, escape")
        assert driver.app.screen is driver.session


async def test_the_import_speaks_the_language_of_the_session(folder: Path) -> None:
    set_language(CHINESE)
    try:
        async with started((80, 24)) as driver:
            await read_file(driver, "peo")
            assert "people.csv 的读取结果" in driver.text
            await driver.take("import_go_on")
            assert "1 个团队，4 个岗位" in driver.text
    finally:
        set_language(ENGLISH)

"""Exporting from the app: what is asked, which command runs, what is said, and how it is stopped."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from textual import events

from orgtui.changes.operations.seats import MovePerson
from orgtui.exchange.writing import formats
from orgtui.exchange.writing.formats import FORMATS
from orgtui.locales import set_language, translate
from orgtui.locales.language import ENGLISH
from orgtui.model.sentence import Sentence
from orgtui.session.plan.folding import fold
from orgtui.session.plan.opening import open_session
from orgtui.tui.actions.exporting import process
from orgtui.tui.prompts.exporting import ExportProgress, ExportPrompt
from tests.organizations import write_small
from tests.tui.actions.test_pay import write
from tests.tui.fakes import lines
from tests.tui.small import KEYS, PATIENCE, Driver, opened

PLANTED = """
import json, os, sys, time
from pathlib import Path

arguments = sys.argv[1:]
said = dict(each.partition("=")[::2] for each in arguments if each.startswith("--"))
here = Path(__file__).parent
(here / "arguments.json").write_text(json.dumps(arguments))
print("written: " + said["--output"] + "/" + said["--stem"] + ".html", flush=True)
(here / "begun").write_text(str(os.getpid()))
wait = json.loads((here / "wait.json").read_text())
while wait and not (here / "go").exists():
    time.sleep(0.005)
for line in json.loads((here / "errors.json").read_text()):
    print(line, file=sys.stderr)
sys.exit(int((here / "status").read_text()))
"""
"""A stand-in for the command, which keeps its arguments, and waits and fails as it is told to."""


class Planted:
    """A planted command, and what is known of its run."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.script = folder / "planted.py"
        self.script.write_text(PLANTED, "utf-8")
        self.told()

    def told(self, *errors: str, status: int = 0, wait: bool = False) -> None:
        """Decide what it does when it runs."""
        (self.folder / "errors.json").write_text(json.dumps(errors), "utf-8")
        (self.folder / "status").write_text(str(status), "utf-8")
        (self.folder / "wait.json").write_text(json.dumps(wait), "utf-8")

    def go(self) -> None:
        (self.folder / "go").touch()

    @property
    def has_begun(self) -> bool:
        return bool((self.folder / "begun").exists() and (self.folder / "begun").read_text())

    @property
    def is_running(self) -> bool:
        return Path(f"/proc/{(self.folder / 'begun').read_text()}").exists()

    @property
    def arguments(self) -> list[str]:
        given: list[str] = json.loads((self.folder / "arguments.json").read_text("utf-8"))
        return given


@pytest.fixture
def planted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Planted:
    made = Planted(tmp_path / "planted")
    monkeypatch.setattr(process, "PROGRAM", (sys.executable, str(made.script)))
    return made


@pytest.fixture(params=["en", "zh_CN"])
def language(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def shown(driver: Driver) -> str:
    """The screen as one text without frames, so that what is wrapped is found."""
    return " ".join(driver.text.replace("│", " ").split())


def foot(driver: Driver) -> str:
    prompt = driver.app.screen
    assert isinstance(prompt, ExportPrompt | ExportProgress)
    return "".join(span.text for span in prompt.foot.words(300).left)


async def done(driver: Driver) -> ExportProgress:
    """Wait until an export has ended."""
    await driver.until(lambda: isinstance(driver.app.screen, ExportProgress))
    prompt = driver.app.screen
    assert isinstance(prompt, ExportProgress)
    await driver.until(lambda: not prompt.progress.is_running)
    return prompt


def send(driver: Driver, *keys: str) -> None:
    """Send keys without waiting for anything that is at work, as the pilot would."""
    for key in keys:
        driver.app.post_message(events.Key(key, key if len(key) == 1 else None))


async def until(driver: Driver, condition: Callable[[], bool]) -> None:
    """Wait for a condition while something is at work for which the pilot would wait."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, "\n".join(driver.lines)
        await asyncio.sleep(0.005)


@pytest.mark.parametrize("size", [(80, 24), (120, 40)])
async def test_every_format_is_listed_whole_with_for_whom_it_is(
    tmp_path: Path, size: tuple[int, int], language: str
) -> None:
    set_language(language)
    try:
        async with opened(tmp_path, size=size) as driver:
            await driver.go("team:growth")
            await driver.press(KEYS["export"])
            for made in FORMATS:
                line = next(each for each in driver.lines if f" {made.name} " in each)
                for words in (made.for_whom, made.what):
                    assert translate(Sentence(words)) in line
            assert "small.html" in shown(driver)
            assert "Growth" not in foot(driver)
            assert "English" in driver.text or "中文" in driver.text
    finally:
        set_language("en")


async def test_enter_writes_the_report_beside_the_plan_and_says_where(
    tmp_path: Path, planted: Planted
) -> None:
    async with opened(tmp_path, size=(80, 24)) as driver:
        driver.workspace.session.do([MovePerson("zhang", "growth")])
        await driver.press(KEYS["export"])
        assert foot(driver) == f"enter writes small.html in {tmp_path}"
        await driver.press("enter")
        await done(driver)
        assert planted.arguments == [
            "export",
            f"{tmp_path}/small.toml",
            "--to=html",
            f"--output={tmp_path}",
            "--stem=small",
            "--lang=en",
            f"--plan={tmp_path}/small.plan.toml",
        ]
        assert 'op = "move_person"' in (tmp_path / "small.plan.toml").read_text("utf-8")
        assert "The export is done: 1 file is written" in driver.text
        assert f"{tmp_path}/small.html" in driver.text.replace("│", "").replace("\n", "").replace(" ", "")
        await driver.press("escape")
        assert driver.app.screen is driver.session


async def test_without_a_change_there_is_no_plan_to_name(tmp_path: Path, planted: Planted) -> None:
    async with opened(tmp_path) as driver:
        await driver.press(KEYS["export"], "enter")
        await done(driver)
        assert not any(each.startswith("--plan") for each in planted.arguments)


async def test_several_formats_a_language_and_a_part(tmp_path: Path, planted: Planted) -> None:
    async with opened(tmp_path) as driver:
        await driver.go("person:zhang")
        await driver.press(KEYS["export"], "down", "space", "j", "down", "tab")
        assert foot(driver) == f"enter writes 2 formats as small.… in {tmp_path}"
        await driver.press(*["down"] * (len(FORMATS) - 4), "down")
        assert foot(driver) == "enter changes this"
        await driver.press("space", "down", "enter", "up", "up")
        assert foot(driver) == f"enter writes 2 formats as small.brand.zh_CN.… in {tmp_path}"
        await driver.press("enter")
        await done(driver)
        assert "--to=svg,hr-csv" in planted.arguments
        assert {"--lang=zh_CN", "--only=brand", "--stem=small.brand.zh_CN"} <= set(planted.arguments)


async def test_pay_is_asked_for_only_where_it_is_shown(tmp_path: Path, planted: Planted) -> None:
    write(tmp_path)
    async with opened(tmp_path) as driver:
        await driver.press(KEYS["export"])
        assert "keep the files to yourself" not in driver.text
        assert not any("Pay" in line for line in driver.lines if "│" in line)
        await driver.press("escape", KEYS["pay"], KEYS["export"], "enter")
        await done(driver)
        assert "--with-pay" not in planted.arguments
        await driver.press("escape", KEYS["export"], "pagedown", "pagedown", "space")
        assert "in it: keep the files to yourself" in driver.text
        await driver.press("pageup", "pageup")
        assert foot(driver).startswith("enter writes small.with-pay.html in ")
        await driver.press("enter")
        await done(driver)
        assert "--with-pay" in planted.arguments


async def test_what_the_command_tells_is_told(tmp_path: Path, planted: Planted) -> None:
    planted.told("orgtui: what was in small.html is kept as small.earlier-1.html")
    async with opened(tmp_path) as driver:
        await driver.press(KEYS["export"], "enter")
        await done(driver)
        assert "what was in small.html is kept as small.earlier-1.html" in shown(driver)
        assert "orgtui:" not in shown(driver)


async def test_an_error_is_told_in_the_words_of_the_command(tmp_path: Path, planted: Planted) -> None:
    planted.told("orgtui: small.pptx is there and is no \x1b[31mpptx", status=2)
    async with opened(tmp_path) as driver:
        await driver.press(KEYS["export"], "enter")
        await done(driver)
        assert "The export has failed: 1 file is written" in driver.text
        assert "small.pptx is there and is no �[31mpptx" in shown(driver)
        planted.told(status=3)
        await driver.press("escape", KEYS["export"], "enter")
        await done(driver)
        assert "it ended with status 3" in driver.text
        planted.told("Traceback (most recent call last):", "  File x", "KeyError: 'Li Na'", status=1)
        await driver.press("escape", KEYS["export"], "enter")
        await done(driver)
        assert "orgtui has a defect of its own there (KeyError)" in driver.text
        assert "Traceback" not in driver.text


async def test_keys_answer_while_it_writes_and_escape_ends_it(tmp_path: Path, planted: Planted) -> None:
    planted.told(wait=True)
    async with opened(tmp_path) as driver:
        await driver.press(KEYS["export"], "space", "down", "space")
        send(driver, "enter")
        await until(driver, lambda: planted.has_begun)
        prompt = driver.app.screen
        assert isinstance(prompt, ExportProgress)
        await until(driver, lambda: "svg: writing…" in shown(driver))
        assert prompt.progress.files == [f"{tmp_path}/small.html"]
        await until(driver, lambda: prompt.progress.seconds > 0)
        send(driver, "enter", "down")
        driver.workspace.session.do([MovePerson("zhang", "growth")])
        await until(driver, lambda: "moved 1" in lines(driver.session)[0])
        assert driver.app.screen is prompt, "enter closes nothing while it writes"
        assert planted.is_running
        send(driver, "escape")
        await until(driver, lambda: driver.app.screen is driver.session)
        assert driver.said == "The export is stopped: 1 file is written"
        await until(driver, lambda: not planted.is_running)


async def test_leaving_ends_it_too(tmp_path: Path, planted: Planted) -> None:
    planted.told(wait=True)
    async with opened(tmp_path) as driver:
        await driver.press(KEYS["export"])
        send(driver, "enter")
        await until(driver, lambda: planted.has_begun)
        driver.app.leave()
        await until(driver, lambda: not planted.is_running)


async def test_it_is_refused_where_it_would_show_something_else(tmp_path: Path, planted: Planted) -> None:
    write_small(tmp_path)
    other = open_session(tmp_path / "small.toml")
    other.session.do([MovePerson("zhang", "growth")])
    async with opened(tmp_path, watch=True) as driver:
        await driver.press(KEYS["export"])
        assert driver.said == (
            "You can only look here, and small.plan.toml lacks the latest changes: whoever may write exports"
        )
        fold(other)
        await driver.until(lambda: not driver.workspace.session.unfolded)
        await driver.press(KEYS["export"])
        assert isinstance(driver.app.screen, ExportPrompt)
    other.session.close()
    async with opened(tmp_path) as driver:
        driver.workspace.session.do([MovePerson("xu", "growth")])
        (tmp_path / "small.plan.toml").write_text("# somebody else's", "utf-8")
        await driver.press(KEYS["export"], "enter")
        assert driver.said.startswith("small.plan.toml was changed by somebody else and is left as it is; ")
        assert "nothing is exported. Leave with q" in driver.said
    assert not planted.has_begun


async def test_an_organisation_that_changed_on_disk_is_taken_over_first(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        path = tmp_path / "small.toml"
        path.write_text(path.read_text("utf-8").replace("Growth", "Growing"), "utf-8")
        await driver.until(lambda: driver.workspace.changed_on_disk)
        await driver.press(KEYS["export"])
        assert driver.said == "small.toml changed on disk: R takes the changes over to it, then e exports"


async def test_a_format_without_its_library_says_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(formats, "find_spec", lambda name: None)
    async with opened(tmp_path) as driver:
        await driver.press(KEYS["export"], *["down"] * 4)
        needs = "hr-xlsx needs a library that is not installed: pip install 'orgtui[office]'"
        assert foot(driver) == needs
        await driver.press("enter")
        assert isinstance(driver.app.screen, ExportPrompt)
        await driver.press("space")
        assert foot(driver) == needs


async def test_the_palette_knows_it_by_everyday_words(tmp_path: Path) -> None:
    async with opened(tmp_path) as driver:
        await driver.press(KEYS["palette"])
        for word in ("report", "slides", "picture", "导出", "报告", "汇报", "人事名单", "图"):
            await driver.type(word)
            assert "Write a report, pictures, slides, or the list for HR" in driver.text
            await driver.press(*["backspace"] * len(word))


def test_it_runs_this_program_and_nothing_of_the_current_folder(tmp_path: Path) -> None:
    for name in ("orgtui.py", "argparse.py", "json.py"):
        (tmp_path / name).write_text("raise SystemExit('taken from the current folder')", "utf-8")
    done = subprocess.run(
        [*process.PROGRAM, "--version"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout.split()[0]) == (0, "orgtui")


async def test_the_command_itself_writes_private_files_and_keeps_what_they_replace(tmp_path: Path) -> None:
    list_of_people = tmp_path / "small.people.csv"
    list_of_people.write_text("id,name\n1,Ada\n", "utf-8")
    async with opened(tmp_path, size=(80, 24)) as driver:
        driver.workspace.session.do([MovePerson("zhang", "growth")])
        await driver.press(KEYS["export"], *["down"] * 10, "space", "down", "space", "enter")
        prompt = await done(driver)
        assert prompt.progress.failed == []
        assert prompt.progress.files == [str(list_of_people), f"{tmp_path}/small.json"]
        assert "kept as" in prompt.progress.told[0]
        assert "The export is done: 2 files are written" in driver.text
    assert "zhang" in list_of_people.read_text("utf-8")
    assert (tmp_path / "small.earlier-1.people.csv").read_text("utf-8") == "id,name\n1,Ada\n"
    assert (tmp_path / "small.json").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(("language", "words"), [(ENGLISH, "e export"), ("zh_CN", "e 导出")])
async def test_the_key_bar_of_a_usual_terminal_names_it(tmp_path: Path, language: str, words: str) -> None:
    set_language(language)
    try:
        async with opened(tmp_path, size=(120, 40)) as driver:
            assert words in driver.lines[-1]
    finally:
        set_language(ENGLISH)

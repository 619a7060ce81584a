"""The pages of the documentation speak of what is there, and their examples hold."""

from __future__ import annotations

import ast
import doctest
import os
import re
import shutil
import subprocess
import sys
import textwrap
import tomllib
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pytest

import orgtui
from orgtui.cli.import_report import PROBLEMS_SHOWN, TEAMS_SHOWN
from orgtui.cli.main import COMMANDS
from orgtui.exchange.reading.delimited import CELL_MAX_CHARACTERS
from orgtui.exchange.reading.workbook import UNPACKED_MAX_BYTES
from orgtui.exchange.roster.columns import HEADER_WITHIN
from orgtui.exchange.roster.headers import part_of
from orgtui.exchange.roster.managers import NEAREST_FOR
from orgtui.files.disk.reading import FILE_MAX_BYTES
from orgtui.tui.commands.browsing import COMMANDS as KEY_COMMANDS
from tests.cli.running import Program
from tests.pictures import pictures

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
CONTRIBUTING = ROOT / "CONTRIBUTING.md"
ARCHITECTURE = ROOT / "docs" / "architecture.md"
PAGES = sorted(
    [
        ROOT / "README.md",
        ROOT / "README.zh.md",
        CONTRIBUTING,
        ROOT / "CHANGELOG.md",
        *(ROOT / "docs").glob("*.md"),
    ]
)
EVERY_PAGE = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
SHOWN = {"arrows": ("up", "down", "left", "right"), "esc": ("escape",), "hjkl": ("h", "j", "k", "l")}
"""Words of the README for keys, by the names that the registry has for them."""

USERS = {"keys", "plans", "rules", "import", "export", "suggest", "colours", "file-formats"}
"""Pages that ordinary users read, in English and in Chinese."""

NOT_FOR_USERS = {
    *("architecture", "benchmarks", "concurrency", "limits", "python", "reliability", "security"),
}
"""Pages for those who change orgtui, write programs with it or run a server, in English."""

NAME = re.compile(r"`(orgtui(?:\.\w+)+)(?:\(\))?`")
"""The dotted name of a module, or of something in one."""

FOLDERS = ("src", "tests", "docs", "sample_orgs", "benchmarks")
PACKAGES = {path.parent.name for path in Path(orgtui.__file__).parent.glob("*/__init__.py")}
FILE = re.compile(
    rf"(?<![\w./-])((?:{'|'.join((*FOLDERS, *sorted(PACKAGES)))})(?:/[\w.-]+)*/[\w-]+(?:\.[\w-]+)*\.\w+)"
)
"""The path of a file, from the root of a checkout or from the package."""

LINK = re.compile(r"\]\(([^)\s]+)\)")


def section(title: str) -> str:
    return README.partition(f"## {title}\n")[2].partition("\n## ")[0]


def text_of(page: Path) -> str:
    return page.read_text(encoding="utf-8")


# -- what pages name -----------------------------------------------------------------------------------


@EVERY_PAGE
def test_links_lead_somewhere(page: Path) -> None:
    links = [link for link in LINK.findall(text_of(page)) if "://" not in link]
    assert [link for link in links if not _leads_somewhere(page, link)] == []


def test_pages_are_linked() -> None:
    """Nobody finds a page that nothing leads to."""
    linked = {
        (page.parent / link.partition("#")[0]).resolve()
        for page in PAGES
        for link in LINK.findall(text_of(page))
        if "://" not in link
    }
    assert set(PAGES) - {ROOT / "README.md"} <= linked


def _leads_somewhere(page: Path, link: str) -> bool:
    path, _, heading = link.partition("#")
    target = page.parent / path if path else page
    return target.exists() and (not heading or heading in _anchors(text_of(target)))


def _anchors(text: str) -> set[str]:
    """The names by which links lead to headings."""
    headings = re.findall(r"^#+ (.+)$", text, flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@EVERY_PAGE
def test_names_are_those_of_the_source(page: Path) -> None:
    assert [name for name in dict.fromkeys(NAME.findall(text_of(page))) if not _is_there(name)] == []


def test_names_are_looked_for() -> None:
    """What the test above looks for is what pages are written with, and is missed where it is gone."""
    assert len(NAME.findall(text_of(ARCHITECTURE))) > 20
    assert _is_there("orgtui.session.session.Session.do")
    assert not _is_there("orgtui.session.session.Session.does")
    assert not _is_there("orgtui.nowhere")


def _is_there(name: str) -> bool:
    """Whether a dotted name is a module, or something in one."""
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        module = ".".join(parts[:length])
        try:
            there: object = import_module(module)
        except ModuleNotFoundError:
            continue
        for part in parts[length:]:
            fields: dict[str, object] = getattr(there, "__dataclass_fields__", {})
            if not hasattr(there, part) and part not in fields:
                return False
            there = getattr(there, part, None)
        return True
    return False


@EVERY_PAGE
def test_files_are_those_of_the_checkout(page: Path) -> None:
    """A file is named from the root of a checkout or from the package, but for those that examples make."""
    made = {example.file for example in examples()}
    places = (ROOT, Path(orgtui.__file__).parent)
    named = dict.fromkeys(FILE.findall(text_of(page)))
    assert [
        file
        for file in named
        if file not in made and "/LANGUAGE/" not in file and "/CODE/" not in file
        if not any((place / file).exists() for place in places)
    ] == []


# -- pages in Chinese ------------------------------------------------------------------------------------

FOR_USERS = ("README", *(f"docs/{name}" for name in sorted(USERS)))


@pytest.mark.parametrize("name", FOR_USERS)
def test_a_page_for_users_has_its_twin_in_chinese(name: str) -> None:
    english, chinese = (text_of(ROOT / f"{name}{suffix}") for suffix in (".md", ".zh.md"))
    file = name.rpartition("/")[2]
    assert f"[简体中文]({file}.zh.md)" in english
    assert f"[English]({file}.md)" in chinese
    assert _levels(chinese) == _levels(english)
    assert _examples(chinese) == _examples(english)


def test_every_page_is_for_users_in_both_languages_or_for_those_who_change_orgtui() -> None:
    pages = {path.stem for path in (ROOT / "docs").glob("*.md") if not path.stem.endswith(".zh")}
    assert pages == USERS | NOT_FOR_USERS


def _examples(text: str) -> list[str]:
    """The kinds of the examples of a page that other tests execute or load, in order."""
    return re.findall(r"^```(toml|csv|console|yaml)\b", text, flags=re.MULTILINE)


def _levels(text: str) -> list[str]:
    """The levels of the headings of a page, in order."""
    prose = re.sub(r"^```.*?^```", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"^(#+) ", prose, flags=re.MULTILINE)


# -- the README ------------------------------------------------------------------------------------------


def test_every_command_is_listed() -> None:
    listed = re.findall(r"^orgtui ([a-z-]+)", section("The command line"), flags=re.MULTILINE)
    assert sorted(listed) == sorted(COMMANDS)


def test_every_key_that_is_shown_does_something() -> None:
    cells = re.findall(r"^\| (.+?) \| .+? \| (.+?) \|", section("Keys"), flags=re.MULTILINE)[2:]
    words = {word for pair in cells for cell in pair for word in re.findall(r"`(.+?)`|^(arrows)", cell)}
    shown = {key for word in words for key in SHOWN.get("".join(word), ("".join(word),))}
    known = {key for command in KEY_COMMANDS for key in command.keys}
    assert len(shown) > 20
    assert shown - known == set()


def test_the_packages_are_as_described() -> None:
    described = set(re.findall(r"^  (\w+)/? |^  (\w+\.py) ", section("Architecture"), re.MULTILINE))
    names = {folder or module for folder, module in described}
    assert names >= PACKAGES
    assert all((Path(orgtui.__file__).parent / name).exists() for name in names)


def test_the_changelog_has_a_place_for_what_comes() -> None:
    assert "\n## [Unreleased]\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


# -- the architecture ------------------------------------------------------------------------------------


def test_the_floors_are_those_of_the_import_contract() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    [layers] = [
        contract["layers"]
        for contract in settings["tool"]["importlinter"]["contracts"]
        if contract["type"] == "layers"
    ]
    floors = [re.findall(r"orgtui\.(\w+)", layer) for layer in layers]
    picture = text_of(ARCHITECTURE).split("```")[1]
    drawn = re.findall(r"^\s*\|(.+)\|", picture, flags=re.MULTILINE)
    assert [sorted(re.findall(r"\w+", line)) for line in drawn] == [sorted(floor) for floor in floors]
    assert set(chain(*floors)) == PACKAGES | {"metrics"}


# -- the examples of CONTRIBUTING ------------------------------------------------------------------------

FENCED = re.compile(r"^( *)(`{3,})(python|diff)\n(.*?)^\1\2$", re.MULTILINE | re.DOTALL)


class Example(NamedTuple):
    """A block of code and the file that it makes, adds to or changes; "" if it stands for itself."""

    kind: str
    file: str
    code: str


def examples() -> Iterator[Example]:
    """The blocks of code in CONTRIBUTING.md, in order."""
    for indent, _, kind, block in FENCED.findall(text_of(CONTRIBUTING)):
        code = "".join(line.removeprefix(indent) for line in block.splitlines(keepends=True))
        head = re.match(r"(?:# |--- )((?:src|tests)/\S+)\n", code)
        yield Example(kind, head[1] if head else "", code[head.end() :] if head else code)


def changed(text: str, diff: str) -> str:
    """A text with a diff applied whose lines of context are found one after another."""
    lines, at = text.splitlines(keepends=True), 0
    for line in diff.splitlines(keepends=True):
        sign, said = line[0], line[1:]
        if sign == "+":
            lines.insert(at, said)
            at += 1
            continue
        at = lines.index(said, at)
        if sign == "-":
            del lines[at]
        else:
            at += 1
    return "".join(lines)


TRIED = """
from pathlib import Path
from orgtui.changes.parse import parse_change
from orgtui.rules.registry import catalogue
from orgtui.tui.commands.browsing import COMMANDS

assert str(Path(parse_change.__code__.co_filename)).startswith(str(Path.cwd())), "the copy is what runs"
assert parse_change({"op": "set_mission", "mission": "fair", "until": "2027-06-30"}).until.year == 2027
assert [each.__name__ for each in catalogue()["A303"].fixers] == ["end_a_mission_of_one"]
assert "go_to_lead" in [each.id for each in COMMANDS]
"""

KEPT = (
    "tests/rules/catalogue/test_pages.py::test_the_bad_example_makes_the_rule_speak[A303]",
    "tests/rules/catalogue/test_pages.py::test_the_good_example_keeps_it_silent[A303]",
    "tests/rules/fixes/test_fixes.py::test_fixes_of_the_bad_example_are_taken_until_nothing_is_left[A303]",
    "tests/rules/test_asleep.py::test_every_rule_needs_what_the_table_says",
    "tests/rules/catalogue/test_parts_against_oracle.py::test_the_same_subjects_as_a_naive_reading[3]",
    "tests/rules/catalogue/test_parts_at_their_limits.py::test_a303_wants_somebody_beside_the_lead",
    "tests/changes/test_parse.py::test_every_operation_of_the_contract_is_known",
    "tests/changes/test_laws.py::test_every_operation[set_mission]",
    "tests/changes/test_functions.py::test_the_end_of_a_mission",
    "tests/tui/actions/test_operations.py::test_every_operation_has_a_way",
    "tests/tui/commands/test_keymap.py::test_the_registry_holds_together",
    "tests/tui/actions/test_flows.py::test_the_lead_of_a_team_is_gone_to",
    "tests/cli/test_tables.py::test_every_module_that_runs_a_command_is_in_the_table",
    "tests/cli/test_teams.py::test_every_team_is_listed_with_its_seats",
    "tests/cli/test_tables.py::test_every_format_of_a_check_leaves_with_the_same_status[lines]",
    "tests/cli/test_formats.py::test_lines_begin_with_the_place_of_what_they_say",
    "tests/exchange/reading/test_json_lines.py::test_each_line_is_a_person",
    "tests/exchange/roster/test_states.py::test_hours_by_another_name",
    "tests/exchange/writing/test_outline.py::test_each_team_is_a_line",
    "tests/exchange/writing/test_outline.py::test_a_large_organisation_is_there_whole",
    "tests/cli/test_export.py::test_all_formats_are_written_and_are_the_same_in_another_process[en]",
)
"""Tests that the examples bring, and tests of the project that take them without an edit."""


def test_every_example_is_python() -> None:
    blocks = list(examples())
    assert {each.kind for each in blocks} == {"python", "diff"}
    assert len(blocks) > 15
    for each in blocks:
        if each.kind == "python":
            ast.parse(each.code)
            for node in ast.walk(ast.parse(each.code)):
                if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("orgtui"):
                    assert find_spec(node.module), node.module
                    assert all(hasattr(import_module(node.module), name.name) for name in node.names)


def test_examples_that_stand_for_themselves_run() -> None:
    alone = [each.code for each in examples() if each.kind == "python" and not each.file]
    assert alone
    for code in alone:
        exec(compile(code, "CONTRIBUTING.md", "exec"), {"__name__": "example"})


def test_the_examples_work(tmp_path: Path) -> None:
    """Made in a copy of the source, one after another, they can be used and keep their own tests."""
    for name in ("src", "tests", "sample_orgs"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for example in examples():
        file = tmp_path / example.file
        if not example.file:
            continue
        text = file.read_text("utf-8") if file.exists() else ""
        if example.kind == "diff":
            file.write_text(changed(text, example.code), "utf-8")
        else:
            file.write_text(f"{text}\n\n{example.code}" if text else example.code, "utf-8")
    _run(tmp_path, "-c", TRIED)
    _run(tmp_path, "-m", "pytest", "-p", "no:cacheprovider", *KEPT)


def _run(folder: Path, *arguments: str) -> str:
    """What a Python on the source of a folder prints; it must end well."""
    paths = {"PYTHONPATH": f"{folder / 'src'}{os.pathsep}{folder}"}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=os.environ | paths,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, textwrap.indent(done.stdout[-4000:] + done.stderr[-4000:], "    ")
    return done.stdout


# -- the page on Python ----------------------------------------------------------------------------------

PYTHON = ROOT / "docs" / "python.md"


def test_the_examples_in_python_hold(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    tried = doctest.testfile(str(PYTHON), module_relative=False)
    assert tried.failed == 0
    assert tried.attempted > 20


def test_the_page_on_python_names_what_is_public() -> None:
    named = set(re.findall(r"`(?:orgtui\.)?(\w+)", PYTHON.read_text(encoding="utf-8")))
    parts_of_results = {"Acceptance", "Asleep", "Finding", "Fix", "StaleAccept", "__version__"}
    assert set(orgtui.__all__) - parts_of_results <= named


# -- the pages on import ---------------------------------------------------------------------------------

IMPORT_PAGES = pytest.mark.parametrize(
    ("page", "language"),
    [(ROOT / "docs" / "import.md", "en"), (ROOT / "docs" / "import.zh.md", "zh_CN")],
    ids=["en", "zh"],
)
FILE_BLOCK = re.compile(r"^```\w+ (\S+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
CONSOLE = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def shown_and_printed(page: Path, language: str, program: Program) -> Iterator[tuple[str, str]]:
    """Each block of commands of a page as it stands there, and as it is when run on the page's files."""
    for name, text in FILE_BLOCK.findall(text_of(page)):
        Path(name).write_text(text, "utf-8")
    for block in CONSOLE.findall(text_of(page)):
        printed = ""
        for line in block.splitlines():
            if not line.startswith("$ "):
                continue
            command, *arguments = line.removeprefix("$ ").split()
            if command == "cat":
                said = Path(arguments[0]).read_text("utf-8")
            else:
                assert command == "orgtui"
                ran = program(*arguments, "--lang", language)
                said = ran.out + ran.err
            printed += f"{line}\n{said}"
        yield block, printed


@IMPORT_PAGES
def test_the_commands_of_a_page_on_import_print_what_it_shows(
    page: Path,
    language: str,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    blocks = list(shown_and_printed(page, language, Program(capsys)))
    assert len(blocks) > 5
    for shown, printed in blocks:
        assert re.fullmatch(as_pattern(shown), printed), printed


def as_pattern(shown: str) -> str:
    """What is shown, with any lines in place of three dots."""
    return re.escape(shown).replace(re.escape("...\n"), "(?:.*\n)*?")


@IMPORT_PAGES
def test_the_limits_on_a_page_on_import_are_those_of_the_program(page: Path, language: str) -> None:
    told = text_of(page).rpartition("\n## ")[2]
    for limit in (
        f"{FILE_MAX_BYTES >> 20} MiB",
        f"{UNPACKED_MAX_BYTES >> 20} MiB",
        f" {HEADER_WITHIN} ",
        f"{CELL_MAX_CHARACTERS:,}",
        f" {NEAREST_FOR} ",
        f" {PROBLEMS_SHOWN} ",
        f" {TEAMS_SHOWN} ",
    ):
        assert limit in told


def test_the_columns_that_the_scripts_on_import_export_are_known() -> None:
    scripts = re.findall(r"^```powershell\n(.*?)^```$", text_of(ROOT / "docs" / "import.md"), re.M | re.S)
    assert len(scripts) == 2
    for script in scripts:
        selected = re.search(r"Select-Object ([\w,\s]+?)(?:\s*\||,\s*@)", script)
        assert selected is not None
        names = [*re.split(r",\s*", selected[1]), *re.findall(r'name = "([^"]+)"', script)]
        assert {"title", "team", "state", "id", "name", "manager"} <= {part_of(name) for name in names}
        assert [name for name in names if part_of(name) is None] == []


def test_pictures_are_what_the_command_draws_today() -> None:
    assert [path.name for path, drawn in pictures() if path.read_bytes() != drawn] == []

"""The README, the changelog and the page on Python speak of what is there, and its examples hold."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest

import orgtui
from orgtui.cli.main import COMMANDS
from orgtui.tui.commands.browsing import COMMANDS as KEY_COMMANDS

ROOT = Path(__file__).parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
SHOWN = {"arrows": ("up", "down", "left", "right"), "esc": ("escape",), "hjkl": ("h", "j", "k", "l")}
"""Words of the README for keys, by the names that the registry has for them."""


def section(title: str) -> str:
    return README.partition(f"## {title}\n")[2].partition("\n## ")[0]


def test_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_every_command_is_listed() -> None:
    listed = re.findall(r"^orgtui ([a-z]+)", section("The command line"), flags=re.MULTILINE)
    assert sorted(listed) == sorted(COMMANDS)


def test_every_key_that_is_shown_does_something() -> None:
    cells = re.findall(r"^\| (.+?) \| .+? \| (.+?) \|", section("Keys"), flags=re.MULTILINE)[2:]
    words = {word for pair in cells for cell in pair for word in re.findall(r"`(.+?)`|^(arrows)", cell)}
    shown = {key for word in words for key in SHOWN.get("".join(word), ("".join(word),))}
    known = {key for command in KEY_COMMANDS for key in command.keys}
    assert len(shown) > 20
    assert shown - known == set()


def test_the_house_is_as_described() -> None:
    described = set(re.findall(r"^  (\w+)/? |^  (\w+\.py) ", section("How the house is built"), re.MULTILINE))
    names = {folder or module for folder, module in described}
    package = Path(orgtui.__file__).parent
    folders = {path.parent.name for path in package.glob("*/__init__.py")}
    assert folders <= names
    assert all((package / name).exists() for name in names)


def test_the_changelog_has_a_place_for_what_comes() -> None:
    assert "\n## [Unreleased]\n" in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")


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

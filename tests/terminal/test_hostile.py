"""Hostile names and texts on the raw bytes of a terminal: made visible, or refused, and never sent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.organizations import SMALL
from tests.terminal.driving import be_ready, go_to
from tests.terminal.emulator import Emulator
from tests.terminal.prepared import orgtui

SET_CLIPBOARD = "\x1b]52;c;cm0gLXJm\x07"
SET_TITLE = "\x1b]0;owned\x07"
OVERRIDE, ZERO_WIDTH, TAG, C1 = "\u202e", "\u200b", "\U000e0041", "\x9b31m"
EVIL = f"{SET_CLIPBOARD}{SET_TITLE}{OVERRIDE}{ZERO_WIDTH}{TAG}{C1}"
NOT_UTF8 = b"\xff".decode("utf-8", "surrogateescape")

POINTER_SHAPE = b"\x1b]22;default\x07"
"""What Textual itself sends with each screen."""

ASKS_BACKGROUND = b"\x1b]11;?\x07"
"""What the app asks the terminal, once, at the start."""

NEVER = [each.encode() for each in ("\x1b]", "\x07", OVERRIDE, ZERO_WIDTH, TAG, "\x9b")]


def assert_harmless(terminal: Emulator) -> None:
    """Nothing was sent that drives the terminal, beside one question at the start."""
    sent = bytes(terminal.raw).replace(POINTER_SHAPE, b"").replace(ASKS_BACKGROUND, b"", 1)
    assert [each for each in NEVER if each in sent] == []


def paste(terminal: Emulator, text: str) -> None:
    terminal.send(b"\x1b[200~" + text.encode("utf-8", "surrogatepass") + b"\x1b[201~")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / f"a{SET_CLIPBOARD.replace('/', '')}{OVERRIDE}{NOT_UTF8}"
    folder.mkdir()
    (folder / "state").mkdir()
    return folder


def test_names_of_files(folder: Path) -> None:
    path = folder / f"small{EVIL.replace('/', '')}{NOT_UTF8}.toml"
    path.write_text(SMALL, "utf-8")
    with orgtui(path, environment={"XDG_STATE_HOME": os.fspath(folder / "state")}) as terminal:
        be_ready(terminal)
        go_to(terminal, "Growth")
        terminal.press("d")
        terminal.settle()
        terminal.press("escape", "q")
        assert terminal.ends() == 0
        assert_harmless(terminal)


def test_a_file_with_problems(folder: Path) -> None:
    path = folder / f"small{EVIL.replace('/', '')}.toml"
    path.write_text(SMALL.replace("Acme", "Acme\\u001b]52;c;x\\u0007").replace("Growth", "\\u202E"), "utf-8")
    with orgtui(path, environment={"XDG_STATE_HOME": os.fspath(folder / "state")}) as terminal:
        terminal.until("to mend before this can be opened")
        terminal.press("escape")
        assert terminal.ends() == 2
        assert_harmless(terminal)


def test_what_is_pasted_into_a_prompt(tmp_path: Path) -> None:
    path = tmp_path / "small.toml"
    path.write_text(SMALL, "utf-8")
    with orgtui(path, environment={"XDG_STATE_HOME": os.fspath(tmp_path)}) as terminal:
        be_ready(terminal)
        go_to(terminal, "Growth")
        terminal.press("r")
        terminal.until("enter takes it")
        paste(terminal, f"X{EVIL.replace(chr(7), '')}Y")
        terminal.settle()
        terminal.press("enter")
        terminal.until("cannot be used in a text")
        terminal.press("escape")
        terminal.until_gone("cannot be used in a text")
        terminal.press("/")
        terminal.until("Find a team")
        paste(terminal, OVERRIDE + ZERO_WIDTH + TAG)
        terminal.settle()
        terminal.press("escape", "q")
        assert terminal.ends() == 0
        assert_harmless(terminal)


def test_a_path_that_is_typed(tmp_path: Path) -> None:
    with orgtui(folder=tmp_path, environment={"XDG_STATE_HOME": os.fspath(tmp_path)}) as terminal:
        terminal.until("What do you begin with?")
        terminal.press("o")
        terminal.until("Which file?")
        paste(terminal, f"/tmp/{OVERRIDE}{ZERO_WIDTH}")
        terminal.press("enter")
        terminal.until("cannot be used in a text")
        terminal.press("escape", "q")
        terminal.ends()
        assert_harmless(terminal)


def test_own_keys_and_arguments(tmp_path: Path) -> None:
    (tmp_path / "orgtui").mkdir()
    (tmp_path / "orgtui" / "keys.toml").write_text('"\\u001b]52;c;x\\u0007" = ["x"]\n')
    with orgtui(environment={"XDG_CONFIG_HOME": os.fspath(tmp_path)}) as terminal:
        assert terminal.ends() == 2
        assert_harmless(terminal)
    with orgtui(f"--{EVIL}", EVIL, EVIL) as terminal:
        assert terminal.ends() == 2
        assert_harmless(terminal)

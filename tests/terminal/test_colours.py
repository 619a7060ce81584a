"""Colours and the mouse on a real pseudo-terminal: what is asked and answered, and what is told without."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from orgtui.tui.themes.builtin import BUILTIN
from orgtui.tui.themes.styles import numbered
from tests.organizations import write_small
from tests.support import at_length
from tests.terminal.driving import be_ready
from tests.terminal.emulator import Emulator
from tests.terminal.prepared import orgtui

ASKS = b"\x1b]11;?\x07"
COLOURS = re.compile(rb"\x1b\[[0-9;]*(3[0-7]|9[0-7]|38;|48;)[0-9;]*m")


def ink(token: str, theme: str) -> bytes:
    """How a token of a theme is sent where there are 256 colours."""
    return b"38;5;%d" % (numbered(BUILTIN[theme].tokens[token]).number or 0)


def test_a_light_background_turns_the_colours_and_the_answer_is_no_keys(tmp_path: Path) -> None:
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        assert terminal.raw.count(ASKS) == 1
        assert ink("error", "dark") in terminal.raw
        assert ink("error", "light") not in terminal.raw
        before = terminal.lines
        terminal.send(b"\x1b]11;rgb:ffff/ffff")
        terminal.send(b"/ffff\x1b\\")
        terminal.until(lambda: ink("error", "light") in terminal.raw)
        terminal.settle()
        assert terminal.lines == before
        assert b"48;5" not in terminal.raw, "the terminal's own background stays"
        terminal.press("q")
        assert terminal.ends() == 0


def test_an_answer_that_comes_while_leaving_is_not_left_to_the_shell(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    program = f'{sys.executable} -m orgtui {path}; read -r -t 1 left; echo "left:<$left>"'
    with Emulator(["-c", program], program="/bin/bash", folder=tmp_path) as terminal:
        terminal.until(lambda: ASKS in terminal.raw)
        terminal.press("q")
        terminal.send(b"\x1b]11;rgb:0000/0000/0000\x07")
        terminal.until("left:<>")


@pytest.mark.parametrize(
    ("arguments", "environment"),
    [
        (("--theme", "dark"), {}),
        ((), {"TERM": "linux"}),
        *at_length(((), {"NO_COLOR": "1"}), ((), {"TERM": "vt100"})),
    ],
)
def test_nothing_is_asked_where_no_answer_matters(
    tmp_path: Path, arguments: tuple[str, ...], environment: dict[str, str]
) -> None:
    with orgtui(write_small(tmp_path), *arguments, environment=environment) as terminal:
        be_ready(terminal)
        assert ASKS not in terminal.raw


@pytest.mark.soak
def test_no_colour_and_few_colours_tell_what_256_tell(tmp_path: Path) -> None:
    path, shown, sent = write_small(tmp_path), [], []
    for environment in ({}, {"TERM": "xterm"}, {"NO_COLOR": "1"}):
        with orgtui(path, environment=environment) as terminal:
            be_ready(terminal)
            terminal.press("v", "v", "j", "m")
            terminal.until("▣ Carrying Chen Jing")
            terminal.settle()
            shown.append(terminal.lines)
            sent.append(bytes(terminal.raw))
    assert shown[0] == shown[1] == shown[2]
    assert b"38;5;" in sent[0]
    assert b"38;5;" not in sent[1]
    assert COLOURS.search(sent[1])
    assert not COLOURS.search(sent[2])


def test_a_theme_that_is_not_there_is_refused_with_those_there_are(tmp_path: Path) -> None:
    with orgtui(write_small(tmp_path), "--theme", "neon") as terminal:
        assert terminal.ends() == 2
        assert "there is no theme neon; write one of auto, dark, light" in " ".join(terminal.lines)


def test_the_mouse_works_by_setting_and_can_be_refused(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    settings = tmp_path / "config" / "orgtui" / "settings.toml"
    settings.parent.mkdir(parents=True)
    settings.write_text('mouse = true\ntheme = "dark"\n')
    environment = {"XDG_CONFIG_HOME": str(tmp_path / "config")}
    with orgtui(path, environment=environment) as terminal:
        be_ready(terminal)
        row = next(number for number, line in enumerate(terminal.lines, start=1) if "▾ Growth" in line)
        sign = terminal.lines[row - 1].index("▾ Growth") + 1
        terminal.press(f"\x1b[<0;{sign};{row}M", f"\x1b[<0;{sign};{row}m")
        terminal.until("▸ Growth")
        for _ in range(2):
            terminal.press(f"\x1b[<0;{sign + 3};{row}M", f"\x1b[<0;{sign + 3};{row}m")
        terminal.until("Shares knowledge")
        terminal.press("escape")
        terminal.until_gone("Shares knowledge")
        terminal.until(lambda: "? help" in terminal.lines[-1])
        help_at = terminal.lines[-1].index("? help") + 1
        terminal.press(f"\x1b[<0;{help_at};40M", f"\x1b[<0;{help_at};40m")
        terminal.until("Keys in Teams")
        terminal.press("escape", "\x1b[19~")
        terminal.until("not followed any more")
        assert settings.read_text() == 'mouse = false\ntheme = "dark"\n'
        terminal.press("q")
        assert terminal.ends() == 0
    with orgtui(path, "--mouse", "--no-mouse", environment=environment) as terminal:
        be_ready(terminal)
        assert b"?1000h" not in terminal.raw

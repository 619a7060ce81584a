"""Whatever the environment holds, the app starts, or says in a sentence why it cannot."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.organizations import write_small
from tests.support import at_length
from tests.terminal.driving import be_ready
from tests.terminal.emulator import orgtui

FOLDERS = ("HOME", "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR")

STARTS = {
    "folders that are relative": dict.fromkeys(FOLDERS, "no/where"),
    "folders that are missing": dict.fromkeys(FOLDERS, "/no/where"),
    "folders that are files": dict.fromkeys(FOLDERS, "/dev/null"),
    "folders that are empty": dict.fromkeys(FOLDERS, ""),
    "folders that are too long": dict.fromkeys(FOLDERS, "/" + "a" * 5000),
    "a terminal nobody knows": {
        "TERM": "junk",
        "TERMINFO": "/dev/null",
        "COLORTERM": "junk",
        "COLORFGBG": "junk",
    },
    "a terminal that is a path": {"TERM": "../../etc/passwd", "NO_COLOR": "1"},
    "no size": {"COLUMNS": "-1", "LINES": "99999999"},
    "a locale nobody knows": {
        "LANG": "junk",
        "LC_ALL": "xx_YY.UTF-8",
        "ORGTUI_LANG": "junk",
        "LANGUAGE": "junk",
    },
    "a locale of other characters": {"LC_ALL": "zh_CN.GBK", "PYTHONIOENCODING": "utf-16"},
    "a locale that is no text": {"LC_ALL": "\udcff", "LANG": "\udcff"},
    "no UTF-8": {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"},
    "no assertions": {"PYTHONOPTIMIZE": "2", "PYTHONSAFEPATH": "1", "PYTHONUNBUFFERED": "1"},
    "warnings that are errors": {"PYTHONWARNINGS": "error", "PYTHONBREAKPOINT": "junk"},
    "everything checked": {"PYTHONDEVMODE": "1", "PYTHONWARNINGS": "default", "PYTHONASYNCIODEBUG": "1"},
    "names that would drive the terminal": {"USER": "\x1b[31m", "LOGNAME": "\x1b[31m", "TZ": "../junk"},
}
"""Environments in which the app starts as in any other."""

SLOW_MACHINE = re.compile(r"Executing <.*? took [0-9.]+ seconds")
"""What asyncio says by itself where it checks everything and the machine is busy."""


SELDOM = (
    "folders that are missing",
    "folders that are empty",
    "a terminal that is a path",
    "a locale nobody knows",
    "no assertions",
)
"""Those that are tried only at length, as others are much like them."""


@pytest.mark.parametrize("case", [*(each for each in STARTS if each not in SELDOM), *at_length(*SELDOM)])
def test_it_starts_and_leaves_without_a_word(tmp_path: Path, case: str) -> None:
    before = [write_small(tmp_path)]
    with orgtui("small.toml", folder=tmp_path, environment=STARTS[case]) as terminal:
        be_ready(terminal)
        terminal.press("q")
        assert terminal.ends() == 0
        assert SLOW_MACHINE.sub("", "".join(terminal.lines)) == ""
    assert list(tmp_path.iterdir()) == before


@pytest.mark.parametrize("term", ["dumb", "unknown", ""])
def test_a_terminal_without_a_cursor_is_told(tmp_path: Path, term: str) -> None:
    write_small(tmp_path)
    with orgtui("small.toml", folder=tmp_path, environment={"TERM": term}) as terminal:
        assert terminal.ends() == 2
        assert terminal.lines[0].startswith("orgtui: This terminal cannot move its cursor")
        assert b"\x1b" not in terminal.raw

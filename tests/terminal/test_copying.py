"""The clipboard of one's own terminal: set by one key, once, and at no other time."""

from __future__ import annotations

import base64
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from orgtui.tui.commands.browsing import COMMANDS
from tests.organizations import write_small
from tests.terminal.driving import be_ready, go_to, move_zhang_to_growth
from tests.terminal.emulator import Emulator, wait_for
from tests.terminal.prepared import orgtui
from tests.terminal.test_hostile import ASKS_BACKGROUND

KEYS = {command.id: command.keys[0] for command in COMMANDS}
CLIPBOARD = re.compile(rb"\x1b\]52;([^;]*);([^\x07\x1b]*)(\x07|\x1b\\)")
PASTE, PASTED = b"\x1b[200~", b"\x1b[201~"


def copied(terminal: Emulator) -> list[str]:
    """The texts that the program has put on the clipboard; other sequences of the kind are refused."""
    raw = bytes(terminal.raw).replace(ASKS_BACKGROUND, b"", 1)
    found = CLIPBOARD.findall(raw)
    assert raw.count(b"\x1b]") == len(found), "no other command with a string"
    assert all(where == b"c" for where, _, _ in found)
    return [base64.b64decode(data, validate=True).decode("utf-8") for _, data, _ in found]


def test_it_is_set_by_that_key_alone_and_once(tmp_path: Path) -> None:
    with orgtui(write_small(tmp_path), columns=80, rows=24, environment={"TMUX": ""}) as terminal:
        be_ready(terminal)
        move_zhang_to_growth(terminal)
        terminal.press("enter")
        terminal.until("Moved Zhang Wei to Growth: ")
        for key in ("inspect", "close", "plan"):
            terminal.press(KEYS[key])
        terminal.until("Plan small")
        terminal.press(KEYS["add"])
        terminal.until("Add ")
        terminal.press(*"abc", "ctrl+a", "ctrl+x", "ctrl+c")
        terminal.settle()
        terminal.press("escape")
        terminal.until_gone("Plan small")
        terminal.settle()
        assert copied(terminal) == []
        go_to(terminal, "Zhang Wei")
        terminal.press(KEYS["copy"])
        terminal.until("Copied: Zhang Wei  Content editor  Growth")
        zhang = "Zhang Wei\tContent editor\tGrowth\t王磊"
        assert copied(terminal) == [zhang]
        terminal.press(KEYS["help"])
        terminal.until("Keys in Teams")
        terminal.press(KEYS["copy"])
        terminal.until("Copied ")
        first, keys = copied(terminal)
        assert first == zhang
        assert keys.startswith("Keys in Teams\n\n")
        assert "Export" not in keys
        assert "Copy this, or the page that is open" in keys
        terminal.press("escape", KEYS["leave"])
        assert terminal.ends() == 0
        assert len(copied(terminal)) == 2


def test_what_is_pasted_or_named_never_sets_it(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    named = path.read_text("utf-8").replace("Zhang Wei", "]52;c;aGk= 长名字")
    path.write_text(named, "utf-8")
    with orgtui(path, environment={"TMUX": ""}) as terminal:
        be_ready(terminal)
        terminal.send(PASTE + b"\x1b]52;c;aGk=\x07" + PASTED)
        terminal.until("There is no text here to paste into")
        assert copied(terminal) == []
        terminal.press("/")
        terminal.until("Find a team")
        terminal.press(*"aGk", "enter")
        terminal.until_gone("Find a team")
        terminal.press(KEYS["copy"])
        terminal.until("Copied: ]52;c;aGk= 长名字")
        (text,) = copied(terminal)
        assert text.startswith("]52;c;aGk= 长名字\tContent editor\t")
        terminal.press(KEYS["leave"])
        assert terminal.ends() == 0


@pytest.mark.skipif(shutil.which("tmux") is None, reason="needs tmux")
def test_tmux_keeps_it_where_it_may(tmp_path: Path) -> None:
    write_small(tmp_path)
    base = ["tmux", "-L", f"{tmp_path.name}-{os.getpid()}", "-f", "/dev/null"]
    command = f"exec {sys.executable} -m orgtui small.toml"

    def tmux(*arguments: str) -> str:
        done = subprocess.run([*base, *arguments], capture_output=True, text=True, check=False, cwd=tmp_path)
        return done.stdout

    def see(text: str) -> None:
        wait_for(lambda: text in tmux("capture-pane", "-p"))

    try:
        tmux("new-session", "-d", "-x", "100", "-y", "30", command, ";", "set", "-g", "set-clipboard", "on")
        see("P102")
        wait_for(lambda: "checking" not in tmux("capture-pane", "-p"))
        tmux("send-keys", KEYS["findings"], KEYS["copy"])
        see("tmux needs set-clipboard on. Copied: P102")
        wait_for(lambda: "P102 Nothing carries leads" in tmux("show-buffer"))
        tmux("send-keys", KEYS["leave"])
    finally:
        tmux("kill-server")

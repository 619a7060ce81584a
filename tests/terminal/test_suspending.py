"""Ctrl+z gives the terminal to the shell, and fg gives it back, with everything as it was."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from tests.organizations import write_small
from tests.terminal.driving import be_ready, move_zhang_to_growth
from tests.terminal.emulator import Emulator, wait_for

BASH = shutil.which("bash")
pytestmark = pytest.mark.skipif(BASH is None, reason="needs bash, a shell that knows jobs")


@pytest.fixture
def shell(tmp_path: Path) -> Iterator[Emulator]:
    """A shell with the app as its job in the foreground."""
    write_small(tmp_path)
    assert BASH is not None
    environment = {"PS1": "ready> ", "HISTFILE": ""}
    with Emulator(
        ["--norc", "--noprofile", "-i"], program=BASH, folder=tmp_path, environment=environment
    ) as terminal:
        terminal.until("ready>")
        run(terminal, f"{sys.executable} -m orgtui small.toml")
        be_ready(terminal)
        yield terminal


def run(terminal: Emulator, command: str) -> None:
    terminal.press(*command, "enter")


def suspend(terminal: Emulator) -> None:
    """Go to the shell, and see that the terminal is a usual one there."""
    terminal.press("ctrl+z")
    terminal.until("Stopped")
    see_usual_modes(terminal)


def see_usual_modes(terminal: Emulator) -> None:
    run(terminal, "stty -a | tr ' ' '\\n' | grep -E '^-?(icanon|echo|isig|ixon)$' | sort | paste -sd+")
    terminal.until("echo+icanon+isig+ixon")


def spans(terminal: Emulator, columns: int) -> bool:
    """Whether the picture is as wide as a terminal of that many columns."""
    return len(terminal.lines[1]) == columns and terminal.lines[1].endswith("───")


def leave(terminal: Emulator) -> None:
    terminal.press("q")
    terminal.until("ready>")
    run(terminal, "exit")
    assert terminal.ends() == 0


def test_what_is_carried_is_still_carried_after_fg(shell: Emulator) -> None:
    move_zhang_to_growth(shell)
    shell.until("▲ 5→7")
    shell.settle()
    before = shell.lines
    suspend(shell)
    assert not any("Findings" in line for line in shell.lines)
    run(shell, "fg")
    shell.until(lambda: shell.lines == before)
    shell.press("enter")
    shell.until("Moved Zhang Wei to Growth: 4 new findings; 1 finding smaller")
    leave(shell)


def test_in_a_prompt(shell: Emulator) -> None:
    shell.press("/")
    shell.until("Find a team")
    shell.press(*"Gro")
    shell.settle()
    before = shell.lines
    suspend(shell)
    run(shell, "fg")
    shell.until(lambda: shell.lines == before)
    shell.press("enter")
    shell.until_gone("Find a team")
    leave(shell)


def test_twice_and_in_another_size(shell: Emulator) -> None:
    for columns, rows in ((80, 24), (120, 40)):
        suspend(shell)
        shell.resize(columns, rows)
        run(shell, "clear; fg")
        shell.until(partial(spans, shell, columns))
        shell.until("? help")
    leave(shell)


def test_a_sleeper_told_to_end_puts_the_terminal_in_order_when_it_is_its_turn(shell: Emulator) -> None:
    """It may have reached for the terminal before `fg` gave it away, and sleeps again: 150 is SIGTTOU."""
    suspend(shell)
    awake = "status=150; while [ $status = 150 ]; do fg; status=$?; done; echo status=$status"
    run(shell, f"kill %1; {awake}; stty -a | grep -o -- -icanon || echo usable")
    shell.until("status=143")
    shell.until(lambda: "usable" in shell.lines)


def test_a_sleeper_whose_terminal_goes_puts_the_plan_away(shell: Emulator, tmp_path: Path) -> None:
    move_zhang_to_growth(shell)
    shell.press("enter")
    shell.until("Moved Zhang Wei to Growth: 4 new findings; 1 finding smaller")
    suspend(shell)
    shell.hang_up()
    wait_for((tmp_path / "small.plan.toml").exists)


def test_a_crash_leaves_the_shell_a_usable_terminal(shell: Emulator) -> None:
    """The shell may be back before the terminal is restored, and has modes of its own by then."""
    for number in (signal.SIGSEGV, signal.SIGKILL):
        os.kill(int(subprocess.check_output(["pgrep", "-P", str(shell.pid)])), number)
        shell.until(lambda: b"\x1b[?1049l" in shell.raw)
        run(shell, "clear")
        see_usual_modes(shell)
        shell.press(*"echo on$((1+1))ce")
        shell.until("ready> echo on$((1+1))ce")
        shell.press("enter")
        shell.until("on2ce")
        assert not shell.screen.cursor.hidden
        del shell.raw[:]
        run(shell, f"{sys.executable} -m orgtui small.toml")
        be_ready(shell)
    leave(shell)

"""A session inside tmux: it lives on when one detaches, and ends in order when its pane is killed."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.organizations import write_small
from tests.terminal.driving import NARROW_TITLES, be_ready, move_zhang_to_growth
from tests.terminal.emulator import Emulator, wait_for
from tests.terminal.test_colours import ink

TMUX = shutil.which("tmux")
pytestmark = pytest.mark.skipif(TMUX is None, reason="needs tmux")


@pytest.fixture
def tmux(tmp_path: Path) -> Iterator[Callable[..., Emulator]]:
    """Runs commands of a tmux with a server of its own, each on a terminal."""
    base = ["-L", f"{tmp_path.name}-{os.getpid()}", "-f", "/dev/null"]

    def run(*command: str) -> Emulator:
        return Emulator([*base, *command], program="tmux", folder=tmp_path, environment={"TMUX": ""})

    try:
        yield run
    finally:
        subprocess.run(["tmux", *base, "kill-server"], capture_output=True, check=False)


def test_it_is_there_after_detach_and_attach_and_ends_with_its_pane(
    tmux: Callable[..., Emulator], tmp_path: Path
) -> None:
    write_small(tmp_path)
    with tmux("new-session", f"exec {sys.executable} -m orgtui small.toml") as terminal:
        be_ready(terminal)
        move_zhang_to_growth(terminal)
        terminal.press("enter")
        terminal.until("Moved Zhang Wei to Growth: 4 new findings; 1 finding smaller")
        terminal.press("ctrl+b", "d")
        assert terminal.ends() == 0
    with tmux("attach") as terminal:
        terminal.until("moved 1")
        terminal.press("u")
        terminal.until("Took back: moved Zhang Wei to Growth · 4 findings mended, 1 new")
        terminal.press("ctrl+r")
        terminal.until("Did again")
        terminal.press("ctrl+b", "x")
        terminal.until("kill-pane")
        terminal.press("y")
        terminal.ends()
    wait_for((tmp_path / "small.plan.toml").exists)
    assert 'op = "move_person"' in (tmp_path / "small.plan.toml").read_text("utf-8")


def test_escape_and_colours_pass_through(tmux: Callable[..., Emulator], tmp_path: Path) -> None:
    write_small(tmp_path)
    with tmux("new-session", f"exec {sys.executable} -m orgtui small.toml") as terminal:
        be_ready(terminal)
        move_zhang_to_growth(terminal)
        terminal.press("escape")
        terminal.until_gone("▣ Zhang Wei")
        terminal.until("✖ 1  ▲ 5  ● 1")
        assert ink("error", "dark") in terminal.raw, "one of 256 colours"
        terminal.resize(80, 24)
        terminal.until(lambda: terminal.lines[1] == NARROW_TITLES)
        terminal.press("q")
        assert terminal.ends() == 0

"""Two users of one computer in a folder of their group, each by name and with changes of their own."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from orgtui.session.identity import name_of
from tests.organizations import write_small
from tests.terminal.driving import be_ready, move_zhang_to_growth
from tests.terminal.emulator import Emulator

LI, WANG, GROUP = 1, 2, 12345

BECOME = "import os, sys; os.execvp('setpriv', ['setpriv', *sys.argv[1:]])"


def as_user(user: int, *arguments: str | Path) -> list[str | Path]:
    """The arguments with which the interpreter becomes another user, with no right but theirs."""
    return [
        *("-c", BECOME, f"--reuid={user}", f"--regid={GROUP}", "--clear-groups", sys.executable),
        *arguments,
    ]


def can_become_others() -> bool:
    """Whether we may, and they may use this interpreter and what is installed for it."""
    program = [sys.executable, *as_user(LI, "-c", "import orgtui, textual")]
    return os.geteuid() == 0 and subprocess.run(program, capture_output=True, check=False).returncode == 0


@pytest.fixture(scope="module", autouse=True)
def _others() -> None:
    if not can_become_others():
        pytest.skip("nobody else can be played here")


@contextmanager
def folder_of_li(folder_mode: int, file_mode: int) -> Iterator[Path]:
    """A folder with the small organisation that belongs to one of them."""
    with TemporaryDirectory(dir="/tmp") as name:
        os.chmod(name, 0o755)
        folder = Path(name) / "folder"
        folder.mkdir()
        for path, mode in ((write_small(folder), file_mode), (folder, folder_mode)):
            os.chown(path, LI, GROUP)
            path.chmod(mode)
        yield folder


def session_of(user: int, folder: Path, *options: str) -> Emulator:
    home = folder.parent / str(user)
    home.mkdir()
    os.chown(home, user, GROUP)
    arguments = as_user(user, "-m", "orgtui", folder / "small.toml", *options)
    return Emulator(arguments, environment={"HOME": str(home)}, folder=folder)


def test_in_a_folder_of_their_group_both_drive() -> None:
    with folder_of_li(0o2770, 0o660) as folder:
        with session_of(LI, folder) as li, session_of(WANG, folder) as wang:
            for each, other in ((li, WANG), (wang, LI)):
                be_ready(each)
                each.until(f"+{name_of(other)}")
            move_zhang_to_growth(li)
            li.press("enter")
            wang.until(f"{name_of(LI)} moved Zhang Wei to Growth: 4 new findings; 1 finding smaller")
            wang.press("u")
            wang.until("None of the changes is yours")
            modes = {each.name: stat.S_IMODE(each.stat().st_mode) for each in folder.iterdir()}
            assert modes == {
                "small.toml": 0o660,
                "small.plan.log": 0o660,
                ".small.plan.lock": 0o660,
                f".small.plan.{LI}.author": 0o640,
                ".small.plan.here": 0o2770,
            }
            li.press("q")
            assert li.ends() == 0
            wang.until(lambda: f"+{name_of(LI)}" not in wang.lines[0])
            wang.press("q")
            assert wang.ends() == 0
        assert {each.name for each in folder.iterdir() if not each.name.startswith(".")} == {
            "small.plan.log",
            "small.plan.toml",
            "small.toml",
        }


def test_who_may_only_read_can_watch() -> None:
    with folder_of_li(0o755, 0o644) as folder, session_of(LI, folder) as li:
        be_ready(li)
        move_zhang_to_growth(li)
        li.press("enter")
        li.until("Moved Zhang Wei to Growth: 4 new findings; 1 finding smaller")
        (folder / "small.plan.log").chmod(0o644)
        with session_of(WANG, folder, "--watch") as wang:
            wang.until("moved 1")
            be_ready(wang)
            assert wang.lines[0].endswith(" watching")
            li.press("u")
            wang.until(f"{name_of(LI)} took back: moved Zhang Wei to Growth")
            wang.press("q")
            assert wang.ends() == 0
        owners = {each.stat().st_uid for each in folder.iterdir()}
        assert owners == {LI}, "who watches has written nothing"

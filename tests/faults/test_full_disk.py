"""A disk that is full, and then free again: nothing is changed without being kept, and work goes on."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from orgtui.locales import translate
from orgtui.session.log.file import log_path_for
from orgtui.session.plan.opening import open_session, plan_path_for
from orgtui.session.session import Session
from orgtui.session.store import LogError
from tests.organizations import write_small
from tests.session.sessions import renamed, state_hash, team_name, write_department
from tests.terminal.driving import be_ready, move_zhang_to_growth
from tests.terminal.emulator import orgtui

FULL = "the disk is full; nothing was changed"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 256 KiB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k,mode=700", "none", str(folder)]
    try:
        mounted = subprocess.run(mount, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount here to make a small disk with")
    if mounted.returncode:
        pytest.skip(f"no small disk can be mounted here: {mounted.stderr.strip()}")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Nothing fits on the disk but on the rest of the page that a file ends in."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while file.write(bytes(4096)) == 4096:
                pass
        except OSError:
            pass
    yield
    filler.unlink()


def change_until_refused(session: Session) -> tuple[int, str]:
    """How many changes were made before one was not, and why; that one changed nothing."""
    done = 0
    while True:
        before = state_hash(session.organization)
        try:
            session.do(renamed("pr", f"Press {done}"), "w" * 100)
        except LogError as error:
            if state_hash(session.organization) != before:
                raise
            return done, translate(error.sentence)
        done += 1


def test_a_change_that_does_not_fit_is_refused_and_the_next_one_is_tried_again(disk: Path) -> None:
    path = write_department(disk)
    opened = open_session(path)
    session = opened.session
    session.do(renamed("pr", "Press"))
    with filled(disk):
        acknowledged, refusal = change_until_refused(session)
        assert refusal == FULL
        now = state_hash(session.organization)
        assert 0 < acknowledged < 100, "the rest of a page was there to write on"
        torn = log_path_for(plan_path_for(path)[0]).read_bytes()
        assert not torn.endswith(b"\n"), "part of the change was written before the disk was full"
        again = open_session(path, watch=True)
        assert state_hash(again.session.organization) == now
        again.session.close()
    session.do(renamed("pr", "Press at last"))
    session.close()
    again = open_session(path)
    assert team_name(again.session, "pr") == "Press at last"
    assert len(again.session.steps) == acknowledged + 2
    again.session.close()


def test_the_app_says_so_keeps_what_is_carried_in_the_hand_and_goes_on(disk: Path) -> None:
    path = write_small(disk)
    with orgtui(path) as terminal:
        be_ready(terminal)
        move_zhang_to_growth(terminal)
        with filled(disk):
            terminal.press("enter")
            terminal.until("the disk is full")
            assert "▣ Zhang Wei › Growth" in terminal.lines[0]
        terminal.press("enter")
        terminal.until("Moved Zhang Wei to Growth: 4 new findings; 1 finding smaller")
        terminal.press("q")
        assert terminal.ends() == 0
    assert b"people_moved = 1" in (disk / "small.plan.toml").read_bytes()

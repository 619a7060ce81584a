"""Two people in one session, each on a pseudo-terminal of their own."""

from __future__ import annotations

import fcntl
import os
import signal
from pathlib import Path

from orgtui.session.identity import user_name
from tests.organizations import write_small
from tests.terminal.driving import be_ready, go_to, move_zhang_to_growth
from tests.terminal.emulator import Emulator
from tests.terminal.prepared import orgtui

ME = user_name()
HERE = f"+{ME}"
MARK = f"◂{ME[:6]}"


def is_alone(terminal: Emulator) -> bool:
    return HERE not in terminal.lines[0]


def test_two_see_each_other_and_what_each_does(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    with orgtui(path) as li, orgtui(path, columns=80, rows=24) as wang:
        for each in (li, wang):
            be_ready(each)
            each.until(HERE)
        move_zhang_to_growth(li)
        wang.until(lambda: any(MARK in line and "Growth" in line for line in wang.lines))
        wang.settle()
        heard = len(wang.raw)
        li.press("enter")
        wang.until(f"{ME} moved Zhang Wei to Growth: 4 new findings; 1 finding smaller")
        wang.until(" →        Zhang Wei")
        wang.settle()
        assert len(wang.raw) - heard < 3600, "the rows that it touches, not the whole screen"
        wang.press("u")
        li.until(f"{ME} took back: moved Zhang Wei to Growth")
        li.until(lambda: "moved 1" not in li.lines[0])
        li.press("q")
        assert li.ends() == 0
        wang.until(lambda: is_alone(wang))
        wang.press("q")
        assert wang.ends() == 0


def test_a_change_that_waits_says_for_whom_and_any_key_gives_up(tmp_path: Path) -> None:
    log = tmp_path / "small.plan.log"
    with orgtui(write_small(tmp_path)) as terminal:
        be_ready(terminal)
        move_zhang_to_growth(terminal)
        log.touch(0o600)
        with log.open() as held:
            fcntl.flock(held, fcntl.LOCK_EX)
            terminal.press("enter")
            terminal.until(f"Waiting for {ME} (process {os.getpid()}), who keeps small.plan.log locked")
            terminal.press("m")
            terminal.until("Carry it where?")
            terminal.until_gone("Waiting for")
            assert log.stat().st_size == 0
        terminal.press(*"Growth", "enter")
        terminal.until_gone("Carry it where?")
        terminal.until("▣ Zhang Wei › Growth")
        terminal.press("enter")
        terminal.until(" →        Zhang Wei")
        terminal.press("q")
        assert terminal.ends() == 0


def test_one_who_dies_is_noticed(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    with orgtui(path) as li, orgtui(path) as wang:
        for each in (li, wang):
            be_ready(each)
            each.until(HERE)
        go_to(wang, "SEO")
        li.until(MARK)
        wang.kill(signal.SIGKILL)
        wang.ends()
        li.until(lambda: is_alone(li))
        li.until_gone(MARK)
        li.press("q")
        assert li.ends() == 0
    assert [each.name for each in tmp_path.iterdir()] == ["small.toml"], "the last one out leaves no trace"


def test_a_step_of_anothers_cursor_costs_two_rows(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    with orgtui(path) as li, orgtui(path) as wang:
        for each in (li, wang):
            be_ready(each)
            each.until(HERE)
        go_to(wang, "Brand")
        li.until(lambda: any(MARK in line and "Brand" in line for line in li.lines))
        li.settle()
        heard = len(li.raw)
        wang.press("down")
        li.until(lambda: any(MARK in line and "Content" in line for line in li.lines))
        li.settle()
        assert len(li.raw) - heard < 500


def test_who_watches_follows_and_is_told_why_no_key_changes_anything(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    with orgtui(path) as li, orgtui(path, "--watch", columns=80, rows=24) as wang:
        be_ready(li)
        be_ready(wang)
        li.until(f"{HERE} (watching)")
        wang.until(f"watching {HERE}")
        move_zhang_to_growth(li)
        li.press("enter")
        wang.until(f"{ME} moved Zhang Wei to Growth")
        wang.press("m")
        wang.until("You are watching; without --watch you can change things, too")
        wang.press("q")
        assert wang.ends() == 0
        assert [each.name for each in tmp_path.iterdir() if each.suffix == ".toml"] == ["small.toml"]


def test_two_who_do_nothing_send_nothing(tmp_path: Path) -> None:
    path = write_small(tmp_path)
    with orgtui(path) as li, orgtui(path) as wang:
        for each in (li, wang):
            be_ready(each)
            each.until(HERE)
        li.settle()
        wang.settle()
        assert not li.hears_anything(0.5)
        assert not wang.hears_anything(0.1)

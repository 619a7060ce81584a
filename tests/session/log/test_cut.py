"""A log that loses entries: what an open session remembers is kept, and a cut while nobody was in shows."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from orgtui.locales import translate
from orgtui.session.log.file import ChangeLog, log_path_for
from orgtui.session.log.lock import lock_path_for
from orgtui.session.log.rescue import rescue_files_beside
from orgtui.session.plan.opening import open_session
from orgtui.session.store import LogReplaced, LogUnusable
from tests.session.sessions import notices, renamed, team_name


def cut_to_nothing(log: Path) -> None:
    os.truncate(log, 0)


def cut_a_line(log: Path) -> None:
    os.truncate(log, len(log.read_bytes()[:-1].rpartition(b"\n")[0]) + 1)


def cut_within_a_line(log: Path) -> None:
    os.truncate(log, log.stat().st_size - 5)


def alter(log: Path) -> None:
    data = log.read_bytes().replace(b"Press", b"Prass")
    with log.open("r+b") as file:
        file.write(data)
    status = log.stat()
    os.utime(log, ns=(status.st_atime_ns, status.st_mtime_ns + 1))


def overwrite(log: Path) -> None:
    log.write_bytes(b"{}\n" * 1000)


DAMAGE = [cut_to_nothing, cut_a_line, cut_within_a_line, alter, overwrite]


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_an_open_session_remembers_is_kept(team: Path, damage: Callable[[Path], None]) -> None:
    chen = open_session(team)
    chen.session.do(renamed("pr", "Press"))
    chen.session.do(renamed("growth", "Demand"))
    chen.session.catch_up()
    log = log_path_for(chen.plan_path)
    whole = log.read_bytes()
    damage(log)
    chen.session.catch_up()
    (kept,) = rescue_files_beside(log)
    assert kept.read_bytes() == whole
    assert chen.session.read_only is not None
    said = translate(chen.session.read_only)
    assert said == f"team.plan.log no longer holds what was written; all of it is kept in {kept}"


@pytest.mark.parametrize("damage", DAMAGE)
def test_what_several_open_sessions_remember_is_kept_once(team: Path, damage: Callable[[Path], None]) -> None:
    sessions = [open_session(team).session for _ in range(3)]
    sessions[0].do(renamed("pr", "Press"))
    for each in sessions:
        each.catch_up()
    log = log_path_for(team.with_name("team.plan.toml"))
    whole = log.read_bytes()
    damage(log)
    for each in sessions:
        each.catch_up()
    (kept,) = rescue_files_beside(log)
    assert kept.read_bytes() == whole
    said = [translate(each.read_only) for each in sessions if each.read_only is not None]
    assert said == [f"team.plan.log no longer holds what was written; all of it is kept in {kept}"] * 3


@pytest.mark.parametrize("wrong", ["shorter", "open to all", "a link"])
def test_what_does_not_hold_it_or_is_not_trusted_is_no_rescue(team: Path, wrong: str) -> None:
    chen = open_session(team)
    chen.session.do(renamed("pr", "Press"))
    log = log_path_for(chen.plan_path)
    whole = log.read_bytes()
    name = f"{log.stem}.rescue-{hashlib.sha256(whole).hexdigest()[:16]}.log"
    there = log.with_name(name)
    if wrong == "a link":
        log.with_name("other").write_bytes(whole)
        there.symlink_to(log.with_name("other"))
    else:
        there.write_bytes(whole[:-1] if wrong == "shorter" else whole)
        there.chmod(0o666 if wrong == "open to all" else 0o600)
    cut_to_nothing(log)
    chen.session.catch_up()
    (kept,) = [each for each in rescue_files_beside(log) if each != there]
    assert kept.read_bytes() == whole


def test_what_another_file_in_its_place_does_not_hold_is_kept(team: Path) -> None:
    chen = open_session(team)
    chen.session.do(renamed("pr", "Press"))
    log = log_path_for(chen.plan_path)
    whole = log.read_bytes()
    other = log.with_name("other")
    other.write_bytes(whole[:100])
    other.replace(log)
    for _ in range(2):
        with pytest.raises(LogReplaced) as replaced:
            chen.session.catch_up()
    (kept,) = rescue_files_beside(log)
    assert kept.read_bytes() == whole
    said = "team.plan.log was begun anew by somebody else; what it held before is kept in "
    assert translate(replaced.value.sentence) == f"{said}{kept}"


def test_a_copy_that_holds_everything_is_no_loss(team: Path) -> None:
    chen = open_session(team)
    chen.session.do(renamed("pr", "Press"))
    log = log_path_for(chen.plan_path)
    os.utime(log, (1, 1))
    chen.session.catch_up()
    chen.session.do(renamed("growth", "Demand"))
    assert rescue_files_beside(log) == []


def test_who_watches_is_told_and_keeps_nothing(team: Path) -> None:
    chen = open_session(team)
    chen.session.do(renamed("pr", "Press"))
    log = log_path_for(chen.plan_path)
    watching = ChangeLog(log, watch=True)
    watching.read()
    cut_to_nothing(log)
    with pytest.raises(LogUnusable) as refused:
        watching.read()
    assert translate(refused.value.sentence) == "team.plan.log no longer holds what was read from it"
    assert rescue_files_beside(log) == []


def test_a_line_cut_while_nobody_is_in_shows_on_opening(team: Path) -> None:
    chen = open_session(team)
    chen.session.do(renamed("pr", "Press"))
    chen.session.do(renamed("growth", "Demand"))
    chen.session.close()
    assert notices(open_session(team)) == []
    cut_a_line(log_path_for(chen.plan_path))
    said = [
        "team.plan.log was cut: 3 entries had been written to it, 2 are left; "
        "look for a rescue file or another copy before you go on"
    ]
    assert notices(open_session(team, watch=True)) == said
    again = open_session(team)
    assert notices(again) == said
    assert team_name(again.session, "pr") == "Press"
    assert notices(open_session(team)) == said
    again.session.do(renamed("growth", "Demand"))
    assert notices(open_session(team)) == []


def test_what_is_written_while_somebody_looks_is_no_cut(team: Path) -> None:
    chen = open_session(team)
    chen.session.do(renamed("pr", "Press"))
    chen.session.do(renamed("growth", "Demand"))
    watching = ChangeLog(log_path_for(chen.plan_path), watch=True)
    watching.read()
    chen.session.do(renamed("growth", "Growth"))
    assert watching.missing() is None
    cut_a_line(log_path_for(chen.plan_path))
    assert watching.missing() is not None


def test_what_an_earlier_version_writes_is_no_cut(team: Path) -> None:
    chen = open_session(team)
    chen.session.do(renamed("pr", "Press"))
    lock = lock_path_for(log_path_for(chen.plan_path))
    before = lock.read_bytes()
    chen.session.do(renamed("growth", "Demand"))
    lock.write_bytes(before)
    assert notices(open_session(team)) == []


def test_a_log_that_is_moved_away_is_no_cut(team: Path) -> None:
    chen = open_session(team)
    chen.session.do(renamed("pr", "Press"))
    chen.session.do(renamed("pr", "Media"))
    chen.session.close()
    log = log_path_for(chen.plan_path)
    log.rename(log.with_name("away"))
    li = open_session(team)
    assert notices(li) == []
    li.session.do(renamed("growth", "Demand"))
    assert notices(open_session(team)) == []

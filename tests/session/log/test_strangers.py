"""Files of a session that a stranger can have written: refused, with the reason and the way out."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from orgtui.locales import translate
from orgtui.session.identity import name_of
from orgtui.session.log.file import ChangeLog, log_path_for
from orgtui.session.log.rescue import rescue_files_beside
from orgtui.session.plan.folding import fold
from orgtui.session.plan.opening import open_session
from orgtui.session.presence import FolderPresence, folder_for
from orgtui.session.store import LogUnusable
from tests.cli.running import Program
from tests.session.log.test_planted import said_on_opening
from tests.session.sessions import renamed, team_name, write_department

STRANGER, GROUP, OTHER_GROUP = 1, 12345, 12346

only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")


@pytest.fixture
def team(tmp_path: Path) -> Path:
    """An organisation with a plan and a log in a folder of their own."""
    folder = tmp_path / "work"
    folder.mkdir(mode=0o755)
    path = write_department(folder)
    opened = open_session(path)
    opened.session.do(renamed("pr", "Press"))
    fold(opened)
    opened.session.close()
    return path


def shared(team: Path) -> None:
    """The folder belongs to a group, with all that is in it."""
    for each in (team.parent, *team.parent.iterdir()):
        os.chown(each, -1, GROUP)
        each.chmod(0o2770 if each.is_dir() else 0o660)


NAMES = pytest.mark.parametrize("name", ["team.plan.log", "team.plan.toml"])


@NAMES
@pytest.mark.parametrize("mode", [0o620, 0o602, 0o666])
def test_what_others_may_write_is_refused(
    team: Path, monkeypatch: pytest.MonkeyPatch, name: str, mode: int
) -> None:
    monkeypatch.setattr("orgtui.files.disk.trust._is_private_group", lambda *_: False)
    file = team.with_name(name)
    file.chmod(mode)
    said = said_on_opening(team)
    assert f"{name} can be written by others, and may hold what they wrote; " in said
    assert f"chmod 600 {file}" in said
    file.chmod(0o600)
    open_session(team).session.close()


@NAMES
def test_what_only_the_group_of_one_user_may_write_is_used(
    team: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """With a umask of 002 every file of a checkout is like this."""
    monkeypatch.setattr("orgtui.files.disk.trust._is_private_group", lambda *_: True)
    team.with_name(name).chmod(0o664)
    open_session(team).session.close()


@NAMES
def test_what_has_a_second_name_is_refused(team: Path, name: str) -> None:
    file = team.with_name(name)
    os.link(file, team.parent.parent / "theirs")
    said = said_on_opening(team)
    assert f"{name} has a second name (a hard link)" in said
    command = said.partition("in its place: ")[2]
    assert os.system(command) == 0
    open_session(team).session.close()


@only_root
@NAMES
def test_what_belongs_to_somebody_else_is_refused(team: Path, name: str) -> None:
    os.chown(team.with_name(name), STRANGER, -1)
    said = said_on_opening(team)
    assert f"{name} belongs to {name_of(STRANGER)}; move it away; " in said
    assert "chmod 2770" in said
    assert "--watch" in said


@only_root
def test_who_watches_takes_files_of_the_owner_of_the_folder_alone(team: Path) -> None:
    for each in (team.parent, *team.parent.iterdir()):
        os.chown(each, STRANGER, -1)
    open_session(team, watch=True).session.close()
    team.parent.chmod(0o777)
    assert f"belongs to {name_of(STRANGER)}" in said_while_watching(team)
    team.parent.chmod(0o755)
    os.chown(team.parent, 0, -1)
    assert f"belongs to {name_of(STRANGER)}" in said_while_watching(team)


def said_while_watching(team: Path) -> str:
    with pytest.raises(Exception, match=r"\w") as refused:
        open_session(team, watch=True)
    error = refused.value
    return translate(error.sentence) if hasattr(error, "sentence") else str(error)


@only_root
@NAMES
def test_in_a_folder_of_a_group_files_of_the_group_are_fine(team: Path, name: str) -> None:
    shared(team)
    file = team.with_name(name)
    os.chown(file, STRANGER, GROUP)
    open_session(team).session.close()
    file.chmod(0o666)
    assert f"{name} can be written by others" in said_on_opening(team)
    file.chmod(0o660)
    os.chown(file, STRANGER, OTHER_GROUP)
    said = said_on_opening(team)
    assert f"{name} belongs to somebody who is not of the group of this folder" in said
    assert f"chgrp {GROUP} {file}" in said


@only_root
def test_a_folder_that_everybody_writes_is_no_folder_of_a_group(team: Path) -> None:
    """Its group is handed on to files of strangers, too."""
    shared(team)
    team.parent.chmod(0o3777)
    os.chown(log := team.with_name("team.plan.log"), STRANGER, GROUP)
    assert f"team.plan.log belongs to {name_of(STRANGER)}" in said_on_opening(team)
    log.unlink()
    team.with_name("team.plan.toml").unlink()
    opened = open_session(team)
    opened.session.do(renamed("pr", "Press"))
    assert stat.S_IMODE(log.stat().st_mode) == 0o600


def test_a_file_of_who_is_here_that_anybody_may_write_does_not_count(team: Path) -> None:
    plan = team.with_name("team.plan.toml")
    one, other = FolderPresence.enter(plan), FolderPresence.enter(plan)
    assert len(one.others()) == 1
    other.leave()
    other = FolderPresence.enter(plan)
    for file in folder_for(plan).iterdir():
        file.chmod(0o606)
    third = FolderPresence.enter(plan)
    assert third.others() == ()
    for each in (one, other, third):
        each.leave()


@pytest.mark.parametrize("kind", ["log", "rescue"])
def test_recovering_refuses_what_others_may_have_written(
    team: Path, capsys: pytest.CaptureFixture[str], kind: str
) -> None:
    orgtui, log, plan = Program(capsys), team.with_name("team.plan.log"), team.with_name("saved.plan.toml")
    rescue = team.with_name("team.plan.rescue-0123456789abcdef.log")
    rescue.write_bytes(log.read_bytes())
    rescue.chmod(0o600)
    assert rescue_files_beside(log) == [rescue]
    (log if kind == "log" else rescue).chmod(0o606)
    wrong = "can be written by others, and may hold what they wrote; "
    if kind == "log":
        (said,) = orgtui.refuses("recover", log, "-o", plan)
        assert said.startswith(f"orgtui: team.plan.log {wrong}")
    else:
        assert orgtui("recover", log, "-o", plan).out.splitlines()[-1].startswith(f"{rescue.name} {wrong}")


# -- made by two at once -------------------------------------------------------------------------------


def test_a_log_is_never_seen_without_its_mode(team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever another session sees while a log is made can be opened by it."""
    team.parent.chmod(0o2770)
    seen: list[int] = []
    path = team.with_name("new.plan.log")

    def looking(call: Callable[..., object]) -> Callable[..., object]:
        def made(*arguments: object, **options: object) -> object:
            result = call(*arguments, **options)
            if path.exists():
                seen.append(stat.S_IMODE(path.stat().st_mode))
                other = ChangeLog(path)
                assert other.open()
                assert other.unwritable is None
                other.close()
            return result

        return made

    with monkeypatch.context() as watched:
        for name in ("fchmod", "link", "unlink"):
            watched.setattr(os, name, looking(getattr(os, name)))
        log = ChangeLog(path)
        with log.exclusive():
            pass
        log.close()
    assert set(seen) == {0o660}
    assert [
        each.name for each in team.parent.iterdir() if each.name.startswith(".") and each.suffix != ".lock"
    ] == []


def test_what_a_killed_maker_left_is_no_second_name(team: Path) -> None:
    log = team.with_name("team.plan.log")
    left = team.with_name(".team.plan.log.0123456789abcdef")
    os.link(log, left)
    open_session(team).session.close()
    assert not left.exists()


def test_without_hard_links_files_are_made_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def no_links(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", no_links)
    opened = open_session(write_department(tmp_path))
    opened.session.do(renamed("pr", "Press"))
    assert stat.S_IMODE(log_path_for(opened.plan_path).stat().st_mode) == 0o600


@pytest.mark.parametrize("is_open", [False, True], ids=["on opening", "with the first change"])
def test_that_a_log_cannot_be_written_is_looked_at_again(
    team: Path, monkeypatch: pytest.MonkeyPatch, is_open: bool
) -> None:
    real, log = os.open, team.with_name("team.plan.log")

    def refusing(name: str, flags: int, *mode: int, **folder: int) -> int:
        if str(name) == str(log) and flags & os.O_RDWR:
            raise PermissionError(13, "Permission denied")
        return real(name, flags, *mode, **folder)

    if is_open:
        (moved := log.with_name("moved")).write_bytes(b"")
        log.rename(moved)
        team.with_name("team.plan.toml").unlink()
        session, other = open_session(team).session, open_session(team).session
        other.do(renamed("pr", "Media"))
    with monkeypatch.context() as denied:
        denied.setattr(os, "open", refusing)
        if is_open:
            with pytest.raises(LogUnusable):
                session.do(renamed("brand", "Brands"))
        else:
            session = open_session(team).session
        session.catch_up()
        assert session.read_only is not None
        assert "Permission denied" in translate(session.read_only)
    session.catch_up()
    assert session.read_only is None
    session.do(renamed("brand", "Brands"))
    assert team_name(session, "brand") == "Brands"

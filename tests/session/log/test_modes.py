"""Who may read what a session and the commands write, whatever the umask."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from orgtui.files.disk.recent import add_recent, recent_file
from orgtui.session.log.file import log_path_for
from orgtui.session.plan.folding import fold
from orgtui.session.plan.opening import open_session
from orgtui.session.presence import FolderPresence, folder_for
from tests.cli.running import Program
from tests.session.sessions import renamed, write_department


@pytest.fixture(params=[0o000, 0o022, 0o077])
def umask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


@pytest.fixture(params=[(0o700, 0o600), (0o2770, 0o660)], ids=["private", "shared"])
def folder_and_mode(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[Path, int]:
    of_folder, mode = request.param
    folder = tmp_path / "work"
    folder.mkdir()
    folder.chmod(of_folder)
    return folder, mode


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_of_every_file_that_is_made(
    folder_and_mode: tuple[Path, int],
    umask: None,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    folder, expected = folder_and_mode
    monkeypatch.setenv("XDG_STATE_HOME", str(folder.parent / "state"))
    program, path = Program(capsys), write_department(folder)
    opened = open_session(path)
    here = FolderPresence.enter(opened.plan_path)
    opened.session.do(renamed("pr", "Press"))
    assert {mode(each) for each in folder_for(opened.plan_path).iterdir()} == {expected}
    assert mode(folder_for(opened.plan_path)) == (0o700 if expected == 0o600 else 0o2770)
    fold(opened)
    here.leave()
    opened.session.close()
    log = log_path_for(opened.plan_path)
    for arguments in (
        ("apply", path, opened.plan_path, "-o", folder / "applied.toml"),
        ("fix", path, "-o", folder / "fixed.plan.toml"),
        ("recover", log, "-o", folder / "recovered.plan.toml"),
    ):
        assert program(*arguments).status == 0
    made = {each.name: mode(each) for each in folder.iterdir() if each != path}
    assert made == dict.fromkeys(
        (
            ".team.plan.lock",
            "applied.toml",
            "fixed.plan.toml",
            "recovered.plan.toml",
            "team.plan.log",
            "team.plan.toml",
        ),
        expected,
    )
    add_recent(path, recent_file())
    assert mode(recent_file()) == 0o600
    assert mode(recent_file().parent) == 0o700

"""The user's own folder: nobody else enters it, whatever was there before."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from orgtui.files.disk.state_folder import NotPrivate, make_private_folder, state_folder


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_where_it_is(tmp_path: Path) -> None:
    assert state_folder({"XDG_STATE_HOME": str(tmp_path)}) == tmp_path / "orgtui"
    for given in ({}, {"XDG_STATE_HOME": ""}, {"XDG_STATE_HOME": "here"}):
        assert state_folder(given) == Path.home() / ".local" / "state" / "orgtui"


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_it_and_all_that_is_made_on_the_way_are_private(tmp_path: Path, umask: int) -> None:
    before = os.umask(umask)
    try:
        make_private_folder(tmp_path / "a" / "b" / "orgtui")
    finally:
        os.umask(before)
    assert {mode(tmp_path / each) for each in ("a", "a/b", "a/b/orgtui")} == {0o700}


def test_one_that_others_could_enter_is_closed_to_them(tmp_path: Path) -> None:
    (tmp_path / "orgtui").mkdir()
    (tmp_path / "orgtui").chmod(0o777)
    make_private_folder(tmp_path / "orgtui")
    assert mode(tmp_path / "orgtui") == 0o700
    assert mode(tmp_path) != 0o777


def test_a_link_is_refused(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir(0o755)
    (tmp_path / "orgtui").symlink_to("theirs")
    with pytest.raises(NotPrivate, match="a link"):
        make_private_folder(tmp_path / "orgtui")
    assert mode(tmp_path / "theirs") == 0o755


def test_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "orgtui").touch()
    with pytest.raises(NotPrivate):
        make_private_folder(tmp_path / "orgtui")


def test_somebody_elses_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "orgtui").mkdir(0o755)
    monkeypatch.setattr(os, "geteuid", lambda: os.getuid() + 1)
    with pytest.raises(NotPrivate, match="somebody else"):
        make_private_folder(tmp_path / "orgtui")
    assert mode(tmp_path / "orgtui") == 0o755

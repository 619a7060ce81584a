"""Replacing a file: all of it or nothing, with the right mode, never through a link."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from orgtui.files.disk.writing import CannotReplace, create_file, replace_file


@pytest.fixture(params=[0o000, 0o022, 0o077, 0o777])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    before = os.umask(request.param)
    yield request.param
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_file_is_private(tmp_path: Path, umask: int) -> None:
    path = tmp_path / "new"
    replace_file(path, b"x")
    assert path.read_bytes() == b"x"
    assert mode(path) == 0o600


def test_a_new_file_in_a_shared_folder_is_the_groups(tmp_path: Path, umask: int) -> None:
    tmp_path.chmod(0o2770)
    replace_file(tmp_path / "new", b"x")
    assert mode(tmp_path / "new") == 0o660


def test_a_file_that_is_there_keeps_its_mode(tmp_path: Path, umask: int) -> None:
    path = tmp_path / "old"
    path.write_bytes(b"old")
    path.chmod(0o644)
    replace_file(path, b"new")
    assert (path.read_bytes(), mode(path)) == (b"new", 0o644)


def test_a_mode_that_is_asked_for(tmp_path: Path, umask: int) -> None:
    replace_file(tmp_path / "new", b"x", 0o640)
    assert mode(tmp_path / "new") == 0o640


def test_relative_paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    replace_file("here", b"x")
    assert Path("here").read_bytes() == b"x"


@pytest.mark.parametrize("target", ["there", "nowhere", "."])
def test_a_link_is_not_followed_nor_replaced(tmp_path: Path, target: str) -> None:
    (tmp_path / "there").write_bytes(b"kept")
    link = tmp_path / "link"
    link.symlink_to(target)
    with pytest.raises(CannotReplace):
        replace_file(link, b"x")
    assert link.is_symlink()
    assert (tmp_path / "there").read_bytes() == b"kept"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["link", "there"]


def test_folders_and_pipes_are_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for name in ("folder", "pipe"):
        with pytest.raises(CannotReplace):
            replace_file(tmp_path / name, b"x")
    assert sorted(each.name for each in tmp_path.iterdir()) == ["folder", "pipe"]


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        replace_file(tmp_path / "nowhere" / "file", b"x")


@pytest.mark.parametrize("call", ["fchmod", "fsync", "replace"])
def test_a_failure_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    path = tmp_path / "file"
    path.write_bytes(b"old")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, fail)
    with pytest.raises(OSError, match="No space left"):
        replace_file(path, b"new")
    assert path.read_bytes() == b"old"
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_the_file_is_on_disk_before_it_takes_the_name_and_the_name_before_it_returns(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[str] = []
    sync, replace = os.fsync, os.replace

    def noted_sync(descriptor: int) -> None:
        calls.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        sync(descriptor)

    def noted_replace(source: str, target: str) -> None:
        assert Path(source).parent == tmp_path
        calls.append("replace")
        replace(source, target)

    monkeypatch.setattr(os, "fsync", noted_sync)
    monkeypatch.setattr(os, "replace", noted_replace)
    replace_file(tmp_path / "file", b"x")
    assert calls == ["file", "replace", "folder"]


def test_temporary_names_cannot_be_foreseen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names: set[str] = set()
    replace = os.replace

    def noted(source: str, target: str) -> None:
        names.add(source)
        replace(source, target)

    monkeypatch.setattr(os, "replace", noted)
    for _ in range(5):
        replace_file(tmp_path / "file", b"x")
    assert len(names) == 5


def test_a_file_is_made_where_nothing_is(tmp_path: Path, umask: int) -> None:
    create_file(tmp_path / "new", b"x")
    assert ((tmp_path / "new").read_bytes(), mode(tmp_path / "new")) == (b"x", 0o600)


@pytest.mark.parametrize("there", ["a file", "a folder", "a link", "a dangling link"])
def test_a_file_is_never_made_over_anything(tmp_path: Path, there: str) -> None:
    kept, path = tmp_path / "kept", tmp_path / "there"
    kept.write_bytes(b"kept")
    match there:
        case "a file":
            path.write_bytes(b"kept")
        case "a folder":
            path.mkdir()
        case "a link":
            path.symlink_to(kept)
        case "a dangling link":
            path.symlink_to(tmp_path / "nowhere")
    before = sorted(tmp_path.iterdir())
    with pytest.raises(FileExistsError):
        create_file(path, b"new")
    assert sorted(tmp_path.iterdir()) == before
    assert kept.read_bytes() == b"kept"
    assert not path.is_file() or path.read_bytes() == b"kept"


def test_a_file_that_cannot_be_filled_is_taken_away(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        create_file(tmp_path / "new", b"x")
    assert list(tmp_path.iterdir()) == []

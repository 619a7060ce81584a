"""The list of organisations opened last: private, newest first, and never in the way."""

from __future__ import annotations

import os
import stat
from datetime import date
from pathlib import Path

import pytest
import tomli
from hypothesis import given, settings
from hypothesis import strategies as st

from orgtui.files.disk.recent import (
    RECENT_MAX,
    RecentFile,
    add_recent,
    forget_recent,
    recent_file,
    recent_files,
)
from orgtui.files.toml.problems import InvalidFile
from tests.planted import PLANTS, Plant, in_time, what_stands

TODAY = date(2026, 12, 1)


def recent_paths(file: Path) -> list[Path]:
    return [each.path for each in recent_files(file)]


def test_where_it_is_kept(tmp_path: Path) -> None:
    assert recent_file({"XDG_STATE_HOME": str(tmp_path)}) == tmp_path / "orgtui" / "recent.toml"
    assert recent_file({}) == Path.home() / ".local" / "state" / "orgtui" / "recent.toml"


def test_it_is_private_and_holds_paths_and_days_only(tmp_path: Path) -> None:
    file = tmp_path / "state" / "orgtui" / "recent.toml"
    before = os.umask(0)
    try:
        add_recent(tmp_path / "a.toml", file, TODAY)
    finally:
        os.umask(before)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    assert tomli.loads(file.read_text("utf-8")) == {"paths": [str(tmp_path / "a.toml")], "opened": [TODAY]}
    assert list(file.parent.iterdir()) == [file]


def test_none_at_first(tmp_path: Path) -> None:
    assert recent_files(tmp_path / "recent.toml") == []


def test_a_relative_path_is_found_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    add_recent(Path("here.toml"), tmp_path / "recent.toml")
    assert recent_paths(tmp_path / "recent.toml") == [tmp_path / "here.toml"]


@settings(deadline=None, max_examples=30)
@given(st.lists(st.integers(0, 12), max_size=20))
def test_newest_first_each_once_and_not_too_many(
    tmp_path_factory: pytest.TempPathFactory, opened: list[int]
) -> None:
    file = tmp_path_factory.mktemp("recent") / "recent.toml"
    for number in opened:
        add_recent(Path(f"/{number}.toml"), file)
    newest = list(dict.fromkeys(Path(f"/{number}.toml") for number in reversed(opened)))
    assert recent_paths(file) == newest[:RECENT_MAX]


def test_a_list_of_before_has_no_days(tmp_path: Path) -> None:
    file = tmp_path / "recent.toml"
    file.write_text('paths = ["/a.toml", "/b.toml"]\n', "utf-8")
    add_recent(Path("/c.toml"), file, TODAY)
    days = [TODAY, None, None]
    assert recent_files(file) == [
        RecentFile(Path(f"/{name}.toml"), day) for name, day in zip("cab", days, strict=True)
    ]


def test_one_is_forgotten_and_the_others_keep_their_days(tmp_path: Path) -> None:
    file = tmp_path / "recent.toml"
    for name in "abc":
        add_recent(Path(f"/{name}.toml"), file, TODAY)
    forget_recent(Path("/b.toml"), file)
    assert recent_files(file) == [RecentFile(Path(f"/{name}.toml"), TODAY) for name in "ca"]
    before = file.stat().st_ino
    forget_recent(Path("/b.toml"), file)
    assert file.stat().st_ino == before


def test_the_newest_again_writes_nothing(tmp_path: Path) -> None:
    file = tmp_path / "recent.toml"
    add_recent(tmp_path / "a.toml", file)
    before = file.stat().st_ino
    add_recent(tmp_path / "a.toml", file)
    assert file.stat().st_ino == before


@pytest.mark.parametrize("name", ["\ud800.toml", "esc\x1b[2J.toml"])
def test_a_path_that_may_not_be_shown_is_left_out(tmp_path: Path, name: str) -> None:
    add_recent(tmp_path / name, tmp_path / "recent.toml")
    assert not (tmp_path / "recent.toml").exists()


@pytest.mark.parametrize(
    "damage",
    [
        b"paths = [",
        b"paths = 3\n",
        b"paths = [1]\n",
        b"paths = []\nopened = [1]\n",
        b"\xff",
        b'paths = ["\\u001b"]\n',
        b"",
    ],
)
def test_damage_is_told_and_mended_by_the_next(tmp_path: Path, damage: bytes) -> None:
    file = tmp_path / "recent.toml"
    file.write_bytes(damage)
    with pytest.raises(InvalidFile):
        recent_files(file)
    add_recent(tmp_path / "a.toml", file)
    assert recent_paths(file) == [tmp_path / "a.toml"]


def test_a_link_is_neither_read_nor_written_through(tmp_path: Path) -> None:
    target, file = tmp_path / "target", tmp_path / "recent.toml"
    target.write_text('paths = ["/a.toml"]\n', "utf-8")
    file.symlink_to(target)
    with pytest.raises(InvalidFile):
        recent_files(file)
    with pytest.raises(OSError, match="not a regular file"):
        add_recent(tmp_path / "b.toml", file)
    assert target.read_text("utf-8") == 'paths = ["/a.toml"]\n'


@pytest.mark.parametrize("plant", PLANTS)
def test_nothing_planted_in_its_place_is_read_or_written(tmp_path: Path, plant: Plant) -> None:
    file = tmp_path / "recent.toml"
    plant(file)
    before = what_stands(tmp_path)
    with in_time():
        with pytest.raises(InvalidFile):
            recent_files(file)
        with pytest.raises(OSError, match="not a regular file"):
            add_recent(tmp_path / "b.toml", file)
    assert what_stands(tmp_path) == before

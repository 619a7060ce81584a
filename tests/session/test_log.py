"""The log: what was acknowledged is there, whatever was cut off, altered or refused by the disk."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from orgtui.locales import say
from orgtui.session.log import ChangeLog, Entry, LogError, read_log

ENTRIES: list[Entry] = [{"entry": "do", "changes": [], "why": f"reason {n} 因为"} for n in range(6)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "plan.log"


def write(path: Path, entries: list[Entry]) -> bytes:
    log = ChangeLog(path)
    for entry in entries:
        log.append(entry)
    log.close()
    return path.read_bytes()


def whys(entries: tuple[Entry, ...]) -> list[object]:
    return [entry["why"] for entry in entries]


def said(error: LogError) -> str:
    return say(error.sentence)


def test_what_was_appended_is_read_back_in_order(path: Path) -> None:
    write(path, ENTRIES)
    assert whys(ChangeLog(path).read()) == [entry["why"] for entry in ENTRIES]


def test_a_log_that_is_not_there_holds_nothing(path: Path) -> None:
    assert ChangeLog(path).read() == ()


def test_a_tail_cut_at_every_byte_loses_only_what_was_cut(path: Path) -> None:
    data = write(path, ENTRIES)
    ends = [n + 1 for n, byte in enumerate(data) if byte == ord("\n")]
    for cut in range(ends[-4], len(data)):
        whole = sum(end <= cut for end in ends)
        assert len(read_log(data[:cut], "log").entries) == whole


def test_a_torn_tail_is_left_in_place_and_the_next_entry_follows_it(path: Path) -> None:
    data = write(path, ENTRIES[:3])
    path.write_bytes(data[:-10])
    log = ChangeLog(path)
    log.read()
    log.take()
    log.append(ENTRIES[5])
    log.close()
    assert path.read_bytes().startswith(data[:-10])
    assert whys(ChangeLog(path).read()) == [ENTRIES[0]["why"], ENTRIES[1]["why"], ENTRIES[5]["why"]]


def test_an_altered_line_is_refused_after_the_last_entry_that_holds(path: Path) -> None:
    data = write(path, ENTRIES)
    altered = data.replace(b"reason 2", b"reason 9")
    with pytest.raises(LogError) as refused:
        read_log(altered, "a.plan.log")
    assert said(refused.value).startswith("a.plan.log is broken after entry 3: ")


def test_a_line_made_unreadable_is_refused_as_well(path: Path) -> None:
    data = write(path, ENTRIES)
    with pytest.raises(LogError) as refused:
        read_log(data.replace(b'"reason 2', b"'reason 2"), "a.plan.log")
    assert "broken after entry 2" in said(refused.value)


def test_the_file_is_private_whatever_the_umask(path: Path) -> None:
    before = os.umask(0)
    try:
        write(path, ENTRIES)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_the_file_is_shared_in_a_folder_shared_by_a_group(path: Path) -> None:
    path.parent.chmod(0o2770)
    before = os.umask(0o077)
    try:
        write(path, ENTRIES)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o660


@pytest.mark.parametrize("make", [os.mkfifo, os.mkdir, lambda p: os.symlink("/etc/hostname", p)])
def test_what_is_no_regular_file_is_refused(path: Path, make: Callable[[Path], None]) -> None:
    make(path)
    with pytest.raises(LogError):
        ChangeLog(path).read()
    with pytest.raises(LogError):
        ChangeLog(path).take()


def test_a_second_session_is_told_that_the_plan_is_taken(path: Path) -> None:
    first = ChangeLog(path)
    first.append(ENTRIES[0])
    with pytest.raises(LogError) as refused:
        ChangeLog(path).take()
    assert said(refused.value) == "another session is working on plan.log"
    with pytest.raises(LogError):
        ChangeLog(path).append(ENTRIES[1])
    first.close()
    ChangeLog(path).take()


def fail(code: int) -> Callable[..., int]:
    def call(*_: object) -> int:
        raise OSError(code, os.strerror(code))

    return call


def test_a_full_disk_is_told_and_what_was_there_stays(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = ChangeLog(path)
    log.append(ENTRIES[0])
    with monkeypatch.context() as broken:
        broken.setattr(os, "write", fail(errno.ENOSPC))
        with pytest.raises(LogError) as refused:
            log.append(ENTRIES[1])
        assert said(refused.value) == "plan.log cannot be written: No space left on device"
    log.append(ENTRIES[2])
    assert whys(ChangeLog(path).read()) == [ENTRIES[0]["why"], ENTRIES[2]["why"]]


def test_a_short_write_is_no_acknowledgement(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = ChangeLog(path)
    log.append(ENTRIES[0])
    write_all = os.write
    monkeypatch.setattr(os, "write", lambda file, data: write_all(file, data[:20]))
    with pytest.raises(LogError):
        log.append(ENTRIES[1])
    monkeypatch.undo()
    assert whys(ChangeLog(path).read()) == [ENTRIES[0]["why"]]


def test_after_a_failed_flush_nothing_more_is_taken(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = ChangeLog(path)
    log.append(ENTRIES[0])
    with monkeypatch.context() as broken:
        broken.setattr(os, "fdatasync", fail(errno.EIO))
        with pytest.raises(LogError) as refused:
            log.append(ENTRIES[1])
        assert said(refused.value) == "plan.log cannot be flushed to disk: Input/output error"
    with pytest.raises(LogError):
        log.append(ENTRIES[2])
    assert whys(ChangeLog(path).read())[0] == ENTRIES[0]["why"]


def test_a_folder_that_cannot_be_written_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "open", fail(errno.EACCES))
    with pytest.raises(LogError) as refused:
        ChangeLog(path).append(ENTRIES[0])
    assert said(refused.value) == "plan.log cannot be written: Permission denied"

"""The log: what was acknowledged is there, whatever was cut off, altered, replaced or refused by the disk."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from orgtui.locales import translate
from orgtui.session.identity import user_name
from orgtui.session.log import file as log_module
from orgtui.session.log import lock as lock_module
from orgtui.session.log import rescue as rescue_module
from orgtui.session.log.chain import CHECKSUM, read_lines
from orgtui.session.log.file import ChangeLog
from orgtui.session.log.rescue import rescue_files_beside
from orgtui.session.store import Entry, LogBusy, LogError, LogReplaced, LogUnusable

ENTRIES: list[Entry] = [{"entry": "do", "changes": [], "why": f"reason {n} 因为"} for n in range(6)]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "a.plan.log"


def append(log: ChangeLog, *entries: Entry) -> list[object]:
    """Append as sessions do; the reasons of what others wrote meanwhile."""
    with log.exclusive():
        others = whys(log.read())
        log.append(*entries)
    return others


def write(path: Path, entries: list[Entry]) -> bytes:
    log = ChangeLog(path)
    for entry in entries:
        append(log, entry)
    log.close()
    return path.read_bytes()


def whys(entries: Iterable[Entry]) -> list[object]:
    return [entry["why"] for entry in entries]


def reasons(*numbers: int) -> list[object]:
    return [ENTRIES[number]["why"] for number in numbers]


def held(path: Path) -> list[object]:
    return whys(ChangeLog(path).read())


def refusal(act: Callable[[], object], kind: type[LogError] = LogError) -> str:
    with pytest.raises(LogError) as refused:
        act()
    assert type(refused.value) is kind
    return translate(refused.value.sentence)


def test_what_was_appended_is_read_back_in_order(path: Path) -> None:
    write(path, ENTRIES)
    assert held(path) == reasons(*range(6))


def test_a_log_that_is_not_there_holds_nothing(path: Path) -> None:
    assert ChangeLog(path).read() == ()


# -- several at once -----------------------------------------------------------------------------------


def test_everybody_reads_what_others_wrote_once_and_in_one_order(path: Path) -> None:
    first, second, third = (ChangeLog(path) for _ in range(3))
    assert append(first, ENTRIES[0]) == []
    assert append(second, ENTRIES[1]) == reasons(0)
    assert append(first, ENTRIES[2], ENTRIES[3]) == reasons(1)
    assert whys(second.read()) == reasons(2, 3)
    assert second.read() == ()
    assert whys(third.read()) == reasons(0, 1, 2, 3)
    assert [log.count for log in (first, second, third)] == [4, 4, 4]


def test_two_that_begin_together_make_one_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = ChangeLog(path), ChangeLog(path)
    real = os.open

    def late(name: str, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_CREAT:
            monkeypatch.undo()
            append(second, ENTRIES[0])
        return real(name, flags, mode)

    monkeypatch.setattr(os, "open", late)
    assert append(first, ENTRIES[1]) == reasons(0)
    assert whys(second.read()) == reasons(1)


def test_whoever_finds_the_log_busy_waits_a_while_and_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(path, ENTRIES[:1])
    waiting = ChangeLog(path)
    with path.open("rb") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        monkeypatch.setattr(log_module, "LOCK_TIMEOUT_S", 0.01)
        said = refusal(lambda: append(waiting, ENTRIES[1]), LogBusy)
        assert said.startswith(f"a.plan.log is kept locked by {user_name()} (process {os.getpid()}) since 20")
        assert said.endswith("; try again once that ends")
        assert whys(waiting.read()) == reasons(0)  # reading waits for nobody
        monkeypatch.setattr(lock_module, "BRIEF_S", 60)
        monkeypatch.setattr(log_module, "LOCK_TIMEOUT_S", 60)
        monkeypatch.setattr(lock_module, "sleep", lambda _: fcntl.flock(file, fcntl.LOCK_UN))
        append(waiting, ENTRIES[1])
    assert held(path) == reasons(0, 1)


def test_the_lock_is_given_up_after_a_failure(path: Path) -> None:
    log = ChangeLog(path)
    with pytest.raises(RuntimeError), log.exclusive():
        raise RuntimeError
    append(ChangeLog(path), ENTRIES[0])


@pytest.mark.parametrize("code", [errno.ENOLCK, errno.EOPNOTSUPP])
def test_where_nothing_can_be_locked_nothing_is_written(
    path: Path, monkeypatch: pytest.MonkeyPatch, code: int
) -> None:
    write(path, ENTRIES[:1])
    log = ChangeLog(path)
    monkeypatch.setattr(fcntl, "flock", fail(code))
    said = refusal(lambda: append(log, ENTRIES[1]), LogUnusable)
    assert said == f"a.plan.log cannot be locked: {os.strerror(code)}"
    assert whys(log.read()) == reasons(0)


# -- tails and damage ----------------------------------------------------------------------------------


def last_lines(data: bytes, lines: int) -> range:
    """The bytes of the last lines."""
    ends = [n + 1 for n, byte in enumerate(data) if byte == ord("\n")]
    return range(ends[-lines - 1], len(data))


def test_a_tail_cut_at_every_byte_loses_only_what_was_cut(path: Path) -> None:
    data = write(path, ENTRIES)
    for cut in last_lines(data, 3):
        reading = read_lines(data[:cut])
        assert len(reading.entries) == data[:cut].count(b"\n")
        assert reading.broken is None


def test_a_torn_tail_is_left_in_place_and_never_becomes_an_entry(path: Path) -> None:
    """Cut at every byte, also where nothing but the end of the line is missing."""
    data = write(path, ENTRIES[:4])
    for cut in last_lines(data, 3):
        whole = data[:cut].count(b"\n")
        path.write_bytes(data[:cut])
        log, other = ChangeLog(path), ChangeLog(path)
        assert whys(other.read()) == reasons(*range(whole))
        append(log, ENTRIES[4])
        append(log, ENTRIES[5])
        assert path.read_bytes().startswith(data[:cut])
        assert held(path) == reasons(*range(whole), 4, 5)
        assert whys(other.read()) == reasons(4, 5)


def test_a_session_refuses_any_damaged_byte_of_the_last_line(path: Path) -> None:
    data = write(path, ENTRIES[:2])
    for place in last_lines(data, 1):
        for damaged in set(range(256)) - {data[place]}:
            reading = read_lines(data[:place] + bytes([damaged]) + data[place + 1 :])
            stands = [entry for entry in reading.entries if CHECKSUM in entry]
            assert reading.broken is not None or len(reading.entries) - len(stands) == 1, (place, damaged)
            assert len(stands) == 1


def test_a_last_line_that_is_not_ended_is_not_there_yet(path: Path) -> None:
    data = write(path, ENTRIES[:2])
    path.write_bytes(data[:-1])
    reader = ChangeLog(path)
    assert whys(reader.read()) == reasons(0)
    assert reader.read() == ()
    path.open("ab").write(b"\n")
    assert whys(reader.read()) == reasons(1)


def test_a_byte_altered_further_back_is_refused_after_the_last_entry_that_holds(path: Path) -> None:
    data = write(path, ENTRIES)
    for place in range(0, last_lines(data, 1)[0], 7):
        altered = bytearray(data)
        altered[place] ^= 0x01
        path.write_bytes(altered)
        number = data[:place].count(b"\n")
        said = refusal(ChangeLog(path).read, LogUnusable)
        assert said.startswith("a.plan.log is broken after entry ")
        assert int(said.split()[5].strip(";")) in (number, number + 1)
        assert "`orgtui recover`" in said


def test_a_log_cut_shorter_than_it_was_read_is_refused(path: Path) -> None:
    data = write(path, ENTRIES[:3])
    log = ChangeLog(path)
    log.read()
    path.open("r+b").truncate(len(data) - 10)
    assert refusal(log.read, LogUnusable).startswith("a.plan.log no longer holds what was written; ")
    (kept,) = rescue_files_beside(path)
    assert kept.read_bytes() == data


# -- what stands at the path ---------------------------------------------------------------------------


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


MAKE: list[Callable[[Path], None]] = [os.mkfifo, os.mkdir, lambda p: os.symlink("/etc/hostname", p)]


@pytest.mark.parametrize("make", MAKE)
def test_what_is_no_regular_file_is_refused(path: Path, make: Callable[[Path], None]) -> None:
    make(path)
    for act in (ChangeLog(path).read, ChangeLog(path).open, lambda: append(ChangeLog(path), ENTRIES[0])):
        assert refusal(act, LogUnusable) == "a.plan.log is not a regular file"


@pytest.mark.parametrize("make", MAKE)
def test_what_is_put_in_its_place_is_refused(path: Path, make: Callable[[Path], None]) -> None:
    log = ChangeLog(path)
    append(log, ENTRIES[0])
    path.rename(path.with_name("moved"))
    make(path)
    assert refusal(log.read, LogUnusable) == "a.plan.log is not a regular file"
    assert refusal(lambda: append(log, ENTRIES[1]), LogUnusable) == "a.plan.log is not a regular file"
    assert held(path.with_name("moved")) == reasons(0)


def test_a_log_set_aside_is_noticed_by_everybody(path: Path) -> None:
    first, second, third = (ChangeLog(path) for _ in range(3))
    append(first, ENTRIES[0])
    second.read()
    third.read()
    with first.exclusive():
        kept = first.rotate()
    assert held(path.with_name(kept)) == reasons(0)
    said = "a.plan.log was begun anew by somebody else"
    assert refusal(second.read, LogReplaced) == said
    append(first, ENTRIES[1])
    assert refusal(second.read, LogReplaced) == said
    assert refusal(lambda: append(third, ENTRIES[2]), LogReplaced) == said
    third.reset()
    assert append(third, ENTRIES[2]) == reasons(1)


def test_a_deleted_log_is_told_and_what_it_held_is_kept(path: Path) -> None:
    log = ChangeLog(path)
    append(log, ENTRIES[0])
    path.unlink()
    said = refusal(log.read, LogUnusable)
    (kept,) = rescue_files_beside(path)
    assert said == f"a.plan.log was deleted; what it held is kept in {kept}"
    assert held(kept) == reasons(0)
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert refusal(lambda: append(log, ENTRIES[1]), LogUnusable) == said
    assert rescue_files_beside(path) == [kept]


def test_whoever_may_only_read_is_told_when_appending(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(path, ENTRIES[:1])
    real = os.open

    def refusing(name: str, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_RDWR:
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))
        return real(name, flags, mode)

    monkeypatch.setattr(os, "open", refusing)
    log = ChangeLog(path)
    assert whys(log.read()) == reasons(0)
    assert refusal(lambda: append(log, ENTRIES[1]), LogUnusable) == (
        "a.plan.log cannot be written: Permission denied"
    )


# -- failures ------------------------------------------------------------------------------------------


def fail(code: int) -> Callable[..., int]:
    def call(*_: object) -> int:
        raise OSError(code, os.strerror(code))

    return call


def test_a_full_disk_is_told_and_the_next_entry_is_tried_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = ChangeLog(path)
    append(log, ENTRIES[0])
    with monkeypatch.context() as broken:
        broken.setattr(os, "write", fail(errno.ENOSPC))
        assert refusal(lambda: append(log, ENTRIES[1])) == "the disk is full; nothing was changed"
        broken.setattr(os, "write", fail(errno.EDQUOT))
        assert refusal(lambda: append(log, ENTRIES[1])) == (
            f"a.plan.log cannot be written: {os.strerror(errno.EDQUOT)}; nothing was changed"
        )
    append(log, ENTRIES[2])
    assert held(path) == reasons(0, 2)


def test_a_short_write_is_no_acknowledgement_at_any_length(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = ChangeLog(path)
    append(log, ENTRIES[0])
    length = path.stat().st_size
    write_all = os.write
    for short in range(length):
        with monkeypatch.context() as broken:
            broken.setattr(os, "write", lambda file, data, short=short: write_all(file, data[:short]))
            assert refusal(lambda: append(log, ENTRIES[1])) == "the disk is full; nothing was changed"
    append(log, ENTRIES[2])
    assert held(path) == reasons(0, 2)
    assert append(log) == []


def test_after_a_failed_flush_the_entry_is_kept_elsewhere(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = ChangeLog(path)
    append(log, ENTRIES[0])
    with monkeypatch.context() as broken:
        broken.setattr(os, "fdatasync", fail(errno.EIO))
        said = refusal(lambda: append(log, ENTRIES[1]), LogUnusable)
    (kept,) = path.parent.glob("*.rescue-*")
    assert said == (f"a.plan.log cannot be flushed to disk: Input/output error; the change is kept in {kept}")
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert held(kept) == reasons(0, 1)


def test_where_the_folder_fails_the_entry_is_kept_in_the_state_folder(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    log = ChangeLog(path)
    append(log, ENTRIES[0])
    monkeypatch.setattr(os, "fdatasync", fail(errno.EIO))
    real = os.open

    def refusing(name: str, flags: int, mode: int = 0o777) -> int:
        if flags & os.O_CREAT and Path(name).parent == path.parent and ".rescue-" in str(name):
            raise OSError(errno.EROFS, os.strerror(errno.EROFS))
        return real(name, flags, mode)

    monkeypatch.setattr(os, "open", refusing)
    refusal(lambda: append(log, ENTRIES[1]), LogUnusable)
    (kept,) = (tmp_path / "state" / "orgtui").iterdir()
    assert held(kept) == reasons(0, 1)
    monkeypatch.setattr(rescue_module, "create_file", fail(errno.EIO))
    assert refusal(lambda: append(log, ENTRIES[2]), LogUnusable).endswith(
        "; nor can the change be kept elsewhere: Input/output error"
    )


@pytest.mark.parametrize("call", ["fsync", "fchmod"])
def test_a_log_that_could_not_be_begun_is_begun_with_the_next_entry(
    path: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    log = ChangeLog(path)
    with monkeypatch.context() as broken:
        broken.setattr(os, call, fail(errno.EIO))
        assert "a.plan.log cannot be written: Input/output error" in refusal(lambda: append(log, ENTRIES[0]))
    append(log, ENTRIES[1])
    assert held(path) == reasons(1)


def test_a_folder_that_cannot_be_written_is_told(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "open", fail(errno.EACCES))
    assert refusal(lambda: append(ChangeLog(path), ENTRIES[0])) == (
        "a.plan.log cannot be written: Permission denied"
    )

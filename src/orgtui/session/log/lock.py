"""The lock of a log, and the mark of how far the log had got when it was written last.

Both are in a file of their own, which only those can open who may write the log: whoever may only read it can
keep nobody out. Earlier versions lock the log itself; that lock is waited for as well, but one that is held
on and on by somebody who may not write is passed over.
"""

from __future__ import annotations

import errno
import fcntl
import os
import re
import stat
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Thread
from time import CLOCK_BOOTTIME, clock_gettime, monotonic, sleep, time
from typing import NamedTuple

from orgtui.files.disk.writing import give_name
from orgtui.session.identity import name_of
from orgtui.session.log.chain import BEFORE, line_hash

LOCK_RETRY_S = 0.002
"""How long to wait between two attempts to take it."""

BRIEF_S = 0.05
"""How long to wait after an attempt in vain, so that a lock that is held on and on delays only one key."""

WORD_S = 0.05
"""How often it is said who is waited for."""

GRACE_S = 0.5
"""How long after its deadline a call to the system may still return before it is given up."""

LOCAL = frozenset(
    ("bcachefs", "btrfs", "ext2", "ext3", "ext4", "f2fs", "overlay", "ramfs", "tmpfs", "xfs", "zfs")
)
"""File systems whose calls to the system never wait for another computer."""

MOUNTS = Path("/proc/self/mountinfo")

_SAFE = os.O_RDWR | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_MARK = re.compile(rb" *([1-9][0-9]{0,11}) ([0-9a-f]{64}) ([0-9a-f]{64})\n")
_MARK_BYTES = 12 + 1 + 64 + 1 + 64 + 1


class Holder(NamedTuple):
    """A process that holds a lock: its id, that of the user it acts as, and since when at the earliest."""

    process: int
    uid: int
    since: datetime

    @property
    def user(self) -> str:
        return name_of(self.uid)


Waits = Callable[[tuple[Holder, ...]], bool]
"""Whether to go on waiting for those who hold a lock, as far as they can be seen."""


class LockBusy(Exception):
    """Somebody else holds the lock; `holders` are those that can be seen."""

    def __init__(self, holders: tuple[Holder, ...] = ()) -> None:
        super().__init__(holders)
        self.holders = holders


@dataclass(frozen=True, slots=True)
class Mark:
    """How far a log had got at least: the number of its entries, the hashes of its second and last line."""

    count: int
    second: str
    last: str

    def is_in(self, lines: bytes | bytearray, last: str) -> bool:
        """Whether a log of these lines, the last of which has the hash `last`, had got as far.

        It had as well if it is another log.
        """
        if second_hash(lines) not in (None, self.second):
            return True
        return last == self.last or f'"{BEFORE}":"{self.last}"'.encode() in lines


def lock_path_for(log: Path) -> Path:
    """The lock of a log: `.NAME.plan.lock` for `NAME.plan.log`."""
    return log.with_name(f".{log.name.removesuffix('.log')}.lock")


def second_hash(lines: bytes | bytearray) -> str | None:
    """The hash of the second line, which no other log has: the first one is the same in logs begun alike."""
    begin = lines.find(b"\n") + 1
    end = lines.find(b"\n", begin) if begin else -1
    return None if end < 0 else line_hash(bytes(lines[begin:end]))


def mark_beside(log: Path) -> Mark | None:
    """The mark of a log, if it has one; raises OSError."""
    try:
        descriptor = os.open(lock_path_for(log), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        return _parsed(os.pread(descriptor, _MARK_BYTES, 0))
    finally:
        _close(descriptor)


class LogLock:
    """The lock of one session on the log at a path."""

    def __init__(self, log: Path) -> None:
        self.path = lock_path_for(log)
        self._log = log
        self._held: tuple[int, ...] = ()
        self._passed_over: frozenset[int] = frozenset()
        self._given_up: Thread | None = None
        self._was_busy = False
        self._is_local: bool | None = None

    def take(self, timeout_s: float, waits: Waits = lambda holders: True) -> None:
        """Take the lock on a log that exists.

        Blocks for `timeout_s` seconds at most, or BRIEF_S if the last attempt was in vain, and GRACE_S longer
        if a call to the system does not return; less if `waits`, asked every WORD_S with those who hold it,
        says no. Raises LockBusy if somebody else holds the lock then, OSError if it cannot be locked.
        """
        if self._given_up is not None and self._given_up.is_alive():
            raise LockBusy
        wait_s = min(timeout_s, BRIEF_S) if self._was_busy else timeout_s
        self._was_busy = True
        if self._is_local is None:
            self._is_local = is_local(self._log.parent)
        self._held = (self._taken_here if self._is_local else self._taken_in_thread)(wait_s, waits)
        self._was_busy = False

    def release(self) -> None:
        """Give the lock back, if it is held; never fails."""
        held, self._held = self._held, ()
        _close(*held)

    def read_mark(self) -> Mark | None:
        """The mark, if there is one; only under the lock. Raises OSError."""
        return _parsed(os.pread(self._held[0], _MARK_BYTES, 0))

    def write_mark(self, mark: Mark | None) -> None:
        """Set the mark, or remove it; only under the lock. Raises OSError."""
        if mark is None:
            os.ftruncate(self._held[0], 0)
        else:
            os.pwrite(self._held[0], f"{mark.count:12d} {mark.second} {mark.last}\n".encode(), 0)

    def _taken_here(self, wait_s: float, waits: Waits) -> tuple[int, ...]:
        """The descriptors of the locked files, where no call to the system waits for another computer."""
        end = monotonic() + wait_s
        while True:
            until = min(end, monotonic() + WORD_S)
            try:
                return self._taken(until, is_last=until == end)
            except LockBusy as busy:
                if until == end or not waits(busy.holders):
                    raise

    def _taken_in_thread(self, wait_s: float, waits: Waits) -> tuple[int, ...]:
        """The same in a thread; what it still takes after it was given up is given back at once."""
        begun = monotonic()

        def take() -> tuple[int, ...]:
            return self._taken(begun + wait_s, is_last=True)

        taken: Future[tuple[int, ...]] = Future()

        def run() -> None:
            try:
                held = take()
            except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
                if taken.set_running_or_notify_cancel():
                    taken.set_exception(error)
            else:
                if taken.set_running_or_notify_cancel():
                    taken.set_result(held)
                else:
                    _close(*held)

        thread = Thread(target=run, name="lock", daemon=True)
        thread.start()
        while True:
            left_s = begun + wait_s + GRACE_S - monotonic()
            try:
                return taken.result(min(left_s, WORD_S))
            except TimeoutError:
                if left_s > WORD_S and waits(()):
                    continue
                if taken.cancel():
                    self._given_up = thread
                    raise LockBusy from None
                return taken.result()

    def _taken(self, deadline: float, *, is_last: bool) -> tuple[int, ...]:
        """The descriptors of the files that are locked now: of the lock, and of the log if possible.

        Nobody is passed over who was not before, unless it is the last attempt.
        """
        own = _locked(self.path, self._opened, deadline)
        try:
            os.utime(own)  # shows others since when it has been held
            log = self._log_locked(deadline, is_last=is_last)
        except BaseException:
            _close(own)
            raise
        return (own,) if log is None else (own, log)

    def _log_locked(self, deadline: float, *, is_last: bool) -> int | None:
        """The log with the lock of earlier versions; None if it is passed over."""
        if self._passed_over and self._passed_over >= {each.process for each in _holders(os.stat(self._log))}:
            deadline, is_last = 0.0, True
        try:
            locked = _locked(self._log, lambda: os.open(self._log, _SAFE), deadline)
        except LockBusy as busy:
            if not is_last:
                raise
            status = os.stat(self._log)
            if any(_may_write(each.uid, status) for each in busy.holders):
                raise
            self._passed_over = frozenset(each.process for each in busy.holders)
            return None
        self._passed_over = frozenset()
        return locked

    def _opened(self) -> int:
        """The lock file, made if there is none, with the mode that keeps out who may not write the log."""
        log = os.stat(self._log, follow_symlinks=False)
        mode = _mode_of_writers(log.st_mode)
        while True:
            try:
                descriptor = os.open(self.path, _SAFE)
            except FileNotFoundError:
                self._make(log, mode)
            else:
                break
        try:
            status = os.fstat(descriptor)
            content = os.pread(descriptor, _MARK_BYTES + 1, 0) if stat.S_ISREG(status.st_mode) else b"?"
            if content and _parsed(content) is None:
                raise OSError(errno.EINVAL, f"{self.path.name} is not a lock")
            if status.st_uid == os.geteuid() and stat.S_IMODE(status.st_mode) != mode:
                os.fchmod(descriptor, mode)
        except BaseException:
            _close(descriptor)
            raise
        return descriptor

    def _make(self, log: os.stat_result, mode: int) -> None:
        """Make the lock file under its name only once its mode is set, unless somebody else just did."""
        temporary = self.path.with_name(f"{self.path.name}.{os.urandom(8).hex()}")
        descriptor = os.open(temporary, _SAFE | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            made = os.fstat(descriptor)
            uid = log.st_uid if os.geteuid() == 0 else made.st_uid
            if uid != made.st_uid or (mode & stat.S_IRGRP and log.st_gid != made.st_gid):
                os.fchown(descriptor, uid, log.st_gid)
            os.fchmod(descriptor, mode)
            with suppress(FileExistsError):
                give_name(os.fspath(temporary), self.path)
        finally:
            _close(descriptor)
            with suppress(OSError):  # a stray file is no reason to refuse
                os.unlink(temporary)


def is_local(folder: Path) -> bool:
    """Whether a folder is on a file system of this computer alone, whose calls never wait for another one."""
    place = os.path.realpath(folder)
    kind, longest = "", -1
    try:
        mounts = MOUNTS.read_text(errors="surrogateescape").splitlines()
    except OSError:
        return False
    for fields in map(str.split, mounts):
        at = re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), fields[4])
        if len(at) >= longest and os.path.commonpath((at, place)) == at:
            kind, longest = fields[fields.index("-") + 1], len(at)
    return kind in LOCAL


def _locked(path: Path, opened: Callable[[], int], deadline: float) -> int:
    """The file at a path, opened and locked; raises LockBusy after the deadline."""
    while True:
        descriptor = opened()
        try:
            while not _try(descriptor):
                if monotonic() >= deadline:
                    raise LockBusy(_holders(os.fstat(descriptor), since=path.name.endswith(".lock")))
                sleep(LOCK_RETRY_S)
            if os.path.samestat(os.stat(path, follow_symlinks=False), os.fstat(descriptor)):
                return descriptor
        except FileNotFoundError:
            _close(descriptor)
            if monotonic() >= deadline:
                raise
        except BaseException:
            _close(descriptor)
            raise
        else:
            _close(descriptor)
            if monotonic() >= deadline:
                raise LockBusy


def _try(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def _close(*descriptors: int) -> None:
    """Close files, which gives their locks back."""
    for each in descriptors:
        with suppress(OSError):
            os.close(each)


def _parsed(content: bytes) -> Mark | None:
    found = _MARK.fullmatch(content)
    return None if found is None else Mark(int(found[1]), found[2].decode(), found[3].decode())


def _mode_of_writers(mode: int) -> int:
    """Reading and writing for those who may write a file of some mode."""
    return sum(0o6 << shift for shift in (6, 3, 0) if mode & 0o2 << shift) | 0o600


def _may_write(uid: int, status: os.stat_result) -> bool:
    """Whether a user may write a file, as far as its mode says."""
    if uid in (0, status.st_uid):
        return True
    if status.st_mode & stat.S_IWGRP:
        import pwd

        try:
            user = pwd.getpwuid(uid)
        except KeyError:
            return True
        if status.st_gid in os.getgrouplist(user.pw_name, user.pw_gid):
            return True
    return bool(status.st_mode & stat.S_IWOTH)


def _holders(status: os.stat_result, *, since: bool = False) -> tuple[Holder, ...]:
    """Who holds a lock on a file, where the system shows it; with `since` not before it was written last."""
    device, inode = f"{os.major(status.st_dev):02x}:{os.minor(status.st_dev):02x}", status.st_ino
    try:
        lines = Path("/proc/locks").read_text().splitlines()
    except OSError:
        return ()
    pids = dict.fromkeys(
        int(fields[4])
        for fields in map(str.split, lines)
        if len(fields) > 5 and fields[1] == "FLOCK" and fields[5] == f"{device}:{inode}"
    )
    found = (_holder(pid, status.st_mtime if since else 0.0) for pid in pids)
    return tuple(each for each in found if each is not None)


def _holder(pid: int, not_before: float) -> Holder | None:
    """A process as holder of a lock, unless it has ended or is hidden."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return None
    uid = re.search(r"^Uid:\t\d+\t(\d+)", status, re.MULTILINE)
    if uid is None:
        return None
    booted = time() - clock_gettime(CLOCK_BOOTTIME)
    started = booted + int(ticks) / os.sysconf("SC_CLK_TCK")
    return Holder(pid, int(uid[1]), datetime.fromtimestamp(int(max(started, not_before))))

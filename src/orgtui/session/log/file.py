"""The log file of a plan: append-only, one JSON line an entry, shared by every session on the plan.

A session appends under the lock (`orgtui.session.log.lock`), after reading all earlier entries, and goes on
once the entry is on disk. Reading needs no lock: a last line without its end is ignored until it has one.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path

from orgtui.files.disk.trust import distrust
from orgtui.files.disk.writing import fsync_folder, make_file, mode_for_new_file
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.model.system_errors import reason_of
from orgtui.session.identity import user_name
from orgtui.session.log.authors import Authors, NotVouching, author_path_for, refused
from orgtui.session.log.chain import START, TORN, read_lines, to_lines
from orgtui.session.log.checkpoint import (
    Checkpoint,
    bytes_hash,
    is_due,
    is_of,
    read_checkpoint,
    remove_checkpoint,
    write_checkpoint,
)
from orgtui.session.log.entries import UID
from orgtui.session.log.lock import Holder, LockBusy, LogLock, Mark, mark_beside, second_hash
from orgtui.session.log.rescue import NotKept, write_rescue_file
from orgtui.session.presence import FolderPresence
from orgtui.session.store import Compose, Entry, LogBusy, LogError, LogReplaced, LogUnusable, Resumed, Waits

LOCK_TIMEOUT_S = 1.0
"""How long to wait for the lock, which others hold while they write an entry."""

NO_LOCKS = frozenset((errno.ENOLCK, errno.EOPNOTSUPP, errno.ENOSYS))
NOT_OURS = frozenset((errno.EACCES, errno.EPERM, errno.EROFS))

_SAFE = os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


Identity = tuple[int, int]
"""Device and inode, which a file or folder keeps when it is moved."""


class ChangeLog:
    """The store of a session in a log file: how far it was read, and its lock. See `SessionStore`.

    With `watch` the file is only ever opened for reading.
    """

    def __init__(self, path: Path, *, watch: bool = False) -> None:
        self.path = path
        self.author = user_name()
        self.unwritable: Sentence | None = None
        self.waits: Waits | None = None
        self._watch = watch
        self._is_exclusive = False
        self._file: int | None = None
        self._lock = LogLock(path)
        self._authors = Authors(path)
        self.reset()

    def reset(self) -> None:
        """Close the file and forget what was read, to open the one at the path now."""
        self.close()
        self._authors = Authors(self.path)
        self.count = 0
        self._identity: Identity | None = None
        self._folder: Identity | None = None
        self._last = START
        self._second = START
        self._lines = bytearray()  # what was read and written, should the file lose it
        self._end = 0  # after the last complete line
        self._size = 0  # of the file when it was read last
        self._modified: int | None = None  # when that was, unless this session wrote it
        self._kept_count = 0  # of the entries that the latest checkpoint stands for
        self._is_listed = False
        self._lost_entries: LogError | None = None
        self._is_proved = True

    @property
    def name(self) -> str:
        return self.path.name

    @property
    def head(self) -> str:
        return self._last

    @property
    def unverified(self) -> Sentence | None:
        if self._is_proved:
            return self._unvouched()
        said = N_(
            "The last entry of {log}, {entry}, is unverified: it was written without a checksum, "
            "and a change in it cannot be noticed"
        )
        return sentence(said, log=self.name, entry=self.count)

    def _unvouched(self) -> Sentence | None:
        """Why nothing will vouch for what this session writes where others write as well."""
        wrong = None if self._watch else refused(author_path_for(self.path, os.geteuid()), os.geteuid())
        if wrong is None:
            return None
        said = N_("Nothing vouches for your name on changes here: {reason}; move that file away")
        return sentence(said, reason=wrong)

    # -- reading -----------------------------------------------------------------------------------

    def open(self) -> bool:
        """Open the log if there is one; returns whether there is.

        Raises LogError if it cannot be opened, is no regular file, or strangers can have written it.
        """
        if self._file is None:
            present = self._present()
            if present is not None:
                self._require_regular(present)
                self._file = self._opened()
        return self._file is not None

    def read(self) -> tuple[Entry, ...]:
        """The entries that others have written since; one system call if there are none.

        Raises LogReplaced if the path leads to another file now, LogUnusable if it is damaged or gone.
        """
        present = self._present()
        if present is None and self._identity is None:
            return ()
        self._require_same(present)
        assert present is not None
        self.open()
        if present.st_size == self._size and self._modified in (None, present.st_mtime_ns):
            self._modified = present.st_mtime_ns
            return ()
        try:
            data = self._bytes(self._end, present.st_size)
            reading = read_lines(data, self._last)
            is_broken = reading.broken is not None or self._end + len(data) != present.st_size
            if (is_broken or present.st_size == self._size) and not self._is_held(self._file):
                raise self._altered()
        except OSError as error:
            raise self._failed(N_("{log} cannot be read: {reason}"), error) from error
        if is_broken:
            number = self.count + len(reading.entries)
            said = N_(
                "{log} is broken after entry {number}; `orgtui recover` makes a plan of what it still holds"
            )
            raise LogUnusable(sentence(said, log=self.name, number=number))
        self._size, self._modified = self._end + len(data), present.st_mtime_ns
        self._keep(data[: reading.end], reading.last, len(reading.entries))
        self._is_proved = reading.is_proved and (self._is_proved or bool(reading.entries))
        return self._authors.attributed(reading.entries, reading.hashes, present)

    def missing(self) -> Sentence | None:
        """What shows that entries at the end are missing, after reading.

        Outside `exclusive` nothing shows it to those who may not open the mark.
        """
        try:
            mark = self._lock.read_mark() if self._is_exclusive else mark_beside(self.path)
        except OSError as error:
            if not self._is_exclusive and error.errno in NOT_OURS:
                return None
            return self._failed(N_("{log} may lack entries: {reason}"), error).sentence
        if mark is None or mark.is_in(self._lines, self._last):
            return None
        if not self._is_exclusive and self._has_got_to(mark):
            return None
        said = N_(
            "{log} was cut: {written:entry|entries} had been written to it, {count} are left; "
            "look for a rescue file or another copy before you go on"
        )
        return sentence(said, log=self.name, written=mark.count, count=self.count)

    def _has_got_to(self, mark: Mark) -> bool:
        """Whether the file has got as far by now, as others may have written since it was read."""
        assert self._file is not None
        lines = _read_bytes(self._file, 0, os.fstat(self._file).st_size)
        return mark.is_in(lines, read_lines(lines[self._end :], self._last).last)

    def resume(self, baseline: str) -> Resumed | None:
        """Take as read what a checkpoint on a baseline stands for, if the log still begins with it.

        Before anything was read. Returns None if there is no such checkpoint.
        """
        kept = read_checkpoint(self.path)
        if self._file is None or self._end or kept is None or kept.baseline != baseline:
            return None
        status = os.fstat(self._file)
        try:
            data = self._bytes(0, kept.end)
        except OSError:
            return None  # reading will say why
        if not is_of(kept, data):
            return None
        self._keep(data, kept.last, kept.count)
        self._size = kept.end
        self._kept_count = kept.count
        lines, authors = self._lines, self._authors

        def load() -> tuple[Entry, ...]:
            reading = read_lines(bytes(lines[: kept.end]))
            return authors.attributed(reading.entries, reading.hashes, status)

        return Resumed(kept.count, kept.said, load)

    def keep_checkpoint(
        self, baseline: str, said: Callable[[], Mapping[str, object]], is_outdated: bool
    ) -> None:
        """Keep a checkpoint of all that was read and written, if it is wanted."""
        kept = 0 if is_outdated else self._kept_count
        if self._watch or not self._is_proved or not is_due(self.count, kept):
            return
        checkpoint = Checkpoint(baseline, self._end, self.count, self._last, bytes_hash(self._lines), said())
        write_checkpoint(self.path, checkpoint)
        self._kept_count = self.count

    def _keep(self, lines: bytes, last: str, count: int) -> None:
        """Take note of complete lines that were read or written."""
        self._lines += lines
        if self._second == START:
            self._second = second_hash(self._lines) or START
        self._end += len(lines)
        self._last = last
        self.count += count

    def contents(self) -> bytes:
        """The lines of the entries read so far."""
        return bytes(self._lines)

    def _bytes(self, begin: int, end: int) -> bytes:
        assert self._file is not None
        return _read_bytes(self._file, begin, end)

    def _is_held(self, file: int | None) -> bool:
        """Whether a file still begins with all that was read and written; raises OSError."""
        return file is not None and _read_bytes(file, 0, self._end) == self._lines

    # -- writing -----------------------------------------------------------------------------------

    def write(self, compose: Compose) -> None:
        """Append what `compose` makes of the entries that were not read yet, under the lock."""
        with nullcontext() if self._is_exclusive else self.exclusive():
            entries = compose(self.read())
            if entries:
                self.append(*entries)

    @contextmanager
    def exclusive(self, timeout_s: float | None = None) -> Iterator[None]:
        """Hold the lock on the log, making the file if there is none.

        Reading it shows whether it is still the log at the path. Raises LogBusy if somebody else holds the
        lock for longer than `timeout_s`, LogUnusable if the log may only be read or cannot be locked.
        """
        while not self.open():
            if self._identity is not None:
                raise self._gone()
            self._make()
        self.look_again()
        if self.unwritable is not None:
            raise LogUnusable(self.unwritable)
        self._require_same(self._present())
        self._take_lock(LOCK_TIMEOUT_S if timeout_s is None else timeout_s)
        self._is_exclusive = True
        try:
            yield
        finally:
            self._is_exclusive = False
            self._lock.release()

    def append(self, *entries: Entry) -> None:
        """Append entries with one write and wait until they are on disk.

        Only under the lock, after everything was read. Raises LogError if they could not be written: later
        ones may be. Raises LogUnusable after a failed flush, when it is not known what is on disk.
        """
        assert self._file is not None
        uid = os.getuid()
        data, last = to_lines(({**each, UID: uid} for each in entries), self._last)
        kept = lines = data
        try:
            if self._size > self._end:
                kept = self._bytes(self._end, self._size) + TORN + b"\n" + data
                data = TORN + b"\n" + data
            self._prepare()
            self._sign(lines, os.fstat(self._file))
            written = os.write(self._file, data)
        except OSError as error:
            raise self._write_failed(error) from error
        if written < len(data):
            raise self._write_failed(OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)))
        try:
            os.fdatasync(self._file)
        except OSError as error:
            raise self._flush_failed(data, error) from error
        self._size, self._modified = self._size + len(data), None
        self._keep(kept, last, len(entries))
        self._is_proved = True
        with suppress(OSError):  # the mark before this one is true as well
            self._lock.write_mark(Mark(self.count, self._second, self._last))

    def rotate(self) -> str:
        """Rename the locked log so that a new one can begin; returns its new name. Raises LogError."""
        number, kept = 1, self.path.with_name(f"{self.name}.old")
        while os.path.lexists(kept):
            number += 1
            kept = self.path.with_name(f"{self.name}.old-{number}")
        try:
            os.rename(self.path, kept)
            self._lock.write_mark(None)
            remove_checkpoint(self.path)
        except OSError as error:
            raise self._failed(N_("{log} cannot be set aside: {reason}"), error) from error
        self.reset()
        return kept.name

    def enter(self, *, watching: bool) -> FolderPresence:
        """Be listed in the folder of those who are here, beside the log; raises NotPresent."""
        return FolderPresence.enter(self.path.with_suffix(""), watching=watching)

    def look_again(self) -> None:
        """See whether a log that could not be written can be now; raises LogError."""
        if self.unwritable is None or self._watch:
            return
        try:
            file = os.open(self.path, os.O_RDWR | _SAFE)
        except OSError:
            return  # the reason still stands
        file = self._checked(file)
        self.close()
        self._file, self.unwritable = file, None

    def close(self) -> None:
        self._lock.release()
        self._authors.close()
        if self._file is not None:
            file, self._file = self._file, None
            with suppress(OSError):
                os.close(file)

    def _sign(self, lines: bytes, status: os.stat_result) -> None:
        """Vouch for lines; if that fails they are written all the same, and their author is marked."""
        with suppress(OSError, NotVouching):  # `unverified` tells the reason
            self._authors.sign(lines, status)

    def _prepare(self) -> None:
        """Before the first append: give a new file the mode of its folder, and flush its name to disk."""
        if self._is_listed:
            return
        assert self._file is not None
        mode = mode_for_new_file(str(self.path.parent))
        status = os.fstat(self._file)
        if not status.st_size and status.st_uid == os.geteuid() and stat.S_IMODE(status.st_mode) != mode:
            os.fchmod(self._file, mode)
        fsync_folder(str(self.path.parent))
        self._is_listed = True

    def _take_lock(self, timeout_s: float) -> None:
        try:
            self._lock.take(timeout_s, self._waits)
        except LockBusy as busy:
            raise LogBusy(self._busy(busy.holders)) from busy
        except FileNotFoundError as error:
            raise self._gone() from error
        except OSError as error:
            failed = self._failed(N_("{log} cannot be locked: {reason}"), error)
            raise (LogUnusable(failed.sentence) if error.errno in NO_LOCKS | NOT_OURS else failed) from error

    def _waits(self, holders: tuple[Holder, ...]) -> bool:
        """Whether to go on waiting."""
        if self.waits is None:
            return True
        if not holders:
            return self.waits(sentence("Waiting for others who are writing; any key gives up"))
        said = N_("Waiting for {user} (process {process}), who keeps {log} locked; any key gives up")
        first = holders[0]
        return self.waits(sentence(said, log=self.name, user=first.user, process=str(first.process)))

    def _busy(self, holders: tuple[Holder, ...]) -> Sentence:
        if not holders:
            return sentence("{log} is busy: others are writing; try again", log=self.name)
        said = N_(
            "{log} is kept locked by {user} (process {process}) since {since}; try again once that ends"
        )
        first = holders[0]
        return sentence(
            said, log=self.name, user=first.user, process=str(first.process), since=str(first.since)
        )

    # -- the file ----------------------------------------------------------------------------------

    def _present(self) -> os.stat_result | None:
        """The status of what the path leads to now."""
        try:
            return os.stat(self.path, follow_symlinks=False)
        except (FileNotFoundError, NotADirectoryError):
            return None
        except OSError as error:
            raise self._failed(N_("{log} cannot be read: {reason}"), error) from error

    def _opened(self) -> int:
        """Open the file, for reading alone if it may not be written."""
        try:
            if not self._watch:
                return self._checked(os.open(self.path, os.O_RDWR | _SAFE))
        except OSError as error:
            failed = self._failed(N_("{log} cannot be written: {reason}"), error)
            if error.errno not in NOT_OURS:
                raise failed from error
            self.unwritable = failed.sentence
        try:
            return self._checked(os.open(self.path, os.O_RDONLY | _SAFE))
        except OSError as error:
            raise self._failed(N_("{log} cannot be read: {reason}"), error) from error

    def _make(self) -> None:
        """Create the file, unless somebody else just did."""
        try:
            self._file = self._checked(make_file(self.path))
        except FileExistsError:
            return
        except OSError as error:
            raise self._failed(N_("{log} cannot be written: {reason}"), error) from error

    def _checked(self, descriptor: int) -> int:
        """The descriptor, if it is of the file that was read before and can be trusted; closed otherwise."""
        try:
            status = os.fstat(descriptor)
            self._require_regular(status)
            refusal = distrust(self.path, status, to_read=self._watch)
            if refusal is not None:
                said = N_("{wrong}; {right}")
                raise LogUnusable(sentence(said, wrong=refusal[0], right=refusal[1]))
            identity = _identity(status)
            if self._identity not in (None, identity):
                raise LogReplaced(self.name)
        except BaseException:
            os.close(descriptor)
            raise
        self._identity = identity
        self._folder = self._folder or self._folder_now()
        return descriptor

    def _folder_now(self) -> Identity | None:
        try:
            return _identity(os.stat(self.path.parent))
        except OSError:
            return None

    def _require_regular(self, status: os.stat_result) -> None:
        if not stat.S_ISREG(status.st_mode):
            raise LogUnusable(sentence("{log} is not a regular file", log=self.name))

    def _require_same(self, present: os.stat_result | None) -> None:
        """Refuse any other file at the path than the one that was read before."""
        if present is None:
            raise self._gone()
        self._require_regular(present)
        if self._identity not in (None, _identity(present)):
            raise self._exchanged()

    # -- errors ------------------------------------------------------------------------------------

    def _failed(self, template: str, error: OSError) -> LogError:
        return LogError(Sentence(template, {"log": self.name, "reason": reason_of(error)}))

    def _write_failed(self, error: OSError) -> LogError:
        if error.errno == errno.ENOSPC:
            return LogError(sentence("the disk is full; nothing was changed"))
        return self._failed(N_("{log} cannot be written: {reason}; nothing was changed"), error)

    def _flush_failed(self, data: bytes, error: OSError) -> LogError:
        reason = reason_of(error)
        try:
            kept = write_rescue_file(self.path, self.contents() + data)
        except (OSError, NotKept) as unkept:
            lost = N_(
                "{log} cannot be flushed to disk: {reason}; nor can the change be kept elsewhere: {unkept}"
            )
            return LogUnusable(sentence(lost, log=self.name, reason=reason, unkept=str(unkept)))
        said = N_("{log} cannot be flushed to disk: {reason}; the change is kept in {file}")
        return LogUnusable(sentence(said, log=self.name, reason=reason, file=kept))

    def _gone(self) -> LogError:
        """Why the file is no longer at its path: rotated, moved with its folder, or deleted."""
        if self._lost_entries is None:
            self._lost_entries = self._lost()
        return self._lost_entries

    def _is_deleted(self) -> bool:
        """Whether the file has no name any more, and had entries."""
        try:
            return self._file is not None and self._end > 0 and not os.fstat(self._file).st_nlink
        except OSError:
            return False

    def _lost(self) -> LogError:
        if not self._is_deleted():
            if self._folder in (None, self._folder_now()):
                return LogReplaced(self.name)
            moved = N_("{folder} was moved or removed; nothing can be changed here any more")
            return LogUnusable(sentence(moved, folder=self.path.parent))
        if self._watch:
            return LogUnusable(sentence("{log} was deleted", log=self.name))
        return self._rescued(
            N_("{log} was deleted; what it held is kept in {file}"),
            N_("{log} was deleted; what it held could not be kept elsewhere: {unkept}"),
        )

    def _altered(self) -> LogError:
        """The file was cut or changed in place, so that it no longer holds what was read and written."""
        if self._watch:
            return LogUnusable(sentence("{log} no longer holds what was read from it", log=self.name))
        if self._lost_entries is None:
            self._lost_entries = self._rescued(
                N_("{log} no longer holds what was written; all of it is kept in {file}"),
                N_("{log} no longer holds what was written; it could not be kept elsewhere: {unkept}"),
            )
        return self._lost_entries

    def _exchanged(self) -> LogError:
        """Another file was put in place of this one, which may be lost."""
        if self._watch or not self._is_deleted():
            return LogReplaced(self.name)
        try:
            file = os.open(self.path, os.O_RDONLY | _SAFE)
            try:
                is_held = self._is_held(file)
            finally:
                os.close(file)
        except OSError:
            is_held = False  # what cannot be read may be lost
        if is_held:
            return LogReplaced(self.name)
        if self._lost_entries is None:
            try:
                self._lost_entries = LogReplaced(self.name, write_rescue_file(self.path, self.contents()))
            except (OSError, NotKept):
                self._lost_entries = self._altered()  # which says why
        return self._lost_entries

    def _rescued(self, kept: str, lost: str) -> LogUnusable:
        """Keep all that was read and written elsewhere; one of two sentences says where, or why not."""
        try:
            file = write_rescue_file(self.path, self.contents())
        except (OSError, NotKept) as unkept:
            return LogUnusable(Sentence(lost, {"log": self.name, "unkept": str(unkept)}))
        return LogUnusable(Sentence(kept, {"log": self.name, "file": file}))


def _read_bytes(file: int, begin: int, end: int) -> bytes:
    parts = []
    while begin < end and (part := os.pread(file, end - begin, begin)):
        parts.append(part)
        begin += len(part)
    return b"".join(parts)


def _identity(status: os.stat_result) -> Identity:
    return status.st_dev, status.st_ino


def log_path_for(plan: Path) -> Path:
    """The log beside a plan: `NAME.plan.log` for `NAME.plan.toml`."""
    return plan.with_name(f"{plan.name.removesuffix('.toml')}.log")


def log_beside(plan: Path, *, watch: bool = False) -> ChangeLog:
    """The log beside a plan, not opened yet."""
    return ChangeLog(log_path_for(plan), watch=watch)

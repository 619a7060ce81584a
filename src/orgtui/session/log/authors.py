"""Who wrote an entry, as the system knows it.

In a log that only its owner may write, the owner did. Where several users write one log, each has a file
beside it, `.NAME.plan.UID.author`, with the hash of every entry they wrote: others may delete it, but cannot
make one that belongs to somebody else. A hash is written before its entry, so that nobody sees an entry
without; it is not flushed, so that a power cut may lose it, and the name is then shown as not vouched for.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from orgtui.files.disk.trust import OTHERS_MAY_WRITE, only_owner_writes
from orgtui.files.disk.writing import make_file, remove_temporary_twin
from orgtui.model.sentence import Sentence, SentenceError, sentence
from orgtui.model.system_errors import reason_of
from orgtui.session.identity import name_of
from orgtui.session.log.chain import line_hash
from orgtui.session.log.entries import UID, is_uid
from orgtui.session.store import Entry, SignedEntry

READ_MAX = 16 * 2**20
"""Bytes of a file that are read, its last ones: some 250,000 entries of one author."""

_LINE_BYTES = 64 + 1
_SAFE = os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


class NotVouching(SentenceError):
    """A file of an author that proves nothing; `sentence` says why."""


@dataclass(slots=True)
class _Hashes:
    """What was read of the file of an author, up to `end`, and is not matched by an entry yet."""

    file: tuple[int, int]
    end: int = 0
    unmatched: set[bytes] = field(default_factory=set)


class Authors:
    """The authors of the entries of the log at a path, as one session proves and reads them."""

    def __init__(self, log: Path) -> None:
        self._log = log
        self._own: int | None = None
        self._read: dict[int, _Hashes] = {}
        self._names: dict[int, str] = {}

    # -- writing -----------------------------------------------------------------------------------

    def sign(self, lines: bytes, log: os.stat_result) -> None:
        """Vouch for lines that are about to be appended; only under the lock of the log.

        `log` is the status of the log. Raises OSError or NotVouching; the lines may be written all the same.
        """
        if only_owner_writes(log) and log.st_uid == os.geteuid():
            return
        if self._own is not None and not os.fstat(self._own).st_nlink:  # somebody deleted it
            self.close()
        if self._own is None:
            self._own = self._opened(log)
        hashes = b"".join(line_hash(line).encode() + b"\n" for line in lines.split(b"\n")[:-1])
        if os.write(self._own, hashes) < len(hashes):
            self.close()
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def close(self) -> None:
        """Close the file of this user; never fails."""
        if self._own is not None:
            file, self._own = self._own, None
            os.close(file)

    def _opened(self, log: os.stat_result) -> int:
        """The file of this user, made if there is none, readable for those who may read the log."""
        uid = os.geteuid()
        path = author_path_for(self._log, uid)
        while True:
            try:
                file = os.open(path, os.O_RDWR | _SAFE)
            except FileNotFoundError:
                mode = 0o600 | (log.st_mode & (stat.S_IRGRP | stat.S_IROTH))
                try:
                    return make_file(path, mode=mode)
                except FileExistsError:
                    continue  # another session of this user was faster
            try:
                status = os.fstat(file)
                _require_authors(path, status, uid)
                if status.st_size and os.pread(file, 1, status.st_size - 1) != b"\n":
                    os.write(file, b"\n")  # ends a line that was cut
            except BaseException:
                os.close(file)
                raise
            return file

    # -- reading -----------------------------------------------------------------------------------

    def attributed(
        self, entries: Sequence[Entry], hashes: Sequence[str], log: os.stat_result
    ) -> tuple[Entry, ...]:
        """Entries that were just read, with who wrote them; `hashes` are those of their lines.

        Those that bear the name of their author alone are returned as they are. Each file that is needed is
        read once, from where it was read before.
        """
        owner = log.st_uid if only_owner_writes(log) else None
        unmatched: dict[int, set[bytes]] = {}
        signed: list[Entry] = []
        for entry, line in zip(entries, hashes, strict=True):
            uid = entry.get(UID, owner)
            author = None
            if is_uid(uid):
                if uid != owner and uid not in unmatched:
                    unmatched[uid] = self._hashes_of(uid)
                if uid == owner or line.encode() in unmatched[uid]:
                    author = self._name_of(uid)
                    unmatched.get(uid, set()).discard(line.encode())
            is_plain = entry.get("by") == author is not None and "steps" not in entry
            signed.append(entry if is_plain else SignedEntry(entry, author))
        return tuple(signed)

    def _hashes_of(self, uid: int) -> set[bytes]:
        """The hashes in the file of a user that no entry has matched yet; none if there is no such file."""
        path = author_path_for(self._log, uid)
        try:
            file = os.open(path, os.O_RDONLY | _SAFE)
        except OSError:
            return set()  # the entries are shown as what they are: vouched for by nobody
        try:
            status = os.fstat(file)
            _require_authors(path, status, uid)
            known = self._read.get(uid)
            if known is None or known.file != (status.st_dev, status.st_ino) or known.end > status.st_size:
                known = self._read[uid] = _Hashes((status.st_dev, status.st_ino))
            known.end = max(known.end, status.st_size - READ_MAX)
            data = os.pread(file, status.st_size - known.end, known.end)
        except (OSError, NotVouching):
            return set()  # as above; `refused` tells the reason
        finally:
            os.close(file)
        end = data.rfind(b"\n") + 1
        known.end += end
        known.unmatched.update(line for line in data[:end].split(b"\n") if len(line) == _LINE_BYTES - 1)
        return known.unmatched

    def _name_of(self, uid: int) -> str:
        if uid not in self._names:
            self._names[uid] = name_of(uid)
        return self._names[uid]


def author_path_for(log: Path, uid: int) -> Path:
    """The file of an author of a log: `.NAME.plan.UID.author` for `NAME.plan.log`."""
    return log.with_name(f".{log.name.removesuffix('.log')}.{uid}.author")


def author_files_of(log: Path) -> Iterator[tuple[Path, int]]:
    """The files of authors beside a log, each with the id of the user whose it is by its name."""
    prefix = f".{log.name.removesuffix('.log')}."
    for path in sorted(log.absolute().parent.iterdir()):
        uid = path.name.removeprefix(prefix).removesuffix(".author")
        if uid.isascii() and uid.isdecimal() and path.name == f"{prefix}{uid}.author":
            yield path, int(uid)


def refused(path: Path, uid: int) -> Sentence | None:
    """Why the file of a user at a path proves nothing; None if it does or is not there."""
    try:
        _require_authors(path, os.lstat(path), uid)
    except FileNotFoundError:
        return None
    except OSError as error:
        return sentence("{file}: {reason}", file=path.name, reason=reason_of(error))
    except NotVouching as wrong:
        return wrong.sentence
    return None


def _require_authors(path: Path, status: os.stat_result, uid: int) -> None:
    """Refuse a file that anybody else than a user can have written; raises NotVouching or OSError."""
    file = path.name
    if not stat.S_ISREG(status.st_mode):
        raise NotVouching(sentence("{file} is not a regular file", file=file))
    if status.st_uid != uid:
        raise NotVouching(sentence("{file} belongs to {user}", file=file, user=name_of(status.st_uid)))
    if status.st_mode & OTHERS_MAY_WRITE:
        raise NotVouching(sentence("{file} can be written by others", file=file))
    if status.st_nlink > 1 and not remove_temporary_twin(path, status):
        raise NotVouching(sentence("{file} has a second name (a hard link)", file=file))

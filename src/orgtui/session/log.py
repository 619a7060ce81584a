"""The append-only log of a session: JSON Lines, each carrying the hash of the line before.

A line that was not written to its end has no successor that names its hash; it is skipped, and the next
entry goes on its own line. A line that was altered breaks the chain behind it, and the log is refused.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import stat
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from orgtui.files.writing import mode_in
from orgtui.model.sentence import Sentence, sentence

Entry = Mapping[str, object]
START = "0" * 64
"""What the first line carries in place of a hash."""


class LogError(Exception):
    """The log could not be read or written; `sentence` says why."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(said.template)
        self.sentence = said


@dataclass(frozen=True, slots=True)
class Reading:
    """What a log holds: its entries in order, the hash of the last line, and where that line ends."""

    entries: tuple[Entry, ...]
    last: str
    end: int
    torn: bool


def read_log(data: bytes, name: str) -> Reading:
    """Check the chain and return the entries; raises LogError after the last entry that holds."""
    entries: list[Entry] = []
    last, end, position = START, 0, 0
    unread = False
    for line in data.split(b"\n"):
        position += len(line) + 1
        if not line:
            continue
        entry = _parsed(line)
        if entry is None or position > len(data):
            unread = True
            continue
        if entry.get("before") != last:
            raise LogError(
                sentence(
                    "{log} is broken after entry {number}: line at byte {byte} does not follow it",
                    log=name,
                    number=len(entries),
                    byte=position - len(line) - 1,
                )
            )
        entries.append(entry)
        last, end, unread = line_hash(line), position, False
    return Reading(tuple(entries), last, end, torn=unread)


def _parsed(line: bytes) -> Entry | None:
    try:
        entry = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return entry if isinstance(entry, dict) else None


def _line(entry: Entry) -> bytes:
    text = json.dumps(entry, ensure_ascii=False, separators=(",", ":"), default=date.isoformat)
    return text.encode()


def line_hash(line: bytes) -> str:
    return hashlib.sha256(line).hexdigest()


class ChangeLog:
    """One log file, locked by its session from the first entry on, or from the start if it is there.

    Whoever means to append takes it before reading: what is read then is all there is.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file: int | None = None
        self._last = START
        self._clean_end = True
        self._unsure: Sentence | None = None

    def read(self) -> tuple[Entry, ...]:
        """All entries of the log; none if there is no file. Raises LogError if it is broken or no file."""
        flags = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        try:
            descriptor = os.open(self.path, flags)
        except FileNotFoundError:
            return ()
        except OSError as error:
            raise _failed("{log} cannot be read: {reason}", self.path, error) from error
        try:
            self._require_regular(descriptor)
            with os.fdopen(descriptor, "rb", closefd=False) as file:
                data = file.read()
        finally:
            os.close(descriptor)
        reading = read_log(data, self.path.name)
        self._last = reading.last
        self._clean_end = data.endswith(b"\n") or not data
        return reading.entries

    def take(self) -> bool:
        """Open and lock the log if there is one; raises LogError if another session holds it."""
        if self._file is None and os.path.lexists(self.path):
            self._file = self._opened(os.O_WRONLY)
        return self._file is not None

    def append(self, *entries: Entry) -> None:
        """Put entries on disk with one write and return only when they are there.

        Raises LogError if they are not; after a failed flush nobody can know what is on disk, so the log
        takes no more entries.
        """
        if self._unsure is not None:
            raise LogError(self._unsure)
        if self._file is None:
            self._file = self._opened(os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        last, lines = self._last, []
        for entry in entries:
            line = _line({"before": last, **entry})
            last = line_hash(line)
            lines.append(line + b"\n")
        self._write(b"".join(lines) if self._clean_end else b"\n" + b"".join(lines))
        self._last = last

    def _write(self, data: bytes) -> None:
        assert self._file is not None
        self._clean_end = False
        try:
            written = os.write(self._file, data)
        except OSError as error:
            raise _failed("{log} cannot be written: {reason}", self.path, error) from error
        if written != len(data):
            self._unsure = sentence("{log} cannot be written: the disk is full", log=self.path.name)
            raise LogError(self._unsure)
        try:
            os.fdatasync(self._file)
        except OSError as error:
            failure = _failed("{log} cannot be flushed to disk: {reason}", self.path, error)
            self._unsure = failure.sentence
            raise failure from error
        self._clean_end = True

    def close(self) -> None:
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def set_aside(self, suffix: str) -> Path:
        """Rename the log so that a new one can begin; returns where it is kept. Raises LogError."""
        number, kept = 1, self.path.with_name(f"{self.path.name}.{suffix}")
        while kept.exists():
            number += 1
            kept = self.path.with_name(f"{self.path.name}.{suffix}-{number}")
        try:
            os.rename(self.path, kept)
        except OSError as error:
            raise _failed("{log} cannot be set aside: {reason}", self.path, error) from error
        self.close()
        self._last, self._clean_end = START, True
        return kept

    def _opened(self, flags: int) -> int:
        always = os.O_APPEND | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
        try:
            mode = mode_in(str(self.path.parent))
            descriptor = os.open(self.path, flags | always, mode)
        except FileExistsError as error:
            raise self._held() from error
        except OSError as error:
            raise _failed("{log} cannot be written: {reason}", self.path, error) from error
        try:
            self._require_regular(descriptor)
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._require_at_path(descriptor)
            if flags & os.O_CREAT:
                os.fchmod(descriptor, mode)
                _sync_directory(self.path.parent)
        except BlockingIOError as error:
            os.close(descriptor)
            raise self._held() from error
        except OSError as error:
            os.close(descriptor)
            raise _failed("{log} cannot be locked: {reason}", self.path, error) from error
        except LogError:
            os.close(descriptor)
            raise
        return descriptor

    def _held(self) -> LogError:
        return LogError(sentence("another session is working on {log}", log=self.path.name))

    def _require_at_path(self, descriptor: int) -> None:
        """Refuse a file that its session has set aside while this one waited to open it."""
        if not os.path.samestat(os.fstat(descriptor), os.stat(self.path, follow_symlinks=False)):
            raise self._held()

    def _require_regular(self, descriptor: int) -> None:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise LogError(sentence("{log} is not a regular file", log=self.path.name))


def _sync_directory(directory: Path) -> None:
    descriptor = os.open(directory, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _failed(template: str, path: Path, error: OSError) -> LogError:
    return LogError(sentence(template, log=path.name, reason=error.strerror or str(error)))

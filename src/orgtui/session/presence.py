"""Which sessions are open on a plan: a hidden folder beside it with one locked file for each.

A file counts as long as its session holds the lock on it, which the system releases when the process ends,
and stands for the user who owns it. Its content, where the cursor is, may have been written by anybody in the
group and is checked like any other input.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import re
import stat
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from time import sleep
from typing import Self

from orgtui.files.disk.writing import PRIVATE_MODE, is_group_shared, mode_for_new_file, temporary_beside
from orgtui.model.gate import is_clean
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.model.system_errors import reason_of
from orgtui.session.identity import name_of
from orgtui.session.store import NotPresent, Peer

SIZE = 512
"""Bytes of a file, padded with spaces so that one write replaces all of it."""

PEERS_MAX = 32
"""How many other sessions are shown, so that a folder full of files does not slow this one down."""

OWN, SHARED = 0o700, 0o2770
"""Modes of the folder: private, and where the folder of the plan passes its group on, for that group."""

ATTEMPTS = 20
RETRY_S = 0.005
"""How long to wait between attempts to enter: others make, change and remove these files meanwhile."""

TAKEN = frozenset((errno.EEXIST, errno.ENOTEMPTY, errno.ENOTDIR))
"""What the system says where something stands already."""

_NAME = re.compile(r"[0-9a-f]{32}")
_CURSOR = re.compile(r"[a-z]+:\S.*")
_SAFE = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC


def folder_for(plan: Path) -> Path:
    """The folder of the sessions on a plan: `.NAME.plan.here` for `NAME.plan.toml`."""
    return plan.with_name(f".{plan.name.removesuffix('.toml')}.here")


class FolderPresence:
    """This session among the others on its plan, by its file in their folder."""

    def __init__(self, path: Path, folder: int, name: str, file: int, watching: bool) -> None:
        self._path = path
        self._folder = folder
        self._name = name
        self._file = file
        self._watching = watching
        self._written = b""
        self._peer_files: dict[str, _PeerFile] = {}
        self._refused: dict[str, Sentence] = {}
        self.refused: Sentence | None = None

    @classmethod
    def enter(cls, plan: Path, *, watching: bool = False) -> Self:
        """Be listed among the sessions on a plan; raises NotPresent."""
        path = folder_for(plan)
        try:
            folder, name, file = _enter(path)
            present = cls(path, folder, name, file, watching)
            with ExitStack() as unless_listed:
                unless_listed.callback(present.leave)
                present._write(None)
                unless_listed.pop_all()
        except OSError as error:
            reason = reason_of(error)
            raise NotPresent(
                sentence("who is here is not known: {folder}: {reason}", folder=path.name, reason=reason)
            ) from error
        return present

    def point_at(self, cursor: Ref | None) -> None:
        """Write what the cursor is on, unless that is what the file holds. Raises NotPresent."""
        with _failing_as_not_present():
            self._write(cursor)

    def others(self) -> tuple[Peer, ...]:
        """The other sessions that are open, sorted by name; files of those that have ended are removed.

        Raises NotPresent if the folder cannot be read any more, or the file of this session was removed.
        """
        with _failing_as_not_present():
            return self._read_peers()

    def _write(self, cursor: Ref | None) -> None:
        said = _dump(cursor, self._watching)
        if said != self._written:
            os.pwrite(self._file, said, 0)
            self._written = said

    def _read_peers(self) -> tuple[Peer, ...]:
        if not os.fstat(self._file).st_nlink:
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        listed = sorted(name for name in os.listdir(self._folder) if _NAME.fullmatch(name))
        names = [name for name in listed if name != self._name][:PEERS_MAX]
        for name in self._peer_files.keys() - set(names):
            self._peer_files.pop(name).close()
        refused_before, self._refused = self._refused, {}
        for name in names:
            if name not in self._peer_files:
                self._look_at(name)
        again = (each for name, each in self._refused.items() if name in refused_before)
        self.refused = next(again, None)  # the first time its maker may be about to set its mode
        for name in [name for name, other in self._peer_files.items() if not other.is_held()]:
            self._remove(name)
        return tuple(
            sorted((other.peer() for other in self._peer_files.values()), key=lambda peer: peer.name)
        )

    def _look_at(self, name: str) -> None:
        """Take a file for that of another session, or note why not."""
        with suppress(FileNotFoundError):  # it has just left
            try:
                self._peer_files[name] = _PeerFile.open(self._folder, name)
            except NotPresent as refused:
                self._refused[name] = refused.sentence

    def _remove(self, name: str) -> None:
        """Remove the file of a session that has ended; its lock is held here, so nobody else can take it."""
        with suppress(OSError):  # another session was faster, or this one may not
            os.unlink(name, dir_fd=self._folder)
        self._peer_files.pop(name).close()

    def leave(self) -> None:
        """Remove the file, and the folder if nobody else is in it."""
        for other in self._peer_files.values():
            other.close()
        with suppress(OSError):  # the lock, which ends here, counts
            os.unlink(self._name, dir_fd=self._folder)
        os.close(self._file)
        os.close(self._folder)
        with suppress(OSError):  # others are still there, or have just taken it away
            os.rmdir(self._path)


class _PeerFile:
    """The file of another session, held open.

    It is read each time, which is as fast as reading its modification time and more reliable, but parsed only
    if it has changed.
    """

    def __init__(self, file: int, owner: int) -> None:
        self._file = file
        self._name = name_of(owner)
        self._read = b""
        self._peer = Peer(self._name, watching=False, cursor=None)

    @classmethod
    def open(cls, folder: int, name: str) -> Self:
        """The file of a name, if a session can have made it: regular, with one name, not open to all.

        Raises NotPresent if not, FileNotFoundError if it is gone.
        """
        owner = _require_peer_file(os.stat(name, dir_fd=folder, follow_symlinks=False))
        try:
            file = os.open(name, os.O_RDONLY | _SAFE, dir_fd=folder)
        except FileNotFoundError:
            raise
        except OSError as error:
            raise _not_somebody(owner, reason_of(error)) from error
        try:
            return cls(file, _require_peer_file(os.fstat(file)))
        except BaseException:
            os.close(file)
            raise

    def is_held(self) -> bool:
        """Whether its session is open; if not, its lock is held here until `close`."""
        try:
            fcntl.flock(self._file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False

    def peer(self) -> Peer:
        """The session as described in the file; invalid content leaves the previous description."""
        said = os.pread(self._file, SIZE, 0)
        if said != self._read:
            self._read = said
            self._peer = _parse(said, self._peer)
        return self._peer

    def close(self) -> None:
        os.close(self._file)


def _require_peer_file(status: os.stat_result) -> int:
    """The owner of a file that a session can have made; raises NotPresent or FileNotFoundError."""
    if not status.st_nlink:
        raise FileNotFoundError
    if not stat.S_ISREG(status.st_mode):
        raise _not_somebody(status.st_uid, sentence("it is not a regular file"))
    if status.st_nlink > 1:
        raise _not_somebody(status.st_uid, sentence("it has a second name (a hard link)"))
    if status.st_mode & stat.S_IWOTH:
        raise _not_somebody(status.st_uid, sentence("everybody may write it"))
    return status.st_uid


def _not_somebody(owner: int, reason: Sentence | str) -> NotPresent:
    said = N_("a file of {user} does not count as somebody who is here: {reason}")
    return NotPresent(sentence(said, user=name_of(owner), reason=reason))


def refused_beside(plan: Path) -> Iterator[Sentence]:
    """Why the folder of the sessions on a plan, or a file in it, is not used; alters nothing."""
    path = folder_for(plan)
    try:
        folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | _SAFE)
    except FileNotFoundError:
        return
    except OSError as error:
        reason = reason_of(error)
        yield sentence("who is here is not known: {folder}: {reason}", folder=path.name, reason=reason)
        return
    try:
        _require_folder(path, os.fstat(folder))
        for name in sorted(os.listdir(folder)):
            if _NAME.fullmatch(name):
                with suppress(FileNotFoundError):  # it has just left
                    try:
                        _PeerFile.open(folder, name).close()
                    except NotPresent as refused:
                        yield sentence(
                            "{file}: {reason}", file=path.name + "/" + name, reason=refused.sentence
                        )
    except NotPresent as refused:
        yield refused.sentence
    finally:
        os.close(folder)


@contextmanager
def _failing_as_not_present() -> Iterator[None]:
    """Raise NotPresent for what the system refuses."""
    try:
        yield
    except OSError as error:
        reason = reason_of(error)
        raise NotPresent(sentence("Who is here is not known any more: {reason}", reason=reason)) from error


def _enter(path: Path) -> tuple[int, str, int]:
    """The descriptor of the folder, and the name and descriptor of a new file in it, locked.

    Others may remove the folder or the file before it is locked; then both are made again.
    """
    refusal = NotPresent(sentence("who is here is not known: {folder} does not stay", folder=path.name))
    for _ in range(ATTEMPTS):
        try:
            folder = _open_folder(path)
            try:
                return folder, *_create_file(folder)
            except BaseException:
                os.close(folder)
                raise
        except (FileNotFoundError, BlockingIOError):
            pass
        except NotPresent as refused:  # its maker may be about to open it to the group
            refusal = refused
        sleep(RETRY_S)
    raise refusal


def _open_folder(path: Path) -> int:
    """The folder, made if there is none; raises NotPresent if others may read it, or made it."""
    shared = is_group_shared(os.stat(path.parent))
    if not os.path.lexists(path):
        _make_folder(path, SHARED if shared else OWN)
    folder = os.open(path, os.O_RDONLY | os.O_DIRECTORY | _SAFE)
    try:
        status = os.fstat(folder)
        _require_folder(path, status)
        if status.st_uid == os.geteuid():
            os.fchmod(folder, SHARED if shared else OWN)
    except BaseException:
        os.close(folder)
        raise
    return folder


def _require_folder(path: Path, status: os.stat_result) -> None:
    """Refuse a folder that others than those who share the plan may use, or have made; raises NotPresent."""
    if status.st_mode & 0o007:
        raise NotPresent(sentence("who is here is not known: {folder} is open to others", folder=path.name))
    if status.st_uid == os.geteuid():
        return
    parent = os.stat(path.parent)
    if not is_group_shared(parent):
        said = N_("who is here is not known: {folder} belongs to {user}")
        raise NotPresent(sentence(said, folder=path.name, user=name_of(status.st_uid)))
    if stat.S_IMODE(status.st_mode) != SHARED or status.st_gid != parent.st_gid:
        said = N_("who is here is not known: {folder} of {user} is not for the group of this folder")
        raise NotPresent(sentence(said, folder=path.name, user=name_of(status.st_uid)))


def _make_folder(path: Path, mode: int) -> None:
    """Make a folder, which nobody sees before it has its mode; one that others make meanwhile stays."""
    temporary = temporary_beside(path)
    os.mkdir(temporary, OWN)
    try:
        folder = os.open(temporary, os.O_RDONLY | os.O_DIRECTORY | _SAFE)
        try:
            os.fchmod(folder, mode)
        finally:
            os.close(folder)
        os.rename(temporary, path)
    except BaseException as error:
        os.rmdir(temporary)
        if not (isinstance(error, OSError) and error.errno in TAKEN):
            raise


def _create_file(folder: int) -> tuple[str, int]:
    """The name and descriptor of a new file, locked.

    Raises BlockingIOError if another session takes it for one that has ended before it is locked.
    """
    name = os.urandom(16).hex()
    file = os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL | _SAFE, PRIVATE_MODE, dir_fd=folder)
    try:
        os.fchmod(file, mode_for_new_file(folder))
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if not os.fstat(file).st_nlink:
            raise BlockingIOError
    except BaseException:
        os.close(file)
        raise
    return name, file


def _dump(cursor: Ref | None, watching: bool) -> bytes:
    said = json.dumps({"cursor": cursor, "watching": watching}, ensure_ascii=False).encode()
    if len(said) > SIZE:
        return _dump(None, watching)
    return said.ljust(SIZE)


def _parse(said: bytes, before: Peer) -> Peer:
    try:
        parsed = json.loads(said)
    except (ValueError, RecursionError):
        return before
    if not isinstance(parsed, dict):
        return before
    cursor = parsed.get("cursor")
    if not isinstance(cursor, str) or not _CURSOR.fullmatch(cursor) or not is_clean(cursor):
        cursor = None
    return Peer(before.name, parsed.get("watching") is True, None if cursor is None else Ref(cursor))

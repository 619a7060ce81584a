"""Writing files atomically: after a crash there is either the old file or the new one, complete."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from signal import SIG_BLOCK, SIG_SETMASK, SIGINT, pthread_sigmask

PRIVATE_MODE = 0o600
GROUP_MODE = 0o660


class CannotReplace(OSError):
    """The path is that of a link or of anything else than a regular file."""


def mode_for_new_file(folder: str | int) -> int:
    """The mode of a new file in a folder (path or descriptor).

    GROUP_MODE if the folder has the set-group-ID bit, PRIVATE_MODE otherwise.
    """
    return GROUP_MODE if os.stat(folder).st_mode & stat.S_ISGID else PRIVATE_MODE


@contextmanager
def uninterrupted() -> Iterator[None]:
    """Put off SIGINT in this thread, so that what is being written is written or not there at all."""
    kept = pthread_sigmask(SIG_BLOCK, [SIGINT])
    try:
        yield
    finally:
        pthread_sigmask(SIG_SETMASK, kept)


@uninterrupted()
def replace_file(path: str | os.PathLike[str], data: bytes, mode: int | None = None) -> None:
    """Replace the file at `path`, or create it; blocks until it is on disk.

    Without `mode` an existing file keeps its mode and a new one gets that of `mode_for_new_file`, whatever
    the umask. Raises CannotReplace for anything but a regular file, and OSError if the folder cannot be
    written; nothing has changed then.
    """
    folder, name = os.path.split(os.path.abspath(path))
    existing = existing_mode(path)
    temporary = os.path.join(folder, f".{name[:60]}.{os.urandom(8).hex()}")
    descriptor = os.open(
        temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, PRIVATE_MODE
    )
    try:
        _write_all(descriptor, data, mode or existing or mode_for_new_file(folder))
        os.replace(temporary, path)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary)
        raise
    fsync_folder(folder)


@uninterrupted()
def create_file(path: str | os.PathLike[str], data: bytes, mode: int | None = None) -> None:
    """Create a file at `path`; blocks until it is on disk.

    Without `mode` it gets that of `mode_for_new_file`, whatever the umask. Raises FileExistsError if anything
    exists at the path, even a dangling link, and OSError if the folder cannot be written; nothing has changed
    then.
    """
    folder = os.path.dirname(os.path.abspath(path))
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(path, flags, PRIVATE_MODE)
    try:
        _write_all(descriptor, data, mode or mode_for_new_file(folder))
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(path)
        raise
    fsync_folder(folder)


def _write_all(descriptor: int, data: bytes, mode: int) -> None:
    with open(descriptor, "wb") as stream:
        os.fchmod(descriptor, mode)
        stream.write(data)
        stream.flush()
        os.fsync(descriptor)


def existing_mode(path: str | os.PathLike[str]) -> int | None:
    """The mode of the regular file at `path`; None if there is nothing. Raises CannotReplace otherwise."""
    try:
        status = os.lstat(path)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        raise CannotReplace(f"{os.fspath(path)} is not a regular file and is not replaced")
    return stat.S_IMODE(status.st_mode)


def fsync_folder(folder: str) -> None:
    """Flush the entries of a folder to disk; blocks until they are."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

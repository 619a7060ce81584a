"""Writing a file so that the old one or the new one is there, whole, whatever happens meanwhile."""

from __future__ import annotations

import os
import stat
from contextlib import suppress

PRIVATE_MODE = 0o600
GROUP_MODE = 0o660


class CannotReplace(OSError):
    """What stands at the path is a link, or no regular file."""


def mode_for_new_file(folder: str | int) -> int:
    """The mode of a new file: the group's where the folder (path or descriptor) hands on its group, else
    private."""
    return GROUP_MODE if os.stat(folder).st_mode & stat.S_ISGID else PRIVATE_MODE


def replace_file(path: str | os.PathLike[str], data: bytes, mode: int | None = None) -> None:
    """Put `data` at `path`; it is on disk when this returns.

    Without `mode` a file that is there keeps its own and a new one gets that of `mode_in`, whatever the
    umask. Raises CannotReplace for a link or anything but a regular file and OSError if the folder cannot
    be written; nothing has changed then.
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


def create_file(path: str | os.PathLike[str], data: bytes, mode: int | None = None) -> None:
    """Put `data` at `path`, where nothing is yet; it is on disk when this returns.

    Without `mode` the file has that of `mode_in`, whatever the umask. Raises FileExistsError if anything is
    there, were it a link that leads nowhere, and OSError if the folder cannot be written; nothing has changed
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
    """The mode of the regular file at `path`, None if nothing is there."""
    try:
        status = os.lstat(path)
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        raise CannotReplace(f"{os.fspath(path)} is not a regular file and is not replaced")
    return stat.S_IMODE(status.st_mode)


def fsync_folder(folder: str) -> None:
    """Return when what a folder lists is on disk."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

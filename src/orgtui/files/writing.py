"""Writing a file so that the old one or the new one is there, whole, whatever happens meanwhile."""

from __future__ import annotations

import os
import secrets
import stat
from contextlib import suppress
from pathlib import Path

PRIVATE = 0o600
GROUP = 0o660


class CannotReplace(OSError):
    """What stands at the path is a link, or no regular file."""


def mode_in(folder: Path) -> int:
    """The mode of a new file: the group's where the folder hands on its group, else private."""
    return GROUP if folder.stat().st_mode & stat.S_ISGID else PRIVATE


def replace_file(path: str | os.PathLike[str], data: bytes, mode: int | None = None) -> None:
    """Put `data` at `path`; it is on disk when this returns.

    Without `mode` a file that is there keeps its own and a new one gets that of `mode_in`, whatever the
    umask. Raises CannotReplace for a link or anything but a regular file and OSError if the folder cannot
    be written; nothing has changed then.
    """
    path = Path(path)
    present = _present_mode(path)
    temporary = path.with_name(f".{path.name[:100]}.{secrets.token_hex(8)}")
    descriptor = os.open(
        temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, PRIVATE
    )
    try:
        with open(descriptor, "wb") as stream:
            os.fchmod(descriptor, mode or present or mode_in(path.parent))
            stream.write(data)
            stream.flush()
            os.fsync(descriptor)
        os.replace(temporary, path)
    except BaseException:
        with suppress(FileNotFoundError):
            temporary.unlink()
        raise
    _sync_folder(path.parent)


def _present_mode(path: Path) -> int | None:
    """The mode of the regular file at `path`, None if nothing is there."""
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    if not stat.S_ISREG(status.st_mode):
        raise CannotReplace(f"{path} is not a regular file and is not replaced")
    return stat.S_IMODE(status.st_mode)


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)

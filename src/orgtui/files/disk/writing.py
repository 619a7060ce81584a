"""Writing files atomically: after a crash there is either the old file or the new one, complete."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from signal import SIG_BLOCK, SIG_SETMASK, SIGINT, pthread_sigmask

PRIVATE_MODE = 0o600
GROUP_MODE = 0o660
PRIVATE_FOLDER_MODE = 0o700
GROUP_FOLDER_MODE = 0o2770

NO_HARD_LINKS = frozenset((errno.EPERM, errno.EOPNOTSUPP, errno.ENOSYS))
"""What a file system says that has no hard links."""


class CannotReplace(OSError):
    """The path is that of a link or of anything else than a regular file."""


def is_group_shared(folder: os.stat_result) -> bool:
    """Whether a folder hands on its group, whose members alone may write in it."""
    return bool(folder.st_mode & stat.S_ISGID) and not folder.st_mode & stat.S_IWOTH


def mode_for_new_file(folder: str | int) -> int:
    """The mode of a new file: the group's where the folder (path or descriptor) is shared by its group, else
    private."""
    return GROUP_MODE if is_group_shared(os.stat(folder)) else PRIVATE_MODE


def make_folder(path: str | os.PathLike[str]) -> None:
    """Make a folder for new files: its group's where the folder above is shared by its group, else private.

    Raises FileExistsError if anything is there, and OSError if it cannot be made.
    """
    above = os.stat(os.path.dirname(os.path.abspath(path)))
    os.mkdir(path, PRIVATE_FOLDER_MODE)
    if is_group_shared(above):
        os.chmod(path, GROUP_FOLDER_MODE, follow_symlinks=False)


def temporary_beside(path: str | os.PathLike[str]) -> str:
    """A path in the same folder that cannot be foreseen."""
    folder, name = os.path.split(os.path.abspath(path))
    return os.path.join(folder, f".{name[:60]}.{os.urandom(8).hex()}")


def remove_temporary_twin(path: str | os.PathLike[str], status: os.stat_result) -> bool:
    """Whether the second name of a file is the temporary one under which it was just made, which is removed.

    `status` is that of the file at `path`. Its maker may be about to remove that name, or have been killed.
    """
    folder, name = os.path.split(os.path.abspath(path))
    is_temporary = re.compile(re.escape(f".{name[:60]}.") + "[0-9a-f]{16}").fullmatch
    for each in filter(is_temporary, os.listdir(folder)):
        with suppress(FileNotFoundError):
            twin = os.path.join(folder, each)
            if os.path.samestat(os.lstat(twin), status):
                with suppress(PermissionError):  # in a sticky folder only its maker may
                    os.unlink(twin)
                return True
    return os.lstat(path).st_nlink == 1  # its maker was faster


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
    folder = os.path.dirname(os.path.abspath(path))
    existing = existing_mode(path)
    temporary = temporary_beside(path)
    descriptor = os.open(
        temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, PRIVATE_MODE
    )
    try:
        with open(descriptor, "wb"):
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

    Without `mode` the file has that of `mode_for_new_file`, whatever the umask. Raises FileExistsError if
    anything is there, were it a link that leads nowhere, and OSError if the folder cannot be written; nothing
    has changed then.
    """
    os.close(make_file(path, data, mode))
    fsync_folder(os.path.dirname(os.path.abspath(path)))


def make_file(path: str | os.PathLike[str], data: bytes = b"", mode: int | None = None) -> int:
    """The same, open for reading and appending; that its name is on disk is left to the caller.

    Nobody sees the file before it is whole and has its mode: it is made under a name that cannot be foreseen.
    """
    temporary = temporary_beside(path)
    if mode is None:
        mode = mode_for_new_file(os.path.dirname(temporary))
    flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC
    descriptor = os.open(temporary, flags, PRIVATE_MODE)
    try:
        try:
            _write_all(descriptor, data, mode)
            give_name(temporary, path)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(temporary)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def give_name(temporary: str, path: str | os.PathLike[str]) -> None:
    """Give a file a name that nothing has yet, whole and at once; raises FileExistsError."""
    try:
        os.link(temporary, path, follow_symlinks=False)
    except OSError as error:
        if error.errno not in NO_HARD_LINKS:
            raise
        os.close(
            os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC, PRIVATE_MODE)
        )
        os.replace(temporary, path)


def _write_all(descriptor: int, data: bytes, mode: int) -> None:
    os.fchmod(descriptor, mode)
    with open(descriptor, "wb", closefd=False) as stream:
        stream.write(data)
    if data:
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

"""Reading regular files in UTF-8, up to a maximum size; anything else is refused."""

from __future__ import annotations

import errno
import os
import stat

from orgtui.files.toml.problems import UnreadableFile, invalid_file
from orgtui.model.sentence import Sentence, sentence

FILE_MAX_BYTES = 64 * 1024 * 1024
"""The maximum size of a file."""

BYTE_ORDER_MARK = "\ufeff"


class NotRegularFile(OSError):
    """The path is that of a folder, pipe or device."""


class IsSymlink(OSError):
    """The path is that of a symbolic link."""


def read_text(path: str | os.PathLike[str], *, follow_symlinks: bool = True, allow_bom: bool = False) -> str:
    """The text of a regular file in UTF-8.

    A byte order mark is skipped with `allow_bom` and refused otherwise; a link is refused without
    `follow_symlinks`. Never blocks on a pipe or device. Raises InvalidFile with one problem.
    """
    file = os.fspath(path)
    data = _read_bytes(file, follow_symlinks)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise invalid_file(
            file,
            sentence("byte {place} of the file is not UTF-8", place=error.start + 1),
            sentence("save it as UTF-8"),
            line=data.count(b"\n", 0, error.start) + 1,
        ) from None
    if not text.startswith(BYTE_ORDER_MARK):
        return text
    if allow_bom:
        return text.removeprefix(BYTE_ORDER_MARK)
    raise invalid_file(
        file,
        sentence("the file begins with a byte order mark"),
        sentence("save it as UTF-8 without byte order mark"),
    )


def read_regular_file(path: str | os.PathLike[str], *, follow_symlinks: bool = False) -> bytes:
    """The content of a regular file, cut off one byte after the maximum size.

    Never blocks on a pipe or device. Raises NotRegularFile, IsSymlink without `follow_symlinks`, and OSError.
    """
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY
    try:
        descriptor = os.open(path, flags if follow_symlinks else flags | os.O_NOFOLLOW)
    except OSError as error:
        if error.errno == errno.ELOOP and os.path.islink(path):
            raise IsSymlink(error.errno, "it is a link") from error
        raise
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise NotRegularFile(errno.EINVAL, "it is not a regular file")
        with open(descriptor, "rb", closefd=False) as stream:
            return stream.read(FILE_MAX_BYTES + 1)
    finally:
        os.close(descriptor)


def _read_bytes(file: str, follow_symlinks: bool) -> bytes:
    try:
        data = read_regular_file(file, follow_symlinks=follow_symlinks)
    except NotRegularFile:
        wrong = sentence("this is not a regular file")
        raise _unusable_file(file, wrong, sentence("name a file, no folder, pipe or device")) from None
    except IsSymlink:
        raise _unusable_file(
            file, sentence("the file is a link"), sentence("put the file itself here")
        ) from None
    except (OSError, ValueError) as error:
        raise _read_error(file, error) from None
    if len(data) > FILE_MAX_BYTES:
        raise _unusable_file(
            file,
            sentence("the file is larger than {limit} MiB", limit=FILE_MAX_BYTES // 1024**2),
            sentence("keep people in a file of their own, or split the organisation"),
        )
    return data


def _read_error(file: str, error: OSError | ValueError) -> UnreadableFile:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return _unusable_file(
        file,
        sentence("the file cannot be read ({reason})", reason=reason),
        sentence("name a file that is there and that you may read"),
    )


def _unusable_file(file: str, wrong: Sentence, right: Sentence) -> UnreadableFile:
    return UnreadableFile(invalid_file(file, wrong, right).problems)

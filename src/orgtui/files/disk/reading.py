"""Files as text: regular files of a sensible size in UTF-8, and nothing else."""

from __future__ import annotations

import errno
import os
import stat

from orgtui.files.toml.problems import CannotRead, whole_file
from orgtui.model.sentence import Sentence, sentence

LARGEST = 64 * 1024 * 1024
"""The most bytes a file may have."""

BYTE_ORDER_MARK = "\ufeff"


class NotRegular(OSError):
    """A folder, a pipe or a device stands where a file is expected."""


class IsALink(OSError):
    """A link stands where a file is expected."""


def read_text(path: str | os.PathLike[str], *, through_links: bool = True, mark: bool = False) -> str:
    """The text of a regular file in UTF-8.

    A byte order mark is skipped if `mark`, else refused; a link is refused unless `through_links`.
    Never waits for a pipe or a device. Raises InvalidFile with one problem.
    """
    file = os.fspath(path)
    data = _read_bytes(file, through_links)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise whole_file(
            file,
            sentence("byte {place} of the file is not UTF-8", place=error.start + 1),
            sentence("save it as UTF-8"),
            line=data.count(b"\n", 0, error.start) + 1,
        ) from None
    if not text.startswith(BYTE_ORDER_MARK):
        return text
    if mark:
        return text.removeprefix(BYTE_ORDER_MARK)
    raise whole_file(
        file,
        sentence("the file begins with a byte order mark"),
        sentence("save it as UTF-8 without byte order mark"),
    )


def regular_bytes(path: str | os.PathLike[str], *, through_links: bool = False) -> bytes:
    """What a regular file holds, at most one byte more than the most it may have.

    Never waits for a pipe or a device. Raises NotRegular, IsALink unless `through_links`, and OSError.
    """
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY
    try:
        descriptor = os.open(path, flags if through_links else flags | os.O_NOFOLLOW)
    except OSError as error:
        if error.errno == errno.ELOOP and os.path.islink(path):
            raise IsALink(error.errno, "it is a link") from error
        raise
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise NotRegular(errno.EINVAL, "it is not a regular file")
        with open(descriptor, "rb", closefd=False) as stream:
            return stream.read(LARGEST + 1)
    finally:
        os.close(descriptor)


def _read_bytes(file: str, through_links: bool) -> bytes:
    try:
        data = regular_bytes(file, through_links=through_links)
    except NotRegular:
        wrong = sentence("this is not a regular file")
        raise _cannot_read(file, wrong, sentence("name a file, no folder, pipe or device")) from None
    except IsALink:
        raise _cannot_read(
            file, sentence("the file is a link"), sentence("put the file itself here")
        ) from None
    except (OSError, ValueError) as error:
        raise _unreadable(file, error) from None
    if len(data) > LARGEST:
        raise _cannot_read(
            file,
            sentence("the file is larger than {limit} MiB", limit=LARGEST // 1024**2),
            sentence("keep people in a file of their own, or split the organisation"),
        )
    return data


def _unreadable(file: str, error: OSError | ValueError) -> CannotRead:
    reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    return _cannot_read(
        file,
        sentence("the file cannot be read ({reason})", reason=reason),
        sentence("name a file that is there and that you may read"),
    )


def _cannot_read(file: str, wrong: Sentence, right: Sentence) -> CannotRead:
    return CannotRead(whole_file(file, wrong, right).problems)

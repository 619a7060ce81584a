"""Reading regular files in UTF-8, up to a maximum size; anything else is refused."""

from __future__ import annotations

import codecs
import errno
import os
import shlex
import stat
from collections.abc import Callable

from orgtui.files.toml.problems import UnreadableFile, invalid_file
from orgtui.model.sentence import Refusal, Sentence, sentence
from orgtui.model.system_errors import reason_of

FILE_MAX_BYTES = 64 * 1024 * 1024
"""The maximum size of a file."""

ENCODING_SAMPLE = 1_000
"""By how many characters beyond ASCII the encoding of a file is told."""

BYTE_ORDER_MARK = "\ufeff"


class NotRegularFile(OSError):
    """The path is that of a folder, pipe or device."""


class IsSymlink(OSError):
    """The path is that of a symbolic link."""


class DistrustedFile(OSError):
    """A file that strangers can have written; `refusal` says why and what to do."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(errno.EPERM, os.strerror(errno.EPERM))
        self.refusal = refusal


DistrustOf = Callable[[str | os.PathLike[str], os.stat_result], Refusal | None]
"""Why a file is not used, by its path and status; None if it may be."""


def read_text(
    path: str | os.PathLike[str],
    *,
    follow_symlinks: bool = True,
    allow_bom: bool = False,
    distrust: DistrustOf | None = None,
) -> str:
    """The text of a regular file in UTF-8.

    A byte order mark is skipped with `allow_bom` and refused otherwise; a link is refused without
    `follow_symlinks`. Never blocks on a pipe or device. Raises InvalidFile with one problem.
    """
    file = os.fspath(path)
    data = _read_bytes(file, follow_symlinks, distrust)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise invalid_file(
            file,
            *_encoding_refusal(file, data, error.start + 1),
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


def _encoding_refusal(file: str, data: bytes, place: int) -> Refusal:
    """What is said of a file whose byte `place` is not UTF-8, with the encoding it seems to have."""
    encoding = likely_encoding(data)
    if encoding is None:
        return sentence("byte {place} of the file is not UTF-8", place=place), sentence("save it as UTF-8")
    wrong = sentence(
        "byte {place} of the file is not UTF-8; it looks like {encoding}", place=place, encoding=encoding
    )
    return wrong, sentence(
        "save it as UTF-8 (in Excel as “CSV UTF-8”), or convert it with "
        "iconv -f {encoding} -t UTF-8 {file} > NEW",
        encoding=encoding,
        file=shlex.quote(file),
    )


def likely_encoding(data: bytes) -> str | None:
    """The encoding of a text that is not UTF-8, as `iconv` calls it; None if it cannot be told."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "UTF-16"
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return None
    # Any two letters with accents may be a rare Chinese character: common ones tell the encoding.
    foreign = [character for character in text if not character.isascii()][:ENCODING_SAMPLE]
    common = sum(bool(character.encode("gb2312", "ignore")) for character in foreign)
    return "GB18030" if common * 2 >= len(foreign) else None


def read_regular_file(
    path: str | os.PathLike[str], *, follow_symlinks: bool = False, distrust: DistrustOf | None = None
) -> bytes:
    """The content of a regular file, cut off one byte after the maximum size.

    Never blocks on a pipe or device. Raises NotRegularFile, IsSymlink unless `follow_symlinks`,
    DistrustedFile if `distrust` gives a reason, and OSError.
    """
    flags = os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK | os.O_NOCTTY
    try:
        descriptor = os.open(path, flags if follow_symlinks else flags | os.O_NOFOLLOW)
    except OSError as error:
        if error.errno == errno.ELOOP and os.path.islink(path):
            raise IsSymlink(error.errno, "it is a link") from error
        raise
    try:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode):
            raise NotRegularFile(errno.EINVAL, "it is not a regular file")
        refusal = None if distrust is None else distrust(path, status)
        if refusal is not None:
            raise DistrustedFile(refusal)
        with open(descriptor, "rb", closefd=False) as stream:
            return stream.read(FILE_MAX_BYTES + 1)
    finally:
        os.close(descriptor)


def _read_bytes(file: str, follow_symlinks: bool, distrust: DistrustOf | None) -> bytes:
    try:
        data = read_regular_file(file, follow_symlinks=follow_symlinks, distrust=distrust)
    except DistrustedFile as distrusted:
        raise _unusable_file(file, *distrusted.refusal) from None
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
    return _unusable_file(
        file,
        sentence("the file cannot be read ({reason})", reason=reason_of(error)),
        sentence("name a file that is there and that you may read"),
    )


def _unusable_file(file: str, wrong: Sentence, right: Sentence) -> UnreadableFile:
    return UnreadableFile(invalid_file(file, wrong, right).problems)

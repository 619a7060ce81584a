"""What the operating system refuses, as sentences."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping

from orgtui.model.sentence import N_, Sentence, sentence

REASONS: Mapping[int, str] = {
    errno.ENOENT: N_("No such file or directory"),
    errno.EACCES: N_("Permission denied"),
    errno.EPERM: N_("Operation not permitted"),
    errno.EEXIST: N_("File exists"),
    errno.EISDIR: N_("Is a directory"),
    errno.ENOTDIR: N_("Not a directory"),
    errno.ENOSPC: N_("No space left on device"),
    errno.EDQUOT: N_("Disk quota exceeded"),
    errno.EFBIG: N_("File too large"),
    errno.EROFS: N_("Read-only file system"),
    errno.EIO: N_("Input/output error"),
    errno.EBUSY: N_("Device or resource busy"),
    errno.ETXTBSY: N_("Text file busy"),
    errno.ENAMETOOLONG: N_("File name too long"),
    errno.ELOOP: N_("Too many levels of symbolic links"),
    errno.EMFILE: N_("Too many open files"),
    errno.ENOMEM: N_("Cannot allocate memory"),
    errno.EPIPE: N_("Broken pipe"),
    errno.EBADF: N_("Bad file descriptor"),
    errno.EXDEV: N_("Invalid cross-device link"),
    errno.ESTALE: N_("Stale file handle"),
    errno.ENOLCK: N_("No locks available"),
    errno.EINVAL: N_("Invalid argument"),
}
"""By number, the errors that files and folders lead to."""


def reason_of(error: BaseException) -> Sentence:
    """Why the system refused something; of an unknown error its own words."""
    number = error.errno if isinstance(error, OSError) else None
    words = (isinstance(error, OSError) and error.strerror) or str(error)
    if number is not None and number in REASONS and words == os.strerror(number):
        return Sentence(REASONS[number])
    return sentence("{reason}", reason=words)

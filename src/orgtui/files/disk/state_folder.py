"""The user's private folder for the state of the program, after the XDG specification."""

from __future__ import annotations

import os
import stat
from collections.abc import Mapping
from pathlib import Path

from orgtui.files.disk.writing import PRIVATE_FOLDER_MODE
from orgtui.home import home_folder


class NotPrivate(OSError):
    """The folder is a link or belongs to another user."""


def state_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """The path of the folder; a relative `XDG_STATE_HOME` is ignored, as the specification says."""
    given = Path(environ.get("XDG_STATE_HOME", ""))
    return (given if given.is_absolute() else home_folder(environ) / ".local" / "state") / "orgtui"


def make_private_folder(folder: Path) -> None:
    """Create a folder, or change an existing one, so that only its owner may enter it.

    Raises NotPrivate for a link or the folder of another user, OSError if it cannot be created.
    """
    missing = [each for each in (folder, *folder.parents) if not os.path.lexists(each)]
    for each in reversed(missing):
        each.mkdir(mode=PRIVATE_FOLDER_MODE, exist_ok=True)
    try:
        descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except NotADirectoryError as error:
        raise NotPrivate(error.errno, f"{folder} is a link, or no folder") from error
    try:
        status = os.fstat(descriptor)
        if status.st_uid != os.geteuid():
            raise NotPrivate(None, f"{folder} belongs to somebody else")
        if stat.S_IMODE(status.st_mode) != PRIVATE_FOLDER_MODE:
            os.fchmod(descriptor, PRIVATE_FOLDER_MODE)
    finally:
        os.close(descriptor)

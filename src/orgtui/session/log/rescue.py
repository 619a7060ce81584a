"""What a log can no longer hold is kept in a file of its own, which `orgtui recover` reads like a log."""

from __future__ import annotations

import os
from pathlib import Path

from orgtui.files.disk.state_folder import make_private, state_folder
from orgtui.files.disk.writing import PRIVATE, create_file

RESCUE = ".rescue-"
"""What stands in the name of such a file behind that of the log."""


class NotKept(Exception):
    """The file could be written nowhere; `reason` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def keep(log: Path, data: bytes) -> Path:
    """Write a private file beside the log, or in the user's state folder; returns where. Raises NotKept."""
    name = f"{log.stem}{RESCUE}{os.urandom(8).hex()}.log"
    try:
        return _created(log.parent / name, data)
    except OSError:
        pass  # the folder of a log that fails is likely to fail as well
    try:
        make_private(state_folder())
        return _created(state_folder() / name, data)
    except OSError as error:
        raise NotKept(error.strerror or str(error)) from error


def _created(path: Path, data: bytes) -> Path:
    create_file(path, data, PRIVATE)
    return path


def kept_beside(log: Path) -> list[Path]:
    """The files that were kept beside a log."""
    return sorted(each for each in log.parent.iterdir() if each.name.startswith(f"{log.stem}{RESCUE}"))

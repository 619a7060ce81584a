"""Rescue files: what can no longer be written to a log, in the same format, for `orgtui recover`."""

from __future__ import annotations

import os
from pathlib import Path

from orgtui.files.disk.state_folder import make_private_folder, state_folder
from orgtui.files.disk.writing import PRIVATE_MODE, create_file

RESCUE = ".rescue-"
"""Follows the name of the log in that of its rescue files."""


class NotKept(Exception):
    """The file could not be written anywhere; `reason` says why."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def write_rescue_file(log: Path, data: bytes) -> Path:
    """Write a private rescue file beside the log, or in the user's state folder; raises NotKept."""
    name = f"{log.stem}{RESCUE}{os.urandom(8).hex()}.log"
    try:
        return _created(log.parent / name, data)
    except OSError:
        pass  # where the log cannot be written, its folder often cannot either
    try:
        make_private_folder(state_folder())
        return _created(state_folder() / name, data)
    except OSError as error:
        raise NotKept(error.strerror or str(error)) from error


def _created(path: Path, data: bytes) -> Path:
    create_file(path, data, PRIVATE_MODE)
    return path


def rescue_files_beside(log: Path) -> list[Path]:
    """The rescue files beside a log."""
    return sorted(each for each in log.parent.iterdir() if each.name.startswith(f"{log.stem}{RESCUE}"))

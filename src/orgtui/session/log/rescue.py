"""Rescue files: what can no longer be written to a log, in the same format, for `orgtui recover`."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from orgtui.files.disk.reading import read_regular_file
from orgtui.files.disk.state_folder import make_private_folder, state_folder
from orgtui.files.disk.trust import distrust
from orgtui.files.disk.writing import PRIVATE_MODE, create_file
from orgtui.model.sentence import Sentence
from orgtui.model.system_errors import reason_of

RESCUE = ".rescue-"
"""Follows the name of the log in that of its rescue files."""


class NotKept(Exception):
    """The file could not be written anywhere; `reason` says why."""

    def __init__(self, reason: Sentence) -> None:
        super().__init__(reason.template)
        self.reason = reason


def write_rescue_file(log: Path, data: bytes) -> Path:
    """A private rescue file of some lines beside the log, or in the user's state folder; raises NotKept.

    One that begins with them is there already if another session has noticed the same damage.
    """
    try:
        return _kept_in(log.parent, log, data)
    except OSError:
        pass  # where the log cannot be written, its folder often cannot either
    try:
        make_private_folder(state_folder())
        return _kept_in(state_folder(), log, data)
    except OSError as error:
        raise NotKept(reason_of(error)) from error


def _kept_in(folder: Path, log: Path, data: bytes) -> Path:
    """The rescue file in a folder, made if there is none; the same lines have the same name."""
    name = f"{log.stem}{RESCUE}{hashlib.sha256(data).hexdigest()[:16]}.log"
    found = next((each for each in rescue_files_in(folder, log) if _holds(each, data)), None)
    if found is not None:
        return found
    try:
        return _created(folder / name, data)
    except FileExistsError:
        if _holds(folder / name, data):  # somebody else was faster
            return folder / name
        return _created(folder / f"{log.stem}{RESCUE}{os.urandom(8).hex()}.log", data)


def _holds(file: Path, data: bytes) -> bool:
    """Whether a file begins with some bytes, and can be read and trusted."""
    try:
        return read_regular_file(file, follow_symlinks=False, distrust=distrust).startswith(data)
    except OSError:
        return False


def _created(path: Path, data: bytes) -> Path:
    create_file(path, data, PRIVATE_MODE)
    return path


def rescue_files_beside(log: Path) -> list[Path]:
    """The rescue files beside a log."""
    return rescue_files_in(log.parent, log)


def rescue_files_in(folder: Path, log: Path) -> list[Path]:
    """The rescue files of a log in a folder; raises OSError."""
    return sorted(each for each in folder.iterdir() if each.name.startswith(f"{log.stem}{RESCUE}"))

"""The list of recently opened organisations: a private file of paths in the user's state folder."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import takewhile, zip_longest
from pathlib import Path

from orgtui.files.disk.reading import read_text
from orgtui.files.disk.state_folder import make_private_folder, state_folder
from orgtui.files.disk.writing import PRIVATE_MODE, replace_file
from orgtui.files.toml.document import Document
from orgtui.files.toml.problems import InvalidFile, invalid_file
from orgtui.files.toml.writing import key_value_lines
from orgtui.model.gate import is_clean
from orgtui.model.sentence import sentence

RECENT_MAX = 8
"""The maximum length of the list."""


def recent_file(environ: Mapping[str, str] = os.environ) -> Path:
    """The path of the list."""
    return state_folder(environ) / "recent.toml"


@dataclass(frozen=True, slots=True)
class RecentFile:
    """An organisation that was opened, and the day of that; lists of before kept no days."""

    path: Path
    opened: date | None = None


def recent_files(file: Path) -> list[RecentFile]:
    """The organisations of a list, newest first; none if there is no file. Raises InvalidFile."""
    if not os.path.lexists(file):
        return []
    data = Document(str(file), read_text(file, follow_symlinks=False)).data
    paths, days = data.get("paths"), data.get("opened", [])
    right = sentence("delete the file: it is made anew")
    if not isinstance(paths, list) or not all(isinstance(path, str) and is_clean(path) for path in paths):
        raise invalid_file(str(file), sentence("paths is no list of texts"), right)
    if not isinstance(days, list) or not all(isinstance(day, date) for day in days):
        raise invalid_file(str(file), sentence("opened is no list of dates"), right)
    pairs = zip_longest(paths, days[: len(paths)])
    return [RecentFile(Path(path), day) for path, day in pairs][:RECENT_MAX]


def add_recent(organization: Path, file: Path, today: date | None = None) -> None:
    """Put an organisation at the head of a list; an unreadable list is replaced by a new one.

    Does nothing for a path that TOML cannot hold. Raises OSError if the list cannot be written.
    """
    newest = RecentFile(Path(os.path.abspath(organization)), today or date.today())
    try:
        before = recent_files(file)
    except InvalidFile:
        before = []
    if newest in before[:1] or not is_clean(str(newest.path)):
        return
    _write([newest, *(other for other in before if other.path != newest.path)], file)


def forget_recent(organization: Path, file: Path) -> None:
    """Take an organisation off a list, if it is there; the organisation's own file stays as it is.

    Raises InvalidFile for a list that cannot be read, OSError if it cannot be written.
    """
    path, before = Path(os.path.abspath(organization)), recent_files(file)
    kept = [each for each in before if each.path != path]
    if kept != before:
        _write(kept, file)


def _write(recent: Sequence[RecentFile], file: Path) -> None:
    """Write a list; days are left out from the first on that is not known."""
    files = recent[:RECENT_MAX]
    days = list(takewhile(bool, (each.opened for each in files)))
    entries = {"paths": [str(each.path) for each in files], "opened": days}
    make_private_folder(file.parent)
    replace_file(file, key_value_lines(entries).encode(), PRIVATE_MODE)

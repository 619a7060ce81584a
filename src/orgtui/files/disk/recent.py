"""The list of recently opened organisations: a private file of paths in the user's state folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
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


def recent_paths(file: Path) -> list[Path]:
    """The paths of a list, newest first; none if there is no file. Raises InvalidFile."""
    if not os.path.lexists(file):
        return []
    paths = Document(str(file), read_text(file, follow_symlinks=False)).data.get("paths")
    if not isinstance(paths, list) or not all(isinstance(path, str) and is_clean(path) for path in paths):
        wrong, right = sentence("paths is no list of texts"), sentence("delete the file: it is made anew")
        raise invalid_file(str(file), wrong, right)
    return [Path(path) for path in paths[:RECENT_MAX]]


def add_recent(organization: Path, file: Path) -> None:
    """Put an organisation at the head of a list; an unreadable list is replaced by a new one.

    Does nothing for a path that TOML cannot hold. Raises OSError if the list cannot be written.
    """
    path = Path(os.path.abspath(organization))
    try:
        before = recent_paths(file)
    except InvalidFile:
        before = []
    if path in before[:1] or not is_clean(str(path)):
        return
    paths = [path, *(other for other in before if other != path)][:RECENT_MAX]
    make_private_folder(file.parent)
    replace_file(file, key_value_lines({"paths": [str(each) for each in paths]}).encode(), PRIVATE_MODE)

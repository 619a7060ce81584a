"""What people chose once and for all: a private file of settings in the user's configuration folder."""

from __future__ import annotations

import os
import re
from pathlib import Path

from orgtui.files.disk.reading import read_text
from orgtui.files.disk.writing import PRIVATE_FOLDER_MODE, PRIVATE_MODE, replace_file
from orgtui.files.toml.document import Document
from orgtui.files.toml.writing import key_value_lines


def read_setting(name: str, file: Path) -> object | None:
    """The value of a setting; None if it or the file is not there. Raises InvalidFile."""
    if not os.path.lexists(file):
        return None
    setting: object | None = Document(str(file), read_text(file, follow_symlinks=False)).data.get(name)
    return setting


def keep_setting(name: str, value: str, file: Path) -> None:
    """Write a setting, and leave everything else in the file as it is, remarks included.

    Raises InvalidFile for a file that is no TOML, OSError if it cannot be written.
    """
    read_setting(name, file)
    text = read_text(file, follow_symlinks=False) if os.path.lexists(file) else ""
    line = key_value_lines({name: value})
    kept = re.compile(rf"^{re.escape(name)}[ \t]*=.*\n?", re.MULTILINE)
    os.makedirs(file.parent, PRIVATE_FOLDER_MODE, exist_ok=True)
    replace_file(file, (line + kept.sub("", text, count=1)).encode(), PRIVATE_MODE)

"""What people chose once and for all: a private file of settings in the user's configuration folder."""

from __future__ import annotations

import os
from pathlib import Path

from orgtui.files.disk.reading import read_text
from orgtui.files.disk.state_folder import make_private_folder
from orgtui.files.disk.writing import PRIVATE_MODE, replace_file
from orgtui.files.toml.document import Document
from orgtui.files.toml.lines import line_numbers
from orgtui.files.toml.writing import key_value_lines


def read_setting(name: str, file: Path) -> object | None:
    """The value of a setting; None if it or the file is not there. Raises InvalidFile."""
    document = _document(file)
    setting: object | None = None if document is None else document.data.get(name)
    return setting


def keep_setting(name: str, value: str | bool, file: Path) -> None:
    """Write a setting, and leave everything else in the file as it is, remarks included.

    Raises InvalidFile for a file that is no TOML, OSError if it cannot be written.
    """
    written = key_value_lines({name: value})
    document = _document(file)
    lines = [] if document is None else document.text.splitlines(keepends=True)
    if document is not None and any(quotes in document.text for quotes in ('"""', "'''")):
        lines = [key_value_lines(document.data | {name: value})]
    elif document is not None and name in document.data:
        lines[line_numbers(document.text, [(name,)])[(name,)] - 1] = written
    else:
        tables = (number for number, line in enumerate(lines) if line.lstrip().startswith("["))
        end = next(tables, len(lines))
        if end and not lines[end - 1].endswith("\n"):
            lines[end - 1] += "\n"
        lines.insert(end, written)
    make_private_folder(file.parent)
    replace_file(file, "".join(lines).encode(), PRIVATE_MODE)


def _document(file: Path) -> Document | None:
    if not os.path.lexists(file):
        return None
    return Document(str(file), read_text(file, follow_symlinks=False))

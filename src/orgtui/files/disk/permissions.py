"""Warnings of files with pay that everybody on the computer can read."""

from __future__ import annotations

import os
import shlex
import stat
from collections.abc import Iterator

from orgtui.files.disk.referenced_files import referenced_path
from orgtui.files.disk.writing import mode_for_new_file
from orgtui.model.sentence import Sentence, sentence
from orgtui.model.store import Organization


def world_readable_warnings(path: str | os.PathLike[str], organization: Organization) -> Iterator[Sentence]:
    """A warning for each world-readable file, if there is pay: of the organisation and the pay file."""
    pay = organization.files.pay
    if pay is None:
        return
    for file in (os.fspath(path), referenced_path(path, pay)):
        if _is_world_readable(file):
            mode = f"{mode_for_new_file(os.path.dirname(os.path.abspath(file))):o}"
            yield sentence(
                "everybody on this computer can read {file}; to keep pay private: chmod {mode} {quoted}",
                file=file,
                mode=mode,
                quoted=shlex.quote(file),
            )


def _is_world_readable(file: str) -> bool:
    try:
        return bool(os.stat(file).st_mode & stat.S_IROTH)
    except OSError:
        return False

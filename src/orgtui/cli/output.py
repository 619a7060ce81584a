"""What stands where a command is to write gives way to a file of its own kind only, if it is not empty."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from orgtui.cli.common import UserError
from orgtui.files.disk.reading import read_regular_file, read_text
from orgtui.files.disk.writing import create_file, existing_mode
from orgtui.files.toml.document import Document
from orgtui.files.toml.problems import InvalidFile
from orgtui.model.sentence import N_, sentence

REFUSALS = {
    "plan": N_("{file} is there and is no plan"),
    "organization": N_("{file} is there and is no organisation"),
}
"""What is said where another file would be lost, by the table that files of the kind begin with."""

EARLIER = "earlier"
"""What stands in the name of a file that is kept."""


def check_output(output: Path, kind: str) -> None:
    """Refuse to write where no file can be, or over a file of another kind, before any work is done.

    Raises Unusable.
    """
    try:
        if not output.absolute().parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        there = existing_mode(output) is not None and output.stat().st_size > 0
    except OSError as error:
        raise write_error(output, error) from error
    if there and not _is_kind(output, kind):
        raise UserError(sentence(REFUSALS[kind], file=output))


def write_error(output: Path, error: OSError) -> UserError:
    """Why nothing could be written."""
    reason = error.strerror or str(error)
    return UserError(sentence("{file} cannot be written: {reason}", file=output, reason=reason))


def back_up(output: Path) -> Path:
    """Copy what stands at `output` to a new file beside it; returns where. Raises OSError."""
    data, mode = read_regular_file(output), existing_mode(output)
    stem, dot, suffixes = output.name.partition(".")
    number = 1
    while True:
        kept = output.with_name(f"{stem}.{EARLIER}-{number}{dot}{suffixes}")
        try:
            create_file(kept, data, mode)
        except FileExistsError:
            number += 1
        else:
            return kept


def _is_kind(path: Path, kind: str) -> bool:
    try:
        return kind in Document(str(path), read_text(path)).data
    except InvalidFile:
        return False

"""Output files: an existing file is only replaced if it is empty or of the same kind."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path

from orgtui.cli.common import UserError, warn
from orgtui.files.disk.reading import read_regular_file, read_text
from orgtui.files.disk.writing import create_file, existing_mode
from orgtui.files.toml.document import Document
from orgtui.files.toml.problems import InvalidFile
from orgtui.model.sentence import N_, sentence

REFUSALS = {
    "plan": N_("{file} is there and is no plan"),
    "organization": N_("{file} is there and is no organisation"),
}
"""The refusals to replace a file of another kind, by the table that identifies the kind."""

EARLIER = "earlier"
"""Part of the names of backups."""


def check_output(output: Path | None, kind: str) -> None:
    """Refuse to write where no file can be, or over a file of another kind, before any work is done.

    Standard output (None) takes anything. Raises UserError.
    """
    if output is None:
        return
    try:
        if not output.absolute().parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        there = existing_mode(output) is not None and output.stat().st_size > 0
    except OSError as error:
        raise write_error(output, error) from error
    if there and not _is_kind(output, kind):
        raise UserError(sentence(REFUSALS[kind], file=output))


def write_error(output: Path, error: OSError) -> UserError:
    """The error for a file that cannot be written, to be raised by the caller."""
    reason = error.strerror or str(error)
    return UserError(sentence("{file} cannot be written: {reason}", file=output, reason=reason))


def keep_replaced(files: Mapping[Path, bytes]) -> None:
    """Keep a copy of each file that other bytes are to replace, and tell where. Raises OSError."""
    for file, data in files.items():
        if existing_mode(file) is not None and read_regular_file(file) not in (b"", data):
            warn(sentence("what was in {file} is kept as {kept}", file=file, kept=back_up(file)))


def back_up(output: Path) -> Path:
    """Copy a file to a new one in its folder; returns the path. Raises OSError."""
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

"""Replacing files by others of the same kind, with a copy of what was there."""

from __future__ import annotations

import errno
import os
from collections.abc import Mapping
from pathlib import Path

from orgtui.files.disk.reading import read_regular_file, read_text
from orgtui.files.disk.writing import create_file, existing_mode
from orgtui.files.toml.document import Document
from orgtui.files.toml.problems import InvalidFile
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.model.system_errors import reason_of

REFUSALS = {
    "plan": N_("{file} is there and is no plan"),
    "organization": N_("{file} is there and is no organisation"),
}
"""The refusals to replace a file of another kind, by the table that identifies the kind."""

EARLIER = "earlier"
"""Part of the names of backups."""


def why_not_replace(output: Path, kind: str) -> Sentence | None:
    """Why nothing of a kind can be written there: no folder, or a file of another kind. Blocks."""
    try:
        if not output.absolute().parent.is_dir():
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT))
        there = existing_mode(output) is not None and output.stat().st_size > 0
    except OSError as error:
        return cannot_write(output, error)
    return sentence(REFUSALS[kind], file=output) if there and not _is_kind(output, kind) else None


def cannot_write(output: Path, error: OSError) -> Sentence:
    """What to say of a file that cannot be written."""
    return sentence("{file} cannot be written: {reason}", file=output, reason=reason_of(error))


def keep_replaced(files: Mapping[Path, bytes]) -> list[Sentence]:
    """Keep a copy of each file that other bytes are to replace; returns where each is. Raises OSError."""
    return [
        sentence("what was in {file} is kept as {kept}", file=file, kept=back_up(file))
        for file, data in files.items()
        if existing_mode(file) is not None and read_regular_file(file) not in (b"", data)
    ]


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

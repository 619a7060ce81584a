"""Output files of commands: an existing file is only replaced if it is empty or of the same kind."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from orgtui.cli.common import UserError, warn
from orgtui.files import replacing
from orgtui.files.disk.writing import replace_file
from orgtui.files.replacing import back_up, cannot_write, why_not_replace

__all__ = ["back_up", "check_output", "keep_replaced", "replace_kept", "write_error"]


def check_output(output: Path | None, kind: str) -> None:
    """Refuse to write where no file can be, or over a file of another kind, before any work is done.

    Standard output (None) takes anything. Raises UserError.
    """
    refusal = None if output is None else why_not_replace(output, kind)
    if refusal is not None:
        raise UserError(refusal)


def write_error(output: Path, error: OSError) -> UserError:
    """The error for a file that cannot be written, to be raised by the caller."""
    return UserError(cannot_write(output, error))


def keep_replaced(files: Mapping[Path, bytes]) -> None:
    """Keep a copy of each file that other bytes are to replace, and tell where. Raises OSError."""
    for kept in replacing.keep_replaced(files):
        warn(kept)


def replace_kept(files: Mapping[Path, bytes], output: Path) -> None:
    """Replace each file and keep what was there; raises UserError, which names `output`."""
    try:
        keep_replaced(files)
        for file, data in files.items():
            replace_file(file, data)
    except OSError as error:
        raise write_error(output, error) from error

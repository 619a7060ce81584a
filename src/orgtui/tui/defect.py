"""The report of a defect that ended the app."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator
from pathlib import Path

from orgtui.files.disk.state_folder import make_private_folder, state_folder
from orgtui.files.disk.writing import create_file
from orgtui.locales import translate
from orgtui.locales.streams import print_error
from orgtui.model.sentence import sentence
from orgtui.tui.widgets.text import printable


def report_defect(error: BaseException) -> None:
    """Print to standard error that a defect ended the app, and write its traceback without data to a file."""
    kind = type(error).__name__
    kept = _keep("".join(_where(error)))
    if kept is None:
        said = sentence(
            "orgtui ended by a defect of its own ({kind}); every change up to it is saved", kind=kind
        )
    else:
        said = sentence(
            "orgtui ended by a defect of its own ({kind}); every change up to it is saved. "
            "The details for a report are in {file}",
            kind=kind,
            file=kept,
        )
    print_error(printable(translate(said)))


def _where(error: BaseException | None) -> Iterator[str]:
    """The types and tracebacks of an error and its causes; their messages may hold data and are left out."""
    while error is not None:
        yield f"{type(error).__name__}\n"
        yield from traceback.format_tb(error.__traceback__)
        error = error.__cause__ or error.__context__


def _keep(details: str) -> Path | None:
    """Write the details to a file in the user's state folder; returns its path, None if that fails."""
    path = state_folder() / f"defect.{os.urandom(8).hex()}.txt"
    try:
        make_private_folder(path.parent)
        create_file(path, details.encode())
    except OSError:
        return None
    return path

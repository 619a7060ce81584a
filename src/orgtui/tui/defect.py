"""What is said of a defect that ended the app, and where its details are kept."""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterator
from pathlib import Path

from orgtui.files.disk.state_folder import make_private, state_folder
from orgtui.files.disk.writing import create_file
from orgtui.locales import say
from orgtui.model.sentence import sentence
from orgtui.tui.widgets.text import printable


def report_defect(error: BaseException) -> None:
    """Say on standard error that a defect ended the app, and keep where it happened, without any data."""
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
    print(printable(say(said)), file=sys.stderr)


def _where(error: BaseException | None) -> Iterator[str]:
    """The lines of code that led to an error and to those before it; what an error says may be data."""
    while error is not None:
        yield f"{type(error).__name__}\n"
        yield from traceback.format_tb(error.__traceback__)
        error = error.__cause__ or error.__context__


def _keep(details: str) -> Path | None:
    """Write the details into the user's state folder; None if that cannot be done."""
    path = state_folder() / f"defect.{os.urandom(8).hex()}.txt"
    try:
        make_private(path.parent)
        create_file(path, details.encode())
    except OSError:
        return None
    return path

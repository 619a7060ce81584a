"""What is said of a defect that ended the app, and where its details are kept."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

from orgtui.files.state_folder import make_private, state_folder
from orgtui.locales import say
from orgtui.model.sentence import sentence
from orgtui.tui.text import printable


def tell_defect(error: BaseException) -> None:
    """Say on standard error that a defect ended the app, and keep its details, which hold no data."""
    kind = type(error).__name__
    kept = _keep("".join(traceback.format_exception(error)))
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


def _keep(details: str) -> Path | None:
    """Write the details into the user's state folder; None if that cannot be done."""
    path = state_folder() / "defect.txt"
    try:
        make_private(path.parent)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(details)
    except OSError:
        return None
    return path

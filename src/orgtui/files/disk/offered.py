"""Whether the tour was offered to this user, which it is once."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from orgtui.files.disk.state_folder import make_private_folder, state_folder
from orgtui.files.disk.writing import PRIVATE_MODE, replace_file


def _mark(environ: Mapping[str, str]) -> Path:
    return state_folder(environ) / "tour-offered"


def was_tour_offered(environ: Mapping[str, str] = os.environ) -> bool:
    """Whether it was."""
    return os.path.lexists(_mark(environ))


def note_tour_offered(environ: Mapping[str, str] = os.environ) -> None:
    """Note that it was. Raises OSError."""
    mark = _mark(environ)
    make_private_folder(mark.parent)
    replace_file(mark, b"", PRIVATE_MODE)

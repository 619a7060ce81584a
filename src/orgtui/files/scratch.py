"""Scratch copies of samples, in the user's private state folder: to try things on, and to keep."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp

from orgtui.files.disk.state_folder import make_private_folder, state_folder
from orgtui.files.disk.writing import PRIVATE_MODE, create_file

UNTOUCHED_S = 7 * 24 * 3600.0
"""Seconds after which a copy on which nothing was done is removed, were it left behind by a crash."""


def scratch_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder of all scratch copies, each in a folder of its own."""
    return state_folder(environ) / "samples"


def make_scratch_copy(name: str, content: bytes) -> Path:
    """Write a file of this name that nobody has used yet; returns its path. Raises OSError."""
    above = scratch_folder()
    make_private_folder(above.parent)
    make_private_folder(above)
    _remove_untouched(above)
    path = Path(mkdtemp(dir=above)) / name
    create_file(path, content, PRIVATE_MODE)
    return path


def is_scratch_copy(organization: Path) -> bool:
    """Whether a file is a scratch copy."""
    return Path(os.path.abspath(organization)).parent.parent == scratch_folder()


def remove_scratch_copy(organization: Path) -> None:
    """Remove a scratch copy with everything beside it. Raises OSError."""
    assert is_scratch_copy(organization)
    shutil.rmtree(organization.parent)


def _remove_untouched(above: Path) -> None:
    """Remove old copies that have nothing beside them: no plan and no log."""
    for folder in above.iterdir():
        if time.time() - folder.stat().st_mtime > UNTOUCHED_S and len(list(folder.iterdir())) < 2:
            shutil.rmtree(folder)

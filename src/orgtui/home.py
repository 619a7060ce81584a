"""The user's home folder, as the environment or else the system knows it."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path


def home_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """The home folder; a relative `HOME` does not count. The root folder for a user whom nobody knows."""
    given = environ.get("HOME", "")
    if os.path.isabs(given):
        return Path(given)
    import pwd

    try:
        return Path(pwd.getpwuid(os.getuid()).pw_dir)
    except KeyError:
        return Path("/")


def expand_home(path: str, environ: Mapping[str, str] = os.environ) -> Path:
    """A path as typed, with `~` and `~user` at its begin replaced by their home folders."""
    first, _, rest = path.partition("/")
    return home_folder(environ) / rest if first == "~" else Path(os.path.expanduser(path))

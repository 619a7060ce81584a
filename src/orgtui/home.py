"""The user's home folder, as the environment or else the system knows it, and that of the configuration."""

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


def config_folder(environ: Mapping[str, str] = os.environ) -> Path:
    """The folder of the user's keys and settings; a relative `XDG_CONFIG_HOME` does not count."""
    given = Path(environ.get("XDG_CONFIG_HOME", ""))
    return (given if given.is_absolute() else home_folder(environ) / ".config") / "orgtui"


def settings_path(environ: Mapping[str, str] = os.environ) -> Path:
    """The path of the user's file of settings."""
    return config_folder(environ) / "settings.toml"


def expand_home(path: str, environ: Mapping[str, str] = os.environ) -> Path:
    """A path as typed, with `~` and `~user` at its begin replaced by their home folders."""
    first, _, rest = path.partition("/")
    return home_folder(environ) / rest if first == "~" else Path(os.path.expanduser(path))

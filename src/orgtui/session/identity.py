"""The real user of this process, whatever the environment says."""

from __future__ import annotations

import os

from orgtui.files.disk.owners import name_of as name_of


def user_name() -> str:
    """The login name of the real user, or the user's number if there is no valid name."""
    return name_of(os.getuid())

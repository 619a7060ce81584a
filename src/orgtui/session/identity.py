"""The real user of this process, whatever the environment says."""

from __future__ import annotations

import os
import pwd

from orgtui.model.gate import is_clean


def user_name() -> str:
    """The login name of the real user, or the user's number if there is no valid name."""
    return name_of(os.getuid())


def name_of(uid: int) -> str:
    """The login name of a user, or the number if there is no valid name."""
    try:
        name = pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
    return name if name.strip() and is_clean(name) else str(uid)

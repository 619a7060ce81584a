"""Who is driving: the real user of this process, never what the environment claims."""

from __future__ import annotations

import os
import pwd

from orgtui.model.gate import is_clean


def user_name() -> str:
    """The login name of the real user, or its number where the system knows no name that may be written."""
    return name_of(os.getuid())


def name_of(uid: int) -> str:
    """The login name of a user, or its number where the system knows no name that may be written."""
    try:
        name = pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
    return name if name.strip() and is_clean(name) else str(uid)

"""Who is driving: the real user of this process, never what the environment claims."""

from __future__ import annotations

import os
import pwd


def user_name() -> str:
    """The login name of the real user, or its number where the system knows no name."""
    uid = os.getuid()
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)

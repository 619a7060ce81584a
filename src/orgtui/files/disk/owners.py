"""The names of users, as the system knows them."""

from __future__ import annotations

import pwd

from orgtui.model.gate import is_clean


def name_of(uid: int) -> str:
    """The login name of a user, or the number if there is no valid name."""
    try:
        name = pwd.getpwuid(uid).pw_name
    except KeyError:
        return str(uid)
    return name if name.strip() and is_clean(name) else str(uid)

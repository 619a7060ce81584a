"""Ids for what is taken over: from the id in the file if there is one, else from the name."""

from __future__ import annotations

import re
from collections.abc import Callable

from orgtui.locales.latin import romanise

_NOT_IN_IDS = re.compile(r"[^a-z0-9._-]+")
ID_LENGTH = 60
"""The longest id that is made of a name."""


def slug(text: str) -> str:
    """An id made of a text; empty if it has no letter or digit that can be romanised."""
    return _NOT_IN_IDS.sub("-", romanise(text)).strip("-._")[:ID_LENGTH].rstrip("-._")


def new_id(taken: Callable[[str], bool], *texts: str, fallback: str) -> str:
    """An id made of the first text that gives one, numbered if it is taken."""
    base = next(filter(None, map(slug, texts)), fallback)
    if not taken(base):
        return base
    number = 2
    while taken(f"{base}-{number}"):
        number += 1
    return f"{base}-{number}"

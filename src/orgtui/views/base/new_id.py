"""Ids for new records, made from their names."""

from __future__ import annotations

import re
from collections.abc import Container

from orgtui.locales.latin import romanise

ID_MAX_LENGTH = 40


def new_id(name: str, kind: str, taken: Container[object]) -> str:
    """An id not in `taken`, made of a name in Latin letters (pinyin), or of `kind` if it has none."""
    plain = re.sub(r"[^a-z0-9]+", "-", romanise(name)).strip("-")
    wish = plain[:ID_MAX_LENGTH].rstrip("-") or kind
    number, identity = 1, wish
    while identity in taken:
        number += 1
        identity = f"{wish}-{number}"
    return identity

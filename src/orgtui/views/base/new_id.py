"""Ids for new records, made from their names."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container

ID_MAX_LENGTH = 40


def new_id(name: str, kind: str, taken: Container[object]) -> str:
    """An id not in `taken`, made of a name's ASCII letters and digits, or of `kind` if it has none."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    wish = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:ID_MAX_LENGTH].rstrip("-") or kind
    number, identity = 1, wish
    while identity in taken:
        number += 1
        identity = f"{wish}-{number}"
    return identity

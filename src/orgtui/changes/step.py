"""A change with its place in a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from orgtui.changes.base import Change


@dataclass(frozen=True, slots=True)
class Step:
    """A change with the values it replaced, who made it, when and why.

    Waves are numbered from 1; the changes of one wave are announced and carried out together.
    """

    change: Change
    was: Mapping[str, object] = field(default_factory=dict)
    why: str | None = None
    by: str | None = None
    at: datetime | None = None
    wave: int = 1

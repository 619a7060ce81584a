"""A change with its place in a plan."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from orgtui.changes.base import Change


@dataclass(frozen=True, slots=True)
class Step:
    """A change with what it replaced, who made it, when and why; a wave is announced and done together."""

    change: Change
    was: Mapping[str, object] = field(default_factory=dict)
    why: str | None = None
    by: str | None = None
    at: datetime | None = None
    wave: int = 1

"""What is decided about a seat, as views see it."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from orgtui.model.kinds import Verdict


class SeatVerdict(Protocol):
    """A verdict, by whom and when, as far as it is known; `who` is the user as shown.

    `is_automatic`: it comes of a change that touches the seat.
    """

    @property
    def verdict(self) -> Verdict: ...
    @property
    def who(self) -> str | None: ...
    @property
    def at(self) -> datetime | None: ...
    @property
    def is_automatic(self) -> bool: ...

"""Records of a session's history: its steps, what can be undone, and what became of a step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from orgtui.changes.base import Change


@dataclass(frozen=True, slots=True)
class SessionStep:
    """One undo step: changes made together, with who made them, when and why."""

    number: int
    changes: tuple[Change, ...]
    why: str | None
    by: str | None
    at: datetime | None
    wave: int = 1


@dataclass(frozen=True, slots=True)
class Act:
    """Something that undo takes back: a step done or dropped, by whom; None stands for the plan file."""

    number: int
    kind: Literal["do", "drop"]
    step: int
    by: str | None

    def is_of(self, author: str) -> bool:
        """Whether an author may take it back: what was in the plan file is everybody's."""
        return self.by in (None, author)


@dataclass(frozen=True, slots=True)
class News:
    """What became of a step, by whom and when.

    It was made, or made again (`do`, `redo`), taken back or taken out (`undo`, `drop`), or given another
    reason (`why`). Taking a drop back makes its step again, and is told as `redo`.
    """

    by: str
    kind: Literal["do", "undo", "redo", "drop", "why"]
    step: SessionStep
    at: datetime

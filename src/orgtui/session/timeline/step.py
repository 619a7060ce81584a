"""Records of a session's history: its steps, what can be undone, and what became of a step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from orgtui.changes.base import Change


Kind = Literal["do", "undo", "redo", "drop", "why"]
"""What can become of a step."""


@dataclass(frozen=True, slots=True)
class SessionStep:
    """One step of a session, which is undone as a whole: changes, and who made them, when and why.

    Steps are numbered from 1; `by` and `at` are None if the plan file did not know them.
    """

    number: int
    changes: tuple[Change, ...]
    why: str | None
    by: str | None
    at: datetime | None
    wave: int = 1


@dataclass(frozen=True, slots=True)
class Act:
    """Something that can be undone: a step done or dropped, and by whom; None stands for the plan file.

    Acts are numbered from 1, on their own.
    """

    number: int
    kind: Literal["do", "drop"]
    step: int
    by: str | None

    def is_of(self, author: str) -> bool:
        """Whether an author may undo it; what was in the plan file may be undone by anybody."""
        return self.by in (None, author)


@dataclass(frozen=True, slots=True)
class News:
    """What became of a step, by whom and when.

    It was done or redone (`do`, `redo`), undone or dropped (`undo`, `drop`), or given another reason (`why`).
    Undoing a drop makes its step active again and counts as `redo`.
    """

    by: str
    kind: Kind
    step: SessionStep
    at: datetime

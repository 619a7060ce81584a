"""Operations about a plan itself: they change when something is done, and no organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

from orgtui.model.kinds import Position, Wave


@dataclass(frozen=True, slots=True)
class SetWave:
    """Put changes, by their numbers in the plan, into a wave; within a wave they keep their order."""

    op: ClassVar[str] = "set_wave"
    keys: ClassVar[Mapping[str, str]] = {}

    changes: tuple[Position, ...]
    wave: Wave

    def to_mapping(self) -> dict[str, object]:
        """The operation as plain data, `op` first."""
        return {"op": self.op, "changes": list(self.changes), "wave": self.wave}


PLAN_OPERATIONS: Mapping[str, type] = {SetWave.op: SetWave}
"""The operations about a plan, by name."""

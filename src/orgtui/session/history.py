"""What happened in a session: steps done, dropped, undone and redone, folded from the entries of its log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal, cast

from orgtui.session.log import Entry

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

    def entry(self) -> Entry:
        """The step as the log holds it."""
        from orgtui.changes.parse import change_to_mapping

        said = {
            "entry": "do",
            "changes": [change_to_mapping(change) for change in self.changes],
            "why": self.why,
            "by": self.by,
            "at": None if self.at is None else self.at.isoformat(timespec="seconds"),
            "wave": self.wave,
        }
        return {key: value for key, value in said.items() if value is not None}


@dataclass(frozen=True, slots=True)
class Act:
    """Something that undo takes back: a step done or a step dropped."""

    kind: Literal["do", "drop"]
    number: int


@dataclass(slots=True)
class History:
    """Steps by number, the acts that hold, and those that were undone and may be redone."""

    steps: dict[int, SessionStep] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    undone: list[Act] = field(default_factory=list)
    baseline: str | None = None
    plan: str | None = None
    unfolded: bool = False

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> History:
        """Fold the entries of a log, oldest first."""
        history = cls()
        for entry in entries:
            history.take(entry)
        return history

    def take(self, entry: Entry) -> None:
        kind = entry["entry"]
        if kind == "begin":
            self.baseline = cast(str, entry["baseline"])
            self.plan = cast("str | None", entry.get("plan"))
            return
        if kind == "folded":
            self.plan = cast(str, entry["plan"])
            self.unfolded = False
            return
        self.unfolded = not entry.get("imported", False)
        if kind == "do":
            step = _step(len(self.steps) + 1, entry)
            self.steps[step.number] = step
            self._act(Act("do", step.number))
        elif kind == "drop":
            self._act(Act("drop", cast(int, entry["step"])))
        elif kind == "undo":
            self.undone.append(self.acts.pop())
        elif kind == "redo":
            self.acts.append(self.undone.pop())
        elif kind == "why":
            number = cast(int, entry["step"])
            self.steps[number] = replace(self.steps[number], why=cast(str, entry["why"]))

    def _act(self, act: Act) -> None:
        self.acts.append(act)
        self.undone.clear()

    def active(self) -> list[SessionStep]:
        """The steps that hold, in the order in which they were done."""
        numbers: dict[int, None] = {}
        for act in self.acts:
            if act.kind == "do":
                numbers[act.number] = None
            else:
                numbers.pop(act.number, None)
        return [self.steps[number] for number in numbers]


def _step(number: int, entry: Entry) -> SessionStep:
    from orgtui.changes.parse import parse_change

    changes = cast("list[Mapping[str, object]]", entry["changes"])
    at = entry.get("at")
    return SessionStep(
        number,
        tuple(parse_change(change) for change in changes),
        cast("str | None", entry.get("why")),
        cast("str | None", entry.get("by")),
        None if at is None else datetime.fromisoformat(cast(str, at)),
        cast(int, entry.get("wave", 1)),
    )

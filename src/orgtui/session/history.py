"""What happened in a session: steps done, dropped, undone and redone, folded from the entries of its log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TYPE_CHECKING, Literal, cast

from orgtui.model.invalid import InvalidChange
from orgtui.model.sentence import sentence
from orgtui.session.entries import InvalidEntry, check_entry
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
    """Steps by number, the acts that hold, and those that were undone and may be redone.

    `baseline` is the organisation it begins from; `plan` the plan file that holds everything unless
    something is `unfolded`; `folding` the one that was about to be written when the log ends.
    """

    steps: dict[int, SessionStep] = field(default_factory=dict)
    acts: list[Act] = field(default_factory=list)
    undone: list[Act] = field(default_factory=list)
    baseline: str | None = None
    plan: str | None = None
    folding: str | None = None
    unfolded: bool = False
    _holding: dict[int, None] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> History:
        """Fold the entries of a log, oldest first; raises InvalidEntry for one that does not fit."""
        history = cls()
        for number, entry in enumerate(entries, start=1):
            try:
                check_entry(entry)
                if (entry["entry"] == "begin") != (number == 1):
                    raise InvalidEntry(sentence("a log begins once, with its first entry"))
                history.take(entry)
            except InvalidEntry as invalid:
                reason = invalid.sentence
                raise InvalidEntry(
                    sentence("entry {number}: {reason}", number=number, reason=reason)
                ) from invalid
        return history

    def take(self, entry: Entry) -> None:
        """Take in the next entry; raises InvalidEntry if it does not follow from those before."""
        kind = entry["entry"]
        if kind == "begin":
            self.baseline = cast(str, entry["baseline"])
            self.plan = cast("str | None", entry.get("plan"))
        elif kind == "folding":
            self.folding = cast(str, entry["plan"])
        elif kind == "folded":
            self.plan = cast(str, entry["plan"])
            self.unfolded = False
        else:
            self._take_change(kind, entry)
            self.unfolded = not entry.get("imported", False)

    def _take_change(self, kind: object, entry: Entry) -> None:
        if kind == "do":
            step = _step(len(self.steps) + 1, entry)
            if step.wave < self.wave:
                wrong = "wave {wave} comes after wave {latest}"
                raise InvalidEntry(sentence(wrong, wave=step.wave, latest=self.wave))
            self.steps[step.number] = step
            self._act(Act("do", step.number))
        elif kind == "drop":
            self._act(Act("drop", self.held(entry["step"]).number))
        elif kind == "undo":
            self._undo()
        elif kind == "redo":
            if not self.undone:
                raise InvalidEntry(sentence("there is nothing to redo"))
            self._hold(self.undone.pop())
        else:
            step = self.held(entry["step"])
            self.steps[step.number] = replace(step, why=cast("str | None", entry.get("why")))

    def _act(self, act: Act) -> None:
        self._hold(act)
        self.undone.clear()

    def _hold(self, act: Act) -> None:
        self.acts.append(act)
        if act.kind == "do":
            self._holding[act.number] = None
        else:
            del self._holding[act.number]

    def _undo(self) -> None:
        if not self.acts:
            raise InvalidEntry(sentence("there is nothing to undo"))
        act = self.acts.pop()
        self.undone.append(act)
        if act.kind == "do":
            del self._holding[act.number]
        else:
            self._holding = {step.number: None for step in self.after(self.acts)}

    def held(self, number: object) -> SessionStep:
        """The step of a number; raises InvalidEntry if no such step holds."""
        if number not in self._holding:
            raise InvalidEntry(sentence("there is no change {number}", number=number))
        return self.steps[number]

    @property
    def wave(self) -> int:
        """The wave that the latest step belongs to: waves never decrease."""
        latest = next(reversed(self._holding), None)
        return 1 if latest is None else self.steps[latest].wave

    def active(self) -> list[SessionStep]:
        """The steps that hold, in the order in which they were done."""
        return [self.steps[number] for number in self._holding]

    def after(self, acts: Iterable[Act]) -> list[SessionStep]:
        """The steps that hold after some acts."""
        numbers: dict[int, None] = {}
        for act in acts:
            if act.kind == "do":
                numbers[act.number] = None
            else:
                numbers.pop(act.number, None)
        return [self.steps[number] for number in numbers]


def _step(number: int, entry: Entry) -> SessionStep:
    from orgtui.changes.parse import parse_change

    at = entry.get("at")
    changes = cast("list[Mapping[str, object]]", entry["changes"])
    try:
        parsed = tuple(parse_change(change) for change in changes)
    except InvalidChange as invalid:
        path, wrong, right = invalid.problems[0]
        reason = sentence("{key}: {wrong}; {right}", key=".".join(map(str, path)), wrong=wrong, right=right)
        raise InvalidEntry(reason) from invalid
    return SessionStep(
        number,
        parsed,
        cast("str | None", entry.get("why")),
        cast("str | None", entry.get("by")),
        None if at is None else datetime.fromisoformat(cast(str, at)),
        cast(int, entry.get("wave", 1)),
    )

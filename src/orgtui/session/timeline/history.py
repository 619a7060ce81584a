"""What happened in a session: steps done, dropped, undone and redone, folded from the entries of its log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, cast

from orgtui.model.invalid import InvalidChange
from orgtui.model.sentence import sentence
from orgtui.session.log.entries import InvalidEntry, check_entry
from orgtui.session.store import Entry
from orgtui.session.timeline.step import Act, News, SessionStep


@dataclass(slots=True)
class History:
    """Steps by number, the acts that stand, and those taken back, by who may make them again.

    Taking in an entry costs the same however many there were before. `baseline` is the organisation it begins
    from; `plan` the plan file that holds everything unless something is `unfolded`; `folding` the one that
    was about to be written last.
    """

    steps: dict[int, SessionStep] = field(default_factory=dict)
    baseline: str | None = None
    plan: str | None = None
    folding: str | None = None
    unfolded: bool = False
    _since_folding: bool = False
    _acts: int = 0
    _standing: dict[int, Act] = field(default_factory=dict)
    _undone: dict[str | None, dict[int, Act]] = field(default_factory=dict)
    _holding: dict[int, None] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> History:
        """Fold the entries of a log, oldest first; raises InvalidEntry for one that does not fit."""
        history = cls()
        for number, entry in enumerate(entries, start=1):
            try:
                history.take(entry)
            except InvalidEntry as invalid:
                raise invalid.at(number) from invalid
        return history

    def copy(self) -> History:
        """The same history, to be tried with a next entry."""
        return replace(
            self,
            steps=dict(self.steps),
            _standing=dict(self._standing),
            _undone={by: dict(acts) for by, acts in self._undone.items()},
            _holding=dict(self._holding),
        )

    def take(self, entry: Entry) -> News | None:
        """Take in the next entry and say what became of a step.

        Raises InvalidEntry if it does not follow from those before; nothing was taken in then.
        """
        check_entry(entry)
        kind = entry["entry"]
        if (kind == "begin") != (self.baseline is None):
            raise InvalidEntry(sentence("a log begins once, with its first entry"))
        if kind == "begin":
            self._begin(entry)
        elif kind == "folding":
            self.folding = cast(str, entry["plan"])
            self._since_folding = False
        elif kind == "folded":
            self.plan = cast(str, entry["plan"])
            self.unfolded = self._since_folding
        else:
            news = self._changed(cast(str, kind), entry)
            self.unfolded = self._since_folding = True
            return news
        return None

    # -- what holds --------------------------------------------------------------------------------

    @property
    def wave(self) -> int:
        """The wave that the next step belongs to: waves never decrease, whoever takes what back."""
        return self.steps[len(self.steps)].wave if self.steps else 1

    def active(self) -> list[SessionStep]:
        """The steps that hold, in the order in which they were done."""
        return [self.steps[number] for number in sorted(self._holding)]

    def active_if(self, number: int, holds: bool) -> list[SessionStep]:
        """The steps that hold if a certain one does or does not."""
        numbers = {*self._holding, number} if holds else self._holding.keys() - {number}
        return [self.steps[each] for each in sorted(numbers)]

    def held(self, number: object) -> SessionStep:
        """The step of a number; raises InvalidEntry if no such step holds."""
        if number not in self._holding:
            raise InvalidEntry(sentence("there is no change {number}", number=number))
        return self.steps[number]

    def last_of(self, author: str) -> Act | None:
        """What an author may take back next."""
        standing = reversed(self._standing.values())
        return next((act for act in standing if act.is_of(author) and self._works(act)), None)

    def last_undone_by(self, author: str) -> Act | None:
        """What an author may make again next."""
        undone = reversed(self._undone.get(author, {}).values())
        return next((act for act in undone if self._may_stand(act)), None)

    def has_acts(self) -> bool:
        """Whether there is anything that somebody may take back."""
        return bool(self._standing)

    def _works(self, act: Act) -> bool:
        """Whether an act that stands still shows: not a step that was dropped since."""
        return act.kind == "drop" or act.step in self._holding

    def _may_stand(self, act: Act) -> bool:
        """Whether an act that was taken back can stand again: not a drop of a step that is gone."""
        return act.kind == "do" or act.step in self._holding

    # -- entries -----------------------------------------------------------------------------------

    def _begin(self, entry: Entry) -> None:
        steps: list[SessionStep] = []
        for written in cast("list[Mapping[str, object]]", entry.get("steps", [])):
            step = _step(len(steps) + 1, [cast("Mapping[str, object]", written["change"])], written)
            self._require_wave(step, steps[-1].wave if steps else 1)
            steps.append(step)
        self.baseline = cast(str, entry["baseline"])
        self.plan = cast("str | None", entry["plan"])
        for step in steps:
            self.steps[step.number] = step
            self._act("do", step.number, None)

    def _changed(self, kind: str, entry: Entry) -> News:
        by, at = cast(str, entry["by"]), datetime.fromisoformat(cast(str, entry["at"]))
        if kind == "do":
            changes = cast("list[Mapping[str, object]]", entry["changes"])
            if len(changes) != len(cast("list[object]", entry["was"])):
                raise InvalidEntry(sentence("{key} is not as it should be", key="was"))
            step = _step(len(self.steps) + 1, changes, entry)
            self._require_wave(step, self.wave)
            self.steps[step.number] = step
            self._act("do", step.number, by)
            return News(by, "do", step, at)
        if kind == "drop":
            step = self.held(entry["step"])
            self._act("drop", step.number, by)
            return News(by, "drop", step, at)
        if kind == "undo":
            act = self._standing_act(entry["act"])
            del self._standing[act.number]
            self._undone.setdefault(by, {})[act.number] = act
            return self._hold(act, act.kind == "drop", by, at)
        if kind == "redo":
            undone, act = self._undone_act(entry["act"])
            del undone[act.number]
            self._standing[act.number] = act
            return self._hold(act, act.kind == "do", by, at)
        step = self.held(entry["step"])
        self.steps[step.number] = replace(step, why=cast("str | None", entry.get("why")))
        return News(by, "why", self.steps[step.number], at)

    def _act(self, kind: Literal["do", "drop"], step: int, by: str | None) -> None:
        """Take in a new act, after which its author makes nothing again that was taken back before."""
        self._acts += 1
        self._standing[self._acts] = Act(self._acts, kind, step, by)
        self._undone.pop(by, None)
        if kind == "do":
            self._holding[step] = None
        else:
            del self._holding[step]

    def _hold(self, act: Act, holds: bool, by: str, at: datetime) -> News:
        if holds:
            self._holding[act.step] = None
        else:
            del self._holding[act.step]
        return News(by, "redo" if holds else "undo" if act.kind == "do" else "drop", self.steps[act.step], at)

    def _standing_act(self, number: object) -> Act:
        act = self._standing.get(cast(int, number))
        if act is None or not self._works(act):
            raise InvalidEntry(sentence("there is nothing to undo"))
        return act

    def _undone_act(self, number: object) -> tuple[dict[int, Act], Act]:
        """The act of a number, and those among which it is."""
        for acts in self._undone.values():
            act = acts.get(cast(int, number))
            if act is not None and self._may_stand(act):
                return acts, act
        raise InvalidEntry(sentence("there is nothing to redo"))

    def _require_wave(self, step: SessionStep, latest: int) -> None:
        if step.wave < latest:
            wrong = "wave {wave} comes after wave {latest}"
            raise InvalidEntry(sentence(wrong, wave=step.wave, latest=latest))


def _step(number: int, changes: Sequence[Mapping[str, object]], entry: Entry) -> SessionStep:
    from orgtui.changes.parse import parse_change

    at = entry.get("at")
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

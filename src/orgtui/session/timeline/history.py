"""The history of a session: steps done, dropped, undone and redone, replayed from the entries of its log."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, cast

from orgtui.model.invalid import InvalidChange
from orgtui.model.sentence import N_, sentence
from orgtui.session.log.entries import InvalidEntry, check_entry
from orgtui.session.store import Entry, is_vouched
from orgtui.session.timeline.step import Act, Kind, News, SessionStep


@dataclass(slots=True)
class History:
    """The steps by number, which of them are active, and the acts that can be undone and redone.

    `baseline` is the hash of the organisation it begins from, None before the first entry. `plan` is the hash
    of the plan file written last, `folding` of the one that was about to be written last; `unfolded` says
    whether steps changed since. Applying an entry takes the same time however long the history is.
    """

    steps: dict[int, SessionStep] = field(default_factory=dict)
    baseline: str | None = None
    plan: str | None = None
    folding: str | None = None
    unfolded: bool = False
    _since_folding: bool = False
    _acts: int = 0
    _done: dict[int, Act] = field(default_factory=dict)
    _undone: dict[str | None, dict[int, Act]] = field(default_factory=dict)
    _active: dict[int, None] = field(default_factory=dict)

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> History:
        """Replay the entries of a log, oldest first; raises InvalidEntry with the number of a wrong one."""
        history = cls()
        for number, entry in enumerate(entries, start=1):
            try:
                history.apply(entry)
            except InvalidEntry as invalid:
                raise invalid.at(number) from invalid
        return history

    def copy(self) -> History:
        """An independent copy, e.g. to check an entry before it is written; takes time by its length."""
        return replace(
            self,
            steps=dict(self.steps),
            _done=dict(self._done),
            _undone={by: dict(acts) for by, acts in self._undone.items()},
            _active=dict(self._active),
        )

    def apply(self, entry: Entry) -> News | None:
        """Apply the next entry; returns what became of a step, if anything.

        Raises InvalidEntry if it does not follow from those before, and alters nothing then.
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

    # -- active steps and acts ---------------------------------------------------------------------

    @property
    def wave(self) -> int:
        """The wave of the next step: that of the last step, active or not, as waves never decrease."""
        return self.steps[len(self.steps)].wave if self.steps else 1

    def active(self) -> list[SessionStep]:
        """The active steps, in the order in which they were done."""
        return [self.steps[number] for number in sorted(self._active)]

    def active_if(self, number: int, active: bool) -> list[SessionStep]:
        """The steps that are active once a certain one is or is not."""
        numbers = {*self._active, number} if active else self._active.keys() - {number}
        return [self.steps[each] for each in sorted(numbers)]

    def active_step(self, number: object) -> SessionStep:
        """The step of a number; raises InvalidEntry if it is not active."""
        if number not in self._active:
            raise InvalidEntry(sentence("there is no change {number}", number=number))
        return self.steps[number]

    def last_of(self, author: str) -> Act | None:
        """What an author can undo next."""
        done = reversed(self._done.values())
        return next((act for act in done if act.is_of(author) and self._can_be_undone(act)), None)

    def last_undone_by(self, author: str) -> Act | None:
        """What an author can redo next."""
        undone = reversed(self._undone.get(author, {}).values())
        return next((act for act in undone if self._can_be_redone(act)), None)

    def has_acts(self) -> bool:
        """Whether there is anything that somebody can undo."""
        return bool(self._done)

    def _can_be_undone(self, act: Act) -> bool:
        """Whether undoing an act would change something: not if its step was dropped since."""
        return act.kind == "drop" or act.step in self._active

    def _can_be_redone(self, act: Act) -> bool:
        """Whether an undone act can be redone: not the drop of a step that is no longer active."""
        return act.kind == "do" or act.step in self._active

    # -- entries -----------------------------------------------------------------------------------

    def _begin(self, entry: Entry) -> None:
        steps: list[SessionStep] = []
        for written in cast("list[Mapping[str, object]]", entry.get("steps", [])):
            step = _step(len(steps) + 1, [cast("Mapping[str, object]", written["change"])], written)
            step = replace(step, is_vouched=is_vouched(entry, step.by))
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
            return News(by, "do", step, at, step.is_vouched)
        if kind == "drop":
            step = self.active_step(entry["step"])
            self._act("drop", step.number, by)
            return News(by, "drop", step, at, is_vouched(entry, by))
        if kind == "undo":
            act = self._find_done(entry["act"])
            del self._done[act.number]
            self._undone.setdefault(by, {})[act.number] = act
            return self._set_active(act, act.kind == "drop", by, at, is_vouched(entry, by))
        if kind == "redo":
            undone, act = self._find_undone(entry["act"])
            del undone[act.number]
            self._done[act.number] = act
            return self._set_active(act, act.kind == "do", by, at, is_vouched(entry, by))
        step = self.active_step(entry["step"])
        self.steps[step.number] = replace(step, why=cast("str | None", entry.get("why")))
        return News(by, "why", self.steps[step.number], at, is_vouched(entry, by))

    def _act(self, kind: Literal["do", "drop"], step: int, by: str | None) -> None:
        """Record a new act; what its author undid before can no longer be redone."""
        self._acts += 1
        self._done[self._acts] = Act(self._acts, kind, step, by)
        self._undone.pop(by, None)
        if kind == "do":
            self._active[step] = None
        else:
            del self._active[step]

    def _set_active(self, act: Act, active: bool, by: str, at: datetime, vouched: bool) -> News:
        if active:
            self._active[act.step] = None
        else:
            del self._active[act.step]
        kind: Kind = "redo" if active else "undo" if act.kind == "do" else "drop"
        return News(by, kind, self.steps[act.step], at, vouched)

    def _find_done(self, number: object) -> Act:
        act = self._done.get(cast(int, number))
        if act is None or not self._can_be_undone(act):
            raise InvalidEntry(sentence("there is nothing to undo"))
        return act

    def _find_undone(self, number: object) -> tuple[dict[int, Act], Act]:
        """The undone act of a number, and the undone acts of the user who undid it."""
        for acts in self._undone.values():
            act = acts.get(cast(int, number))
            if act is not None and self._can_be_redone(act):
                return acts, act
        raise InvalidEntry(sentence("there is nothing to redo"))

    def _require_wave(self, step: SessionStep, latest: int) -> None:
        if step.wave < latest:
            wrong = N_("wave {wave} comes after wave {latest}")
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
        is_vouched(entry, entry.get("by")),
    )

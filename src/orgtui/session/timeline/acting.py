"""What a user can do next: the entry to be written, checked on the state as it is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from orgtui.changes.refusal import Refused
from orgtui.model.sentence import Ref, sentence
from orgtui.model.store import Cell, Set
from orgtui.session.log.chain import as_read
from orgtui.session.store import Entry
from orgtui.session.timeline.attempt import BuiltOn, Planned
from orgtui.session.timeline.history import History
from orgtui.session.timeline.overlap import written_by_both
from orgtui.session.timeline.reasons import changed_since, in_the_way, needed_by
from orgtui.session.timeline.state import State, StepRefused, Transition
from orgtui.session.timeline.step import Act, SessionStep

if TYPE_CHECKING:
    from orgtui.changes.base import Change


@dataclass(frozen=True, slots=True)
class Acting:
    """A user before a state and the history that led to it. What cannot be done raises Refused."""

    history: History
    state: State
    author: str

    def do(self, changes: Sequence[Change], why: str | None) -> Planned:
        """A new step at the end."""
        from orgtui.changes.compile import replaced
        from orgtui.changes.parse import change_to_mapping

        history, at = self.history, _now()
        number = len(history.steps) + 1
        step = SessionStep(number, tuple(changes), why, self.author, at, history.wave)
        transition = self.state.plan_transition([*history.active(), step], step)
        said = {
            "entry": "do",
            "changes": [change_to_mapping(change) for change in changes],
            "was": replaced(self.state.organization, changes),
            "why": why,
            "wave": step.wave,
            **self._signature(at),
        }
        entry = as_read({key: value for key, value in said.items() if value is not None})
        return Planned(entry, transition)

    def undo(self, act: Act) -> Planned:
        """Taking back an act, which has to be this user's last."""
        if act != self.history.last_of(self.author):
            raise Refused(sentence("Your last change is another one now"))
        step = self.history.steps[act.step]
        if act.kind == "do":
            self._require_untouched(step, self.state.made)
        return Planned(self._turn("undo", act), self._transition_if(step, act.kind == "drop"))

    def redo(self, act: Act) -> Planned:
        """Making again an act, which has to be the last that this user took back."""
        if act != self.history.last_undone_by(self.author):
            raise Refused(sentence("There is nothing to redo"))
        step = self.history.steps[act.step]
        transition = self._transition_if(step, act.kind == "do")
        if act.kind == "do":
            self._require_untouched(step, transition.made)
        return Planned(self._turn("redo", act), transition)

    def drop(self, number: int) -> Planned:
        """Taking a step out from among the others."""
        step = self._require_step(number)
        entry = {"entry": "drop", "step": number, **self._signature()}
        return Planned(entry, self._transition_if(step, False))

    def say_why(self, number: int, why: str | None) -> Planned:
        """Giving a step another reason, or none."""
        self._require_step(number)
        said = {} if why is None else {"why": why}
        entry = {"entry": "why", "step": number, **said, **self._signature()}
        return Planned(entry, Transition((), self.state.made))

    def _turn(self, kind: str, act: Act) -> Entry:
        return {"entry": kind, "act": act.number, **self._signature()}

    def _transition_if(self, step: SessionStep, holds: bool) -> Transition:
        try:
            return self.state.plan_transition(self.history.active_if(step.number, holds))
        except StepRefused as refusal:
            if refusal.step is step:
                raise
            said = in_the_way if holds else needed_by
            raise BuiltOn(said(refusal.step, refusal.sentence, self.author)) from refusal

    def _require_untouched(self, step: SessionStep, made: Mapping[int, Sequence[Set]]) -> None:
        """Refuse to turn a step round that somebody else's later step has written over."""
        for later in self.history.active():
            if later.number > step.number and later.by != self.author:
                both = written_by_both(made[step.number], made[later.number])
                if both:
                    raise BuiltOn(changed_since(later, map(_ref, both)))

    def _require_step(self, number: int) -> SessionStep:
        for step in self.history.active():
            if step.number == number:
                return step
        raise Refused(sentence("There is no change {number}", number=number))

    def _signature(self, at: datetime | None = None) -> Mapping[str, str]:
        return {"by": self.author, "at": (at or _now()).isoformat(timespec="seconds")}


def _ref(record: Cell) -> Ref:
    """How a record is referred to in sentences."""
    table, key = record
    return Ref.to(table, key if isinstance(key, str) else ">".join(key))


def _now() -> datetime:
    return datetime.now(UTC).astimezone().replace(microsecond=0)

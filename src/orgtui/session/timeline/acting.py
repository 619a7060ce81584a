"""Planning a user's actions: each is checked on the current state and becomes an entry and a transition."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from orgtui.changes.plan_operations import Decision, SetStatus, SignOff, decision_to_entry
from orgtui.changes.refusal import Refused
from orgtui.model.sentence import N_, Ref, sentence
from orgtui.model.store import Cell, Set
from orgtui.session.log.chain import as_stored
from orgtui.session.log.entries import InvalidEntry
from orgtui.session.store import Entry
from orgtui.session.timeline.attempt import BlockedByLaterStep, PlannedAction, Superseded
from orgtui.session.timeline.deciding import decided_otherwise, require_division, require_possible
from orgtui.session.timeline.history import History
from orgtui.session.timeline.overlap import written_by_both
from orgtui.session.timeline.passage import superseding
from orgtui.session.timeline.reasons import (
    cannot_go,
    changed_since,
    comes_out_otherwise,
    decided_since,
    in_the_way,
    needed_by,
)
from orgtui.session.timeline.state import State, StepRefused, Transition, merge_sets, sets_by_step
from orgtui.session.timeline.step import NO_STEP, Act, News, SessionStep

if TYPE_CHECKING:
    from orgtui.changes.base import Change


@dataclass(frozen=True, slots=True)
class ActionPlanner:
    """Plans the actions of `author` on a state and its history; alters neither.

    What cannot be done raises Refused.
    """

    history: History
    state: State
    author: str

    def do(
        self, changes: Sequence[Change], why: str | None, since: int, waves: Sequence[int] = ()
    ) -> PlannedAction:
        """Plan a new step after all others, in the present wave; with `waves`, see `Session.do`.

        Raises Superseded if it would replace other values than it would have after `since` passages, because
        of others.
        """
        from orgtui.changes.compile import replaced_values_of_each
        from orgtui.changes.parse import change_to_mapping

        self._require_unlocked()
        history, at = self.history, _now()
        changes = [change.signed(self.author, at) for change in changes]
        number = history.step_count + 1
        present = history.wave_of_next(self.author)
        if waves:
            before = present if history.has_active else present - 1
            waves = [before + each for each in waves]
        several = tuple(waves) if len(set(waves)) > 1 else ()
        step = SessionStep(
            *(number, tuple(changes), why, self.author, at, waves[0] if waves else present), waves=several
        )
        transition = self.state.plan_transition(
            [*history.active(self.state.netted), step], step, self.state.assessment.has_finding
        )
        news = self.superseding(changes, since, sets_by_step(transition.made)[number])
        if news is not None:
            raise Superseded(news)
        said = {
            "entry": "do",
            "changes": [change_to_mapping(change) for change in changes],
            "was": replaced_values_of_each(self.state.organization, changes),
            "why": why,
            "wave": step.wave,
            "waves": list(several) or None,
            **self._signature(at),
        }
        entry = as_stored({key: value for key, value in said.items() if value is not None})
        return PlannedAction(entry, transition)

    def superseding(self, changes: Sequence[Change], since: int, sets: Sequence[Set] = ()) -> News | None:
        """What others did after `since` passages that changes, which come to `sets`, would override."""
        return superseding(self.state.organization, self.state.passages[since:], changes, sets)

    def undo(self, act: Act) -> PlannedAction:
        """Plan to undo an act, which has to be the author's last."""
        if act != self.history.last_of(self.author):
            raise Refused(sentence("Your last change is another one now"))
        self._require_unlocked(act.decision)
        if act.decision is not None:
            return self._turned("undo", act, act.decision)
        if act.kind == "wave":
            self._require_not_placed_since(act)
            return self._placing(self._reversal("undo", act))
        step = self.history.step(act.step)
        self._make_again_from(act.steps)
        if act.kind == "do":
            self._require_untouched(step, sets_by_step(self.state.made))
        return PlannedAction(self._reversal("undo", act), self._transition_if(act.steps, act.kind == "drop"))

    def redo(self, act: Act) -> PlannedAction:
        """Plan to redo an act, which has to be the one that the author undid last."""
        if act != self.history.last_undone_by(self.author):
            raise Refused(sentence("There is nothing to redo"))
        self._require_unlocked(act.decision)
        if act.decision is not None:
            return self._turned("redo", act, act.decision)
        if act.kind == "wave":
            self._require_not_placed_since(act)
            return self._placing(self._reversal("redo", act))
        step = self.history.step(act.step)
        transition = self._transition_if(act.steps, act.kind == "do")
        if act.kind == "do":
            self._require_untouched(step, sets_by_step(transition.made))
        return PlannedAction(self._reversal("redo", act), transition)

    def drop(self, number: int, others: Sequence[int] = (), why: str | None = None) -> PlannedAction:
        """Plan to drop one step, maybe together with others, and keep the rest."""
        self._require_unlocked()
        for each in (number, *others):
            self._require_step(each)
        said = {"why": why, "with": sorted(others) or None}
        given = {key: value for key, value in said.items() if value is not None}
        entry = {"entry": "drop", "step": number, **given, **self._signature()}
        return PlannedAction(entry, self._transition_if((number, *others), False))

    def resting_on(self, numbers: Sequence[int], most: int) -> list[SessionStep]:
        """The later steps that cannot be made without some steps, or without one another; `most` of them.

        In the order in which they are found out. Raises Refused if one of the steps is not there.
        """
        resting: list[SessionStep] = []
        for number in numbers:
            self._require_step(number)
        while len(resting) < most:
            try:
                self._transition_if((*numbers, *(each.number for each in resting)), False)
            except BlockedByLaterStep as blocked:
                resting.append(self.history.step(blocked.number))
            else:
                break
        return resting

    def say_why(self, number: int, why: str | None, since: int) -> PlannedAction:
        """Plan to give a step another reason, or none; raises Superseded if others did so after `since`."""
        self._require_unlocked()
        self._require_step(number)
        for passage in reversed(self.state.passages[since:]):
            for news, _ in reversed(passage.news):
                if news.kind == "why" and news.step.number == number:
                    raise Superseded(news)
        said = {} if why is None else {"why": why}
        entry = {"entry": "why", "step": number, **said, **self._signature()}
        return PlannedAction(entry, Transition((), self.state.made))

    def set_wave(self, numbers: Iterable[int], wave: int) -> PlannedAction:
        """Plan to put steps into a wave, each with all its changes; within a wave the order stays.

        Refused if the organisation could not be reached that way, or would come out otherwise.
        """
        self._require_unlocked()
        steps = [self._require_step(number) for number in sorted({*numbers})]
        if not steps:
            raise Refused(sentence("There is nothing to do"))
        if wave < 1:
            raise Refused(sentence("Waves are numbered from 1"))
        if all({*step.wave_of_each} == {wave} for step in steps):
            said = N_("{changes:change is|changes are} in wave {wave} already")
            raise Refused(sentence(said, changes=len(steps), wave=wave))
        numbered = [step.number for step in steps]
        entry = {"entry": "set_wave", "changes": numbered, "wave": wave, **self._signature()}
        return self._placing(entry, numbered)

    def decide(self, decision: Decision, since: int) -> PlannedAction:
        """Plan a decision about the plan; raises Superseded if others decided otherwise after `since`."""
        self._require_unlocked(decision)
        news = decided_otherwise(decision, self.state.passages[since:], self.state)
        if news is not None:
            raise Superseded(news)
        require_possible(decision, self.history.decisions, self.state)
        return self._deciding({**decision_to_entry(decision), **self._signature()})

    def sign_off(self, team: str, since: int) -> PlannedAction:
        """Plan to sign a division as it is; see `decide`."""
        self._require_unlocked()
        return self.decide(SignOff(team, require_division(team, self.state)), since)

    def _turned(self, kind: str, act: Act, decision: Decision) -> PlannedAction:
        """Plan to undo or redo a decision, unless somebody else has decided about the same since."""
        later = self.history.decided_later(act)
        if later is not None and later.by is not None:
            raise BlockedByLaterStep(decided_since(later.by, decision), NO_STEP.number)
        return self._deciding(self._reversal(kind, act))

    def _deciding(self, entry: Entry) -> PlannedAction:
        return PlannedAction(as_stored(entry), Transition((), self.state.made))

    def _require_unlocked(self, decision: Decision | None = None) -> None:
        """Refuse what changes an approved or applied plan; a decision about its status does not."""
        locked = self.history.decisions.locked
        if locked is not None and not isinstance(decision, SetStatus):
            raise Refused(locked)

    def _placing(self, entry: Entry, asked: Sequence[int] = ()) -> PlannedAction:
        """Plan an entry that puts steps, some of them as `asked`, into other waves; raises Refused."""
        history = self.history.copy()
        try:
            history.apply(entry)
        except InvalidEntry as invalid:
            raise Refused(invalid.sentence) from invalid
        if history.resumed < self.state.netted:
            self.state.make_all(self.history.active())
        try:
            transition = self.state.plan_transition(history.active(self.state.netted))
        except StepRefused as refusal:
            if refusal.step.number in asked:
                raise Refused(cannot_go(refusal.step, refusal.sentence)) from refusal
            raise BlockedByLaterStep(
                needed_by(refusal.step, refusal.sentence, self.author), refusal.step.number
            ) from refusal
        other = _altered(merge_sets(transition.sets))
        if other:
            raise Refused(comes_out_otherwise(map(_ref, other)))
        return PlannedAction(entry, transition)

    def _require_not_placed_since(self, act: Act) -> None:
        """Refuse to undo or redo another wave if somebody else put one of the steps elsewhere since."""
        later = self.history.placed_later(act)
        if later is not None:
            number = next(each for each in later.placed if each in act.placed)
            said = N_("{by} put change {number} into wave {wave} since")
            raise BlockedByLaterStep(sentence(said, by=later.by, number=number, wave=later.wave), number)

    def _reversal(self, kind: str, act: Act) -> Entry:
        return {"entry": kind, "act": act.number, **self._signature()}

    def _transition_if(self, numbers: Sequence[int], holds: bool) -> Transition:
        """The transition to the state in which some steps are active, or are not."""
        self._make_again_from(numbers)
        may_be_found = self.state.assessment.may_be_found  # pay may be hidden by now
        steps = self.history.active_if(numbers, holds, self.state.netted)
        try:
            return self.state.plan_transition(steps, self.history.step(numbers[0]), may_be_found)
        except StepRefused as refusal:
            if refusal.step.number in numbers:
                raise
            said = in_the_way if holds else needed_by
            raise BlockedByLaterStep(
                said(refusal.step, refusal.sentence, self.author), refusal.step.number
            ) from refusal

    def _require_untouched(self, step: SessionStep, made: Mapping[int, Sequence[Set]]) -> None:
        """Refuse to undo or redo a step if a later step of somebody else wrote the same fields."""
        for later in self.history.active(step.number):
            if later.by != self.author:
                both = written_by_both(made[step.number], made[later.number])
                if both:
                    raise BlockedByLaterStep(changed_since(later, map(_ref, both)), later.number)

    def _require_step(self, number: int) -> SessionStep:
        if not self.history.is_active(number):
            raise Refused(sentence("There is no change {number}", number=number))
        return self.history.step(number)

    def _make_again_from(self, numbers: Sequence[int]) -> None:
        """Make all steps on the baseline if the state only knows what one of these and others come to."""
        if min(numbers) <= self.state.netted:
            self.state.make_all(self.history.active())

    def _signature(self, at: datetime | None = None) -> Mapping[str, str]:
        return {"by": self.author, "at": (at or _now()).isoformat(timespec="seconds")}


ORDERED_TABLES = frozenset(("stage", "area"))
"""The tables in which the order of the records means something."""


def _altered(merged: Iterable[Set]) -> list[Cell]:
    """The records that merged assignments alter, or put elsewhere in a table where that means something."""
    first: dict[Cell, Set] = {}
    last: dict[Cell, Set] = {}
    for each in merged:
        cell = (each.table, each.key)
        first.setdefault(cell, each)
        last[cell] = each
    return [cell for cell in first if cell[0] in ORDERED_TABLES or first[cell].old != last[cell].new]


def _ref(record: Cell) -> Ref:
    """How a record is referred to in sentences."""
    table, key = record
    return Ref.to(table, key if isinstance(key, str) else ">".join(key))


def _now() -> datetime:
    return datetime.now(UTC).astimezone().replace(microsecond=0)

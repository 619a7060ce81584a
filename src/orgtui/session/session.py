"""The state of a session: an organisation, the steps that led to it, and what can be undone.

A step is checked, written to the log, applied, and only then told to those who listen.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from orgtui.changes.refusal import Refused
from orgtui.engine.view import View
from orgtui.model.records import Person
from orgtui.model.sentence import Sentence, sentence
from orgtui.model.store import Organization, Set, inverse, sets_between
from orgtui.rules.assessment import Assessment, Difference, Preview
from orgtui.session.history import Act, History, SessionStep
from orgtui.session.log import ChangeLog, Entry, LogError

if TYPE_CHECKING:
    from orgtui.changes.base import Change

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Changed:
    """What listeners are told: the state is now `revision`, reached by `sets`."""

    revision: int
    sets: tuple[Set, ...]
    difference: Difference


class Session:
    """One organisation being restructured; the only writer of its log and its state."""

    def __init__(
        self,
        baseline: Organization,
        assessment: Assessment,
        log: ChangeLog,
        history: History,
        beginning: Sequence[Entry],
        author: str,
    ) -> None:
        self.baseline = baseline
        self.assessment = assessment
        self.organization = assessment.organization
        self.author = author
        self.revision = 0
        self.moved: set[str] = set()
        self.read_only: Sentence | None = None
        self._log = log
        self._history = history
        self._beginning = list(beginning)
        self._sets: dict[int, list[Set]] = {}
        self._listeners: list[Callable[[Changed], None]] = []
        for step in history.active():
            sets = self._compiled(step.changes)
            self._sets[step.number] = sets
            self._advance(sets)

    # -- reading -----------------------------------------------------------------------------------

    @property
    def steps(self) -> list[SessionStep]:
        """The steps that hold, oldest first."""
        return self._history.active()

    @property
    def unfolded(self) -> bool:
        """Whether the log holds something that the plan file does not."""
        return self._history.unfolded

    @property
    def can_undo(self) -> bool:
        return bool(self._history.acts)

    @property
    def can_redo(self) -> bool:
        return bool(self._history.undone)

    def preview(
        self, changes: Sequence[Change], answer: Callable[[View], T], *, graph_lane: bool = False
    ) -> Preview[T]:
        """What changes would do, and the caller's own answer in that state; raises Refused."""
        sets = self._compiled(changes)
        return self.assessment.what_if(sets, answer, graph_lane=graph_lane)

    def since_baseline(self, answer: Callable[[View], T]) -> Preview[T]:
        """What taking every step back would do, and the caller's own answer in the baseline."""
        sets = sets_between(self.organization, self.baseline)
        return self.assessment.what_if(sets, answer, graph_lane=True)

    def subscribe(self, listener: Callable[[Changed], None]) -> None:
        self._listeners.append(listener)

    # -- changing ------------------------------------------------------------------------------------

    def do(self, changes: Sequence[Change], why: str | None = None) -> Changed:
        """Make changes as one undo step; raises Refused or LogError and leaves everything as it was."""
        sets = self._compiled(changes)
        wave = max((step.wave for step in self.steps), default=1)
        number = len(self._history.steps) + 1
        step = SessionStep(number, tuple(changes), why, self.author, _now(), wave)
        self._record(step.entry())
        self._sets[number] = sets
        return self._tell(sets)

    def undo(self) -> Changed:
        """Take the last act back; raises Refused if there is none."""
        if not self._history.acts:
            raise Refused(sentence("There is nothing to undo"))
        act = self._history.acts[-1]
        sets = inverse(self._sets[act.number]) if act.kind == "do" else self._sets_without(None)
        self._record({"entry": "undo", "by": self.author, "at": _now().isoformat(timespec="seconds")})
        return self._tell(sets)

    def redo(self) -> Changed:
        """Do again what was undone last; raises Refused if there is nothing."""
        if not self._history.undone:
            raise Refused(sentence("There is nothing to redo"))
        act = self._history.undone[-1]
        if act.kind == "do":
            sets = self._compiled(self._history.steps[act.number].changes)
        else:
            sets = self._sets_without(act.number)
        self._record({"entry": "redo", "by": self.author, "at": _now().isoformat(timespec="seconds")})
        return self._tell(sets)

    def drop(self, number: int) -> Changed:
        """Take one step out from among the others; raises Refused if a later one needs it."""
        sets = self._sets_without(number)
        self._record({"entry": "drop", "step": number, "by": self.author})
        return self._tell(sets)

    def say_why(self, number: int, why: str) -> None:
        """Put on record why a step was made."""
        self._record({"entry": "why", "step": number, "why": why, "by": self.author})

    def settle(self) -> Changed:
        """Ask the rules that look at the whole team graph, if any wait."""
        return Changed(self.revision, (), self.assessment.settle())

    def folded(self, plan_hash: str) -> None:
        """Note that the plan file with this hash holds everything so far."""
        self._record({"entry": "folded", "plan": plan_hash})

    def close(self) -> None:
        self._log.close()

    def _compiled(self, changes: Sequence[Change], there: Organization | None = None) -> list[Set]:
        """The assignments that changes come to, here or in another state; raises Refused."""
        from orgtui.changes.compile import compile_all

        return compile_all(there or self.organization, changes, self.assessment.finds)

    def _record(self, entry: Entry) -> None:
        if self.read_only is not None:
            raise Refused(self.read_only)
        entries = [*self._beginning, entry]
        try:
            self._log.append(*entries)
        except LogError as error:
            self.read_only = error.sentence
            raise
        self._beginning = []
        self._history.take(entry)

    def _tell(self, sets: list[Set]) -> Changed:
        difference = self._advance(sets)
        self.revision += 1
        changed = Changed(self.revision, tuple(sets), difference)
        for listener in self._listeners:
            listener(changed)
        return changed

    def _advance(self, sets: Iterable[Set]) -> Difference:
        sets = list(sets)
        difference = self.assessment.update(sets)
        for each in sets:
            if each.table == "person":
                self._note_move(str(each.key), each.new)
        return difference

    def _note_move(self, person: str, now: object) -> None:
        before = self.baseline.people.get(person)
        if (
            before is not None
            and isinstance(now, Person)
            and before.state == now.state == "filled"
            and before.team != now.team
        ):
            self.moved.add(person)
        else:
            self.moved.discard(person)

    def _sets_without(self, number: int | None) -> list[Set]:
        """Assignments to the state that all steps but `number` lead to, or all if the last drop is undone."""
        acts = self._history.acts[:-1] if number is None else [*self._history.acts, Act("drop", number)]
        remaining = History(steps=self._history.steps, acts=list(acts)).active()
        there = self.baseline.copy()
        replayed: dict[int, list[Set]] = {}
        for step in remaining:
            try:
                replayed[step.number] = self._compiled(step.changes, there)
            except Refused as refusal:
                raise Refused(
                    sentence(
                        "Change {number} needs it: {reason}", number=step.number, reason=refusal.sentence
                    )
                ) from refusal
            for each in replayed[step.number]:
                there.apply(each)
        self._sets |= replayed
        return sets_between(self.organization, there)


def _now() -> datetime:
    return datetime.now(UTC).astimezone()

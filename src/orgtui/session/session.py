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
from orgtui.model.gate import refused_character
from orgtui.model.records import Person
from orgtui.model.sentence import Sentence, sentence
from orgtui.model.store import Organization, Set, inverse, sets_between
from orgtui.rules.assessment import Assessment, Difference, Preview
from orgtui.session.history import Act, History, SessionStep
from orgtui.session.log import ChangeLog, Entry, LogError
from orgtui.session.waves import REPORTING_LINES, WaveCount

if TYPE_CHECKING:
    from orgtui.changes.base import Change
    from orgtui.changes.compile import Finds

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
        self._waves = WaveCount(baseline)
        self._lines_changed = False
        self._listeners: list[Callable[[Changed], None]] = []
        for step in history.active():
            try:
                self._sets[step.number] = self._compiled(step.changes)
            except Refused as refusal:
                raise _refused_change(step, refusal) from refusal
            self._advance(self._sets[step.number])

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
    def began(self) -> datetime | None:
        """When its first step was made."""
        first = self._history.steps.get(1)
        return None if first is None else first.at

    @property
    def plan(self) -> str | None:
        """The hash of the plan file that the log goes with; None if there was none."""
        return self._history.plan

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
        sets = self._compiled(changes, self.assessment.finds)
        return self.assessment.what_if(sets, answer, graph_lane=graph_lane)

    def since_baseline(self, answer: Callable[[View], T]) -> Preview[T]:
        """What taking every step back would do, and the caller's own answer in the baseline."""
        return self.assessment.back_to(self.baseline, answer)

    @property
    def waiting(self) -> bool:
        """Whether rules that look at the whole team graph, or at whole waves, have yet to be asked."""
        return self._lines_changed or self.assessment.waiting

    def subscribe(self, listener: Callable[[Changed], None]) -> None:
        self._listeners.append(listener)

    # -- changing ------------------------------------------------------------------------------------

    def do(self, changes: Sequence[Change], why: str | None = None) -> Changed:
        """Make changes as one undo step; raises Refused or LogError and leaves everything as it was."""
        if not changes:
            raise Refused(sentence("There is nothing to do"))
        sets = self._compiled(changes, self.assessment.finds)
        number = len(self._history.steps) + 1
        step = SessionStep(number, tuple(changes), _reason(why), self.author, _now(), self._history.wave)
        self._record(step.entry())
        self._sets[number] = sets
        return self._tell(sets)

    def undo(self) -> Changed:
        """Take the last act back; raises Refused if there is none."""
        if not self._history.acts:
            raise Refused(sentence("There is nothing to undo"))
        act = self._history.acts[-1]
        if act.kind == "drop":
            return self._rebuild("undo", self._history.acts[:-1])
        sets = inverse(self._sets[act.number])
        self._record({"entry": "undo", **self._signature()})
        return self._tell(sets)

    def redo(self) -> Changed:
        """Do again what was undone last; raises Refused if there is nothing."""
        if not self._history.undone:
            raise Refused(sentence("There is nothing to redo"))
        act = self._history.undone[-1]
        if act.kind == "drop":
            return self._rebuild("redo", [*self._history.acts, act])
        sets = self._compiled(self._history.steps[act.number].changes)
        self._record({"entry": "redo", **self._signature()})
        self._sets[act.number] = sets
        return self._tell(sets)

    def drop(self, number: int) -> Changed:
        """Take one step out from among the others; raises Refused if a later one needs it."""
        self._require_step(number)
        return self._rebuild("drop", [*self._history.acts, Act("drop", number)], step=number)

    def say_why(self, number: int, why: str) -> None:
        """Put on record why a step was made; blank text takes the reason away."""
        self._require_step(number)
        reason = _reason(why)
        said = {} if reason is None else {"why": reason}
        self._record({"entry": "why", "step": number, **said, **self._signature()})

    def settle(self) -> Changed:
        """Ask the rules that look at the whole team graph or at whole waves, if any wait."""
        difference = self.assessment.settle()
        if self._lines_changed:
            self._lines_changed = False
            made = [(step.number, step.wave, self._sets[step.number]) for step in self.steps]
            waves = self._waves.count(made, self.assessment.view)
            difference = Difference(difference.pairs + self.assessment.judge_waves(waves).pairs)
        return Changed(self.revision, (), difference)

    def folding(self, plan_hash: str) -> None:
        """Note that a plan file with this hash, which holds everything so far, is about to be written."""
        self._record({"entry": "folding", "plan": plan_hash})

    def folded(self, plan_hash: str) -> None:
        """Note that the plan file with this hash is there."""
        self._record({"entry": "folded", "plan": plan_hash})

    def close(self) -> None:
        self._log.close()

    def _compiled(
        self, changes: Sequence[Change], finds: Finds | None = None, there: Organization | None = None
    ) -> list[Set]:
        """The assignments that changes come to, here or in another state; raises Refused.

        With `finds` what is accepted must be found; what was accepted once is made again without.
        """
        from orgtui.changes.compile import compile_all

        return compile_all(there or self.organization, changes, finds)

    def _require_step(self, number: int) -> None:
        if all(step.number != number for step in self.steps):
            raise Refused(sentence("There is no change {number}", number=number))

    def _signature(self) -> Entry:
        return {"by": self.author, "at": _now().isoformat(timespec="seconds")}

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

    def _tell(self, sets: list[Set], order: Organization | None = None) -> Changed:
        difference = self._advance(sets)
        if order is not None:
            self.organization.follow(order)
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
            if each.table in REPORTING_LINES:
                self._lines_changed = True
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

    def _rebuild(self, entry: str, acts: Iterable[Act], **said: object) -> Changed:
        """Go to the state that some acts lead to from the baseline, by an entry that says so."""
        there = self.baseline.copy()
        made: dict[int, list[Set]] = {}
        for step in self._history.after(acts):
            try:
                made[step.number] = self._compiled(step.changes, there=there)
            except Refused as refusal:
                needs = "Change {number} needs it: {reason}"
                raise Refused(sentence(needs, number=step.number, reason=refusal.sentence)) from refusal
            for each in made[step.number]:
                there.apply(each)
        sets = sets_between(self.organization, there)
        self._record({"entry": entry, **said, **self._signature()})
        self._sets |= made
        return self._tell(sets, there)


def _refused_change(step: SessionStep, refusal: Refused) -> Refused:
    return Refused(
        sentence("change {number} cannot be made: {reason}", number=step.number, reason=refusal.sentence)
    )


def _reason(why: str | None) -> str | None:
    """A reason as it is kept; raises Refused for characters that may not enter."""
    if why is None or not why.strip():
        return None
    character = refused_character(why)
    if character is not None:
        raise Refused(sentence("{character} may not stand in a reason", character=character))
    return why


def _now() -> datetime:
    return datetime.now(UTC).astimezone().replace(microsecond=0)

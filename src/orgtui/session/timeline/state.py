"""The state of a session: the baseline with the active steps applied in order, and its assessment.

It depends on the baseline and the active steps alone, not on how often or by whom they were undone and
redone, so every session that has read the same log has the same state.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from orgtui.changes.refusal import Refused
from orgtui.model.records import Person, Record
from orgtui.model.sentence import N_, sentence
from orgtui.model.store import Cell, Organization, Set, inverse
from orgtui.rules.assessment import Assessment, Difference
from orgtui.rules.inputs import Planned, PlannedPart, Waves
from orgtui.rules.registry import require_known_rule
from orgtui.session.log.checkpoint import CHECKPOINT_SUFFIX
from orgtui.session.timeline.divisions import Divisions
from orgtui.session.timeline.passage import Passage
from orgtui.session.timeline.step import News, SessionStep, in_plan_order
from orgtui.session.timeline.waves import REPORTING_LINES, StepAssignments, WaveCount

if TYPE_CHECKING:
    from orgtui.changes.compile import HasFinding
    from orgtui.changes.step import Step


class StepRefused(Refused):
    """One of several steps cannot be applied; `step` is which, `sentence` says why."""

    def __init__(self, step: SessionStep, refusal: Refused) -> None:
        super().__init__(refusal.sentence)
        self.step = step


@dataclass(frozen=True, slots=True)
class NetSteps:
    """What the first `count` steps come to: the fewest that lead to the same states at the end of each wave.

    `waves` are the waves of those among the first steps that are active.
    """

    count: int = 0
    steps: tuple[Step, ...] = ()
    waves: tuple[int, ...] = ()

    @classmethod
    def read(cls, said: Mapping[str, Any]) -> NetSteps:
        """What `to_mapping` says."""
        from orgtui.changes.parse import parse_change
        from orgtui.changes.step import Step

        steps = tuple(
            Step(parse_change(change), {}, why, by, None if at is None else datetime.fromisoformat(at), wave)
            for change, why, by, at, wave in said["net"]
        )
        return cls(said["count"], steps, tuple(said["waves"]))

    def to_mapping(self) -> dict[str, object]:
        """The same as JSON holds it, but that dates of changes are still dates."""
        from orgtui.changes.parse import change_to_mapping

        steps = [
            (change_to_mapping(each.change), each.why, each.by, each.at and each.at.isoformat(), each.wave)
            for each in self.steps
        ]
        return {"count": self.count, "net": steps, "waves": self.waves}


NO_STEPS = NetSteps()


class MadePart(NamedTuple):
    """What a step does in one wave, and the assignments that this comes to."""

    part: SessionStep
    sets: Sequence[Set]


class Contradiction(Refused):
    """The steps lead elsewhere than a checkpoint says."""

    def __init__(self) -> None:
        said = N_("the checkpoint contradicts the log; remove {file} beside it and open this again")
        super().__init__(sentence(said, file=".*" + CHECKPOINT_SUFFIX))


@dataclass(frozen=True, slots=True)
class Transition:
    """The assignments that lead from one state to another, and what is made there, in plan order."""

    sets: tuple[Set, ...]
    made: tuple[MadePart, ...]


class State:
    """The assessed organisation, and in `made` what the active steps do, in plan order.

    That of the first `netted` steps is not known, only that of their net steps, until `make_all`.
    `moved` has the people who sit in another team than in the baseline, `changed_seats` the seats that differ
    from it, `passages` every transition so far.
    """

    def __init__(
        self,
        baseline: Organization,
        assess: Callable[[Organization], Assessment],
        steps: Sequence[SessionStep] = (),
        net: NetSteps = NO_STEPS,
    ) -> None:
        """The state after some steps, which are made before it is assessed; raises StepRefused.

        With `net`, the first steps are replaced by these, and `steps` follow them.
        """
        self.baseline = baseline
        self.organization = baseline.copy()
        self.divisions = Divisions(self.organization)
        self.netted = net.count
        self._net_sets = _make_net(self.organization, net)
        self.made = _make(self.organization, steps)
        self.assessment = assess(self.organization)
        self.moved: set[str] = set()
        self.changed_seats: set[str] = set()
        self.passages: list[Passage] = []
        self._waves = WaveCount(baseline)
        self._lines_changed = False
        self._touching: tuple[object, dict[str, SessionStep]] = (None, {})
        for sets in (*self._net_sets.values(), *(each.sets for each in self.made)):
            self._note(sets)

    def make_all(self, steps: Sequence[SessionStep]) -> None:
        """Make all active steps on the baseline, so that `made` knows each; takes time by their number.

        The state stays as it is. Raises Contradiction if the steps lead elsewhere.
        """
        there, tables = self.baseline.copy(), self.organization.tables
        try:
            made = _make(there, steps)
        except StepRefused as refusal:
            raise Contradiction from refusal
        in_order = all(list(table) == list(tables[name]) for name, table in there.tables.items())
        if there != self.organization or not in_order:
            raise Contradiction
        for name, table in there.tables.items():
            tables[name].take_ranks(table)
        self.made, self.netted, self._net_sets = made, 0, {}

    def plan_transition(
        self,
        steps: Sequence[SessionStep],
        asked: SessionStep | None = None,
        has_finding: HasFinding | None = None,
    ) -> Transition:
        """The transition to the state in which exactly these steps after the netted ones are active.

        Alters nothing.

        Steps before the first difference are kept as they are, later ones are compiled again. What the step
        `asked` accepts has to be a finding then, as `has_finding` tells; any other acceptance was made once,
        and needs no more than a rule that is known. Raises StepRefused.
        """
        from orgtui.changes.compile import compile_all, trial

        parts = in_plan_order(steps)
        same = _common_prefix([part.place for part in parts], [each.part.place for each in self.made])
        made = list(self.made[:same])
        with trial(self.organization) as tried:
            for each in reversed(self.made[same:]):
                tried.apply(inverse(each.sets))
            for part in parts[same:]:
                asks = has_finding if asked is not None and part.number == asked.number else None
                try:
                    sets = compile_all(self.organization, part.changes, asks or _is_known)
                except Refused as refusal:
                    raise StepRefused(part, refusal) from refusal
                tried.apply(sets)
                made.append(MadePart(part, sets))
            return Transition(tuple(tried.sets), tuple(made))

    def apply(self, transition: Transition, news: Sequence[News] = ()) -> Difference:
        """Apply a transition planned on this state; returns what it does to the findings.

        `news` are what others did in it.
        """
        made = {**sets_by_step(self.made), **sets_by_step(transition.made)} if news else {}
        about = tuple((each, made.get(each.step.number, ())) for each in news)
        self.passages.append(Passage(transition.sets, about))
        difference = self.assessment.update(transition.sets)
        self.made = transition.made
        self._note(transition.sets)
        return difference

    def _note(self, sets: Iterable[Set]) -> None:
        """Keep up what depends on the assignments that were made."""
        sets = tuple(sets)
        self.divisions.note(sets)
        for each in sets:
            if each.table == "person":
                self._note_move(str(each.key), each.new)
                differs = self.baseline.people.get(each.key) != each.new
                (self.changed_seats.add if differs else self.changed_seats.discard)(str(each.key))
            if each.table in REPORTING_LINES:
                self._lines_changed = True

    def step_of_seat(self, person: str) -> SessionStep | None:
        """The step that touched a seat last; None if none did, or it is one of the netted ones.

        The first call for a state takes time by the number of assignments.
        """
        made, touching = self._touching
        if made is not self.made:
            touching = {
                str(each.key): part for part, sets in self.made for each in sets if each.table == "person"
            }
            self._touching = (self.made, touching)
        return touching.get(person)

    def sets_by_wave(self) -> dict[int, list[Set]]:
        """The assignments that are made in each wave, wave by wave."""
        by_wave: dict[int, list[Set]] = {}
        for wave, sets in (*self._net_sets.items(), *((each.part.wave, each.sets) for each in self.made)):
            by_wave.setdefault(wave, []).extend(sets)
        return dict(sorted(by_wave.items()))

    @property
    def has_pending_rules(self) -> bool:
        """Whether rules on the whole team graph or on whole waves have not been evaluated for this state."""
        return self._lines_changed or self.assessment.has_pending_rules

    def evaluate_pending(self, reviewed: int) -> Difference:
        """Evaluate the rules on the whole team graph and on whole waves, if any are waiting.

        `reviewed` is how many seats of the baseline have a verdict now.
        """
        difference = self.assessment.evaluate_pending()
        known = self.assessment.view.options(Waves)
        if not self._lines_changed and known.reviewed != reviewed:
            return difference.followed_by(self.assessment.update_waves(replace(known, reviewed=reviewed)))
        if self._lines_changed:
            self._lines_changed = False
            made: list[StepAssignments] = [((wave,), wave, sets) for wave, sets in self._net_sets.items()]
            made += [(each.part.place, each.part.wave, each.sets) for each in self.made]
            counted = self._waves.count(made, self.assessment.view)
            waves = replace(counted, planned=self._planned, reviewed=reviewed)
            difference = difference.followed_by(self.assessment.update_waves(waves))
        return difference

    def _planned(self) -> Planned | None:
        """What the plan does; None while the first steps are only known by what they come to."""
        if self.netted:
            return None
        parts = [
            PlannedPart(each.part.number, each.part.wave, each.part.changes, each.sets) for each in self.made
        ]
        return Planned(self.baseline, parts)

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


def _is_known(organization: Organization, code: str, subjects: tuple[str, ...]) -> bool:
    """Take any finding of a rule that is known; raises Refused for another one."""
    require_known_rule(code)
    return True


def sets_by_step(made: Iterable[MadePart]) -> dict[int, list[Set]]:
    """The assignments of each step, by its number."""
    by_step: dict[int, list[Set]] = {}
    for each in made:
        by_step.setdefault(each.part.number, []).extend(each.sets)
    return by_step


def _make(organization: Organization, steps: Iterable[SessionStep]) -> tuple[MadePart, ...]:
    """Make steps in plan order; returns what they do. Raises StepRefused, with some of them made."""
    from orgtui.changes.compile import check_finding

    made = []
    for part in in_plan_order(steps):
        sets: list[Set] = []
        for change in part.changes:
            try:
                check_finding(organization, change, _is_known)
                each = change.compile(organization)
            except Refused as refusal:
                raise StepRefused(part, refusal) from refusal
            for assignment in each:
                organization.apply(assignment)
            sets += each
        made.append(MadePart(part, sets))
    return tuple(made)


def _make_net(organization: Organization, net: NetSteps) -> dict[int, Sequence[Set]]:
    """Make net steps; returns the assignments of each wave, none for one that comes to nothing."""
    made: dict[int, list[Set]] = {wave: [] for wave in net.waves}
    for step in net.steps:
        sets = step.change.compile(organization)
        for each in sets:
            organization.apply(each)
        made[step.wave] += sets
    return {**made}


def _common_prefix(these: Sequence[object], those: Sequence[object]) -> int:
    """The length of the common prefix of two lists."""
    for place, (this, that) in enumerate(zip(these, those, strict=False)):
        if this != that:
            return place
    return min(len(these), len(those))


def merge_sets(sets: Iterable[Set]) -> tuple[Set, ...]:
    """Consecutive assignments merged into at most one for each record; those without effect are left out.

    There are two for a record that stands elsewhere now: it goes, and comes.
    """
    olds: dict[Cell, Record | None] = {}
    news: dict[Cell, Record | None] = {}
    left: dict[Cell, int | None] = {}
    came: dict[Cell, int | None] = {}
    for each in sets:
        cell = (each.table, each.key)
        olds.setdefault(cell, each.old)
        news[cell] = each.new
        if each.new is None:
            left.setdefault(cell, each.rank)
        elif each.old is None:
            came[cell] = each.rank
    merged: list[Set] = []
    for (table, key), old in olds.items():
        cell, new = (table, key), news[table, key]
        if old is not None and new is not None and cell in came and left[cell] != came[cell]:
            merged += (Set(table, key, old, None), Set(table, key, None, new))
        elif old != new:
            merged.append(Set(table, key, old, new))
    return tuple(merged)

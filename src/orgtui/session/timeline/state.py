"""The organisation as the steps that hold make it, each on what the earlier ones left, and judged.

Whatever was done, taken back and made again by whomever: the state is that of the baseline with the steps
that hold, in their order, so that everyone who reads the same log has the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from orgtui.changes.refusal import Refused
from orgtui.model.records import Person, Record
from orgtui.model.store import Cell, Organization, Set, inverse
from orgtui.rules.assessment import Assessment, Difference
from orgtui.session.timeline.step import SessionStep
from orgtui.session.timeline.waves import REPORTING_LINES, WaveCount


class NotMade(Refused):
    """A step among others that cannot be made; `sentence` says why."""

    def __init__(self, step: SessionStep, refusal: Refused) -> None:
        super().__init__(refusal.sentence)
        self.step = step


@dataclass(frozen=True, slots=True)
class Course:
    """What leads from a state to another: assignments, and what each step that then holds comes to."""

    sets: tuple[Set, ...]
    made: Mapping[int, Sequence[Set]]


class State:
    """An assessed organisation with what each step that holds did to it, by number."""

    def __init__(self, baseline: Organization, assessment: Assessment) -> None:
        self.baseline = baseline
        self.assessment = assessment
        self.organization = assessment.organization
        self.made: Mapping[int, Sequence[Set]] = {}
        self.moved: set[str] = set()
        self._waves = WaveCount(baseline)
        self._lines_changed = False

    def course(self, steps: Sequence[SessionStep], new: SessionStep | None = None) -> Course:
        """What leads to the state in which just these steps hold; raises NotMade. Alters nothing.

        What `new` accepts must be found there; what was accepted once is made again without.
        """
        from orgtui.changes.compile import compile_all, trial

        numbers = list(self.made)
        same = _common([step.number for step in steps], numbers)
        made = {number: self.made[number] for number in numbers[:same]}
        with trial(self.organization) as tried:
            for number in reversed(numbers[same:]):
                tried.apply(inverse(self.made[number]))
            for step in steps[same:]:
                finds = self.assessment.finds if step is new else None
                try:
                    made[step.number] = compile_all(self.organization, step.changes, finds)
                except Refused as refusal:
                    raise NotMade(step, refusal) from refusal
                tried.apply(made[step.number])
            return Course(tuple(tried.sets), made)

    def take(self, course: Course) -> Difference:
        """Go where a course leads."""
        difference = self.assessment.update(course.sets)
        self.made = course.made
        for each in course.sets:
            if each.table == "person":
                self._note_move(str(each.key), each.new)
            if each.table in REPORTING_LINES:
                self._lines_changed = True
        return difference

    @property
    def waiting(self) -> bool:
        """Whether rules that look at the whole team graph, or at whole waves, have yet to be asked."""
        return self._lines_changed or self.assessment.waiting

    def settle(self, steps: Sequence[SessionStep]) -> Difference:
        """Ask the rules that look at the whole team graph or at whole waves, if any wait."""
        difference = self.assessment.settle()
        if self._lines_changed:
            self._lines_changed = False
            made = [(step.number, step.wave, self.made[step.number]) for step in steps]
            waves = self._waves.count(made, self.assessment.view)
            difference = Difference(difference.pairs + self.assessment.judge_waves(waves).pairs)
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


def _common(these: Sequence[int], those: Sequence[int]) -> int:
    """How many numbers two lists begin with alike."""
    for place, (this, that) in enumerate(zip(these, those, strict=False)):
        if this != that:
            return place
    return min(len(these), len(those))


def in_one(sets: Iterable[Set]) -> tuple[Set, ...]:
    """Assignments one after another as at most one for each record."""
    olds: dict[Cell, Record | None] = {}
    news: dict[Cell, Record | None] = {}
    for each in sets:
        cell = (each.table, each.key)
        olds.setdefault(cell, each.old)
        news[cell] = each.new
    return tuple(
        Set(table, key, old, news[table, key])
        for (table, key), old in olds.items()
        if old != news[table, key]
    )

"""Three-way merge of the changes of plans, by what they touch.

What only one side changed is taken from it. What both changed in different ways is a conflict, and so are
changes that cannot be made together, or that lead elsewhere when made in the other order. Every change of
either side is in the result or in a conflict.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from typing import Literal

from orgtui.changes.merge_effects import EXISTS, Cell, Effect, Part, differing_parts, effect, parts
from orgtui.changes.merge_slots import (
    Slot,
    Slots,
    arranged,
    changed_slots,
    merged_step,
    says_the_same,
    slots_of,
)
from orgtui.changes.parse import fields_to_mapping
from orgtui.changes.replay import HasFindingAfter
from orgtui.changes.step import Step
from orgtui.model.records import Key, Record
from orgtui.model.sentence import Sentence, sentence
from orgtui.model.store import Organization

Side = Literal["ours", "theirs"]

TRIED_AGAINST = 20
"""How many changes of ours are tried for the one that keeps out one of theirs, the nearest first."""


@dataclass(frozen=True, slots=True)
class Touched:
    """A part of a record that both sides changed; values are None where there is none."""

    cell: Cell
    base: object
    ours: object
    theirs: object


@dataclass(frozen=True, slots=True)
class MergeConflict:
    """Changes that do not go together, as the base has them and as each side has them.

    `reason` says why where it is not that both changed the same. `kept` is the side that stands in the
    result; None if neither does. It is `settled` if somebody chose.
    """

    base: tuple[Step, ...]
    ours: tuple[Step, ...]
    theirs: tuple[Step, ...]
    touched: tuple[Touched, ...] = ()
    reason: Sentence | None = None
    kept: Side | None = "ours"
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Merged:
    """The merged steps with what they replace, how many changes each side brought, and the conflicts.

    `left_out` are acceptances of what the other side mended: there is nothing to choose.
    """

    steps: tuple[Step, ...]
    from_ours: int
    from_theirs: int
    conflicts: tuple[MergeConflict, ...]
    left_out: tuple[MergeConflict, ...] = ()


Choose = Callable[[int], Side | None]
"""Which side was chosen for a conflict, by its number from 1; None if nobody did."""


def merge(
    organization: Organization,
    base: Sequence[Step],
    ours: Sequence[Step],
    theirs: Sequence[Step],
    choose: Choose = lambda number: None,
    has_finding: HasFindingAfter | None = None,
) -> Merged:
    """Merge the changes of two plans that both come from a third one, all made on one organisation.

    Where nothing is chosen, ours stays. With `has_finding`, acceptances of what is not found any more are
    left out and told. Alters nothing.
    """
    return _Merge(organization, base, ours, theirs, choose, has_finding).result()


@dataclass(slots=True, eq=False)
class _Group:
    """Changes of both sides that exclude one another."""

    ours: list[Slot]
    theirs: list[Slot]
    reason: Sentence | None = None
    chosen: Side | None = None
    taken: bool = field(default=False)


class _Merge:
    """One merge: slots of the three plans, what each side changed, and which of it goes together."""

    def __init__(
        self,
        organization: Organization,
        base: Sequence[Step],
        ours: Sequence[Step],
        theirs: Sequence[Step],
        choose: Choose,
        has_finding: HasFindingAfter | None,
    ) -> None:
        self._organization, self._choose, self._has_finding = organization, choose, has_finding
        self._lost: list[MergeConflict] = []
        self._base = slots_of(base)
        self._ours, self._ours_effect = self._possible(slots_of(ours), "ours")
        self._theirs, self._theirs_effect = self._possible(slots_of(theirs), "theirs")
        self._base_effect = effect(organization, self._base)
        self._changed_ours = changed_slots(self._base, self._ours)
        self._changed_theirs = changed_slots(self._base, self._theirs)
        both = set(self._changed_ours) & set(self._changed_theirs)
        self._merged = {slot: step for slot in both if (step := merged_step(*self._at(slot))) is not None}
        self._same = {slot for slot in both if says_the_same(self._ours.get(slot), self._theirs.get(slot))}
        self._touched: dict[tuple[Slot, Slot], list[Touched]] = {}

    def result(self) -> Merged:
        """The merged steps and the conflicts."""
        if self._lost:
            pass
        elif not self._changed_ours:
            return Merged(tuple(self._theirs.values()), 0, len(self._changed_theirs), ())
        elif not self._changed_theirs or list(self._ours.items()) == list(self._theirs.items()):
            return Merged(tuple(self._ours.values()), len(self._changed_ours), len(self._changed_theirs), ())
        groups = self._groups()
        grouped = {slot for group in groups for slot in group.theirs}
        ours = set(self._changed_ours)
        free = [slot for slot in self._changed_theirs if slot not in grouped]
        theirs, failed = self._taken(ours, set(), free)
        self._join(groups, failed, ours, theirs)
        for number, group in enumerate(groups, start=1):
            group.chosen = self._choose(number)
        waiting = [group for group in groups if group.chosen == "theirs"]
        while waiting:
            for group in waiting:
                ours, theirs = self._decided(group, ours, theirs)
            left = [group for group in waiting if not group.taken]
            if len(left) == len(waiting):
                break
            waiting = left
        return self._finished(groups, ours, theirs)

    # -- what both changed -------------------------------------------------------------------------

    def _groups(self) -> list[_Group]:
        """What cannot both be taken, as far as the plans by themselves say so."""
        pairs = [
            (slot, slot)
            for slot in self._changed_theirs
            if slot in self._changed_ours and slot not in self._merged and slot not in self._same
        ]
        pairs += self._touching()
        groups: list[_Group] = []
        of_ours: dict[Slot, _Group] = {}
        of_theirs: dict[Slot, _Group] = {}
        for mine, other in dict.fromkeys(pairs):
            here = of_ours.get(mine) or of_theirs.get(other)
            there = of_theirs.get(other) or here
            if here is None or there is None:
                here = there = _Group([], [])
                groups.append(here)
            if here is not there:
                groups.remove(there)
                here.ours += there.ours
                here.theirs += there.theirs
            here.ours += [mine] if mine not in here.ours else []
            here.theirs += [other] if other not in here.theirs else []
            of_ours |= dict.fromkeys(here.ours, here)
            of_theirs |= dict.fromkeys(here.theirs, here)
        return groups

    def _touching(self) -> Iterator[tuple[Slot, Slot]]:
        """Pairs of changes of both sides that give a part of a record different values."""
        ours, theirs = self._ours_effect, self._theirs_effect
        for table, key in dict.fromkeys((*ours.records, *theirs.records, *self._base_effect.records)):
            base, mine, other = (self._record(each, table, key) for each in (self._base_effect, ours, theirs))
            by_ours, by_theirs = set(differing_parts(base, mine)), set(differing_parts(base, other))
            shared = by_ours | by_theirs if EXISTS in by_ours | by_theirs else by_ours & by_theirs
            if not by_ours or not by_theirs or mine == other:
                continue
            values = [parts(each) for each in (base, mine, other)]
            for part in sorted(shared, key=str):
                at = [each.get(part) for each in values]
                cell = Cell(table, key, part)
                if at[1] == at[2]:
                    continue
                of_ours = self._writers(self._ours_effect, self._changed_ours, table, key, part)
                of_theirs = self._writers(self._theirs_effect, self._changed_theirs, table, key, part)
                for pair in ((one, two) for one in of_ours for two in of_theirs):
                    if pair[0] != pair[1] or pair[0] not in self._merged:
                        self._touched.setdefault(pair, []).append(Touched(cell, *at))
                        yield pair

    def _writers(self, made: Effect, changed: Sequence[Slot], table: str, key: Key, part: Part) -> list[Slot]:
        """The changes of a side that wrote a part, or that made or took away its record."""
        wrote: set[Slot] = set()
        for each in (made, self._base_effect):
            for wanted in (part, EXISTS):
                wrote |= each.writers.get(Cell(table, key, wanted), frozenset())
        return [slot for slot in changed if slot in wrote]

    def _record(self, made: Effect, table: str, key: Key) -> Record | None:
        if (table, key) in made.records:
            return made.records[table, key]
        return self._organization.tables[table].get(key)

    # -- what can be made together -----------------------------------------------------------------

    def _taken(
        self, ours: AbstractSet[Slot], theirs: AbstractSet[Slot], free: Sequence[Slot]
    ) -> tuple[set[Slot], list[tuple[Slot, Sentence]]]:
        """Which changes of theirs go together with ours, as many as can be; the others with the reason."""
        taken = set(theirs)
        waiting = list(free)
        while waiting:
            failed: list[tuple[Slot, Sentence]] = []
            pending = [waiting]
            while pending:
                chunk = pending.pop()
                reason = self._fits(ours, taken | set(chunk))
                if reason is None:
                    taken |= set(chunk)
                elif len(chunk) == 1:
                    failed.append((chunk[0], reason))
                else:
                    half = len(chunk) // 2
                    pending += [chunk[half:], chunk[:half]]
            if len(failed) in (0, len(waiting)):
                return taken, failed
            waiting = [slot for slot, _ in failed]
        return taken, []

    def _fits(self, ours: AbstractSet[Slot], theirs: AbstractSet[Slot]) -> Sentence | None:
        """Why changes of both sides cannot be made together, in either order; None if they can."""
        wanted = self._wanted(ours, theirs)
        outcomes = []
        for main, other in ((self._ours, self._theirs), (self._theirs, self._ours)):
            made = effect(self._organization, arranged(main, other, wanted), strict=True)
            if made.refused:
                return next(iter(made.refused.values()))
            outcomes.append(made.leads_to(self._organization))
        if outcomes[0] != outcomes[1]:
            return sentence("what comes of both depends on which is made first")
        return None

    def _join(
        self,
        groups: list[_Group],
        failed: Sequence[tuple[Slot, Sentence]],
        ours: AbstractSet[Slot],
        theirs: AbstractSet[Slot],
    ) -> None:
        """Put changes of theirs that cannot be made beside ours to what of ours keeps them from it."""
        unexplained = []
        for slot, reason in failed:
            culprit = self._culprit(ours, theirs, slot)
            group = next((each for each in groups if culprit in each.ours), None)
            if group is not None:
                group.theirs.append(slot)
                group.reason = group.reason or reason
            elif culprit is not None:
                groups.append(_Group([culprit], [slot], reason))
            else:
                unexplained.append((slot, reason))
        for slot, reason in unexplained:
            with_group = (
                each
                for each in groups
                if self._fits(ours - set(each.ours), theirs | {*each.theirs, slot}) is None
            )
            group = next(with_group, None)
            if group is None:
                groups.append(_Group([], [slot], reason))
            else:
                group.theirs.append(slot)

    def _culprit(self, ours: AbstractSet[Slot], theirs: AbstractSet[Slot], slot: Slot) -> Slot | None:
        """The change of ours without which one of theirs could be made; None if it is not only one."""
        change = self._theirs[slot].change if slot in self._theirs else self._base[slot].change
        named = {each for value in fields_to_mapping(change).values() for each in _texts(value)}
        wrote = self._ours_effect.writers.items()
        close = {writer for cell, writers in wrote if cell.key in named for writer in writers}
        candidates = [each for each in self._changed_ours if each in ours]
        near = sorted(candidates, key=lambda each: each not in close)[:TRIED_AGAINST]
        fitting = (each for each in near if self._fits(ours - {each}, theirs | {slot}) is None)
        return next(fitting, None)

    def _decided(self, group: _Group, ours: set[Slot], theirs: set[Slot]) -> tuple[set[Slot], set[Slot]]:
        """The changes of both sides that are taken, once it is known what was chosen in a group.

        If theirs was chosen and cannot be made, ours stays and the reason is told.
        """
        if group.chosen != "theirs":
            return ours, theirs
        tried = ours - set(group.ours), theirs | set(group.theirs)
        reason = self._fits(*tried)
        group.taken, group.reason = reason is None, group.reason or reason
        return tried if group.taken else (ours, theirs)

    def _wanted(self, ours: AbstractSet[Slot], theirs: AbstractSet[Slot]) -> dict[Slot, Step]:
        """The steps that stand if these changes of both sides are taken."""
        wanted = {}
        for slot in dict.fromkeys((*self._base, *self._ours, *self._theirs)):
            base, mine, other = self._at(slot)
            step = other if slot in theirs else base
            if slot in ours:
                step = self._merged.get(slot, mine) if slot in theirs else mine
            if step is not None:
                wanted[slot] = step
        return wanted

    def _at(self, slot: Slot) -> tuple[Step | None, Step | None, Step | None]:
        return self._base.get(slot), self._ours.get(slot), self._theirs.get(slot)

    # -- the outcome -------------------------------------------------------------------------------

    def _possible(self, slots: Slots, side: Side) -> tuple[Slots, Effect]:
        """The steps of a side that can be made at all; the others are told as conflicts."""
        made = effect(self._organization, slots)
        for slot, reason in made.refused.items():
            base, step = _steps([self._base.get(slot)]), (slots[slot],)
            ours, theirs = (step, ()) if side == "ours" else ((), step)
            self._lost.append(MergeConflict(base, ours, theirs, reason=reason, kept=None))
        return {slot: step for slot, step in slots.items() if slot not in made.refused}, made

    def _finished(self, groups: Sequence[_Group], ours: set[Slot], theirs: set[Slot]) -> Merged:
        order = arranged(self._ours, self._theirs, self._wanted(ours, theirs))
        made = effect(self._organization, order, self._has_finding)
        conflicts = [self._conflict(group) for group in groups]
        for lost in self._lost:
            settled = self._choose(len(conflicts) + 1) is not None
            conflicts.append(replace(lost, settled=settled))
        left_out = []
        for slot, reason in made.refused.items():
            base, mine, other = (_steps([each]) for each in self._at(slot))
            left_out.append(MergeConflict(base, mine, other, reason=reason, kept=None, settled=True))
        steps = tuple(replace(order[slot], was=was) for slot, was in made.was.items())
        return Merged(steps, len(ours), len(theirs), tuple(conflicts), tuple(left_out))

    def _conflict(self, group: _Group) -> MergeConflict:
        slots = list(dict.fromkeys((*group.ours, *group.theirs)))
        pairs = [(mine, other) for mine in group.ours for other in group.theirs]
        touched = dict.fromkeys(each for pair in pairs for each in self._touched.get(pair, ()))
        base, mine, other = (_steps(map(side.get, slots)) for side in (self._base, self._ours, self._theirs))
        return MergeConflict(
            base,
            mine,
            other,
            tuple(touched),
            group.reason,
            "theirs" if group.taken else "ours",
            group.chosen == "ours" or group.taken,
        )


def _texts(value: object) -> tuple[str, ...]:
    """The words in a field of a change, which may be ids."""
    return tuple(map(str, value)) if isinstance(value, list | dict) else (str(value),)


def _steps(steps: Iterable[Step | None]) -> tuple[Step, ...]:
    return tuple(step for step in steps if step is not None)

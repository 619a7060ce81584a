"""The changes of three plans side by side: which change stands where, and in what order they are merged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

from orgtui.changes.base import Change, SetFields, WriteKey
from orgtui.changes.operations.acceptances import Accept, Unaccept
from orgtui.changes.step import Step
from orgtui.model.invalid import InvalidChange

Slot = tuple[WriteKey, int]
"""What identifies a change in all three plans: what it overwrites first, and which of those it is."""

Slots = Mapping[Slot, Step]
"""The steps of a plan by their slots, in the order of the plan."""


def slots_of(steps: Iterable[Step]) -> dict[Slot, Step]:
    """The steps of a plan by what they overwrite."""
    seen: Counter[WriteKey] = Counter()
    slots: dict[Slot, Step] = {}
    for step in steps:
        written = step.change.write_set()[0]
        seen[written] += 1
        slots[written, seen[written]] = step
    return slots


def changed_slots(base: Slots, side: Slots) -> list[Slot]:
    """The slots in which a side differs from the base, in the order of the side, what it took out last."""
    return [slot for slot in dict.fromkeys((*side, *base)) if _said(side.get(slot)) != _said(base.get(slot))]


def says_the_same(one: Step | None, other: Step | None) -> bool:
    """Whether two steps do the same for the same reason in the same wave, whoever made them and when."""
    return _content(one) == _content(other)


def merged_step(base: Step | None, ours: Step | None, theirs: Step | None) -> Step | None:
    """One step with what both sides changed in a step; None if both changed the same, or one took it out."""
    if ours is None or theirs is None:
        return None
    if says_the_same(ours, theirs):
        return ours
    change = _merged_change(None if base is None else base.change, ours.change, theirs.change)
    said: dict[str, Any] = {}
    for name in ("why", "wave"):
        sides = [None if step is None else getattr(step, name) for step in (base, ours, theirs)]
        fits, said[name] = three_way(*sides)
        if not fits:
            return None
    return None if change is None else replace(ours, change=change, **said)


def three_way(base: Any, ours: Any, theirs: Any) -> tuple[bool, Any]:
    """Whether at most one of two sides changed a value, or both to the same; and what it then is."""
    if ours == theirs or theirs == base:
        return True, ours
    return ours == base, theirs


def arranged(main: Slots, other: Slots, wanted: Mapping[Slot, Step]) -> dict[Slot, Step]:
    """The wanted steps in the order of one plan; what only the other has comes after its neighbour there.

    Waves never decrease, and acceptances come last among what is put in.
    """
    order = [slot for slot, step in main.items() if slot in wanted and wanted[slot].wave == step.wave]
    known = set(order)
    before: Slot | None = None
    for slot in dict.fromkeys((*other, *wanted)):
        if slot in wanted and slot not in known:
            order.insert(_place(order, wanted, slot, before), slot)
            known.add(slot)
        before = slot if slot in known else before
    return {slot: wanted[slot] for slot in order}


def _place(order: Sequence[Slot], wanted: Slots, slot: Slot, before: Slot | None) -> int:
    """Where a step is put: in its wave, after the one before it if that can be."""
    wave = wanted[slot].wave
    first = sum(1 for each in order if wanted[each].wave < wave)
    end = sum(1 for each in order if wanted[each].wave <= wave)
    if _accepts(wanted[slot]):
        return end
    place = first if before is None else order.index(before) + 1
    place = min(max(place, first), end)
    while place > first and _accepts(wanted[order[place - 1]]):
        place -= 1
    return place


def _accepts(step: Step) -> bool:
    return isinstance(step.change, Accept | Unaccept)


def _said(step: Step | None) -> object:
    return None if step is None else (*_content(step), step.by, step.at)


def _content(step: Step | None) -> tuple[object, ...]:
    return () if step is None else (step.change, step.why, step.wave)


def _merged_change(base: Change | None, ours: Change, theirs: Change) -> Change | None:
    """One change with the fields that each side changed; None if both changed one of them."""
    if type(ours) is not type(theirs):
        return None
    if type(base) is not type(ours):
        if not isinstance(ours, SetFields):
            return ours if ours == theirs else None
        base = None
    sides = [_values(each) for each in (base, ours, theirs)]
    merged: dict[str, Any] = {}
    for name in dict.fromkeys((*sides[1], *sides[2])):
        fits, merged[name] = three_way(*(side.get(name, ABSENT) for side in sides))
        if not fits:
            return None
    values = {name: value for name, value in merged.items() if value is not ABSENT}
    try:
        return ours.with_values(values) if isinstance(ours, SetFields) else replace(ours, **values)
    except InvalidChange:
        return None


ABSENT = object()
"""A value that is not there."""


def _values(change: Change | None) -> dict[str, Any]:
    if change is None:
        return {}
    if isinstance(change, SetFields):
        return change.new_values()
    return {each.name: getattr(change, each.name) for each in fields(change)}

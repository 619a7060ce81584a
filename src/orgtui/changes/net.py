"""The net effect of steps, wave by wave: what was undone leaves no trace, two moves become one.

Every shortening is tried: it stands only if the wave still leads to the same state.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from orgtui.changes.acceptances import Accept, Unaccept
from orgtui.changes.base import Change, Refused, Register
from orgtui.changes.compile import Finds, Trial, trial
from orgtui.changes.step import Step
from orgtui.model.records import Acceptance, Key
from orgtui.model.store import Organization, Set

Effect = dict[tuple[str, Key], tuple[Any, Any]]
"""Record before and record after by table and key, for what differs."""

LEAST = 2
"""The length of a register that stands for a whole entry: its kind and its id."""


def net(baseline: Organization, steps: Sequence[Step], finds: Finds | None = None) -> list[Step]:
    """The steps that lead through the same states at the end of every wave, as few as can be found.

    `was` is read anew; acceptances come last in their wave. With `finds`, acceptances of what is no finding
    any more at the end of their wave are left out. Raises Refused if the steps cannot be made.
    """
    folded: list[Step] = []
    with trial(baseline) as tried:
        for _, wave in groupby(steps, key=lambda step: step.wave):
            folded += _net_wave(tried, list(wave), finds)
    return folded


def _net_wave(tried: Trial, steps: list[Step], finds: Finds | None) -> list[Step]:
    acceptances, start = tried.organization.acceptances, len(tried.sets)
    judged: dict[tuple[str, ...], Step] = {}
    for step in steps:
        if isinstance(step.change, Accept | Unaccept):
            judged[step.change.key] = step
            if isinstance(step.change, Unaccept) and step.change.key not in acceptances:
                continue  # left out of an earlier wave
        tried.make(step.change)
    wanted = {key: acceptances.get(key) for key in judged}
    tried.take_back(start)
    folded = [step for step in steps if not isinstance(step.change, Accept | Unaccept)]
    while True:
        shorter = _folded(tried, folded)
        if len(shorter) == len(folded):
            break
        tried.take_back(start)
        folded = shorter
    tried.take_back(start)
    structural = list(_made_again(tried, shorter))
    return structural + list(_made_again(tried, _judgements(tried.organization, judged, wanted, finds)))


def _made_again(tried: Trial, steps: Sequence[Step]) -> Iterator[Step]:
    for step in steps:
        change = step.change.trimmed(tried.organization)
        yield replace(step, change=change, was=change.was(tried.organization))
        tried.make(change)


def _judgements(
    organization: Organization,
    judged: Mapping[tuple[str, ...], Step],
    wanted: Mapping[tuple[str, ...], Acceptance | None],
    finds: Finds | None,
) -> list[Step]:
    """The steps that lead from what is accepted to what is wanted to be."""
    steps = []
    for key, step in judged.items():
        goal = wanted[key]
        if organization.acceptances.get(key) == goal:
            continue
        if goal is None:
            steps.append(replace(step, change=Unaccept(key[0], key[1:])))
        elif finds is None or finds(organization, goal.code, goal.subjects):
            accept = Accept(goal.code, goal.subjects, goal.why, goal.by, goal.until)
            steps.append(replace(step, change=accept))
    return steps


# -- folding -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Made:
    """A step that is made, what it overwrites, and where its assignments begin."""

    step: Step
    registers: tuple[Register, ...]
    begin: int


def _folded(tried: Trial, steps: Sequence[Step]) -> list[Step]:
    """The steps with what can be folded folded once, in order; they are made when this returns."""
    made: list[_Made] = []
    for step in steps:
        _make(tried, made, step)
        while _fold_last(tried, made):
            pass
    return [each.step for each in made]


def _make(tried: Trial, made: list[_Made], step: Step) -> None:
    begin = len(tried.sets)
    tried.make(step.change)
    made.append(_Made(step, step.change.registers(), begin))


def _fold_last(tried: Trial, made: list[_Made]) -> bool:
    """Fold the last step into an earlier one; whether there is a new last step to be folded on."""
    last = made[-1]
    for place in _partners(made):
        earlier = made[place]
        for first, second in earlier.step.change.fold(last.step.change):
            between = [each.step for each in made[place + 1 : -1]]
            steps = [
                *_kept(first, earlier.step, last.step),
                *between,
                *_kept(second, last.step, earlier.step),
            ]
            if _replaced(tried, made, place, steps):
                return bool(second)
    return False


def _kept(changes: Sequence[Change], step: Step, other: Step) -> list[Step]:
    """Changes that stand for a step, with the why of the other one if it has none."""
    kept = []
    for change in changes:
        said, silent = (other, step) if change is other.change else (step, other)
        kept.append(replace(said, change=change, why=said.why or silent.why))
    return kept


def _partners(made: list[_Made]) -> Iterator[int]:
    """The places of the latest steps that the last one may make up for, the latest first."""
    open_registers = {*made[-1].registers, *(register[:LEAST] for register in made[-1].registers)}
    for place in range(len(made) - 2, -1, -1):
        shared = open_registers.intersection(made[place].registers)
        if shared:
            open_registers -= shared
            yield place


def _replaced(tried: Trial, made: list[_Made], place: int, steps: Sequence[Step]) -> bool:
    """Put steps in the place of those from `place` on if they come to the same; else leave all as it was."""
    begin = made[place].begin
    before = tried.sets[begin:]
    former = made[place:]
    tried.take_back(begin)
    del made[place:]
    try:
        for step in steps:
            _make(tried, made, step)
        same = _effect(tried.sets[begin:]) == _effect(before) and _born(tried.sets[begin:]) == _born(before)
    except Refused:
        same = False
    if not same:
        tried.take_back(begin)
        tried.apply(before)
        made[place:] = former
    return same


def _effect(sets: Sequence[Set]) -> Effect:
    """What assignments come to."""
    effect: Effect = {}
    for each in sets:
        name = each.table, each.key
        old = effect[name][0] if name in effect else each.old
        effect[name] = old, each.new
    return {name: (old, new) for name, (old, new) in effect.items() if old != new}


def _born(sets: Sequence[Set]) -> dict[str, list[Key]]:
    """The keys of new records, in the order in which they came: that is their order in files."""
    born: dict[str, list[Key]] = {}
    for (table, key), (old, new) in _effect(sets).items():
        if old is None and new is not None:
            born.setdefault(table, []).append(key)
    return born

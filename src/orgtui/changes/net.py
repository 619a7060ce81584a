"""Netting: the fewest steps that lead to the same states, wave by wave.

Steps are squashed in pairs. Each squash is tried and kept only if the wave still leads to the same state.
"""

from __future__ import annotations

from collections.abc import Container, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, NamedTuple

from orgtui.changes.base import Change, Refused, WriteKey
from orgtui.changes.compile import HasFinding, Trial, trial
from orgtui.changes.operations.acceptances import Accept, Unaccept
from orgtui.changes.step import Step
from orgtui.model.records import Acceptance, Key
from orgtui.model.store import Organization, Set

Effect = dict[tuple[str, Key], tuple[Any, Any]]
"""Old and new record by table and key, for the records that differ."""

_Waiting = dict[tuple[str, ...], tuple[Step, Acceptance | None]]
"""By the key of an acceptance, the step that decided on it last, and what it would be but for the steps left
out so far."""

MERGED_AT_ONCE = 400
"""From how many steps of a wave on those that replace one another are merged before pairs are tried."""

ENTRY_KEY_LENGTH = 2
"""The length of a write key that stands for a whole entry: its kind and its id."""


def net(
    baseline: Organization,
    steps: Sequence[Step],
    has_finding: HasFinding | None = None,
    *,
    squashing: bool = True,
) -> list[Step]:
    """The steps that lead through the same states at the end of every wave, as few as can be found.

    Without `squashing` all are kept but acceptances that decide nothing. `was` is read anew; acceptances come
    last in their wave. With `has_finding`, acceptances of what is no finding any more at the end of their
    wave wait for the first wave that ends with the finding, and are left out if there is none. Raises Refused
    if the steps cannot be made.
    """
    netting = net_by_and_by(baseline, steps, has_finding, squashing=squashing)
    while True:
        try:
            next(netting)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


def net_by_and_by(
    baseline: Organization,
    steps: Sequence[Step],
    has_finding: HasFinding | None = None,
    *,
    squashing: bool = True,
) -> Generator[None, None, list[Step]]:
    """What `net` returns, with a pause after every step; in a pause some of the steps are made in `baseline`.

    They are taken back in the end, also when it is closed before.
    """
    squashed: list[Step] = []
    waiting: _Waiting = {}
    with trial(baseline) as tried:
        for _, wave in groupby(steps, key=lambda step: step.wave):
            squashed += yield from _net_wave(tried, list(wave), waiting, has_finding, squashing)
    return squashed


def _net_wave(
    tried: Trial, steps: list[Step], waiting: _Waiting, has_finding: HasFinding | None, squashing: bool
) -> Generator[None, None, list[Step]]:
    """The net steps of a wave, made when this returns; `waiting` is brought up to date."""
    acceptances, start = tried.organization.acceptances, len(tried.sets)
    wave = steps[-1].wave
    decisions = {key: replace(step, wave=wave) for key, (step, _) in waiting.items()}
    tried.apply(tried.organization.assignment("accept", key, there) for key, (_, there) in waiting.items())
    for step in steps:
        if isinstance(step.change, Accept | Unaccept):
            decisions[step.change.key] = step
        tried.make(step.change)
        yield
    wanted = {key: acceptances.get(key) for key in decisions}
    order, came = list(acceptances), _standing_last(tried.sets[start:]).get("accept", {})
    given = sorted((key for key in decisions if key in came), key=acceptances.rank)
    tried.roll_back(start)
    others = [step for step in steps if not isinstance(step.change, Accept | Unaccept)]
    shorter = (yield from _squashed(tried, others)) if squashing else others
    tried.roll_back(start)
    structural = []
    for step in _redone(tried, shorter):
        structural.append(step)
        yield
    staying = [key for key in acceptances if key not in wanted or wanted[key] is not None]
    coming = [key for key in given if key not in acceptances]
    again = () if [*staying, *coming] == order else given
    wanted = {key: wanted[key] for key in (*(key for key in wanted if key not in came), *given)}
    steps = _acceptance_steps(tried.organization, decisions, wanted, again, has_finding)
    made = list(_redone(tried, steps))
    waiting.clear()
    waiting |= {
        key: (step, wanted[key]) for key, step in decisions.items() if acceptances.get(key) != wanted[key]
    }
    return structural + made


def _redone(tried: Trial, steps: Sequence[Step]) -> Iterator[Step]:
    for step in steps:
        change = step.change.without_no_ops(tried.organization)
        yield replace(step, change=change, was=change.replaced_values(tried.organization))
        tried.make(change)


def _acceptance_steps(
    organization: Organization,
    decisions: Mapping[tuple[str, ...], Step],
    wanted: Mapping[tuple[str, ...], Acceptance | None],
    again: Container[tuple[str, ...]],
    has_finding: HasFinding | None,
) -> list[Step]:
    """The steps that lead from the present acceptances to the wanted ones, in their order.

    Those in `again` are taken back first, as they would not stand last otherwise.
    """
    steps = []
    for key, goal in wanted.items():
        step = decisions[key]
        there = organization.acceptances.get(key)
        if there == goal and key not in again:
            continue
        if goal is None:
            steps.append(replace(step, change=Unaccept(key[0], key[1:])))
        elif has_finding is None or has_finding(organization, goal.code, goal.subjects):
            if there is not None and key in again:
                steps.append(replace(step, change=Unaccept(goal.code, goal.subjects)))
            accept = Accept(goal.code, goal.subjects, goal.why, goal.by, goal.until)
            steps.append(replace(step, change=accept))
    return steps


# -- squashing -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Made:
    """A step that is made, its write set, and the index of its first assignment."""

    step: Step
    write_set: tuple[WriteKey, ...]
    begin: int


def _squashed(tried: Trial, steps: list[Step]) -> Generator[None, None, list[Step]]:
    """The steps after all possible squashes; they are made when this returns."""
    start = len(tried.sets)
    steps = _merged_at_once(tried, steps)
    tried.roll_back(start)
    squasher = _Squasher(tried)
    while True:
        squasher.made = []
        for step in steps:
            squasher.make(step)
            yield
            while squasher.squash_last():
                yield
        squashed = [each.step for each in squasher.made]
        if squashed == steps:
            return squashed
        steps = squashed
        tried.roll_back(start)


def _merged_at_once(tried: Trial, steps: list[Step]) -> list[Step]:
    """Many steps after merging those that replace one another, tried once for all; they are made then.

    Trying each pair by itself makes all steps between the two again, too much for many steps. If not all can
    be merged at once, each half is tried.
    """
    start = len(tried.sets)
    for step in steps:
        tried.make(step.change)
    if len(steps) < MERGED_AT_ONCE:
        return steps
    wanted = _outcome(tried, start)
    tried.roll_back(start)
    made = []
    for step in _merged(steps):
        # A step that leads back to where all began is refused and can be left out: the outcome decides.
        with suppress(Refused):
            tried.make(step.change)
            made.append(step)
    if _outcome(tried, start, wanted.orders) == wanted:
        return made
    tried.roll_back(start)
    half = len(steps) // 2
    return _merged_at_once(tried, steps[:half]) + _merged_at_once(tried, steps[half:])


def _merged(steps: Iterable[Step]) -> list[Step]:
    """The steps after merging each with the latest one that writes the same, if one can stand for both."""
    kept: list[Step | None] = []
    latest: dict[WriteKey, int] = {}
    for step in steps:
        place = max((latest[key] for key in step.change.write_set() if key in latest), default=None)
        earlier = None if place is None else kept[place]
        if place is not None and earlier is not None:
            one = _standing_for_both(earlier, step)
            if one is not None:
                kept[place] = None
                step = one
        for key in step.change.write_set():
            latest[key] = len(kept)
        kept.append(step)
    return [step for step in kept if step is not None]


def _standing_for_both(earlier: Step, later: Step) -> Step | None:
    """One step in the place of the later one for both; None if there is none."""
    for first, second in earlier.change.squash_candidates(later.change):
        if len(first) + len(second) == 1:
            return _replacements(second or first, later, earlier)[0]
    return None


class _Squasher:
    """The steps made so far, and the pairs of steps that could not be squashed."""

    def __init__(self, tried: Trial) -> None:
        self.tried = tried
        self.made: list[_Made] = []
        self._failed: dict[tuple[int, int, int], tuple[Step, Step]] = {}

    def make(self, step: Step) -> None:
        begin = len(self.tried.sets)
        self.tried.make(step.change)
        self.made.append(_Made(step, step.change.write_set(), begin))

    def squash_last(self) -> bool:
        """Squash the last step with an earlier one; returns whether there is a new last step to squash."""
        last = self.made[-1].step
        for place in self._partners():
            earlier = self.made[place].step
            pair = id(earlier), id(last), len(self.made) - place
            if pair in self._failed:
                continue
            between = [each.step for each in self.made[place + 1 : -1]]
            for first, second in earlier.change.squash_candidates(last.change):
                if not first and not second and not self._may_cancel_out(place):
                    continue
                steps = [
                    *_replacements(first, earlier, last),
                    *between,
                    *_replacements(second, last, earlier),
                ]
                if self._replaced(place, steps):
                    return bool(second)
            self._failed[pair] = earlier, last
        return False

    def _partners(self) -> Iterator[int]:
        """The positions of the latest steps that share write keys with the last one, the latest first."""
        write_set = self.made[-1].write_set
        wanted_keys = {*write_set, *(write_key[:ENTRY_KEY_LENGTH] for write_key in write_set)}
        for place in range(len(self.made) - 2, -1, -1):
            shared = wanted_keys.intersection(self.made[place].write_set)
            if shared:
                wanted_keys -= shared
                yield place

    def _may_cancel_out(self, place: int) -> bool:
        """Whether a step and the last one together change only records that steps between them change."""
        begin, end = self.made[place].begin, self.made[place + 1].begin
        sets = self.tried.sets
        touched = {(each.table, each.key) for each in sets[end : self.made[-1].begin]}
        return _effect([*sets[begin:end], *sets[self.made[-1].begin :]]).keys() <= touched

    def _replaced(self, place: int, steps: Sequence[Step]) -> bool:
        """Replace the steps from `place` on if the outcome is the same; returns whether they were."""
        begin, former = self.made[place].begin, self.made[place:]
        before, outcome = self.tried.sets[begin:], _outcome(self.tried, begin)
        self.tried.roll_back(begin)
        del self.made[place:]
        try:
            for step in steps:
                self.make(step)
            same = _outcome(self.tried, begin, outcome.orders) == outcome
        except Refused:
            same = False
        if not same:
            self.tried.roll_back(begin)
            self.tried.apply(before)
            self.made[place:] = former
        return same


def _outcome(tried: Trial, begin: int, ordered: Iterable[str] = ()) -> _Outcome:
    """What the assignments from `begin` on lead to, which are the last ones made."""
    sets = tried.sets[begin:]
    last = _standing_last(sets)
    moved = {table for table, keys in last.items() if any(keys.values())} | set(ordered)
    tables = tried.organization.tables
    return _Outcome(
        _effect(sets),
        {table: list(keys) for table, keys in last.items() if keys and table not in moved},
        {table: list(tables[table]) for table in moved},
    )


def _replacements(changes: Sequence[Change], step: Step, other: Step) -> list[Step]:
    """Steps for changes that replace `step`, with the reason of the other step if it has none itself."""
    kept = []
    for change in changes:
        source, fallback = (other, step) if change is other.change else (step, other)
        kept.append(replace(source, change=change, why=source.why or fallback.why))
    return kept


class _Outcome(NamedTuple):
    """What assignments lead to: the records that differ, the keys that stand last, and whole orders.

    There is an order for each table in which a record that was there before stands last now.
    """

    effect: Effect
    last: Mapping[str, Sequence[Key]]
    orders: Mapping[str, Sequence[Key]]


def _effect(sets: Iterable[Set]) -> Effect:
    """The net effect of assignments."""
    effect: Effect = {}
    for each in sets:
        name = each.table, each.key
        old = effect[name][0] if name in effect else each.old
        effect[name] = old, each.new
    return {name: (old, new) for name, (old, new) in effect.items() if old != new}


def _standing_last(sets: Iterable[Set]) -> dict[str, dict[Key, bool]]:
    """The keys of the records that came, by table in file order; each with whether it was there before."""
    last: dict[str, dict[Key, bool]] = {}
    known: dict[tuple[str, Key], bool] = {}
    for each in sets:
        was_there = known.setdefault((each.table, each.key), each.old is not None)
        if each.old is None or each.new is None:
            keys = last.setdefault(each.table, {})
            keys.pop(each.key, None)
            if each.new is not None:
                keys[each.key] = was_there
    return last

"""Presenting a plan: its steps with their titles and what they mend, in waves."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Sequence

from orgtui.advice.search.grouping import Group, arranged, grouped, put_along, put_together
from orgtui.advice.search.moves import Moves
from orgtui.advice.search.plans import Cost, Step, Suggestion
from orgtui.advice.search.titles import area_joined, by_key, key_of, name_of, title_of, with_agreements
from orgtui.advice.search.world import World, weight
from orgtui.changes.base import Change
from orgtui.rules.assessment import ReportedFinding
from orgtui.rules.catalogue.a201_change_shock import ChangeShock
from orgtui.rules.facts.numbers import integer_ratio
from orgtui.rules.facts.waves import managers
from orgtui.rules.inputs import CHANGE_SHOCK

ROUNDS = 3
"""So many times steps are put together and made, until each agreement mends something at its place."""


def presented(
    world: World, moves: Moves, changes: Sequence[Change], cost: Cost
) -> Generator[None, None, Suggestion]:
    """A plan with its steps; the world may be anywhere, and is in the baseline in the end.

    Yields after every step; returns the suggestion, without an id.
    """
    world.take_back()
    yield
    groups = yield from grouped(world, changes)
    for _ in range(ROUNDS):
        world.take_back()
        ordered = yield from arranged(world, moves, changes, groups)
        steps = yield from _made(world, ordered)
        idle = [group for group, step in zip(ordered, steps, strict=True) if not step.resolved]
        if not (_put_alike(groups, ordered, steps) | _settle_idle(world, groups, idle)):
            break
    counts, left = world.counts(), tuple(world.findings())
    world.take_back()
    return Suggestion(
        "",
        name_of(changes),
        counts.penalty,
        counts.error,
        counts.warning,
        counts.advice,
        cost,
        tuple(steps),
        left,
    )


def _made(world: World, groups: Sequence[Group]) -> Generator[None, None, list[Step]]:
    """The steps that groups of changes make, one after another, with what each mends and brings."""
    waves = _Waves(world)
    steps = []
    for group in groups:
        area = area_joined(world.view, group.core)
        difference = world.make(group.changes)
        steps.append(
            Step(
                with_agreements(title_of(group.core, area), len(group.along)),
                "structure" if group.is_structural else "agreement",
                waves.wave_after_step(group.is_structural),
                tuple(group.changes),
                _counting(difference.resolved),
                _counting(difference.introduced),
                tuple(map(title_of, by_key(group.along))),
            )
        )
        yield
    return steps


def _put_alike(groups: list[Group], ordered: Sequence[Group], steps: Sequence[Step]) -> bool:
    """Put agreements of one kind together that mend findings of one rule; returns whether there were any."""
    first: dict[object, Group] = {}
    for group, step in zip(ordered, steps, strict=True):
        if group in groups and not group.is_structural and step.resolved:
            known = first.setdefault((key_of(group.core[0]), _worst(step.resolved)), group)
            if known is not group:
                known.core += group.core
                groups.remove(group)
    return len(groups) < len(ordered)


def _worst(findings: Iterable[ReportedFinding]) -> str:
    return min(findings, key=lambda each: (-weight(each), each.identity)).finding.code


def _settle_idle(world: World, groups: list[Group], idle: Sequence[Group]) -> bool:
    """Put agreements that mend nothing at their place with the step that needs them; returns whether any was
    put elsewhere."""
    settled = False
    for group in idle:
        if group.is_structural or group not in groups:
            continue
        if put_together(groups, group):
            group.core = []
        before = len(group.core)
        group.core = [change for change in group.core if not put_along(world, groups, change)]
        if not group.core:
            groups.remove(group)
        settled |= not group.core or len(group.core) < before
    return settled


def _counting(findings: list[ReportedFinding]) -> tuple[ReportedFinding, ...]:
    return tuple(sorted((each for each in findings if weight(each)), key=lambda each: each.identity))


class _Waves:
    """Gives each step its wave: a new one begins where too many people would get a new manager at once."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._judges = CHANGE_SHOCK in world.assessment.policy.codes
        self._share = integer_ratio(world.view.options(ChangeShock).max_share)
        self._wave = 1
        self._start = self._last = managers(world.organization) if self._judges else {}

    def wave_after_step(self, is_structure: bool) -> int:
        """The wave of a step that was just made."""
        if not self._judges or not is_structure:
            return self._wave
        now = managers(self._world.organization)
        if self._start != self._last and self._is_shock(self._start, now):
            self._wave += 1
            self._start = self._last
        self._last = now
        return self._wave

    def _is_shock(self, before: dict[str, str | None], after: dict[str, str | None]) -> bool:
        part, whole = self._share
        changed = sum(1 for person, boss in before.items() if person in after and after[person] != boss)
        return changed * whole > part * len(before)

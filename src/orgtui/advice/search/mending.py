"""What `fix --decisions` does, in a search: fix after fix at no price, as a plan that others must beat."""

from __future__ import annotations

from collections.abc import Generator, Iterator

from orgtui.advice.fixes import PreviewedFix, fixes_by_and_by
from orgtui.advice.search.moves import Moves, move_of
from orgtui.advice.search.world import World
from orgtui.advice.wave_planner import WavePlanner
from orgtui.changes.compile import compile_all
from orgtui.engine.finding import Identity
from orgtui.rules.assessment import ReportedFinding
from orgtui.rules.policy import SEVERITIES


def mended(world: World, moves: Moves) -> Iterator[None]:
    """Apply the best fix of every finding that counts in the world, round after round, until none is better.

    Only fixes that `moves` allows. Yields after every fix asked about.
    """
    planner = WavePlanner(world.assessment)
    applied = True
    while applied:
        applied = False
        ranked: list[tuple[int, int, Identity]] = []
        for reported in world.concerning():
            fixes = yield from _improving(world, moves, reported)
            if fixes:
                severity = SEVERITIES.index(reported.severity)
                ranked.append((-fixes[0].score, severity, reported.identity))
        for _, _, identity in sorted(ranked):
            present = world.assessment.reported.get(identity)
            if present is not None:
                applied |= yield from _apply_best(world, moves, planner, present)


def _apply_best(
    world: World, moves: Moves, planner: WavePlanner, reported: ReportedFinding
) -> Generator[None, None, bool]:
    for fix in (yield from _improving(world, moves, reported)):
        if planner.try_schedule(fix, compile_all(world.organization, fix.changes)):
            world.make(fix.changes)
            yield
            return True
    return False


def _improving(
    world: World, moves: Moves, reported: ReportedFinding
) -> Generator[None, None, list[PreviewedFix]]:
    """The fixes of a finding that `fix` would apply and that may be tried, the best first."""
    looking = fixes_by_and_by(world.assessment, reported.finding)
    while True:
        try:
            next(looking)
        except StopIteration as end:
            fixes: list[PreviewedFix] = end.value
            break
        world.asked += 1
        yield
    good = (
        fix
        for fix in fixes
        if fix.changes and fix.score > 0 and fix.difference.balance > 0 > fix.difference.penalty
    )
    best_first = sorted(good, key=lambda fix: (-fix.score, fix.applicability != "safe"))
    return [fix for fix in best_first if moves.allows(world.view, world.organization, move_of(*fix.changes))]

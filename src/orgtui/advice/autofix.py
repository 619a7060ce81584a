"""Applying fixes one after another, the best first, until none improves the organisation."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from orgtui.advice.fixes import Applicability, PreviewedFix, fixes_for, preview_again
from orgtui.advice.wave_planner import WavePlanner
from orgtui.changes.compile import compile_all
from orgtui.changes.plan_operations import SetWave
from orgtui.engine.finding import Identity
from orgtui.rules.assessment import Assessment, ReportedFinding
from orgtui.rules.inputs import CHANGE_SHOCK
from orgtui.rules.policy import SEVERITIES

SAFE: frozenset[Applicability] = frozenset({"safe"})
"""Fixes that change nobody's team, lead or work."""
WITH_DECISIONS: frozenset[Applicability] = frozenset({"safe", "decision"})
"""All fixes with changes."""


@dataclass(frozen=True, slots=True)
class AppliedFix:
    """A finding and the fix that was applied for it, with its wave, from 0."""

    reported: ReportedFinding
    fix: PreviewedFix
    wave: int


def apply_fixes(assessment: Assessment, allowed: Collection[Applicability] = SAFE) -> Iterator[AppliedFix]:
    """Apply fixes as long as the weight of the findings falls; yields each fix after it was applied.

    The same state always gets the same fixes. Where a wave would give too many people a new manager, the next
    one begins. Changes `assessment`.
    """
    assessment.evaluate_pending()
    planner = WavePlanner(assessment)
    applied = True
    while applied:
        applied = False
        for step in apply_fix_round(assessment, allowed, planner):
            applied = True
            yield step


def spread_shocks(assessment: Assessment) -> Iterator[tuple[PreviewedFix, SetWave]]:
    """The best fix of one wave after another that gives too many a new manager, by putting changes elsewhere.

    Before the next one is asked for, `assessment` has to learn of the waves that it leads to. Each goes to a
    later wave, and no later one becomes a shock by it, so it ends.
    """
    while True:
        counting = (each for each in assessment.reported.values() if each.counts)
        shocks = [each.finding for each in counting if each.finding.code == CHANGE_SHOCK]
        found = (fix for shock in shocks for fix in fixes_for(assessment, shock))
        best = next(((fix, fix.placing) for fix in found if fix.placing is not None), None)
        if best is None:
            return
        yield best


def apply_fix_round(
    assessment: Assessment, allowed: Collection[Applicability], planner: WavePlanner
) -> Iterator[AppliedFix]:
    """Apply the best fix of every finding that counts, the best score first; yields each fix applied."""
    for identity, ranked in _promising(assessment, allowed):
        reported = assessment.reported.get(identity)
        if reported is None:
            continue
        for fix in _improving_now(assessment, reported, allowed, ranked):
            sets = compile_all(assessment.organization, fix.changes)
            if planner.try_schedule(fix, sets):
                assessment.update(sets)
                assessment.evaluate_pending()
                yield AppliedFix(reported, fix, planner.wave)
                break


def _promising(
    assessment: Assessment, allowed: Collection[Applicability]
) -> list[tuple[Identity, PreviewedFix]]:
    """The findings with a fix that improves, each with its best: the best score first, then severity."""
    ranked = []
    for reported in assessment.reported.values():
        fix = next(_improving(assessment, reported, allowed), None)
        if fix is not None:
            ranked.append(((-fix.score, SEVERITIES.index(reported.severity), reported.identity), fix))
    return [(rank[-1], fix) for rank, fix in sorted(ranked, key=lambda each: each[0])]


def _improving_now(
    assessment: Assessment,
    reported: ReportedFinding,
    allowed: Collection[Applicability],
    ranked: PreviewedFix,
) -> Iterator[PreviewedFix]:
    """The fixes of a finding that improve, the best first, of which one was ranked in an earlier state.

    If that one does as much now as it did then it comes first, and no other has to be tried.
    """
    if reported.counts:
        again = preview_again(assessment, reported.finding, ranked)
        if again is not None and again.score >= ranked.score and _improves(again, allowed):
            yield again
    yield from _improving(assessment, reported, allowed)


def _improving(
    assessment: Assessment, reported: ReportedFinding, allowed: Collection[Applicability]
) -> Iterator[PreviewedFix]:
    """The fixes of a finding that improve, the best first; of equals the safe ones."""
    fixes = fixes_for(assessment, reported.finding) if reported.counts else []
    good = (fix for fix in fixes if _improves(fix, allowed))
    yield from sorted(good, key=lambda fix: (-fix.score, fix.applicability != "safe"))


def _improves(fix: PreviewedFix, allowed: Collection[Applicability]) -> bool:
    """Whether a fix has changes, a balance and a score above 0, and findings weigh less after it."""
    difference = fix.difference
    is_allowed = bool(fix.changes) and fix.applicability in allowed
    return is_allowed and fix.score > 0 and difference.balance > 0 > difference.penalty

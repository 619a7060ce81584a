"""Applying fixes one after another, the best first, until none improves the organisation."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from orgtui.advice.fixes import Applicability, PreviewedFix, fixes_for
from orgtui.advice.wave_planner import WavePlanner
from orgtui.changes.compile import compile_all
from orgtui.engine.finding import Identity
from orgtui.rules.assessment import Assessment, ReportedFinding
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


def apply_fix_round(
    assessment: Assessment, allowed: Collection[Applicability], planner: WavePlanner
) -> Iterator[AppliedFix]:
    """Apply the best fix of every finding that counts, the best balance first; yields each fix applied."""
    for identity in _promising(assessment, allowed):
        reported = assessment.reported.get(identity)
        if reported is None:
            continue
        for fix in _improving(assessment, reported, allowed):
            sets = compile_all(assessment.organization, fix.changes)
            if planner.try_schedule(fix, sets):
                assessment.update(sets)
                assessment.evaluate_pending()
                yield AppliedFix(reported, fix, planner.wave)
                break


def _promising(assessment: Assessment, allowed: Collection[Applicability]) -> list[Identity]:
    """The findings with a fix that improves, the best balance first, then the most severe."""
    ranked = []
    for reported in assessment.reported.values():
        fix = next(_improving(assessment, reported, allowed), None)
        if fix is not None:
            ranked.append((-fix.difference.balance, SEVERITIES.index(reported.severity), reported.identity))
    return [identity for _, _, identity in sorted(ranked)]


def _improving(
    assessment: Assessment, reported: ReportedFinding, allowed: Collection[Applicability]
) -> Iterator[PreviewedFix]:
    """The fixes of a finding with a balance above 0, the best first; of equals the safe ones."""
    fixes = fixes_for(assessment, reported.finding) if reported.counts else []
    good = (fix for fix in fixes if fix.applicability in allowed and fix.difference.balance > 0)
    yield from sorted(good, key=lambda fix: (-fix.difference.balance, fix.applicability != "safe"))

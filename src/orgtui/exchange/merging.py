"""Merging two plans that come from a third, with one choice in conflicts after another."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from orgtui.changes.merge import Choose
from orgtui.exchange.merge_results import MergeFinding, MergeResult
from orgtui.exchange.merge_words import MergeWords
from orgtui.files.organization_file import baseline_hash
from orgtui.files.plan_file import Plan, dump_plan
from orgtui.locales import NameLookup, translate
from orgtui.model.store import Organization
from orgtui.rules.assessment import FindingReport, ReportedFinding, report_findings
from orgtui.rules.inputs import Waves
from orgtui.rules.policy import SEVERITIES, message
from orgtui.session.plan.merging import MergedPlan, merge_plans
from orgtui.session.plan.planned import led_to, made_from, steps_of


class Plans(NamedTuple):
    """The plans to be merged; `base` is None where the two have none in common."""

    base: Plan | None
    ours: Plan
    theirs: Plan


class Merging:
    """Two plans to be merged on an organisation, which is altered meanwhile but not in the end.

    What each leads to by itself is judged once; each merge costs a replay and a judgement of the whole.
    """

    def __init__(self, baseline: Organization, plans: Plans, called: Iterable[str]) -> None:
        """`called` are the files of ours and theirs. Raises CannotApply for one that cannot be made."""
        self._baseline, self.plans = baseline, plans
        sides = zip((plans.ours, plans.theirs), called, strict=True)
        self._states = [_state(baseline, plan, Path(file)) for plan, file in sides]
        self._reports: list[FindingReport] = []

    def merge(self, choose: Choose) -> MergedPlan:
        """The merged plan with what was chosen in conflicts."""
        return merge_plans(self._baseline, *self.plans, choose)

    def tell(self, merged: MergedPlan) -> MergeResult:
        """What came of a merge, in plain values and words."""
        now = merged.assessment
        before, ours, theirs = self._judged()
        introduced = _counting(now).keys() - _counting(before).keys()
        together = introduced - _counting(ours).keys() - _counting(theirs).keys()
        words = MergeWords((merged.organization, self._baseline, *(there for there, _ in self._states)))
        return MergeResult(
            plan=dump_plan(merged.plan).decode(),
            changes=len(merged.plan.steps),
            from_ours=merged.changes.from_ours,
            from_theirs=merged.changes.from_theirs,
            conflicts=tuple(words.conflicts(merged)),
            unsettled=merged.unsettled,
            before=_counts(before),
            ours=_counts(ours),
            theirs=_counts(theirs),
            merged=_counts(now),
            introduced=_findings(now, introduced, words.name),
            together=_findings(now, together, words.name),
            unsigned=tuple(words.unsigned(merged)),
        )

    def _judged(self) -> Iterable[FindingReport]:
        """What the rules say of the baseline, ours and theirs."""
        if not self._reports:
            day = self._baseline.profile.as_of
            states = ((self._baseline, None), *self._states)
            self._reports = [report_findings(there, day, waves=waves) for there, waves in states]
        return self._reports


def _state(baseline: Organization, plan: Plan, path: Path) -> tuple[Organization, Waves | None]:
    """What a plan leads to; of one that was made for another baseline what can be made here."""
    if plan.baseline == baseline_hash(baseline):
        applied = made_from(baseline, plan, path)
        return applied.organization, applied.waves
    return led_to(baseline, steps_of(plan.steps))


Identity = tuple[str, tuple[str, ...]]


def _counting(report: FindingReport) -> Mapping[Identity, ReportedFinding]:
    """The findings that count, by code and subjects."""
    return {each.identity: each for each in report.reported.values() if each.counts}


def _counts(report: FindingReport) -> dict[str, int]:
    return {str(severity): report.count(severity) for severity in SEVERITIES}


def _findings(
    report: FindingReport, identities: Iterable[Identity], names: NameLookup
) -> tuple[MergeFinding, ...]:
    """Findings in plain values, by severity, code and subjects."""
    found = _counting(report)
    rank = {severity: place for place, severity in enumerate(SEVERITIES)}
    in_order = sorted(identities, key=lambda each: (rank[found[each].severity], each))
    return tuple(
        MergeFinding(
            code,
            found[code, subjects].severity,
            subjects,
            translate(message(found[code, subjects].finding), names),
        )
        for code, subjects in in_order
    )

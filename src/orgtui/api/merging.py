"""Merging the plans in three files, and what came of it in plain values and words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

from orgtui.api.merge_words import MergeWords
from orgtui.api.results import MergeFinding, MergeResult
from orgtui.api.user_error import UserError
from orgtui.changes.merge import Choose
from orgtui.changes.parse import parse_change
from orgtui.files.organization_beside import organizations_beside
from orgtui.files.organization_file import baseline_hash
from orgtui.files.plan_file import Plan, dump_plan, load_plan
from orgtui.files.toml.problems import InvalidFile, Problem
from orgtui.locales import NameLookup, translate
from orgtui.model.sentence import N_, sentence
from orgtui.model.store import Organization
from orgtui.rules.assessment import FindingReport, ReportedFinding, report_findings
from orgtui.rules.inputs import Waves
from orgtui.rules.policy import SEVERITIES, message
from orgtui.session.plan.merging import MergedPlan, led_to, merge_plans, steps_of
from orgtui.session.plan.planned import made_from

ReadOrganization = Callable[[Path], Organization]

State = tuple[Organization, Waves | None]
"""An organisation with the effect of the waves that led to it."""


class PlanFiles(NamedTuple):
    """The files of plans to be merged, and where the plan belongs if these are copies, as git makes them."""

    base: Path
    ours: Path
    theirs: Path
    belongs: Path | None = None

    def called(self) -> tuple[str, str, str]:
        """What the files are called in messages: copies by the plan that they are copies of."""
        if self.belongs is None:
            return str(self.base), str(self.ours), str(self.theirs)
        return f"{self.belongs} (base)", f"{self.belongs} (ours)", f"{self.belongs} (theirs)"


class Plans(NamedTuple):
    """The plans to be merged; `base` is None where the two have none in common."""

    base: Plan | None
    ours: Plan
    theirs: Plan


def load_plans(files: PlanFiles) -> Plans:
    """Load three plans; an empty file is no base. Raises InvalidFile with the problems of all of them."""
    problems: list[Problem] = []
    loaded: list[Plan | None] = []
    for path, called in zip((files.base, files.ours, files.theirs), files.called(), strict=True):
        try:
            is_none = path == files.base and path.exists() and not path.stat().st_size
            loaded.append(None if is_none else load_plan(path, parse_change))
        except InvalidFile as invalid:
            problems += (replace(each, file=called) for each in invalid.problems)
    if problems:
        raise InvalidFile(problems)
    base, ours, theirs = loaded
    assert ours is not None
    assert theirs is not None
    return Plans(base, ours, theirs)


def organization_for(plans: Plans, beside: Path, named: Path | None, read: ReadOrganization) -> Organization:
    """The organisation that plans are for: the named one, or that beside a plan in their state.

    Raises UserError if it is not there in the state for which one of the plans was made, InvalidFile for one
    with problems that was named.
    """
    wanted = {plans.ours.baseline, plans.theirs.baseline}
    if named is not None:
        organization = read(named)
        if baseline_hash(organization) in wanted:
            return organization
        other = N_("both plans were made for another state of {organization}; name that state with --org")
        raise UserError(sentence(other, organization=named.name))
    for file in organizations_beside(beside):
        try:
            organization = read(file)
        except InvalidFile:
            continue
        if baseline_hash(organization) in wanted:
            return organization
    nowhere = N_(
        "no organisation beside {plan} is in the state that it was made for; name it, as it was, with --org"
    )
    raise UserError(sentence(nowhere, plan=beside.name))


def merge_files(
    files: PlanFiles,
    read: ReadOrganization,
    *,
    organization: Path | None = None,
    choose: Choose = lambda number: None,
) -> MergeResult:
    """Merge the plans in three files and tell what came of it.

    The organisation is the named one, or looked for beside the plan. Raises InvalidFile, UserError, and
    CannotApply for a plan that cannot be made on its own baseline.
    """
    plans = load_plans(files)
    baseline = organization_for(plans, files.belongs or files.ours, organization, read)
    sides = zip((plans.ours, plans.theirs), files.called()[1:], strict=True)
    states = [_state(baseline, plan, Path(called)) for plan, called in sides]
    merged = merge_plans(baseline, plans.base, plans.ours, plans.theirs, choose)
    words = MergeWords((merged.organization, baseline, *(there for there, _ in states)))
    return _result(baseline, states, merged, words)


def _state(baseline: Organization, plan: Plan, path: Path) -> State:
    """What a plan leads to; of one that was made for another baseline what can be made here."""
    if plan.baseline == baseline_hash(baseline):
        applied = made_from(baseline, plan, path)
        return applied.organization, applied.waves
    return led_to(baseline, steps_of(plan.steps))


def _result(
    baseline: Organization, states: Iterable[State], merged: MergedPlan, words: MergeWords
) -> MergeResult:
    day, now = baseline.profile.as_of, merged.assessment
    before, ours, theirs = (
        report_findings(there, day, waves=waves) for there, waves in ((baseline, None), *states)
    )
    introduced = _counting(now).keys() - _counting(before).keys()
    together = introduced - _counting(ours).keys() - _counting(theirs).keys()
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
    )


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

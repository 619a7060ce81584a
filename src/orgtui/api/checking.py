"""Checking a state of an organisation; all output formats are made from the same result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path

from orgtui.advice.fixes import Effort, PreviewedFix, fixes_for
from orgtui.api.results import Acceptance, Asleep, CheckResult, Finding, Fix, StaleAccept
from orgtui.api.state import OrganizationState
from orgtui.api.user_error import UserError
from orgtui.changes.parse import change_to_mapping
from orgtui.engine.view import PlainView
from orgtui.files.disk.referenced_files import referenced_path
from orgtui.files.pay_csv import load_pay
from orgtui.locales import NameLookup, translate
from orgtui.metrics import measure
from orgtui.model import records
from orgtui.model.sentence import N_, sentence
from orgtui.model.store import Organization
from orgtui.rules.assessment import Assessment, FindingReport, ReportedFinding, report_findings
from orgtui.rules.policy import SEVERITIES, message
from orgtui.rules.registry import catalogue, codes_matching, known_rules, nearest
from orgtui.views.base.names import name_of

Pay = Mapping[str, Decimal]
"""The yearly cost of each seat."""


@dataclass(frozen=True, slots=True)
class CheckedState:
    """A state after its check; `findings` are sorted by code and subjects."""

    state: OrganizationState
    report: FindingReport
    findings: Sequence[ReportedFinding]
    pay: Pay | None

    @property
    def stale(self) -> list[records.Acceptance]:
        """The acceptances that no longer match a finding."""
        identities = self.report.reported.keys()
        return self.report.policy.stale_acceptances(self.report.view, identities)


def require_known_rules(words: Iterable[str]) -> None:
    """Refuse words that name no rule and no family; raises Unusable with all of them."""
    unknown = [word for word in words if not any(codes_matching(word))]
    if unknown:
        known = (*known_rules().codes_and_names, *sorted(known_rules().families))
        wrong = N_('no rule, name or family is called "{word}"; the nearest is {near}')
        raise UserError(
            *(sentence(wrong, word=word, near=nearest(word, known)) for word in dict.fromkeys(unknown))
        )


def check_state(
    state: OrganizationState,
    *,
    select: Iterable[str] | None = None,
    ignore: Iterable[str] = (),
    today: date | None = None,
    with_pay: bool = False,
) -> CheckedState:
    """Check a state, as of `today` or else the day of the organisation's file.

    Raises UserError if there is no pay file, InvalidFile for one with problems.
    """
    day = today or state.baseline.profile.as_of
    pay = pay_of(state.path, state.baseline, state.organization) if with_pay else None
    report = report_findings(
        state.organization, day, select=select, ignore=ignore, waves=state.waves, pay=pay
    )
    findings = sorted(report.reported.values(), key=lambda reported: reported.identity)
    return CheckedState(state, report, findings, pay)


def pay_of(path: Path, baseline: Organization, organization: Organization) -> Pay:
    """The yearly cost of each seat, by the pay file that `baseline`, which was read from `path`, names.

    Raises UserError if it names none, InvalidFile for one with problems.
    """
    named = baseline.files.pay
    if named is None:
        raise UserError(sentence("{organization} names no pay file", organization=path.name))
    return load_pay(referenced_path(path, named), organization)


def result_of(checked: CheckedState) -> CheckResult:
    """The result as plain values, with the fixes of the findings; each is tried, which may take seconds."""
    state, report = checked.state, checked.report
    policy = report.policy
    adviser = Assessment(state.organization.copy(), policy.today, waves=state.waves, pay=checked.pay)
    adviser.evaluate_pending()
    names = partial(name_of, state.organization, before=state.baseline)
    counts: dict[records.Severity, int] = {severity: report.count(severity) for severity in SEVERITIES}
    found = {code: len(findings) for code, findings in adviser.engine.by_code.items()}
    effort, findings, sought = Effort(), [], 0
    for reported in checked.findings:
        is_sought = not effort.is_spent
        sought += is_sought
        fixes = fixes_for(adviser, reported.finding, effort) if is_sought else []
        findings.append(_finding(reported, fixes, names))
    before = None if state.plan is None else PlainView(state.baseline, policy.today, {})
    return CheckResult(
        organization=state.organization.profile.name,
        today=policy.today,
        findings=tuple(findings),
        counts={**{str(each): count for each, count in counts.items()}, "accepted": report.accepted()},
        asleep=tuple(Asleep(code, needs) for code, needs in report.asleep.items()),
        stale_accepts=tuple(
            StaleAccept(each.code, each.subjects, each.why, each.by, each.until) for each in checked.stale
        ),
        metrics=measure(report.view, found, counts, before=before, with_pay=policy.has_pay),
        fixes_sought=sought,
    )


def _finding(reported: ReportedFinding, fixes: Iterable[PreviewedFix], names: NameLookup) -> Finding:
    finding, accepted = reported.finding, reported.acceptance
    return Finding(
        code=finding.code,
        name=catalogue()[finding.code].name,
        severity=reported.severity,
        subjects=tuple(map(str, finding.subjects)),
        size=finding.size,
        message=translate(message(finding), names),
        evidence=dict(finding.evidence),
        accepted=None if accepted is None else Acceptance(accepted.why, accepted.by, accepted.until),
        fixes=tuple(_fix(fix, names) for fix in fixes),
    )


def _fix(fix: PreviewedFix, names: NameLookup) -> Fix:
    changes = tuple(change_to_mapping(change) for change in fix.changes)
    if fix.placing is not None:
        changes = (fix.placing.to_mapping(),)
    return Fix(translate(fix.title, names), fix.applicability, changes)

"""The outcome of steps: the plan of their net changes, and its summary."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from orgtui.changes.net import net
from orgtui.changes.parse import change_to_mapping
from orgtui.changes.step import Step
from orgtui.engine.view import PlainView
from orgtui.files.plan_file import Plan, PlanStep, Summary, SummaryFinding
from orgtui.metrics import SEVERITY_METRICS, new_managers, pairs, people_moved, teams
from orgtui.model.records import Severity
from orgtui.model.store import Organization
from orgtui.rules.assessment import Assessment, ReportedFinding
from orgtui.session.plan.decided import settled_reviews


def net_plan(head: Plan, baseline: Organization, assessment: Assessment, steps: Sequence[Step]) -> Plan:
    """The plan of the net changes of steps, with the other fields from `head`; it never mentions pay.

    Reviews of seats that the changes touch become `change`; signatures are those of `head`.

    `assessment` is of the state that the steps lead to, with all rules evaluated.
    """

    with assessment.without_pay():
        made = net(baseline, steps, assessment.may_be_found)
        reviews = settled_reviews(head.reviews, baseline, assessment.organization, made)
        written = tuple(map(as_written, made))
        return replace(head, steps=written, reviews=reviews, summary=summary(baseline, assessment))


def as_written(step: Step) -> PlanStep:
    """A step as plans hold it."""
    return PlanStep(change_to_mapping(step.change), step.was, step.why, step.by, step.at, step.wave)


def summary(baseline: Organization, assessment: Assessment) -> Summary:
    """The numbers and findings of an assessed state against those of the baseline."""
    since = assessment.preview_baseline(baseline, lambda view: (teams(view), pairs(view)))
    teams_before, pairs_before = since.answer
    resolved, introduced = since.difference.lost, since.difference.found
    after = {name: assessment.count(severity) for severity, name in SEVERITY_METRICS.items()}
    before = {
        name: after[name] + _count(severity, resolved) - _count(severity, introduced)
        for severity, name in SEVERITY_METRICS.items()
    }
    view = PlainView(baseline, assessment.policy.today, {})
    return Summary(
        before={**before, "teams": teams_before, "pairs": pairs_before},
        after={**after, "teams": teams(assessment.view), "pairs": pairs(assessment.view)},
        resolved=summary_findings(resolved),
        introduced=summary_findings(introduced),
        people_moved=people_moved(view, assessment.view),
        new_manager=new_managers(view, assessment.view),
    )


def _count(severity: Severity, findings: Iterable[ReportedFinding]) -> int:
    return sum(1 for each in findings if each.severity == severity)


def summary_findings(findings: Iterable[ReportedFinding]) -> tuple[SummaryFinding, ...]:
    """Findings as a summary names them, sorted by code and subjects."""
    return tuple(
        SummaryFinding(code, subjects) for code, subjects in sorted(each.identity for each in findings)
    )

"""Folding a session into its plan file: net changes, and what they come to."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import UTC, datetime

from orgtui.changes.net import net
from orgtui.changes.parse import change_to_mapping
from orgtui.changes.step import Step
from orgtui.files.plan_file import Plan, PlanStep, Summary, SummaryFinding, dump_plan
from orgtui.files.writing import replace_file
from orgtui.metrics import SEVERITY_METRICS, pairs, teams
from orgtui.rules.a201_change_shock import managers
from orgtui.rules.assessment import Judged
from orgtui.session.opening import Opened
from orgtui.session.session import Session


def fold(opened: Opened) -> bool:
    """Write the plan file if the log holds something that it does not; returns whether it was written.

    Raises OSError if the file cannot be written; the log then still holds everything.
    """
    session = opened.session
    if not session.unfolded:
        return False
    data = dump_plan(plan_of(opened))
    replace_file(opened.plan_path, data)
    session.folded("sha256:" + hashlib.sha256(data).hexdigest())
    return True


def plan_of(opened: Opened) -> Plan:
    """The plan that a session has come to: net changes with their summary."""
    session = opened.session
    before = opened.plan or Plan(
        name=opened.plan_path.name.removesuffix(".plan.toml"),
        organization=session.baseline.profile.name,
        baseline=opened.baseline_hash,
        author=session.author,
        created=datetime.now(UTC).astimezone().replace(microsecond=0),
    )
    steps = [
        Step(change, {}, step.why, step.by, step.at, step.wave)
        for step in session.steps
        for change in step.changes
    ]
    made = net(session.baseline, steps, session.assessment.finds)
    return replace(before, steps=tuple(map(_as_written, made)), summary=summary(session))


def _as_written(step: Step) -> PlanStep:
    return PlanStep(change_to_mapping(step.change), step.was, step.why, step.by, step.at, step.wave)


def summary(session: Session) -> Summary:
    """What a session's changes come to, from the baseline to now."""
    session.settle()
    assessment = session.assessment
    back = session.since_baseline(lambda view: (teams(view), pairs(view)))
    teams_before, pairs_before = back.answer
    resolved, introduced = back.difference.introduced, back.difference.resolved
    after = {name: assessment.count(severity) for severity, name in SEVERITY_METRICS.items()}
    before = {
        name: after[name] + _of(severity, resolved) - _of(severity, introduced)
        for severity, name in SEVERITY_METRICS.items()
    }
    bosses = managers(session.baseline)
    bosses_now = managers(session.organization)
    staying = bosses.keys() & bosses_now.keys()
    return Summary(
        before={**before, "teams": teams_before, "pairs": pairs_before},
        after={**after, "teams": teams(assessment.view), "pairs": pairs(assessment.view)},
        resolved=[_told(each) for each in resolved],
        introduced=[_told(each) for each in introduced],
        people_moved=len(session.moved),
        new_manager=sum(1 for person in staying if bosses[person] != bosses_now[person]),
    )


def _of(severity: str, findings: list[Judged]) -> int:
    return sum(1 for each in findings if each.severity == severity)


def _told(each: Judged) -> SummaryFinding:
    return SummaryFinding(each.finding.code, tuple(each.finding.subjects))

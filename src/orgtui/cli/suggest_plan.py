"""A suggested plan as a plan file: net changes in waves, the findings that they mend as the reason."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from orgtui.advice.search.plans import Suggestion
from orgtui.api.suggesting import SuggestedState
from orgtui.changes import step as made
from orgtui.cli.plan_output import plan_of, planned_steps
from orgtui.files.plan_file import Plan
from orgtui.locales import NameLookup, translate
from orgtui.rules.assessment import Assessment, ReportedFinding
from orgtui.rules.inputs import Waves
from orgtui.rules.policy import reason_for_fix
from orgtui.session.identity import user_name

REASON = "; "
"""What stands between the reasons of a step that mends several findings."""


def as_plan(suggested: SuggestedState, plan: Suggestion, output: Path | None) -> Plan:
    """The plan as a file holds it, after the steps of the plan that the search went on from."""
    state = suggested.state
    steps = planned_steps(state)
    steps += _steps(plan, steps[-1].wave if steps else 0, suggested.names(plan))
    assessment = Assessment(state.baseline.copy(), state.baseline.profile.as_of, waves=state.waves or Waves())
    for step in steps:
        assessment.update(step.change.compile(assessment.organization))
    assessment.evaluate_pending()
    return plan_of(state, assessment, steps, output)


def _steps(plan: Suggestion, waves_before: int, names: NameLookup) -> Iterator[made.Step]:
    now = datetime.now(UTC).astimezone().replace(microsecond=0)
    for step in plan.steps:
        why = _reason(step.resolved, names)
        for change in step.changes:
            yield made.Step(change, {}, why, user_name(), now, waves_before + step.wave)


def _reason(resolved: Sequence[ReportedFinding], names: NameLookup) -> str | None:
    findings = sorted(resolved, key=lambda each: each.identity)
    return REASON.join(translate(reason_for_fix(each.finding), names) for each in findings) or None

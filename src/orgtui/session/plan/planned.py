"""The state that a plan file leads to from its baseline."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from orgtui.changes.base import Refused
from orgtui.changes.parse import parse_change
from orgtui.changes.step import Step
from orgtui.files.organization_file import baseline_hash
from orgtui.files.plan_file import Plan, load_plan
from orgtui.model.sentence import SentenceError, sentence
from orgtui.model.store import Organization, Set
from orgtui.rules.facts.waves import waves_of
from orgtui.rules.inputs import Waves


class CannotApply(SentenceError):
    """A plan cannot be applied to this baseline; `sentence` says why."""


@dataclass(frozen=True, slots=True)
class AppliedPlan:
    """A plan, its steps, the organisation that they lead to, and the effect of their waves."""

    plan: Plan
    steps: tuple[Step, ...]
    organization: Organization
    waves: Waves


def apply_plan(baseline: Organization, organization: Path, path: Path) -> AppliedPlan:
    """Apply the plan in a file to a copy of `baseline`, which was read from the file `organization`.

    Raises InvalidFile for a file with problems, CannotApply for a plan that was made for another baseline or
    that cannot be made.
    """
    plan = load_plan(path, parse_change)
    if plan.baseline != baseline_hash(baseline):
        raise CannotApply(
            sentence(
                "{plan} was made for another state of {organization}; "
                "`orgtui apply --rebase` shows what no longer holds",
                plan=path.name,
                organization=organization.name,
            )
        )
    now = baseline.copy()
    steps = tuple(
        Step(parse_change(each.change), each.was, each.why, each.by, each.at, each.wave)
        for each in plan.steps
    )
    made = [(step.wave, _made(now, number, step, path)) for number, step in enumerate(steps, start=1)]
    return AppliedPlan(plan, steps, now, waves_of(baseline, made))


def _made(now: Organization, number: int, step: Step, path: Path) -> list[Set]:
    try:
        sets = step.change.compile(now)
    except Refused as refusal:
        raise CannotApply(
            sentence(
                "{plan}: change {number} cannot be made: {reason}",
                plan=path.name,
                number=number,
                reason=refusal.sentence,
            )
        ) from refusal
    for each in sets:
        now.apply(each)
    return sets

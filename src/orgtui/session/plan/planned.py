"""The state that a plan file leads to from its baseline."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

from orgtui.changes.base import Refused
from orgtui.changes.compile import check_finding
from orgtui.changes.parse import parse_change
from orgtui.changes.replay import HasFindingAfter, MadeSteps
from orgtui.changes.step import Step
from orgtui.files.organization_file import baseline_hash
from orgtui.files.plan_file import Baseline, Plan, PlanStep, load_plan
from orgtui.model.sentence import N_, Sentence, SentenceError, sentence
from orgtui.model.store import Organization, Set
from orgtui.rules.assessment import may_be_found
from orgtui.rules.facts.waves import waves_of
from orgtui.rules.inputs import JUDGES_PLAN, NO_PLAN, Planned, PlannedPart, Waves
from orgtui.rules.registry import require_known_rule
from orgtui.session.timeline.divisions import Divisions
from orgtui.session.timeline.reviews import reviewed_count


class CannotApply(SentenceError):
    """A plan cannot be applied to this baseline; `sentence` says why."""


@dataclass(frozen=True, slots=True)
class AppliedPlan:
    """A plan, its steps, the organisation that they lead to, and the effect of their waves."""

    plan: Plan
    steps: tuple[Step, ...]
    organization: Organization
    waves: Waves


def has_finding_in(baseline: Organization, reviewed: Collection[str] = ()) -> HasFindingAfter:
    """What tells whether steps of a plan for `baseline` led to a finding, for acceptances.

    `reviewed` are the seats that people gave verdicts on. It does not depend on pay, nor on what becomes of
    `baseline` meanwhile.
    """
    begin = baseline.copy()

    def has_finding(
        made: MadeSteps, organization: Organization, code: str, subjects: tuple[str, ...]
    ) -> bool:
        require_known_rule(code)
        waves = NO_PLAN
        if code in JUDGES_PLAN:
            waves = with_reviewed(waves_of(begin, made), begin, organization, reviewed)
        return may_be_found(organization, code, subjects, waves)

    return has_finding


def with_reviewed(
    waves: Waves, baseline: Organization, organization: Organization, reviewed: Collection[str]
) -> Waves:
    """The waves of a plan that leads to an organisation, with the number of seats that have a verdict."""
    return replace(waves, reviewed=reviewed_count(baseline, organization, reviewed))


def apply_plan(baseline: Organization, organization: Path, path: Path) -> AppliedPlan:
    """Apply the plan in a file to a copy of `baseline`, which was read from the file `organization`.

    Raises InvalidFile for a file with problems, CannotApply for a plan that was made for another baseline or
    that cannot be made.
    """
    here = baseline_hash(baseline)
    plan = load_plan(path, parse_change, baseline=Baseline(baseline, here))
    if plan.baseline != here:
        raise CannotApply(
            sentence(
                "{plan} was made for another state of {organization}; "
                "`orgtui apply --rebase` shows what no longer holds",
                plan=path.name,
                organization=organization.name,
            )
        )
    return made_from(baseline, plan, path)


def made_from(baseline: Organization, plan: Plan, path: Path) -> AppliedPlan:
    """Apply a plan, which was read from `path`, to a copy of its baseline.

    Raises CannotApply for one that cannot be made: what it accepts has to be found then.
    """
    now = baseline.copy()
    steps = tuple(steps_of(plan.steps))
    reviewed = {each.person for each in plan.reviews}
    has_finding, made = has_finding_in(baseline, reviewed), list[tuple[int, list[Set]]]()
    for number, step in enumerate(steps, start=1):
        try:
            check_finding(now, step.change, partial(has_finding, made))
            sets = step.change.compile(now)
        except Refused as refusal:
            raise CannotApply(_cannot_be_made(path, number, refusal)) from refusal
        for each in sets:
            now.apply(each)
        made.append((step.wave, sets))
    _require_divisions(plan, now, path)
    waves = with_reviewed(waves_of_steps(baseline, steps, made), baseline, now, reviewed)
    return AppliedPlan(plan, steps, now, waves)


def steps_of(written: Iterable[PlanStep]) -> list[Step]:
    """The steps of a plan as changes."""
    return [Step(parse_change(s.change), s.was, s.why, s.by, s.at, s.wave) for s in written]


def led_to(organization: Organization, steps: Iterable[Step]) -> tuple[Organization, Waves]:
    """What steps lead to, those that cannot be made left out, and the effect of their waves."""
    now, made, kept = organization.copy(), list[tuple[int, list[Set]]](), list[Step]()
    for step in steps:
        try:
            sets = step.change.compile(now)
        except Refused:
            continue
        for each in sets:
            now.apply(each)
        made.append((step.wave, sets))
        kept.append(step)
    return now, waves_of_steps(organization, kept, made)


def _require_divisions(plan: Plan, organization: Organization, path: Path) -> None:
    """Refuse a plan that signs a team which is no division where it leads to; raises CannotApply."""
    divisions = Divisions(organization)
    for number, signed in enumerate(plan.signoffs, start=1):
        if not divisions.has(signed.team):
            wrong = N_(
                "{plan}: signoff[{number}].team: {team} is no division; sign a team directly under the root"
            )
            raise CannotApply(sentence(wrong, plan=path.name, number=number, team=signed.team))


def waves_of_plan(baseline: Organization, steps: Sequence[Step]) -> Waves:
    """The effect of the waves of steps; raises Refused if one cannot be made."""
    there, made = baseline.copy(), list[tuple[int, list[Set]]]()
    for step in steps:
        sets = step.change.compile(there)
        for each in sets:
            there.apply(each)
        made.append((step.wave, sets))
    return waves_of_steps(baseline, steps, made)


def waves_of_steps(baseline: Organization, steps: Sequence[Step], made: MadeSteps) -> Waves:
    """The effect of the waves of steps, numbered from 1; `made` has their assignments."""
    numbered = enumerate(zip(steps, made, strict=True), start=1)
    parts = [PlannedPart(number, step.wave, (step.change,), sets) for number, (step, (_, sets)) in numbered]
    return replace(waves_of(baseline, made), planned=lambda: Planned(baseline, parts))


def _cannot_be_made(plan: Path, number: int, refusal: Refused) -> Sentence:
    return sentence(
        "{plan}: change {number} cannot be made: {reason}",
        plan=plan.name,
        number=number,
        reason=refusal.sentence,
    )

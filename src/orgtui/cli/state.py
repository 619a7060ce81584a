"""The organisation a command is about: the file as it is, or with a plan applied."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from orgtui.changes.base import Refused
from orgtui.changes.parse import parse_change
from orgtui.cli.words import Unusable, warn
from orgtui.files.exposure import exposures
from orgtui.files.organization_file import baseline_hash, load_organization
from orgtui.files.plan_file import Plan, PlanStep, load_plan
from orgtui.model.sentence import sentence
from orgtui.model.store import Organization, Set
from orgtui.rules.a201_change_shock import Waves, waves_of
from orgtui.rules.registry import known_rules


@dataclass(frozen=True, slots=True)
class State:
    """An organisation as it is in its file, and with the plan applied; without a plan both are equal."""

    baseline: Organization
    now: Organization
    plan: Plan | None = None
    waves: Waves | None = None


def read_organization(path: Path) -> Organization:
    """Read an organisation; pay that everybody could read is warned of.

    Raises InvalidFile.
    """
    organization = load_organization(path, known_rules())
    for warning in exposures(path, organization):
        warn(warning)
    return organization


def load_state(organization: Path, plan: Path | None) -> State:
    """Read an organisation, and apply a plan to it if there is one.

    Raises InvalidFile for files with problems, Unusable for a plan that was made for another baseline or
    that cannot be replayed.
    """
    baseline = read_organization(organization)
    if plan is None:
        return State(baseline, baseline.copy())
    loaded = load_plan(plan, parse_change)
    if loaded.baseline != baseline_hash(baseline):
        raise Unusable(
            sentence(
                "{plan} was made for another state of {organization}; "
                "`orgtui apply --rebase` shows what no longer holds",
                plan=plan.name,
                organization=organization.name,
            )
        )
    now = baseline.copy()
    steps = [(step.wave, _made(now, number, step, plan)) for number, step in enumerate(loaded.steps, start=1)]
    return State(baseline, now, loaded, waves_of(baseline, steps))


def _made(now: Organization, number: int, step: PlanStep, plan: Path) -> list[Set]:
    try:
        sets = parse_change(step.change).compile(now)
    except Refused as refusal:
        raise Unusable(
            sentence(
                "{plan}: change {number} cannot be made: {reason}",
                plan=plan.name,
                number=number,
                reason=refusal.sentence,
            )
        ) from refusal
    for each in sets:
        now.apply(each)
    return sets

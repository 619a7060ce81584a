"""An organisation as in its file, and with a plan applied."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from orgtui.files.plan_file import Plan
from orgtui.model.store import Organization
from orgtui.rules.inputs import Waves
from orgtui.session.plan.planned import apply_plan


@dataclass(frozen=True, slots=True)
class OrganizationState:
    """The organisation in the file `path` as `baseline`; as `organization` with the plan, if any, applied."""

    path: Path
    baseline: Organization
    organization: Organization
    plan: Plan | None = None
    waves: Waves | None = None


def state_with_plan(path: Path, baseline: Organization, plan: Path | None) -> OrganizationState:
    """The state of an organisation that was read from `path`, with the plan in a file applied, if any.

    Raises InvalidFile for a plan with problems, CannotApply for one that was made for another baseline or
    that cannot be made.
    """
    if plan is None:
        return OrganizationState(path, baseline, baseline.copy())
    there = apply_plan(baseline, path, plan)
    return OrganizationState(path, baseline, there.organization, there.plan, there.waves)

"""The organisation a command is about: the file as it is, or with a plan applied."""

from __future__ import annotations

from pathlib import Path

from orgtui.changes.base import Refused
from orgtui.changes.compile import compile_all
from orgtui.changes.parse import parse_change
from orgtui.cli.words import Unusable
from orgtui.files.organization_file import baseline_hash, load_organization
from orgtui.files.plan_file import Plan, load_plan
from orgtui.model.sentence import sentence
from orgtui.model.store import Organization
from orgtui.rules.registry import known_rules


def load_state(organization: Path, plan: Path | None) -> tuple[Organization, Organization, Plan | None]:
    """The baseline, the state with the plan applied, and the plan.

    Raises InvalidFile for files with problems, Unusable for a plan that was made for another baseline or
    cannot be replayed.
    """
    baseline = load_organization(organization, known_rules())
    if plan is None:
        return baseline, baseline, None
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
    state = baseline.copy()
    for number, step in enumerate(loaded.steps, start=1):
        try:
            sets = compile_all(state, [parse_change(step.change)])
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
            state.apply(each)
    return baseline, state, loaded

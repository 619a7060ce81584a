"""What a search for better structures found, for all output formats and the Python interface."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from typing import Any

from orgtui.advice.search.limits import Limits
from orgtui.advice.search.plans import Cost, Counts, Options, Progress, Step, Suggestion
from orgtui.api.state import OrganizationState
from orgtui.changes.compile import compile_all
from orgtui.changes.parse import change_to_mapping
from orgtui.locales import NameLookup, translate
from orgtui.model.store import Organization
from orgtui.rules.assessment import ReportedFinding
from orgtui.rules.policy import message
from orgtui.views.base.names import Names


@dataclass(frozen=True, slots=True)
class SuggestedState:
    """A state after a search from it; `progress` is the last that the search said."""

    state: OrganizationState
    today: date
    limits: Limits
    options: Options
    progress: Progress

    @property
    def recommended(self) -> Suggestion | None:
        """The plan that is recommended; None if there is none."""
        return self.plan(self.progress.recommended) or next(iter(self.progress.plans), None)

    def plan(self, identity: str | None) -> Suggestion | None:
        """The plan with an id; None if there is none."""
        return next((each for each in self.progress.plans if each.id == identity), None)

    def after(self, plan: Suggestion) -> Organization:
        """The organisation that a plan leads to."""
        there = self.state.organization.copy()
        for each in compile_all(there, plan.changes):
            there.apply(each)
        return there

    def names(self, plan: Suggestion) -> Names:
        """The names of what is there after a plan, or was before it."""
        return Names(self.after(plan), self.state.organization)


def suggestions_as_dict(suggested: SuggestedState) -> dict[str, Any]:
    """The result in dicts and lists, as `orgtui suggest --format json` writes it; dates are ISO text."""
    progress = suggested.progress
    return {
        "organization": suggested.state.organization.profile.name,
        "today": suggested.today.isoformat(),
        "seed": suggested.options.seed,
        "seconds": suggested.options.seconds,
        "stopped": progress.stopped,
        "limits": limits_as_dict(suggested.limits),
        "before": asdict(progress.before),
        "proven": {"changes": progress.proven},
        "asked": progress.asked,
        "plans": [_plan(each, suggested.names(each)) for each in progress.plans],
    }


def limits_as_dict(limits: Limits) -> dict[str, Any]:
    """Limits by name; lists of ids, numbers or None."""
    return {each.name: _listed(getattr(limits, each.name)) for each in fields(limits)}


def _listed(value: object) -> object:
    if not isinstance(value, tuple):
        return value
    return [list(each) if isinstance(each, tuple) else each for each in value]


def _plan(plan: Suggestion, names: NameLookup) -> dict[str, Any]:
    counts = {each.name: getattr(plan, each.name) for each in fields(Counts)}
    return {
        "id": plan.id,
        "name": translate(plan.name, names),
        **counts,
        "cost": {each.name: getattr(plan.cost, each.name) for each in fields(Cost)},
        "steps": [_step(each, names) for each in plan.steps],
        "left": _findings(plan.left),
    }


def _step(step: Step, names: NameLookup) -> dict[str, Any]:
    return {
        "title": translate(step.title, names),
        "kind": step.kind,
        "wave": step.wave,
        "changes": [change_to_mapping(each) for each in step.changes],
        "resolved": _findings(step.resolved, names),
        "introduced": _findings(step.introduced, names),
    }


def _findings(findings: Iterable[ReportedFinding], names: NameLookup | None = None) -> list[dict[str, Any]]:
    """Findings by code and subjects, with their messages if they are to be worded."""
    return [
        {
            "code": each.finding.code,
            "subjects": [str(subject) for subject in each.finding.subjects],
            "severity": each.severity,
            **({} if names is None else {"message": translate(message(each.finding), names)}),
        }
        for each in sorted(findings, key=lambda each: each.identity)
    ]

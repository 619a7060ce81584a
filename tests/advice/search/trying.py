"""What tests of the search share: organisations to search in, and plain readings of what a plan does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache

from orgtui.advice.search.limits import Limits
from orgtui.advice.search.plans import Options, Progress, Suggestion
from orgtui.advice.search.search import search
from orgtui.changes.base import Change
from orgtui.engine.view import PlainView
from orgtui.files.organization_file import load_organization
from orgtui.model.store import Organization
from orgtui.rules.assessment import FindingReport, report_findings
from orgtui.rules.facts.reporting import manager_in
from orgtui.rules.registry import known_rules
from tests.support import SAMPLES

WEIGHTS = {"error": 9, "warning": 3, "advice": 1}

Point = tuple[int, int, int]
"""Penalty, people touched, number of changes."""


@cache
def _sample(name: str) -> Organization:
    return load_organization(SAMPLES / f"{name}.toml", known_rules())


def sample(name: str) -> Organization:
    """A sample organisation, free to be changed."""
    return _sample(name).copy()


def searched(organization: Organization, limits: Limits | None = None, **options: object) -> Progress:
    """The last word of a search."""
    *_, last = search(
        organization,
        organization.profile.as_of,
        limits or Limits(),
        Options(**options),  # type: ignore[arg-type]
    )
    return last


def made(organization: Organization, changes: Iterable[Change]) -> Organization:
    """A copy of an organisation with changes made one after another."""
    there = organization.copy()
    for change in changes:
        for each in change.compile(there):
            there.apply(each)
    return there


def report(organization: Organization) -> FindingReport:
    """All findings, evaluated from scratch."""
    return report_findings(organization, organization.profile.as_of)


def penalty_of(found: FindingReport) -> int:
    """The weights of what counts, A201 left out."""
    counting = (each for each in found.reported.values() if each.counts and each.finding.code != "A201")
    return sum(WEIGHTS[each.severity] for each in counting)


def touched_between(before: Organization, after: Organization) -> int:
    """How many seats that are filled in both have another team or manager."""
    there, then = _places(before), _places(after)
    return sum(1 for person in there if person in then and there[person] != then[person])


def _places(organization: Organization) -> dict[str, tuple[str, str | None]]:
    view = PlainView(organization, organization.profile.as_of, {})
    filled = (seat for seat in organization.people.values() if seat.state == "filled")
    return {seat.id: (seat.team, manager_in(view, seat.id, seat.team)) for seat in filled}


def point_of(plan: Suggestion) -> Point:
    """Where a plan lies."""
    return plan.penalty, plan.cost.touched, plan.cost.changes


def is_beaten(point: Sequence[int], others: Iterable[Sequence[int]]) -> bool:
    """Whether one of some points is as good as a point in everything."""
    return any(all(its <= mine for its, mine in zip(other, point, strict=True)) for other in others)


def check_plans(organization: Organization, limits: Limits, progress: Progress) -> None:
    """That there are plans, and each leads to what it says, puts no rule to sleep and keeps to the limits."""
    before = report(organization)
    assert progress.plans
    for plan in progress.plans:
        after = made(organization, plan.changes)
        found = report(after)
        assert plan.penalty == penalty_of(found) < penalty_of(before)
        assert plan.cost.touched == touched_between(organization, after)
        assert not found.asleep.keys() - before.asleep.keys()
        assert not limits.broken_by(organization, after, plan.changes, plan.cost, plan.left)

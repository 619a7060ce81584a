"""Weighing a suggested plan again, on the present state of a session and without some of its steps."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from orgtui.advice.search.moves import AGREEMENTS
from orgtui.advice.search.plans import Counts, Step, Suggestion
from orgtui.advice.search.world import affected, penalty_added, weight
from orgtui.changes.base import Change
from orgtui.changes.compile import Trial, trial
from orgtui.changes.refusal import Refused
from orgtui.engine.view import View
from orgtui.model.sentence import Sentence
from orgtui.rules.assessment import Assessment, Difference, ReportedFinding
from orgtui.rules.facts.measures import teams as teams_in
from orgtui.rules.facts.reporting import manager_in
from orgtui.rules.policy import SEVERITIES

Places = Mapping[str, tuple[str, str | None]]
"""The team and the manager of people in filled seats."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """What is left of a plan, and what it comes to.

    `changes` are those of the steps that are kept and can be made; `refused` says of each of the others, by
    its place, why it cannot be made now. `teams` are there before and after, the root not counted.
    """

    left: Counts
    touched: int
    structure: int
    agreements: int
    teams: tuple[int, int]
    changes: tuple[Change, ...]
    refused: Mapping[int, Sentence]


def counts_of(reported: Iterable[ReportedFinding]) -> Counts:
    """The findings that count for a plan, by number and weight."""
    counting = [each for each in reported if weight(each)]
    severities = [each.severity for each in counting]
    return Counts(sum(map(weight, counting)), *map(severities.count, SEVERITIES))


def weigh(
    assessment: Assessment, before: Counts, steps: Sequence[Step], out: Collection[int] = ()
) -> Weighed:
    """Weigh the steps of a plan on the present state, those whose place is in `out` left out.

    A step that cannot be made after the others is left out as well. `before` are the counts of the present
    state. Nothing is altered.
    """
    kept, refused = {}, {}
    with trial(assessment.organization) as tried:
        for place, step in enumerate(steps):
            if place not in out:
                reason = _make(tried, step)
                if reason is None:
                    kept[place] = step
                else:
                    refused[place] = reason
        sets = list(tried.sets)

    def read(view: View) -> tuple[Places, int]:
        return _places(view, affected(sets, view)), teams_in(view)

    preview = assessment.preview(sets, read, graph_lane=True)
    there, teams_then = preview.answer
    touched = sum(there[person] != was for person, was in _places(assessment.view, there).items())
    changes = tuple(change for step in kept.values() for change in step.changes)
    agreed = sum(change.op in AGREEMENTS for change in changes)
    return Weighed(
        _after(before, preview.difference),
        touched,
        len(changes) - agreed,
        agreed,
        (teams_in(assessment.view), teams_then),
        changes,
        refused,
    )


def as_told(plan: Suggestion, teams: int) -> Weighed:
    """A whole plan on the state that it was found for, with `teams` in it, as the search tells of it."""
    cost = plan.cost
    return Weighed(
        Counts(plan.penalty, plan.error, plan.warning, plan.advice),
        cost.touched,
        cost.changes - cost.agreements,
        cost.agreements,
        (teams, teams + cost.teams_new - cost.teams_closed),
        plan.changes,
        {},
    )


def _make(tried: Trial, step: Step) -> Sentence | None:
    """Make all changes of a step; returns why it cannot be made, in which case nothing of it is."""
    begun = len(tried.sets)
    try:
        for change in step.changes:
            tried.make(change)
    except Refused as refusal:
        tried.roll_back(begun)
        return refusal.sentence
    return None


def _after(before: Counts, difference: Difference) -> Counts:
    counts = {severity: getattr(before, severity) for severity in SEVERITIES}
    for old, new in difference.pairs:
        for each, by in ((old, -1), (new, 1)):
            if each is not None and weight(each):
                counts[each.severity] += by
    return Counts(before.penalty + penalty_added(difference), **counts)


def _places(view: View, people: Iterable[str]) -> Places:
    seats = ((person, view.person(person)) for person in people)
    return {
        person: (seat.team, manager_in(view, person, seat.team))
        for person, seat in seats
        if seat is not None and seat.state == "filled"
    }

"""Comparing a session with its baseline or another plan: metrics, findings, managers and costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from orgtui.engine.finding import Delta
from orgtui.engine.view import PlainView, View
from orgtui.metrics import SEVERITY_METRICS, managers_changed, measure
from orgtui.model.records import Number
from orgtui.model.store import sets_between
from orgtui.rules.assessment import Assessment, Difference
from orgtui.rules.facts.pay import pay_below
from orgtui.rules.facts.targets import TargetState, target_states
from orgtui.rules.inputs import TARGET_MISSED
from orgtui.rules.policy import SEVERITIES
from orgtui.session.session import Session

if TYPE_CHECKING:
    from fractions import Fraction

Metrics = Mapping[str, Number | None]

NewManager = tuple[str, str | None, str | None]
"""A person, and the manager on either side."""

Cost = tuple[str, "Fraction | int", "Fraction | int"]
"""A team, and its cost a year on either side."""


@dataclass(frozen=True, slots=True)
class StateComparison:
    """Another state compared with the present one: metrics `before` and `now`.

    `since` is how the findings here differ from those of the other state. `new_manager` has the people with
    different managers, each with the manager there and now; `costs` the teams with a budget, each with its
    yearly cost there and now, while pay is shown; `targets` are those that the present state has.
    """

    before: Metrics
    now: Metrics
    since: Difference
    new_manager: tuple[NewManager, ...]
    costs: tuple[Cost, ...]
    targets: tuple[TargetState, ...]


def compare(session: Session) -> StateComparison:
    """Compare a settled session with its baseline."""
    assessment = session.assessment
    engine = assessment.engine
    found = {code: len(findings) for code, findings in engine.by_code.items()}
    counts = {severity: assessment.count(severity) for severity in SEVERITIES}
    since = session.since_baseline(lambda _: None).difference
    come, go = (Counter(each.severity for each in side) for side in (since.lost, since.found))
    counts_before = {each: counts[each] + come[each] - go[each] for each in SEVERITIES}

    def measure_before(view: View, delta: Delta) -> Metrics:
        come, go = (Counter(each.code for each in side) for side in (delta.introduced, delta.resolved))
        found_before = {code: found[code] + come[code] - go[code] for code in found}
        return measure(view, found_before, counts_before, with_pay=assessment.policy.has_pay)

    sets = sets_between(session.organization, session.baseline)
    before = engine.preview(sets, measure_before, graph_lane=True).answer
    baseline = _baseline(session)
    now, new_manager = _measured(assessment, baseline), tuple(managers_changed(baseline, assessment.view))
    missed_before = _missed(assessment) + sum(
        sign * (each.finding.code == TARGET_MISSED)
        for side, sign in ((since.lost, 1), (since.found, -1))
        for each in side
    )
    reached = _targets(assessment, baseline, before, missed_before)
    return StateComparison(before, now, since, new_manager, tuple(_costs(baseline, assessment)), reached)


def compare_with_plan(session: Session, there: Assessment) -> StateComparison:
    """Compare a settled session with the assessed state of another plan for its baseline."""
    there.copy_pay(session.assessment)
    return compare_states(session, there, session.assessment)


def compare_states(session: Session, there: Assessment, here: Assessment) -> StateComparison:
    """Compare two assessed states of the organisation of a session, `here` as the present one."""
    baseline, since = _baseline(session), here.since(there)
    new_manager = tuple(managers_changed(there.view, here.view))
    costs = tuple(_costs(there.view, here))
    before, now = _measured(there, baseline), _measured(here, baseline)
    reached = _targets(here, there.view, before, _missed(there))
    return StateComparison(before, now, since, new_manager, costs, reached)


def _missed(assessment: Assessment) -> int:
    """How many findings on targets count."""
    reported = assessment.reported.values()
    return sum(1 for each in reported if each.finding.code == TARGET_MISSED and each.counts)


def _targets(here: Assessment, there: View, before: Metrics, missed: int) -> tuple[TargetState, ...]:
    """The targets compared with another state; `missed` findings on targets are counted in `before`."""
    metric = SEVERITY_METRICS[here.policy.severity(TARGET_MISSED)]
    without = {**before, metric: (before.get(metric) or 0) - missed}
    return tuple(target_states(here.view, there, without))


def _measured(assessment: Assessment, baseline: View) -> Metrics:
    found = {code: len(findings) for code, findings in assessment.engine.by_code.items()}
    counts = {severity: assessment.count(severity) for severity in SEVERITIES}
    return measure(assessment.view, found, counts, before=baseline, with_pay=assessment.policy.has_pay)


def _costs(there: View, here: Assessment) -> Iterator[Cost]:
    """The costs of teams that have a budget now, if pay is known."""
    if here.policy.has_pay:
        for team in here.view.ids("team"):
            record = here.view.team(team)
            if record is not None and record.pay_budget is not None:
                yield team, pay_below(there, team), pay_below(here.view, team)


def _baseline(session: Session) -> View:
    policy = session.assessment.policy
    return PlainView(session.baseline, policy.today, session.assessment.engine.options)

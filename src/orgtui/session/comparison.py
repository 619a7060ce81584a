"""A session against its baseline: the numbers of both, and what the findings and reporting lines came to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from orgtui.engine.finding import Delta
from orgtui.engine.view import PlainView, View
from orgtui.metrics import managers_changed, measure
from orgtui.model.records import Number
from orgtui.model.store import sets_between
from orgtui.rules.assessment import Difference
from orgtui.rules.verdicts import SEVERITIES
from orgtui.session.session import Session

Metrics = Mapping[str, Number | None]


@dataclass(frozen=True, slots=True)
class Compared:
    """The metrics of the baseline and now; `back` is what going back there would do to the findings.

    `new_manager` has the people who report to somebody else, each with the manager then and now.
    """

    before: Metrics
    now: Metrics
    back: Difference
    new_manager: tuple[tuple[str, str | None, str | None], ...]


def compare(session: Session) -> Compared:
    """Compare a settled session with its baseline."""
    assessment = session.assessment
    engine, here = assessment.engine, assessment.view
    found = {code: len(findings) for code, findings in engine.by_code.items()}
    counts = {severity: assessment.count(severity) for severity in SEVERITIES}
    back = session.since_baseline(lambda _: None).difference
    come, go = (Counter(each.severity for each in side) for side in (back.introduced, back.resolved))
    counts_before = {each: counts[each] + come[each] - go[each] for each in SEVERITIES}
    baseline = PlainView(session.baseline, assessment.verdicts.today, engine.options)

    def measure_before(view: View, delta: Delta) -> Metrics:
        come, go = (Counter(each.code for each in side) for side in (delta.introduced, delta.resolved))
        found_before = {code: found[code] + come[code] - go[code] for code in found}
        return measure(view, found_before, counts_before)

    sets = sets_between(session.organization, session.baseline)
    before = engine.what_if(sets, measure_before, graph_lane=True).answer
    now = measure(here, found, counts, before=baseline)
    return Compared(before, now, back, tuple(managers_changed(baseline, here)))

"""The numbers of both states, of the whole organisation or of a team with all below it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from orgtui.exchange.writing.build.state import State
from orgtui.exchange.writing.build.tree import teams_below
from orgtui.exchange.writing.report import Metric
from orgtui.locales import translate
from orgtui.metrics import PAY_METRICS, measure, median
from orgtui.model.records import Number
from orgtui.model.sentence import Sentence
from orgtui.rules.facts.numbers import as_decimal
from orgtui.rules.facts.pay import amount, pay_below
from orgtui.rules.facts.reporting import layer, span_of_control
from orgtui.rules.policy import SEVERITIES
from orgtui.views.base.signs import UNICODE
from orgtui.views.words.metrics import LABELS, metric_text, verdict

Measured = Mapping[str, Number | None]

MEASURED_BELOW = ("headcount", "fte", "vacant", "teams", "layers", "span_min", "span_median", "span_max")
"""The metrics of a team with all below it, besides pay."""


def metrics_of(before: State, after: State, *, has_plan: bool) -> tuple[Metric, ...]:
    """The metrics of the whole organisation, in the order of the screen."""
    then = _measured(before, None)
    now = _measured(after, before) if has_plan else then
    return tuple(_metrics(then, now, after))


def metrics_of_part(before: State, after: State, team: str, *, has_plan: bool) -> tuple[Metric, ...]:
    """The metrics that can be measured of a team with all below it; None in a state that has no such team."""
    now = _measured_below(after, team)
    then = _measured_below(before, team) if has_plan else now
    return tuple(_metrics(then, now, after))


def _measured_below(state: State, team: str) -> Measured:
    view, has_pay = state.view, state.report.policy.has_pay
    if team not in state.organization.teams:
        return dict.fromkeys((*MEASURED_BELOW, *(PAY_METRICS if has_pay else ())))
    teams = [each for each, _ in teams_below(state.organization, team)]
    people = state.organization.people
    seats = [people[seat] for each in teams for seat in view.members(each)]
    spans = Counter(span for seat in seats if (span := span_of_control(view, seat.id)))
    measured: dict[str, Number | None] = {
        "headcount": len(seats),
        "fte": as_decimal(sum(seat.fte for seat in seats)),
        "vacant": sum(seat.state != "filled" for seat in seats),
        "teams": len(teams) - 1,
        "layers": max((layer(view, seat.id) for seat in seats), default=0),
        "span_min": min(spans, default=None),
        "span_median": median(spans),
        "span_max": max(spans, default=None),
    }
    return measured | ({"pay": amount(pay_below(view, team))} if has_pay else {})


def _measured(state: State, before: State | None) -> Measured:
    counts = {severity: state.report.count(severity) for severity in SEVERITIES}
    return measure(
        state.view,
        state.found,
        counts,
        before=None if before is None else before.view,
        with_pay=state.report.policy.has_pay,
    )


def _metrics(then: Measured, now: Measured, after: State) -> Iterator[Metric]:
    def text(key: str, value: Number | None) -> str:
        return metric_text(key, value, after.names, UNICODE.nothing)

    for key, label in LABELS.items():
        if key in now:
            was, number = then.get(key, 0), now[key]
            texts = text(key, was), text(key, number)
            yield Metric(key, translate(Sentence(label)), was, number, *texts, verdict(key, was, number))

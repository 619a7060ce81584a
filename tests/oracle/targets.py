"""A203: targets that are not reached."""

from collections.abc import Mapping
from statistics import median

from .definitions import (
    Entry,
    Org,
    all_seats,
    below,
    exact,
    fte,
    layer,
    reports_that_count,
    said,
    state,
)
from .naive_p import Found
from .naive_s import pay_of

Measured = Mapping[str, float | int | None]


def a203(org: Org, measured: Measured) -> Found:
    """a [[target]] is not reached; `measured` has the metrics of the whole organisation"""
    for target in org.entries("target"):
        t = said(target, "team")
        metrics = measured if t is None else of_team(org, t)
        value = metrics.get(target["metric"])
        if value is not None and not is_reached(target, value):
            yield (f"metric:{target['metric']}", *([] if t is None else [f"team:{t}"]))


def is_reached(target: Entry, value: float) -> bool:
    """At most or at least the number."""
    if "at_most" in target:
        return exact(value) <= exact(target["at_most"])
    return exact(value) >= exact(target["at_least"])


def of_team(org: Org, t: str) -> Measured:
    """Of a team: seats*(t), teams below it, spans of those who sit there, layers counted from the head."""
    seats = all_seats(org, t)
    spans = [len(managed) for p, managed in reports_that_count(org).items() if p in seats]
    return {
        "headcount": len(seats),
        "fte": float(sum(fte(org, p) for p in seats)),
        "vacant": len([p for p in seats if state(org, p) in ("vacant", "planned")]),
        "teams": len(below(org, t)),
        "layers": max((layer(org, p) for p in seats), default=0),
        "span_min": min(spans, default=None),
        "span_median": median(spans) if spans else None,
        "span_max": max(spans, default=None),
        "pay": None if org.pay is None else float(pay_of(org, seats)),
    }

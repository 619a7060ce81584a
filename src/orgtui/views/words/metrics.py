"""The values of metrics as text, and whether a change of one is better or worse."""

from __future__ import annotations

from typing import Literal

from orgtui.locales import NameLookup, translate
from orgtui.metrics import PAY_METRICS
from orgtui.model.records import Number
from orgtui.model.sentence import Money, sentence
from orgtui.views.base.metric_labels import LABELS as LABELS

FRACTIONS = frozenset(("shared_goal_share", "knowledge_link_share"))
FEWER_IS_BETTER = frozenset(
    (
        *("pairs", "borders", "blind_handoffs", "broken_stages", "single_holders", "duplicate_requests"),
        *("errors", "warnings", "advice"),
    )
)
MORE_IS_BETTER = FRACTIONS


def metric_text(name: str, value: Number | None, names: NameLookup, nothing: str) -> str:
    """The value of a metric as text, `nothing` if it has none; an amount of money with its currency."""
    if value is None:
        return nothing
    if name in PAY_METRICS:
        return translate(sentence("{value}", value=Money(value)), names)
    return f"{value:.0%}" if name in FRACTIONS else f"{value:,}"


def verdict(name: str, was: Number | None, now: Number | None) -> Literal["better", "worse"] | None:
    """Whether a change of a metric is better or worse; most metrics have neither."""
    if was is None or now is None or was == now or name not in FEWER_IS_BETTER | MORE_IS_BETTER:
        return None
    return "better" if (now < was) == (name in FEWER_IS_BETTER) else "worse"

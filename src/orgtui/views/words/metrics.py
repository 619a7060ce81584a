"""The labels of metrics, their values as text, and whether a change of one is better or worse."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from orgtui.locales import NameLookup, translate
from orgtui.metrics import PAY_METRICS
from orgtui.model.records import Number
from orgtui.model.sentence import N_, Money, sentence

LABELS: Mapping[str, str] = {
    "headcount": N_("Seats"),
    "fte": N_("FTE"),
    "vacant": N_("Vacant and planned seats"),
    "teams": N_("Teams"),
    "pairs": N_("Pairs of teams that must agree"),
    "layers": N_("Layers"),
    "span_min": N_("Smallest span of control"),
    "span_median": N_("Median span of control"),
    "span_max": N_("Largest span of control"),
    "team_size_median": N_("Median team size"),
    "borders": N_("Team borders along the funnel"),
    "blind_handoffs": N_("Handoffs not tracked"),
    "broken_stages": N_("Breaks in the funnel"),
    "shared_goal_share": N_("Teams with a shared goal"),
    "knowledge_link_share": N_("Teams that share knowledge"),
    "single_holders": N_("Skills that one person alone has"),
    "focus_teams": N_("Focus teams"),
    "requests": N_("Requests to departments"),
    "duplicate_requests": N_("Requests asked twice"),
    "errors": N_("Errors"),
    "warnings": N_("Warnings"),
    "advice": N_("Advice"),
    "people_moved": N_("People moved"),
    "new_manager": N_("People with a new manager"),
    "reviewed": N_("Seats reviewed"),
    "pay": N_("Pay a year"),
}
"""The labels of the metrics, in the order on screen."""

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

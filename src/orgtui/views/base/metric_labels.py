"""The labels of metrics."""

from __future__ import annotations

from collections.abc import Mapping

from orgtui.model.sentence import N_

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

"""Pay and budget of a team, as spans for its row."""

from __future__ import annotations

from orgtui.locales import format_amount
from orgtui.model.records import Team
from orgtui.rules.facts.pay import exceeds_budget, pay_below
from orgtui.views.base.row import Role, Span
from orgtui.views.base.scene import Scene

FULL_PAY_MIN_WIDTH = 60
"""Width of a row in cells from which cost and budget are shown in full."""


def pay_spans(scene: Scene, team: Team, width: int) -> tuple[Span, ...]:
    """The yearly cost of a team and all teams below it, with its budget if it has one; none if pay is hidden.

    If `width` (cells) is small, the cost is shown in percent of the budget.
    """
    if not scene.shows_pay:
        return ()
    cost, budget = pay_below(scene.view, team.id), team.pay_budget
    words = format_amount(round(cost))
    role: Role = "number"
    if budget is not None:
        in_full = f"{words}/{format_amount(round(budget))}"
        words = in_full if width >= FULL_PAY_MIN_WIDTH or not budget else f"{float(cost) / budget:.0%}"
        role = "warning" if exceeds_budget(cost, budget) else role
    return Span(words, role), Span("  ")

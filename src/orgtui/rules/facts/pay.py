"""Pay: what seats and teams cost, and whether that exceeds a budget."""

from __future__ import annotations

from typing import TYPE_CHECKING

from orgtui.engine.view import View, derived
from orgtui.model.records import Number
from orgtui.rules.facts.numbers import integer_ratio
from orgtui.rules.inputs import Payroll

if TYPE_CHECKING:
    from fractions import Fraction


@derived
def pay_below(view: View, team: str) -> Fraction | int:
    """What the open seats of a team and of all teams below it cost a year; 0 if pay is not known."""
    known = view.options(Payroll).costs
    own = sum(pay_of(view, person) for person in view.members(team)) if known else 0
    return own + sum(pay_below(view, child) for child in view.children(team))


def pay_of(view: View, person: str) -> Fraction | int:
    """What a seat costs a year; 0 if it is missing or pay is not known."""
    return (view.options(Payroll).costs or {}).get(person, 0)


def exceeds_budget(cost: Fraction | int, budget: Number) -> bool:
    """Whether a cost is more than a budget, compared exactly."""
    allowed, of_allowed = integer_ratio(budget)
    return cost * of_allowed > allowed


def amount(money: Fraction | int) -> Number:
    """An amount of money as a number, an integer where possible."""
    return int(money) if money == int(money) else float(money)

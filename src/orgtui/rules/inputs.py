"""What rules may read besides the organisation: what people are paid, and the waves of the plan.

Each is handed to a view among the options, by its type; the day (`today`) is a part of every view.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fractions import Fraction

CHANGE_SHOCK = "A201"
"""The rule that is evaluated again when the waves change."""


@dataclass(frozen=True, slots=True)
class Payroll:
    """What each seat costs a year; who is missing costs 0. Without costs nobody asked for pay."""

    costs: Mapping[str, Fraction] | None = None


@dataclass(frozen=True, slots=True)
class Wave:
    """What one wave of a plan did: how many seats were filled before it, how many got a new manager."""

    filled: int
    new_manager: int


@dataclass(frozen=True, slots=True)
class Waves:
    """The waves of the plan under which an organisation is judged, by number."""

    by_number: Mapping[int, Wave] = field(default_factory=dict)
    has_plan: bool = True


NO_PLAN = Waves(has_plan=False)


def payroll(pay: Mapping[str, Decimal] | None) -> Payroll:
    """What people are paid as rules read it; None if nobody asked."""
    if pay is None:
        return Payroll()
    from fractions import Fraction

    return Payroll({person: Fraction(cost) for person, cost in pay.items()})

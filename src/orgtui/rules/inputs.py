"""What rules may read besides the organisation: pay, the waves of the plan, how many findings there are.

A view holds each among its options, by its type; the day (`today`) is a part of every view.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from orgtui.engine.view import View
from orgtui.model.records import Severity

if TYPE_CHECKING:
    from fractions import Fraction

    from orgtui.changes.base import Change
    from orgtui.model.store import Organization, Set

CHANGE_SHOCK = "A201"
TARGET_MISSED = "A203"

JUDGES_PLAN = (CHANGE_SHOCK, TARGET_MISSED)
"""The rules that are evaluated again when the waves change."""


@dataclass(frozen=True, slots=True)
class Payroll:
    """What each seat costs a year, by its id; a missing seat costs 0. `costs` is None if pay is not known."""

    costs: Mapping[str, Fraction] | None = None


@dataclass(frozen=True, slots=True)
class Wave:
    """What one wave of a plan does: how many seats are filled before it, how many get a new manager."""

    filled: int
    new_manager: int


@dataclass(frozen=True, slots=True)
class PlannedPart:
    """What the plan does with one number in one wave: the changes, and the assignments that make them."""

    number: int
    wave: int
    changes: Sequence[Change]
    sets: Sequence[Set]


@dataclass(frozen=True, slots=True)
class Planned:
    """What a plan begins with, and its parts in plan order."""

    baseline: Organization
    parts: Sequence[PlannedPart]


@dataclass(frozen=True, slots=True)
class Waves:
    """The waves of the plan, by number; without a plan `has_plan` is false.

    `baseline` is what the plan begins with, None if it is not known; it stays the same while a plan is worked
    on. `planned` tells what the plan does, as far as that is known; `reviewed` is how many seats of the
    baseline have a verdict in it, None if that is not known.
    """

    by_number: Mapping[int, Wave] = field(default_factory=dict)
    has_plan: bool = True
    baseline: View | None = field(default=None, compare=False, repr=False)
    planned: Callable[[], Planned | None] = field(default=lambda: None, compare=False, repr=False)
    reviewed: int | None = field(default=None, compare=False)


NO_PLAN = Waves(has_plan=False)


@dataclass(frozen=True, slots=True)
class FindingCounts:
    """How many findings there are, as far as a target is on such a number.

    `found` has how many each rule has, by code, whatever is ignored, asleep or accepted; `counting` how many
    of a severity count, those of the rule on targets left out.
    """

    found: Mapping[str, int] = field(default_factory=dict)
    counting: Mapping[Severity, int] = field(default_factory=dict)


def payroll(pay: Mapping[str, Decimal] | None) -> Payroll:
    """Pay as rules read it, with exact amounts; `pay` is None if it is not known."""
    if pay is None:
        return Payroll()
    from fractions import Fraction

    return Payroll({person: Fraction(cost) for person, cost in pay.items()})

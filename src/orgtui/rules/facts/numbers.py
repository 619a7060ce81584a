"""Exact numbers: decimals as integer ratios, ratios rounded up, percents as decimals."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from orgtui.model.records import Number


@cache
def integer_ratio(number: Number) -> tuple[int, int]:
    """A number as it is written, as numerator and denominator: 0.1 is (1, 10)."""
    return Decimal(str(number)).as_integer_ratio()


def is_more(one: Number, other: Number) -> bool:
    """Whether a number is above another one, compared as they are written."""
    (part, whole), (other_part, other_whole) = integer_ratio(one), integer_ratio(other)
    return part * other_whole > other_part * whole


def rounded_up(numerator: int, denominator: int) -> int:
    """The least whole number that is not below a ratio; the denominator is above 0."""
    return -(-numerator // denominator)


def as_decimal(percent: int) -> Number:
    """Whole percents as files write them, an integer where possible: 120 is 1.2, 100 is 1."""
    return percent / 100 if percent % 100 else percent // 100

"""Values that need one another: any depth, each computed about once, and a ring of them is an error."""

from __future__ import annotations

import sys
from collections.abc import Callable

import pytest

from orgtui.engine.nesting import NESTING_MAX, Nesting

DEEP = 20_000


class Values:
    """Values that are computed from others, with the number of times each was begun."""

    def __init__(self, needs: Callable[[int], list[int]]) -> None:
        self.needs = needs
        self.nesting = Nesting()
        self.values: dict[int, int] = {}
        self.begun: dict[int, int] = {}

    def get(self, key: int) -> int:
        if key not in self.values:
            self.nesting.run(self.compute, key)
        return self.values[key]

    def compute(self, key: int) -> None:
        self.begun[key] = self.begun.get(key, 0) + 1
        self.values[key] = 1 + sum([self.get(each) for each in self.needs(key)])


def test_a_long_chain_is_computed_on_a_small_stack() -> None:
    values = Values(lambda key: [key + 1] if key < DEEP else [])
    before = sys.getrecursionlimit()
    assert values.get(0) == DEEP + 1
    assert sys.getrecursionlimit() == before
    assert max(values.begun.values()) == 2


def test_what_needs_many_long_chains_is_not_begun_for_each_value() -> None:
    length = 3 * NESTING_MAX
    chains = 100

    def needs(key: int) -> list[int]:
        if key < 0:
            return list(range(0, chains * length, length))
        return [key + 1] if (key + 1) % length else []

    values = Values(needs)
    assert values.get(-1) == 1 + chains * length
    assert values.begun[-1] <= chains + 1
    assert sum(values.begun.values()) <= 3 * chains * length


@pytest.mark.parametrize("length", [1, NESTING_MAX, 10 * NESTING_MAX])
def test_a_ring_is_an_error(length: int) -> None:
    values = Values(lambda key: [(key + 1) % length])
    with pytest.raises(RecursionError, match="needs itself"):
        values.get(0)
    assert not values.values


def test_an_error_inside_reaches_the_reader_and_the_next_value_is_computed() -> None:
    values = Values(lambda key: [key + 1] if key < 100 else [1 // 0])
    with pytest.raises(ZeroDivisionError):
        values.get(0)
    values.needs = lambda key: []
    assert values.get(7) == 1

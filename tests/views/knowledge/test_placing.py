"""Who stands where in the web, and that a link that comes or goes leaves everybody there."""

from __future__ import annotations

from dataclasses import dataclass

import pytest

from orgtui.views.knowledge.placing import Edge, circles

TREE = [(0, 1), (0, 2), (0, 3), (3, 4), (4, 5)]


@dataclass(frozen=True)
class Web:
    """A web of six nodes with the edges of the baseline, and what came and went since."""

    came: tuple[tuple[int, int], ...] = ()

    @property
    def circles(self) -> list[list[list[int]]]:
        edges = [*(Edge(*pair, True) for pair in TREE), *(Edge(*pair, False) for pair in self.came)]
        return [[list(layer) for layer in layers] for layers in circles(range(8), edges)]


def test_the_node_with_most_edges_is_in_the_middle_and_the_others_around_it() -> None:
    assert Web().circles == [[[0], [1, 2, 3], [4], [5]], [[6]], [[7]]]


@pytest.mark.parametrize("pair", [(1, 2), (1, 5), (0, 5), (2, 4), (1, 3)])
def test_a_new_edge_within_a_circle_moves_nobody(pair: tuple[int, int]) -> None:
    assert Web((pair,)).circles == Web().circles


def test_a_node_that_is_joined_comes_below_the_one_that_it_is_joined_with() -> None:
    assert Web(((6, 1),)).circles == [[[0], [1, 2, 3], [6, 4], [5]], [[7]]]
    assert Web(((6, 1), (6, 7))).circles == [[[0], [1, 2, 3], [6, 4], [7, 5]]]


def test_neighbours_stand_below_those_above_them() -> None:
    edges = [Edge(0, 1, True), Edge(0, 2, True), Edge(0, 5, True), Edge(1, 4, True), Edge(2, 3, True)]
    assert circles(range(6), edges) == [[[0], [1, 2, 5], [4, 3]]]

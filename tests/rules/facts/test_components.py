"""The parts of graphs, compared with a library of graphs."""

from __future__ import annotations

import networkx as nx
from hypothesis import given
from hypothesis import strategies as st

from orgtui.rules.facts.components import (
    articulation_points,
    connected_components,
    strongly_connected_components,
)

NODES = st.sampled_from("abcdefghij")
EDGES = st.lists(st.tuples(NODES, NODES), max_size=25)


def directed(edges: list[tuple[str, str]]) -> dict[str, set[str]]:
    graph: dict[str, set[str]] = {}
    for one, other in edges:
        graph.setdefault(one, set()).add(other)
        graph.setdefault(other, set())
    return graph


def undirected(edges: list[tuple[str, str]]) -> dict[str, set[str]]:
    return directed([*edges, *((other, one) for one, other in edges)])


def parts(found: object) -> set[frozenset[str]]:
    return {frozenset(part) for part in found}  # type: ignore[attr-defined]


@given(EDGES)
def test_connected_components(edges: list[tuple[str, str]]) -> None:
    assert parts(connected_components(undirected(edges))) == parts(nx.connected_components(nx.Graph(edges)))


@given(EDGES)
def test_strongly_connected_components(edges: list[tuple[str, str]]) -> None:
    expected = parts(nx.strongly_connected_components(nx.DiGraph(edges)))
    assert parts(strongly_connected_components(directed(edges))) == expected


@given(EDGES)
def test_articulation_points(edges: list[tuple[str, str]]) -> None:
    assert articulation_points(undirected(edges)) == set(nx.articulation_points(nx.Graph(edges)))


def test_long_ways_are_no_matter() -> None:
    edges = [(str(n), str(n + 1)) for n in range(20_000)]
    assert len(list(strongly_connected_components(directed(edges)))) == 20_001
    assert len(articulation_points(undirected(edges))) == 19_999
    assert len(list(connected_components(undirected(edges)))) == 1

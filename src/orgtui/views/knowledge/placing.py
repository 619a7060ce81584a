"""In which order the teams of a web stand: circle by circle, from the middle of each outwards.

What was tied in the baseline decides, so that a tie that comes or goes moves no team that had one before.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from statistics import fmean
from typing import NamedTuple

from orgtui.rules.facts.components import connected_components


class Edge(NamedTuple):
    """Two nodes that are joined; `is_old`: they were in the baseline."""

    one: int
    other: int
    is_old: bool


Layers = Sequence[Sequence[int]]
"""The nodes of a circle by their distance from its middle, which is alone in the first layer."""

Steps = Mapping[int, Mapping[int, bool]]
"""For each node those that it is joined with, and whether by an edge of the baseline."""


def circles(nodes: Iterable[int], edges: Iterable[Edge]) -> list[Layers]:
    """The circles that edges join, largest first, each in layers; the first node is the first in the file."""
    steps: dict[int, dict[int, bool]] = {node: {} for node in nodes}
    for edge in edges:
        steps[edge.one][edge.other] = steps[edge.other][edge.one] = edge.is_old
    parts = connected_components({str(node): list(map(str, to)) for node, to in steps.items()})
    members = sorted((sorted(map(int, part)) for part in parts), key=lambda part: (-len(part), part[0]))
    return [layered(part, steps, _middle(part, steps)) for part in members]


def layered(members: Sequence[int], steps: Steps, middle: int) -> Layers:
    """Nodes of one circle in layers around its middle, neighbours of one layer side by side."""
    distances = _distances(members, steps, middle)
    layers: list[list[int]] = [[] for _ in range(1 + max(distances.values()))]
    for node in members:
        layers[distances[node]].append(node)
    places = {middle: 0.5}
    for above, layer in pairwise(layers):
        ordered = sorted(layer, key=lambda node: (_wanted(node, above, steps, places), node))
        layer[:] = ordered
        places.update({node: (at + 0.5) / len(ordered) for at, node in enumerate(ordered)})
    return layers


def _middle(members: Sequence[int], steps: Steps) -> int:
    """The node with most edges of the baseline, or with most edges if it had none."""
    old = {node: sum(steps[node].values()) for node in members}
    counts = old if any(old.values()) else {node: len(steps[node]) for node in members}
    return max(members, key=lambda node: (counts[node], -node))


def _distances(members: Sequence[int], steps: Steps, middle: int) -> dict[int, int]:
    """How many edges each node is away from the middle, over as few new ones as possible."""
    within = set(members)
    distances = {middle: 0}
    reached = [middle]
    while reached:
        for node in reached:  # grows while edges of the baseline lead on
            for other, is_old in sorted(steps[node].items()):
                if is_old and other in within and other not in distances:
                    distances[other] = distances[node] + 1
                    reached.append(other)
        reached = _over_new_edges(distances, steps, within)
    return distances


def _over_new_edges(distances: dict[int, int], steps: Steps, within: set[int]) -> list[int]:
    """The nodes that one new edge leads to from those reached, which are given their distances."""
    found: dict[int, int] = {}
    for node, distance in distances.items():
        for other in steps[node]:
            if other in within and other not in distances:
                found[other] = min(found.get(other, distance + 1), distance + 1)
    distances.update(found)
    return sorted(found, key=lambda node: (found[node], node))


def _wanted(node: int, above: Sequence[int], steps: Steps, places: Mapping[int, float]) -> float:
    """Where in its layer a node would stand best: below those it is joined with."""
    joined = [other for other in above if other in steps[node]]
    old = [other for other in joined if steps[node][other]]
    return fmean(places[other] for other in old or joined) if joined else 0.5

"""Connected components and articulation points of graphs, without recursion, in time linear in the edges."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

Graph = Mapping[str, Collection[str]]
"""The targets of each node; every node is a key. An undirected graph has each edge at both its ends."""


def connected_components(graph: Graph) -> Iterator[set[str]]:
    """The connected components of an undirected graph."""
    seen: set[str] = set()
    for start in graph:
        if start not in seen:
            part = _reachable(graph, start, seen)
            seen |= part
            yield part


def strongly_connected_components(graph: Graph) -> Iterator[set[str]]:
    """The strongly connected components of a directed graph, by Tarjan's algorithm."""
    entered: dict[str, int] = {}
    earliest: dict[str, int] = {}
    open_nodes: list[str] = []
    done: set[str] = set()
    for root in graph:
        if root in entered:
            continue
        entered[root] = earliest[root] = len(entered)
        open_nodes.append(root)
        trail = [(root, iter(graph[root]))]
        while trail:
            node, ahead = trail[-1]
            for other in ahead:
                if other not in entered:
                    entered[other] = earliest[other] = len(entered)
                    open_nodes.append(other)
                    trail.append((other, iter(graph[other])))
                    break
                if other not in done:
                    earliest[node] = min(earliest[node], entered[other])
            else:
                trail.pop()
                if trail:
                    before = trail[-1][0]
                    earliest[before] = min(earliest[before], earliest[node])
                if earliest[node] == entered[node]:
                    part = {open_nodes.pop()}
                    while node not in part:
                        part.add(open_nodes.pop())
                    done |= part
                    yield part


def articulation_points(graph: Graph) -> set[str]:
    """The nodes of an undirected graph whose removal would split their component."""
    points: set[str] = set()
    entered: dict[str, int] = {}
    earliest: dict[str, int] = {}
    for root in graph:
        if root in entered:
            continue
        entered[root] = earliest[root] = len(entered)
        branches = 0
        trail = [(root, "", iter(graph[root]))]
        while trail:
            node, before, ahead = trail[-1]
            for other in ahead:
                if other not in entered:
                    entered[other] = earliest[other] = len(entered)
                    trail.append((other, node, iter(graph[other])))
                    break
                if other != before:
                    earliest[node] = min(earliest[node], entered[other])
            else:
                trail.pop()
                if before == root:
                    branches += 1
                elif before:
                    earliest[before] = min(earliest[before], earliest[node])
                    if earliest[node] >= entered[before]:
                        points.add(before)
        if branches > 1:
            points.add(root)
    return points


def _reachable(graph: Graph, start: str, excluded: Collection[str]) -> set[str]:
    """The nodes that can be reached from a node without those excluded, itself included."""
    reached, due = {start}, [start]
    while due:
        for other in graph[due.pop()]:
            if other not in reached and other not in excluded:
                reached.add(other)
                due.append(other)
    return reached

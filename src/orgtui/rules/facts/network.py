"""How teams that links join fall into groups, and how much of what joins the others runs through each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence, Set
from math import comb
from types import MappingProxyType
from typing import NamedTuple

from orgtui.rules.facts.components import connected_components

Graph = Mapping[str, Set[str]]
"""The teams that each team has links with; each link stands at both its ends."""

MOST_TEAMS = 200
"""With more teams nothing is computed: the time is that of teams times links, here 0.1 to 0.3 s."""


class Network(NamedTuple):
    """Communities of teams in file order, and the betweenness of each team in percent.

    Two teams are connected if links join them, over whatever other teams. `between` is the share of the
    connections between other teams that run through a team, each by its shortest ways.
    """

    groups: Sequence[Sequence[str]] = ()
    between: Mapping[str, int] = MappingProxyType({})


class Standing(NamedTuple):
    """Where a team stands among those that links join.

    `links`: how many teams it has links with. `most`: the team that has most, and how many. `cut`: how many
    of `pairs` of other teams that are joined would no longer be so without it.
    """

    links: int
    most: tuple[str, int]
    cut: int
    pairs: int


def standing(graph: Graph, team: str) -> Standing:
    """The standing of a team of a graph, in time linear in its links; of equals the first has most."""
    most = max(graph, key=lambda each: len(graph[each]))
    parts = list(connected_components(graph))
    others = {each: graph[each] - {team} for each in graph if each != team}
    own = next(part for part in parts if team in part) - {team}
    within = {each: others[each] for each in sorted(own)}
    pairs = sum(comb(len(part), 2) for part in parts) - len(own)
    cut = comb(len(own), 2) - sum(comb(len(part), 2) for part in connected_components(within))
    return Standing(len(graph[team]), (most, len(graph[most])), cut, pairs)


def network(teams: Sequence[str], links: Collection[tuple[str, str]]) -> Network:
    """The network of teams in file order, each with at least one of the links; empty for too many teams.

    Neither the direction nor the order of the links matters. The first call imports networkx (0.1 s).
    """
    if not links or len(teams) > MOST_TEAMS:
        return Network()
    import networkx as nx

    # With places in the file for nodes, the library breaks ties and adds up fractions in file order.
    place = {team: number for number, team in enumerate(teams)}
    graph = nx.Graph()
    graph.add_nodes_from(range(len(teams)))
    graph.add_edges_from(sorted(tuple(sorted((place[one], place[other]))) for one, other in links))
    communities = sorted(map(sorted, nx.community.greedy_modularity_communities(graph)))
    through = nx.betweenness_centrality(graph, normalized=False)
    parts = list(nx.connected_components(graph))
    connections = sum(comb(len(part), 2) for part in parts)
    own = {node: len(part) - 1 for part in parts for node in part}
    return Network(
        tuple(tuple(teams[node] for node in community) for community in communities),
        {
            team: round(100 * through[node] / (connections - own[node])) if through[node] else 0
            for team, node in place.items()
        },
    )

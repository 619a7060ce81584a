"""Section 2 of the domain page, continued: what joins teams, functions, stages and departments."""

from collections.abc import Iterator
from fractions import Fraction
from typing import Any

import networkx as nx

from .definitions import (
    Entry,
    Org,
    above,
    all_work,
    division,
    function,
    functions,
    is_focus,
    is_open,
    owned_functions,
    owner,
    said,
    similarity,
    sits_in,
    working_teams,
)


def split_end(end: str) -> tuple[str, str]:
    """The kind and id of a share's end, `team:ID` or `person:ID`."""
    kind, _, identifier = end.partition(":")
    return kind, identifier


def end_is_open(org: Org, end: str) -> bool:
    """both ends open seats or teams."""
    kind, identifier = split_end(end)
    return kind == "team" or is_open(org, identifier)


def end_team(org: Org, end: str) -> str:
    """A person endpoint counts as that person's team."""
    kind, identifier = split_end(end)
    return identifier if kind == "team" else sits_in(org, identifier)


def is_over(org: Org, entry: Entry) -> bool:
    """`until` before today."""
    return "until" in entry and entry["until"] < org.today


def live_links(org: Org) -> Iterator[tuple[frozenset[str], str]]:
    """Live: no `until`, or `until` not before today; both ends open seats or teams. Yields the two teams
    (either direction) and the topic."""
    for share in org.entries("share"):
        ends = (share["from"], share["to"])
        if not is_over(org, share) and all(end_is_open(org, end) for end in ends):
            yield frozenset(end_team(org, end) for end in ends), share["topic"]


def sharing(org: Org, a: str, b: str, topic: str | None = None) -> bool:
    """sharing(a, b): a live knowledge link between teams a and b in either direction; on the topic if one is
    given."""
    return any(ends == {a, b} and topic in (None, about) for ends, about in live_links(org))


def knowledge_graph(org: Org) -> Any:
    """knowledge graph: the working teams, root included, joined by sharing."""
    graph = nx.Graph()
    working = working_teams(org)
    graph.add_nodes_from(working)
    graph.add_edges_from(tuple(sorted(ends)) for ends, _ in live_links(org) if ends <= set(working))
    return graph


def linked_teams(org: Org) -> list[str]:
    """The teams with an edge in the knowledge graph."""
    graph = knowledge_graph(org)
    return [t for t in graph if graph.degree(t) > 0]


def handoffs(org: Org) -> list[Entry]:
    """The handoffs that exist: a function without team hands nothing over, nor does anything reach it."""
    owned = owned_functions(org)
    return [
        handoff
        for handoff in org.entries("handoff")
        if all(is_department(handoff[end]) or handoff[end] in owned for end in ("from", "to"))
    ]


def is_department(end: str) -> bool:
    """An end of a handoff is a function, or `department:ID`."""
    return end.startswith("department:")


def team_handoffs(org: Org) -> list[tuple[str, str]]:
    """team handoffs: a handoff between functions of two different teams joins those teams; giving team
    first."""
    joined = []
    for handoff in handoffs(org):
        if is_department(handoff["from"]) or is_department(handoff["to"]):
            continue
        a, b = owner(org, handoff["from"]), owner(org, handoff["to"])
        if a is not None and b is not None and a != b:
            joined.append((a, b))
    return joined


def stages(org: Org) -> list[str]:
    """The steps of the funnel, in order."""
    return [stage["id"] for stage in org.entries("stage")]


def stage_owner(org: Org, s: str) -> str | None:
    """A stage may belong to a department outside marketing."""
    department: str | None = said(org.by_id["stage"][s], "owner")
    return department


def serves(org: Org, f: str, s: str) -> bool:
    """A function without team serves no stage."""
    return owner(org, f) is not None and s in function(org, f).get("stages", [])


def servers(org: Org, s: str) -> list[str]:
    """The functions with a team that serve the stage."""
    return [f for f in functions(org) if serves(org, f, s)]


def stage_ends(org: Org, s: str) -> set[str]:
    """As ends of a handoff: a function that serves the stage, or the department that owns it."""
    department = stage_owner(org, s)
    return set(servers(org, s)) | ({f"department:{department}"} if department else set())


def is_served(org: Org, s: str) -> bool:
    """A stage with an owner is served, else by functions that have a team."""
    return bool(stage_ends(org, s))


def counted_divisions(org: Org, fs: list[str]) -> set[str]:
    """Divisions of the functions; functions of focus teams and of the root not counted, a team below a focus
    team counts for its division."""
    homes = {owner(org, f) for f in fs}
    found = {division(org, t) for t in homes if t is not None and not is_focus(org, t)}
    return {d for d in found if d is not None}


def home_area(org: Org, d: str) -> str | None:
    """The area most functions of its work* have; ties: the area of the function nearest the division itself
    (fewest steps up to it; its own functions 0), then the first in funnel order; none if none has an area."""
    areas = [area["id"] for area in org.entries("area")]
    with_area = [f for f in all_work(org, d) if said(function(org, f), "area")]
    if not with_area:
        return None

    def rank(area: str) -> tuple[int, int, int]:
        ours = [f for f in with_area if function(org, f)["area"] == area]
        steps = [[t, *above(org, t)].index(d) for t in (owner(org, f) for f in ours) if t is not None]
        return -len(ours), min(steps, default=0), areas.index(area)

    return min({str(function(org, f)["area"]) for f in with_area}, key=rank)


def are_kin(org: Org, f: str, g: str) -> bool:
    """kin: they share an area, have similarity ≥ 0.3, or a handoff runs between them."""
    areas = [said(function(org, each), "area") for each in (f, g)]
    one_area = areas[0] is not None and areas[0] == areas[1]
    joined = any({handoff["from"], handoff["to"]} == {f, g} for handoff in handoffs(org))
    return one_area or similarity(org, f, g) >= Fraction(3, 10) or joined


def same_topic(topic: str) -> str:
    """Topics compared trimmed and case-folded."""
    return topic.strip().casefold()


def requesters(org: Org) -> dict[tuple[str, str], set[str]]:
    """The teams that ask, by department and topic as compared."""
    asking: dict[tuple[str, str], set[str]] = {}
    for request in org.entries("request"):
        asking.setdefault((request["to"], same_topic(request["topic"])), set()).add(request["from"])
    return asking


def requesting_teams(org: Org, department: str) -> set[str]:
    """The teams that send the department requests."""
    return {request["from"] for request in org.entries("request") if request["to"] == department}


def mission_members(org: Org, mission: Entry) -> list[str]:
    """People and lead of a mission, open seats only."""
    named = [*mission.get("people", []), *([mission["lead"]] if said(mission, "lead") else [])]
    return [p for p in dict.fromkeys(named) if is_open(org, p)]


def borders(org: Org) -> int | None:
    """From a function of the first stage that functions serve to one of the last, the cheapest way. A step
    goes along a handoff between functions, or within one team from a function to another whose stages
    include one of the first's stages or the stage after one of them; a step costs 1 if the team
    changes."""
    order = stages(org)
    served = [s for s in order if servers(org, s)]
    if not served:
        return None
    owned = owned_functions(org)
    graph = nx.DiGraph()
    graph.add_nodes_from(owned)
    for f in owned:
        own = [s for s in function(org, f).get("stages", []) if s in order]
        reach = set(own) | {order[order.index(s) + 1] for s in own if s != order[-1]}
        for g in owned:
            if g != f and owner(org, g) == owner(org, f) and reach & set(function(org, g).get("stages", [])):
                graph.add_edge(f, g, cost=0)
    for handoff in handoffs(org):
        f, g = handoff["from"], handoff["to"]
        if f in owned and g in owned:
            graph.add_edge(f, g, cost=int(owner(org, f) != owner(org, g)))
    lengths = nx.multi_source_dijkstra_path_length(graph, set(servers(org, served[0])), weight="cost")
    ways = [lengths[g] for g in servers(org, served[-1]) if g in lengths]
    return min(ways, default=None)

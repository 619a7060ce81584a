"""C: barriers, silos, friction. Each rule yields the subjects of its findings."""

import networkx as nx

from .definitions import (
    Org,
    exact,
    filled_seats,
    functions,
    groups,
    learns,
    level_of,
    lists_skills,
    outside_focus,
    performers,
    required,
    said,
    teams,
    teams_below_root,
    work,
    working_teams,
)
from .naive_p import Found
from .relations import (
    end_is_open,
    is_over,
    knowledge_graph,
    linked_teams,
    requesters,
    requesting_teams,
    team_handoffs,
)


def c101(org: Org) -> Found:
    """teams below the root that are no focus teams and hold a function or at least two open seats number more
    than `from_teams`, and all open seats below the root outside focus teams (also of teams that do not count)
    / those teams < `seats_per_team`"""
    count, numbers = len(groups(org)), org.parameters["C101"]
    enough = exact(numbers["seats_per_team"]) * count
    if count > numbers["from_teams"] and len(outside_focus(org)) < enough:
        yield ()


def c102(org: Org) -> Found:
    """a strongly connected component of at least two teams in the graph of team handoffs"""
    for component in nx.strongly_connected_components(nx.DiGraph(team_handoffs(org))):
        if len(component) >= 2:
            yield tuple(f"team:{t}" for t in sorted(component))


def c103(org: Org) -> Found:
    """handoffs with more than `max` other teams"""
    for t in teams(org):
        others = {other for pair in team_handoffs(org) if t in pair for other in pair} - {t}
        if len(others) > org.parameters["C103"]["max"]:
            yield (f"team:{t}",)


def c201(org: Org) -> Found:
    """a team below the root that holds a function and has no edge in the knowledge graph, where at least two
    teams work"""
    for t in teams_below_root(org):
        if work(org, t) and t not in linked_teams(org) and len(working_teams(org)) >= 2:
            yield (f"team:{t}",)


def c202(org: Org) -> Found:
    """the knowledge graph, teams without links left out, has several components: one finding for each but the
    largest (ties: the one with the smallest id stays)"""
    linked = knowledge_graph(org).subgraph(linked_teams(org))
    islands = [sorted(component) for component in nx.connected_components(linked)]
    islands.sort(key=lambda island: (-len(island), island[0]))
    for island in islands[1:]:
        yield tuple(f"team:{t}" for t in island)


def c203(org: Org) -> Found:
    """some function needs the skill at level ≥ 3; exactly one filled seat has it at ≥ 3; no other filled
    seat has level 2 or more or is learning it"""
    for skill in {skill for f in functions(org) for skill, level in required(org, f).items() if level >= 3}:
        holders = [p for p in filled_seats(org) if level_of(org, p, skill) >= 3]
        heirs = [p for p in filled_seats(org) if level_of(org, p, skill) >= 2 or learns(org, p, skill)]
        if len(holders) == 1 and not set(heirs) - set(holders):
            yield f"skill:{skill}", f"person:{holders[0]}"


def c204(org: Org) -> Found:
    """f is performed, some performer lists skills, and no performer has the required level or is learning
    it"""
    for f in functions(org):
        if not any(lists_skills(org, p) for p in performers(org, f)):
            continue
        for skill, level in required(org, f).items():
            if not any(level_of(org, p, skill) >= level or learns(org, p, skill) for p in performers(org, f)):
                yield f"function:{f}", f"skill:{skill}"


def c205(org: Org) -> Found:
    """an articulation point of the knowledge graph, when at least `min_teams` teams have links"""
    if len(linked_teams(org)) >= org.parameters["C205"]["min_teams"]:
        for t in nx.articulation_points(knowledge_graph(org)):
            yield (f"team:{t}",)


def c206(org: Org) -> Found:
    """both ends open seats or teams; no `every`, or `until` before today"""
    for share in org.entries("share"):
        both_open = end_is_open(org, share["from"]) and end_is_open(org, share["to"])
        if both_open and (not said(share, "every") or is_over(org, share)):
            yield (f"share:{share['from']}>{share['to']}>{share['topic']}",)


def c301(org: Org) -> Found:
    """at least two teams request it, topics compared trimmed and case-folded (the subject too)"""
    for (department, topic), asking in requesters(org).items():
        if len(asking) >= 2:
            yield f"department:{department}", f"topic:{topic}"


def c302(org: Org) -> Found:
    """more than `max_teams` teams send it requests and it has no liaison"""
    for department in org.entries("department"):
        crowd = requesting_teams(org, department["id"])
        if len(crowd) > org.parameters["C302"]["max_teams"] and not said(department, "liaison"):
            yield (f"department:{department['id']}",)


def c303(org: Org) -> Found:
    """it has a liaison and another team sends requests"""
    for department in org.entries("department"):
        liaison = said(department, "liaison")
        if liaison:
            for t in requesting_teams(org, department["id"]) - {liaison}:
                yield f"department:{department['id']}", f"team:{t}"

"""Fixes for C2: links that carry knowledge, and people who learn."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator

from orgtui.changes.base import Change
from orgtui.changes.operations.links import AddShare, RemoveShare, SetShare
from orgtui.changes.operations.seats import Assign, SetLearning
from orgtui.engine.finding import Finding
from orgtui.engine.view import View
from orgtui.model.records import TEAM_PREFIX
from orgtui.model.sentence import N_, Ref, sentence
from orgtui.rules.catalogue.s2_duties import Fragments, in_line
from orgtui.rules.facts.components import Graph, connected_components
from orgtui.rules.facts.graphs import knowledge_graph
from orgtui.rules.facts.handoffs import handoff_partners, team_handoffs
from orgtui.rules.facts.numbers import integer_ratio
from orgtui.rules.facts.sharing import is_in_force, knowledge_neighbours
from orgtui.rules.facts.skills import required_skills
from orgtui.rules.facts.teams import division, is_working_team, parent_of, seats_below
from orgtui.rules.facts.work import owning_teams, performers_in_order
from orgtui.rules.fixes.common import (
    FIXES_MAX,
    filled_members,
    functions_performed_by,
    have_kin,
    siblings,
    work_similarity,
)
from orgtui.rules.registry import Fix, fixes

COMPARED_TEAMS_MAX = 100
"""The most teams or functions that are compared in a search for the nearest."""

LINKS_MAX = 3
"""The most links that go past a bridge; more would be a network of its own."""

RING_MAX = 100
"""The most teams with links among which a way past a bridge is looked for; in larger graphs nearly every team
is a bridge, and each way costs the time of all links."""

ENDS_MAX, PARTNERS_MAX = 3, 6
"""The most teams at either end of a part, and the most partners of each of them, that are compared."""

COMPARED_PEOPLE_MAX = 1_000
"""The most people of a team or function that are compared in a search for who learns or helps."""


# -- C201, C202 ----------------------------------------------------------------------------------------


@fixes("C201")
def link_team(view: View, finding: Finding) -> Iterator[Fix]:
    """A link with the nearest team, and with a neighbour of that team too, so that the three form a ring."""
    team = finding.subjects[0].id
    mainland = set(_largest_component(view))
    near = _nearest(view, team, _near(view, team))
    near.sort(key=lambda other: other not in mainland)
    for one in near[:1]:
        for other in _nearest(view, team, knowledge_neighbours(view, one))[:1]:
            yield _links_fix(view, team, [one, other])
    for one in near[: FIXES_MAX - 1]:
        yield _links_fix(view, team, [one])


@fixes("C202")
def link_island(view: View, finding: Finding) -> Iterator[Fix]:
    """A link between the island and the largest component, between teams with the nearest work."""
    mainland = _largest_component(view)
    pairs = []
    for team in sorted(subject.id for subject in finding.subjects):
        beside = _near(view, team).intersection(mainland) or mainland[:COMPARED_TEAMS_MAX]
        pairs += [(team, other) for other in _nearest(view, team, beside)[:FIXES_MAX]]
    for team, other in sorted(pairs, key=lambda pair: _distance(view, *pair))[: FIXES_MAX - 1]:
        yield _links_fix(view, team, [other])


def _largest_component(view: View) -> list[str]:
    """The teams of the largest component of the knowledge graph, by id; empty if there is none."""
    components = (sorted(component) for component in connected_components(knowledge_graph(view)))
    return min(components, key=lambda component: (-len(component), component[0]), default=[])


def _near(view: View, team: str) -> set[str]:
    """Working teams near a team: by handoffs, as siblings or parent, or by a needed skill."""
    parent = parent_of(view, team)
    near = {*handoff_partners(view, team), *siblings(view, team), *([] if parent is None else [parent])}
    for skill in _skills(view, team):
        for function in sorted(view.needing(skill))[:COMPARED_TEAMS_MAX]:
            record = view.function(function)
            if record is not None and record.team is not None:
                near.add(record.team)
    return {other for other in near if other != team and is_working_team(view, other)}


def _nearest(view: View, team: str, others: Iterable[str]) -> list[str]:
    """Other teams, those with most handoffs and most similar work first."""
    return sorted(
        (other for other in others if other != team), key=lambda other: _distance(view, team, other)
    )


def _distance(view: View, team: str, other: str) -> tuple[object, ...]:
    handoffs = team_handoffs(view, team).get(other, 0)
    similarity = work_similarity(view, sorted(view.functions_of(team)), sorted(view.functions_of(other)))
    return -handoffs, -similarity, seats_below(view, other), team, other


def _links_fix(view: View, team: str, others: list[str]) -> Fix:
    """Monthly links of a team with others on what they have in common."""
    topics = {other: _topic(view, team, other) for other in others}
    links = tuple(
        sentence("{topic} with {team}", topic=Ref.to("skill", topic), team=Ref.to("team", other))
        for other, topic in topics.items()
    )
    title = sentence("Let {team} share {links} every month", team=Ref.to("team", team), links=links)
    return Fix(title, tuple(_link(view, team, other, topic) for other, topic in topics.items()))


def _link(view: View, team: str, other: str, topic: str) -> Change:
    ends = TEAM_PREFIX + team, TEAM_PREFIX + other
    if view.share((*ends, topic)) is None:
        return AddShare(*ends, topic, "meeting", "monthly")
    return SetShare(*ends, topic, every="monthly", clear=("until",))


def _topic(view: View, team: str, other: str) -> str:
    """The topic of a link of two teams: a skill both need, else one that either needs, else a function."""
    first, second = _skills(view, team), _skills(view, other)
    skills = first & second or first or second
    if skills:
        return min(skills, key=lambda skill: (-skills[skill], skill))
    work = sorted({*view.functions_of(team), *view.functions_of(other)})
    records = (view.function(function) for function in work)
    return next((record.name for record in records if record is not None), "customers")


def _skills(view: View, team: str) -> Counter[str]:
    """The skills that a team's functions require, with the levels they require added up."""
    skills: Counter[str] = Counter()
    for function in view.functions_of(team):
        record = view.function(function)
        skills.update({} if record is None else required_skills(record))
    return skills


# -- C203, C204 ----------------------------------------------------------------------------------------


@fixes("C203")
def teach_colleague(view: View, finding: Finding) -> Iterator[Fix]:
    """Somebody who sits with the holder, or works where the skill is needed, learns it."""
    skill, holder = (subject.id for subject in finding.subjects)
    record = view.person(holder)
    needing = set(sorted(view.needing(skill))[:COMPARED_TEAMS_MAX])
    beside = set() if record is None else set(filled_members(view, record.team, COMPARED_PEOPLE_MAX))
    pool = {*beside, *_performing(view, needing)}
    if pool <= {holder}:
        owning = sorted(owning_teams(view, needing))
        pool |= {person for team in owning for person in filled_members(view, team, COMPARED_PEOPLE_MAX)}

    def rank(person: str) -> tuple[object, ...]:
        return (
            needing.isdisjoint(functions_performed_by(view, person)),
            person not in beside,
            *_learning_rank(view, person, skill),
        )

    for person in sorted(pool - {holder}, key=rank)[: FIXES_MAX - 1]:
        yield learning_fix(person, skill)


@fixes("C204")
def bring_skill(view: View, finding: Finding) -> Iterator[Fix]:
    """Somebody who has the skill takes a share of the function, or one who performs it learns it."""
    function, skill = (subject.id for subject in finding.subjects)
    level, share = finding.evidence["level"], _least_share(view)
    assert isinstance(level, int)
    for person in _people_able(view, function, skill, level, share)[:2]:
        title = sentence(
            "Give {person} {percent}% of a week for {function}",
            person=Ref.to("person", person),
            percent=share,
            function=Ref.to("function", function),
        )
        yield Fix(title, (Assign(person, function, share),))
    performers = sorted(view.performers(function), key=lambda person: _learning_rank(view, person, skill))
    for person in performers[:2]:
        yield learning_fix(person, skill)


def _performing(view: View, functions: Iterable[str]) -> Iterator[str]:
    """The first people who perform some functions, by id."""
    for function in functions:
        yield from performers_in_order(view, function)[:COMPARED_PEOPLE_MAX]


def learning_fix(person: str, skill: str) -> Fix:
    """Let somebody learn a skill."""
    title = sentence(
        "Let {person} learn {skill}", person=Ref.to("person", person), skill=Ref.to("skill", skill)
    )
    return Fix(title, (SetLearning(person, skill, True),))


def _learning_rank(view: View, person: str, skill: str) -> tuple[int, int, str]:
    """A sort key of people for learning a skill: the highest level first, then who learns least already."""
    record = view.person(person)
    assert record is not None
    return -record.skills.get(skill, 0), len(record.learning), person


def _least_share(view: View) -> int:
    """The smallest share of a week worth having, in percent."""
    least, of_least = integer_ratio(view.options(Fragments).min_share)
    return min(100, max(1, -(-100 * least // of_least)))


def _people_able(view: View, function: str, skill: str, level: int, share: int) -> list[str]:
    """People with a skill at a level and time for a share (percent), the nearest to the function first."""
    record = view.function(function)
    team = None if record is None else record.team
    able = []
    for person in view.holders(skill):
        seat = view.person(person)
        assert seat is not None
        if seat.skills[skill] >= level and sum(seat.functions.values()) + share <= seat.fte:
            near = team is not None and in_line(view, seat.team, team)
            beside = team is not None and division(view, seat.team) == division(view, team)
            able.append((seat.team != team, not near, not beside, -seat.skills[skill], person))
    return [person for *_, person in sorted(able)]


# -- C205 ----------------------------------------------------------------------------------------------


@fixes("C205")
def close_ring(view: View, finding: Finding) -> Iterator[Fix]:
    """Links past the bridge, from each smaller part that it joins to the largest: between the teams with the
    nearest work, or between those furthest from the bridge, so that other bridges lie in the ring too."""
    bridge, teams = finding.subjects[0].id, finding.evidence["teams"]
    assert isinstance(teams, int)
    told = N_("Let some of those who share knowledge with {team} share it with each other too")
    hint = Fix(sentence(told, team=Ref.to("team", bridge)))
    if teams > RING_MAX:
        yield hint
        return
    graph = knowledge_graph(view)
    largest, *others = _parts_joined(graph, bridge)
    if len(others) > LINKS_MAX:
        yield hint
        return
    steps = _steps_from(graph, bridge)
    pairs = {part[0]: _pairs_across(view, part, largest, steps) for part in others}
    nearest = [min(ways, key=lambda pair: _distance(view, *pair)) for ways in pairs.values()]
    yield _ring_fix(view, nearest)
    akin = [[pair for pair in ways if have_kin(view, *pair)] for ways in pairs.values()]
    if all(akin):
        yield _ring_fix(
            view,
            [
                min(ways, key=lambda pair: (-steps[pair[0]] - steps[pair[1]], _distance(view, *pair)))
                for ways in akin
            ],
        )


def _parts_joined(graph: Graph, bridge: str) -> list[list[str]]:
    """The parts that a component falls into without a team, each by id, the largest first."""
    rest = {team: [to for to in others if to != bridge] for team, others in graph.items() if team != bridge}
    parts = (sorted(part) for part in connected_components(rest) if not part.isdisjoint(graph[bridge]))
    return sorted(parts, key=lambda part: (-len(part), part[0]))


def _steps_from(graph: Graph, team: str) -> dict[str, int]:
    """The fewest links from a team to each that it is joined with, the nearest first."""
    steps, due = {team: 0}, deque([team])
    while due:
        one = due.popleft()
        for other in sorted(graph[one]):
            if other not in steps:
                steps[other] = steps[one] + 1
                due.append(other)
    return steps


def _pairs_across(
    view: View, part: list[str], largest: list[str], steps: dict[str, int]
) -> list[tuple[str, str]]:
    """Pairs of a team of one part with one of the largest: the teams nearest to the bridge and those furthest
    from it, with their handoff partners and siblings over there, or with those next to the bridge."""
    by_steps = sorted(part, key=lambda team: (steps[team], team))
    over_there = set(largest)
    beside = sorted(largest, key=lambda team: (steps[team], team))
    pairs = []
    for team in dict.fromkeys([*by_steps[:ENDS_MAX], *by_steps[-ENDS_MAX:]]):
        partners = sorted(over_there.intersection(handoff_partners(view, team)))[:PARTNERS_MAX]
        near = sorted(over_there.intersection(siblings(view, team)))[:PARTNERS_MAX]
        far = [*beside[:ENDS_MAX], *beside[-ENDS_MAX:]]
        pairs += [(team, other) for other in dict.fromkeys([*partners, *near, *far])]
    return pairs


def _ring_fix(view: View, pairs: list[tuple[str, str]]) -> Fix:
    """Monthly links of pairs of teams, each on what the two have in common."""
    if len(pairs) == 1:
        [(team, other)] = pairs
        return _links_fix(view, team, [other])
    topics = {pair: _topic(view, *pair) for pair in pairs}
    links = tuple(
        sentence(
            "{team} share {topic} with {other}",
            team=Ref.to("team", team),
            topic=Ref.to("skill", topic),
            other=Ref.to("team", other),
        )
        for (team, other), topic in topics.items()
    )
    changes = tuple(_link(view, *pair, topic) for pair, topic in topics.items())
    return Fix(sentence("Every month, let {links}", links=links), changes)


# -- C206 ----------------------------------------------------------------------------------------------


@fixes("C206")
def renew_or_remove_link(view: View, finding: Finding) -> Iterator[Fix]:
    """A link that has ended is removed; one without a rhythm becomes monthly."""
    source, target, topic = finding.subjects[0].id.split(">", 2)
    record = view.share((source, target, topic))
    if record is None:
        return
    ends = {"source": Ref(source), "target": Ref(target), "topic": topic}
    if is_in_force(record.until, view.today):
        title = sentence("Let {source} and {target} share {topic} every month", **ends)
        yield Fix(title, (SetShare(source, target, topic, every="monthly"),))
    else:
        title = sentence("Take out the link of {source} and {target} on {topic}, which has ended", **ends)
        yield Fix(title, (RemoveShare(source, target, topic),), removes=True)

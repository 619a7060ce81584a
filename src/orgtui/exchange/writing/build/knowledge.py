"""Who shares what in one state: teams with their links, islands, and skills that one person alone has."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from orgtui.exchange.writing.build.state import State
from orgtui.exchange.writing.report import Knowledge, KnowledgeLink, KnowledgeTeam, Mark, SingleHolder
from orgtui.rules.facts.components import connected_components
from orgtui.rules.facts.sharing import live_teams
from orgtui.rules.facts.teams import division, is_root

Pair = tuple[str, str]
"""Two teams that share, the giving one first; if each gives, the one that stands first in the file."""

Topics = Mapping[Pair, Sequence[str]]


def knowledge_of(
    state: State, other: State | None, within: Collection[str] | None, *, is_after: bool
) -> Knowledge:
    """The knowledge of a state, its links marked against the other state.

    `within` limits it to what some teams share, also with others; None is the whole organisation.
    """
    links = tuple(_links(state, other, within, is_after))
    ends = {team for link in links for team in (link.source, link.target)}
    return Knowledge(tuple(_teams(state, ends, within)), links, tuple(_single_holders(state, within)))


def _links(
    state: State, other: State | None, within: Collection[str] | None, is_after: bool
) -> Iterator[KnowledgeLink]:
    given, there = _topics(state), None if other is None else _topics(other)
    for (source, target), topics in given.items():
        if within is not None and source not in within and target not in within:
            continue
        back = given.get((target, source))
        if back is not None and _place(state, source) > _place(state, target):
            continue
        mark = None if there is None else _mark(given, there, (source, target), is_after)
        shared = tuple(dict.fromkeys((*topics, *(back or ()))))
        yield KnowledgeLink(source, target, shared, back is not None, mark)


def _mark(given: Topics, there: Topics, pair: Pair, is_after: bool) -> Mark | None:
    """How the link of two teams differs from the other state; before a plan only whether it goes."""
    here, other = ((each.get(pair), each.get(pair[::-1])) for each in (given, there))
    if other == (None, None):
        return "new" if is_after else "gone"
    return "changed" if is_after and here != other else None


def _topics(state: State) -> Topics:
    """What teams give to others by live links, in file order."""
    given: dict[Pair, dict[str, None]] = {}
    for share in state.organization.shares.values():
        teams = live_teams(state.view, (share.source, share.target, share.topic))
        if teams is not None and teams[0] != teams[1]:
            given.setdefault(teams, {})[state.name("skill", share.topic)] = None
    return {pair: tuple(topics) for pair, topics in given.items()}


def _teams(state: State, linked: Collection[str], within: Collection[str] | None) -> Iterator[KnowledgeTeam]:
    """The teams with links, and those that hold functions and share with nobody; in file order."""
    islands = _islands(state)
    parts = len(set(islands.values()))
    for team, record in zip(state.organization.teams, state.organization.teams.values(), strict=True):
        is_isolated = (
            team not in islands
            and (within is None or team in within)
            and bool(state.view.functions_of(team))
            and not is_root(state.view, team)
        )
        if is_isolated or team in linked:
            island = parts if is_isolated else islands[team]
            parts += is_isolated
            yield KnowledgeTeam(team, record.name, island, is_isolated, division(state.view, team))


def _islands(state: State) -> dict[str, int]:
    """The island of each team with live links: the largest is 0, of equal ones that with the smallest id."""
    graph: dict[str, set[str]] = {}
    for source, target in _topics(state):
        graph.setdefault(source, set()).add(target)
        graph.setdefault(target, set()).add(source)
    circles = sorted(map(sorted, connected_components(graph)), key=lambda circle: (-len(circle), circle[0]))
    return {team: number for number, circle in enumerate(circles) for team in circle}


def _single_holders(state: State, within: Collection[str] | None) -> Iterator[SingleHolder]:
    for finding in state.single_holders:
        skill, person = finding.subjects
        team = state.organization.people[person.id].team
        if within is None or team in within:
            yield SingleHolder(state.names(skill), state.names(person), state.name("team", team))


def _place(state: State, team: str) -> int:
    return state.organization.teams.rank(team)

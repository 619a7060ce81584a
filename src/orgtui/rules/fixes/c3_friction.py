"""Fixes for C3: one voice towards each department."""

from __future__ import annotations

from collections.abc import Iterator

from orgtui.changes.base import Change
from orgtui.changes.operations.links import RouteRequests, SetLiaison
from orgtui.engine.finding import Finding
from orgtui.engine.view import View
from orgtui.model.indexes import normalized_topic
from orgtui.model.sentence import Ref, sentence
from orgtui.rules.facts.numbers import integer_ratio
from orgtui.rules.facts.requests import requesting_teams
from orgtui.rules.fixes.common import FIXES_MAX
from orgtui.rules.registry import Fix, fixes

TOPICS_MAX = 6
"""The most topics that a fix routes; more would be more than one decision."""


@fixes("C301")
def route_topic(view: View, finding: Finding) -> Iterator[Fix]:
    """The department's liaison asks for all, or one of the teams that ask, the one that asks most first."""
    department, topic = (subject.id for subject in finding.subjects)
    record = view.department(department)
    liaison = None if record is None else record.liaison
    teams = _by_requests(view, list(view.requests_on(department, topic)))
    for via in dict.fromkeys([*([] if liaison is None else [liaison]), *teams[: FIXES_MAX - 1]]):
        title = sentence(
            "Let {team} ask {department} about {topic} for all",
            team=Ref.to("team", via),
            department=Ref.to("department", department),
            topic=Ref.to("topic", topic),
        )
        yield Fix(title, (_route(view, department, topic, via),))


@fixes("C302")
def name_a_liaison(view: View, finding: Finding) -> Iterator[Fix]:
    """The team that asks most speaks for all, and takes over what the others ask."""
    department = finding.subjects[0].id
    requests = list(view.requests_to(department))
    topics = sorted({normalized_topic(topic) for _, _, topic in requests})
    for place, team in enumerate(_by_requests(view, requests)[: FIXES_MAX - 2]):
        named = {"team": Ref.to("team", team), "department": Ref.to("department", department)}
        liaison = SetLiaison(department, team)
        if place == 0 and len(topics) <= TOPICS_MAX:
            routes = _routes(view, department, topics, team)
            title = sentence("Let {team} speak to {department} and ask for all", **named)
            yield Fix(title, (liaison, *routes))
        yield Fix(sentence("Let {team} speak to {department} for all", **named), (liaison,))


@fixes("C303")
def go_through_liaison(view: View, finding: Finding) -> Iterator[Fix]:
    """The liaison asks instead of the team."""
    department, team = (subject.id for subject in finding.subjects)
    record = view.department(department)
    if record is None or record.liaison is None:
        return
    topics = sorted(
        {normalized_topic(topic) for _, to, topic in view.requests_from(team) if to == department}
    )
    title = sentence(
        "Let {liaison} ask {department} for {team}",
        liaison=Ref.to("team", record.liaison),
        department=Ref.to("department", department),
        team=Ref.to("team", team),
    )
    yield Fix(title, tuple(_routes(view, department, topics, record.liaison)))


def _routes(view: View, department: str, topics: list[str], via: str) -> Iterator[Change]:
    """The routes of those topics that not only `via` asks about."""
    for topic in topics:
        if set(requesting_teams(view, (department, topic))) != {via}:
            yield _route(view, department, topic, via)


def _route(view: View, department: str, topic: str, via: str) -> RouteRequests:
    """A route, with the topic as `via` spells it, or else as another team does."""
    spelt = sorted(view.requests_on(department, topic), key=lambda request: (request[0] != via, request))
    return RouteRequests(department, spelt[0][2], via)


def _by_requests(view: View, requests: list[tuple[str, str, str]]) -> list[str]:
    """The teams that ask, those that ask for most a month first, then those with most requests."""
    asked: dict[str, list[int]] = {}
    for key in requests:
        record = view.request(key)
        a_month, of_a_month = integer_ratio((record and record.per_month) or 0)
        entry = asked.setdefault(key[0], [0, 0])
        entry[0] += 100 * a_month // of_a_month
        entry[1] += 1
    return sorted(asked, key=lambda team: (-asked[team][0], -asked[team][1], team))

"""Knowledge sharing: live links and the teams they join."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from orgtui.engine.view import Contribution, View, derived, tally
from orgtui.model.records import PERSON_PREFIX, TEAM_PREFIX
from orgtui.rules.facts.teams import is_working_team


def is_in_force(until: date | None, today: date) -> bool:
    """Whether something that is in force through the day `until`, or without end if None, is so today."""
    return until is None or until >= today


def share_end_team(view: View, end: str) -> str | None:
    """The team of an end of a knowledge link; None if it is neither a team nor an open seat."""
    if end.startswith(TEAM_PREFIX):
        team = end.removeprefix(TEAM_PREFIX)
        return None if view.team(team) is None else team
    person = view.person(end.removeprefix(PERSON_PREFIX))
    return None if person is None or person.state == "closed" else person.team


def live_teams(view: View, share: tuple[str, str, str]) -> tuple[str, str] | None:
    """The teams that a live knowledge link joins, in its direction; None if it is not live."""
    record = view.share(share)
    if record is None or not is_in_force(record.until, view.today):
        return None
    source, target = share_end_team(view, record.source), share_end_team(view, record.target)
    return None if source is None or target is None else (source, target)


@tally(over="share")
def sharing(view: View, share: tuple[str, str, str]) -> Contribution:
    """Live links by the other team: under a team, under a topic with a team; under "" both teams, sorted."""
    teams = live_teams(view, share)
    if teams is not None and teams[0] != teams[1]:
        yield "", tuple(sorted(teams)), 1
        for team, other in (teams, teams[::-1]):
            yield team, other, 1
            yield (share[2], team), other, 1


@tally(over="share")
def knowledge_links(view: View, share: tuple[str, str, str]) -> Contribution:
    """Live links between different working teams: both teams, sorted."""
    teams = live_teams(view, share)
    if teams is not None and teams[0] != teams[1] and all(is_working_team(view, team) for team in teams):
        yield "", tuple(sorted(teams)), 1


def sharing_on(view: View, topic: str, team: str) -> Collection[str]:
    """The teams that a team has live links with on a topic."""
    return sharing(view, (topic, team)).keys()


@derived
def knowledge_neighbours(view: View, team: str) -> frozenset[str]:
    """The working teams that a working team shares knowledge with; empty for any other team."""
    if not is_working_team(view, team):
        return frozenset()
    return frozenset(other for other in sharing(view, team) if is_working_team(view, other))

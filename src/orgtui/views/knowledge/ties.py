"""What is tied in the web of teams: which team shares with which, and how that differs from the baseline."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from orgtui.engine.view import PlainView, View
from orgtui.model.indexes import normalized_topic
from orgtui.model.store import Organization
from orgtui.rules.facts.components import articulation_points
from orgtui.rules.facts.sharing import live_teams
from orgtui.rules.facts.teams import is_working_team
from orgtui.views.base.marks import Mark
from orgtui.views.base.scene import Scene

Pair = tuple[str, str]
"""Two teams, the one that stands first in the file first."""

THICK = 2
"""From this number of topics on a tie is drawn thick."""


@dataclass(slots=True)
class Flow:
    """What two teams share: topics from the first to the second, and back, each as it is first written."""

    there: dict[str, str] = field(default_factory=dict)
    back: dict[str, str] = field(default_factory=dict)

    @property
    def topics(self) -> Mapping[str, str]:
        """All topics, by the form in which they are compared."""
        return self.there | self.back

    @property
    def is_thick(self) -> bool:
        return len(self.topics) >= THICK


@dataclass(frozen=True, slots=True)
class Tie:
    """Two teams that share, or shared in the baseline (`mark` is `gone`); `was` is None if they did not."""

    pair: Pair
    flow: Flow
    mark: Mark | None
    was: Flow | None


class Ties:
    """The ties of an organisation as it is now and in the baseline, and the teams that work without any.

    Teams and ties are in file order; a team that is no more has no ties.
    """

    def __init__(self, scene: Scene, baseline: Mapping[Pair, Flow]) -> None:
        teams = scene.organization.teams
        now = flows(scene.organization, scene.view)
        were = {
            (one, other): flow for (one, other), flow in baseline.items() if one in teams and other in teams
        }
        pairs = sorted({*now, *were}, key=lambda pair: (teams.rank(pair[0]), teams.rank(pair[1])))
        self.ties = [_tie(pair, now.get(pair), were.get(pair)) for pair in pairs]
        tied = {team for tie in self.ties for team in tie.pair}
        self.teams = sorted(tied, key=teams.rank)
        self.alone = [team for team in teams if team not in tied and is_working_team(scene.view, team)]

    @cached_property
    def by_team(self) -> Mapping[str, list[Tie]]:
        """The ties of each team that has any."""
        found: dict[str, list[Tie]] = {team: [] for team in self.teams}
        for tie in self.ties:
            for team in tie.pair:
                found[team].append(tie)
        return found

    @cached_property
    def bridges(self) -> set[str]:
        """The teams without which others would no longer be joined."""
        graph: dict[str, list[str]] = {team: [] for team in self.teams}
        for tie in self.ties:
            if tie.mark != "gone":
                one, other = tie.pair
                graph[one].append(other)
                graph[other].append(one)
        return articulation_points(graph)


def baseline_flows(scene: Scene) -> Mapping[Pair, Flow]:
    """What teams shared in the baseline, on the day of the session."""
    return flows(scene.baseline, PlainView(scene.baseline, scene.view.today, {}))


def flows(organization: Organization, view: View) -> Mapping[Pair, Flow]:
    """What each two teams share at present; links within a team are left out."""
    found: dict[Pair, Flow] = {}
    rank = organization.teams.rank
    for key in organization.shares:
        teams = live_teams(view, key)
        if teams is None or teams[0] == teams[1]:
            continue
        source, target = teams
        is_there = rank(source) < rank(target)
        flow = found.setdefault((source, target) if is_there else (target, source), Flow())
        topics = flow.there if is_there else flow.back
        topics.setdefault(normalized_topic(key[2]), key[2])
    return found


def _tie(pair: Pair, now: Flow | None, was: Flow | None) -> Tie:
    if now is None:
        assert was is not None
        return Tie(pair, was, "gone", was)
    if was is None:
        return Tie(pair, now, "new", None)
    same = now.there.keys() == was.there.keys() and now.back.keys() == was.back.keys()
    return Tie(pair, now, None if same else "changed", was)

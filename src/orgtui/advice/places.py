"""Where to drop what is carried: what dropping it in each team would do, and the teams from best to worst."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from orgtui.changes.base import Change
from orgtui.changes.compile import compile_all
from orgtui.changes.refusal import Refused
from orgtui.model.sentence import Sentence
from orgtui.rules.assessment import Assessment

DropChanges = Callable[[str], Sequence[Change]]
"""The changes that dropping something in a team makes, by the team's id."""


@dataclass(frozen=True, slots=True)
class Place:
    """A team to drop something in: the balance, and the findings resolved minus those introduced.

    With a `refusal` it cannot be dropped there.
    """

    team: str
    balance: int = 0
    net_resolved: int = 0
    refusal: Sentence | None = None


class Places:
    """The places for what is carried, in one state of the organisation; each is weighed once, on demand.

    Rules of the graph lane take long in a large organisation: they are evaluated when a place is completed.
    `known` holds the places weighed so far, by team.
    """

    def __init__(self, assessment: Assessment, drop_changes: DropChanges, teams: Iterable[str]) -> None:
        self.known: dict[str, Place] = {}
        self._assessment = assessment
        self._drop_changes = drop_changes
        self._unweighed = dict.fromkeys(teams)
        self._incomplete: dict[str, None] = {}
        self._ranked: list[tuple[int, int, str, str]] = []

    def weigh(self, teams: Iterable[str]) -> Iterator[Place]:
        """The places of teams, one at a time; each is weighed when it is requested."""
        for team in teams:
            if team not in self.known:
                self._weigh(team)
            yield self.known[team]

    def weigh_rest(self) -> Iterator[Place]:
        """Weigh the remaining teams, one at a time."""
        while self._unweighed:
            yield from self.weigh([next(iter(self._unweighed))])

    @property
    def has_unweighed(self) -> bool:
        """Whether some teams have yet to be weighed."""
        return bool(self._unweighed)

    def complete(self, teams: Iterable[str]) -> Iterator[Place]:
        """Weigh those places again with all rules that have pending rules, one at a time."""
        for team in teams:
            if team in self._incomplete:
                self._ranked.remove(self._entry(self.known[team]))
                self._weigh(team, graph_lane=True)
                yield self.known[team]

    def complete_rest(self) -> Iterator[Place]:
        """Complete the remaining places, the best first, one at a time."""
        yield from self.complete([team for team in self.ranked if team in self._incomplete])

    @property
    def ranked(self) -> list[str]:
        """The weighed teams without refusal, the best first, then by name."""
        return [team for *_, team in self._ranked]

    def next_best(self, team: str | None) -> str | None:
        """The place after a team in the ranking, the best after one that has no rank; None after the last."""
        place = 0 if (rank := self._rank_of(team)) is None else rank + 1
        return self._ranked[place][-1] if place < len(self._ranked) else None

    def previous_best(self, team: str | None) -> str | None:
        """The place before a team in the ranking; None before the best and one that has no rank."""
        rank = self._rank_of(team)
        return self._ranked[rank - 1][-1] if rank else None

    def _rank_of(self, team: str | None) -> int | None:
        place = None if team is None else self.known.get(team)
        return None if place is None or place.refusal else bisect_left(self._ranked, self._entry(place))

    def _entry(self, place: Place) -> tuple[int, int, str, str]:
        name = self._assessment.organization.teams[place.team].name
        return -place.balance, -place.net_resolved, name, place.team

    def _weigh(self, team: str, *, graph_lane: bool = False) -> None:
        self._unweighed.pop(team, None)
        self._incomplete.pop(team, None)
        try:
            sets = compile_all(self._assessment.organization, self._drop_changes(team))
        except Refused as refusal:
            self.known[team] = Place(team, refusal=refusal.sentence)
            return
        preview = self._assessment.preview(sets, lambda view: None, graph_lane=graph_lane)
        if preview.has_pending_rules:
            self._incomplete[team] = None
        difference = preview.difference
        place = Place(team, difference.balance, len(difference.resolved) - len(difference.introduced))
        self.known[team] = place
        insort(self._ranked, self._entry(place))

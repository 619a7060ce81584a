"""Where to drop what is carried: what dropping it in each team would do, and the teams from best to worst."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from orgtui.advice.fit import POINTS, Fit, Fitter, Fitting
from orgtui.advice.new_managers import managers_of, new_managers, reader_of_managers
from orgtui.changes.base import Change
from orgtui.changes.compile import compile_all
from orgtui.changes.refusal import Refused
from orgtui.model.sentence import Ref, Sentence
from orgtui.rules.assessment import Assessment, Difference

DropChanges = Callable[[str], Sequence[Change]]
"""The changes that dropping something in a team makes, by the team's id."""


@dataclass(frozen=True, slots=True)
class Place:
    """A team to drop something in: how it fits there and why, and what dropping it there would do.

    `new_managers` is the number of people who get a new manager, `kin` that of the team's own functions that
    are kin to what is carried. With a `refusal` it cannot be dropped there.
    """

    team: str
    fit: Fit
    why: Sentence
    difference: Difference = field(default_factory=Difference)
    new_managers: int = 0
    kin: int = 0
    refusal: Sentence | None = None

    @property
    def balance(self) -> int:
        """The weight of what is resolved minus the weight of what is introduced: above 0 is better."""
        return self.difference.balance

    @property
    def score(self) -> int:
        """The balance with the points of the fit: places are ranked by it."""
        return self.balance + POINTS[self.fit]


_Rank = tuple[int, int, int, str, str]
"""The score and the number of kin, negated, people with a new manager between them, then name and team."""


class Places:
    """The places for what is carried, in one state of the organisation; each is weighed once, on demand.

    The best place has the highest score; of equals, the one that gives fewer people a new manager, then the
    team with most kin (all teams of a division fit alike), then the first by name. Several things carried
    together fit a place as the one of them that fits worst. Rules of the graph lane take long in a large
    organisation: they are evaluated when a place is completed. `known` holds the places weighed so far, by
    team.
    """

    def __init__(
        self, assessment: Assessment, drop_changes: DropChanges, teams: Iterable[str], carried: Sequence[Ref]
    ) -> None:
        self.known: dict[str, Place] = {}
        self._assessment = assessment
        self._drop_changes = drop_changes
        self._fitters = [Fitter(assessment.view, each) for each in carried]
        self._unweighed = dict.fromkeys(teams)
        self._incomplete: dict[str, None] = {}
        self._ranked: list[_Rank] = []

    def weigh(self, teams: Iterable[str]) -> Iterator[Place]:
        """The places of teams, one at a time; each is weighed when it is requested."""
        for team in teams:
            if team not in self.known:
                self._weigh(team)
            yield self.known[team]

    def fitting(self, team: str) -> Fitting:
        """How what is carried fits a team, whether it is weighed or not: as the one that fits worst."""
        return min((each.at(team) for each in self._fitters), key=lambda each: each.points)

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

    @property
    def ranked_count(self) -> int:
        """How many weighed teams have no refusal."""
        return len(self._ranked)

    def rank_of(self, team: str) -> int | None:
        """The place of a team in the ranking, from 1; None if it has none."""
        rank = self._rank_of(team)
        return None if rank is None else rank + 1

    def _rank_of(self, team: str | None) -> int | None:
        place = None if team is None else self.known.get(team)
        return None if place is None or place.refusal else bisect_left(self._ranked, self._entry(place))

    def _entry(self, place: Place) -> _Rank:
        name = self._assessment.organization.teams[place.team].name
        return -place.score, place.new_managers, -place.kin, name, place.team

    def _weigh(self, team: str, *, graph_lane: bool = False) -> None:
        self._unweighed.pop(team, None)
        self._incomplete.pop(team, None)
        view = self._assessment.view
        fitting = self.fitting(team)
        try:
            sets = compile_all(self._assessment.organization, self._drop_changes(team))
        except Refused as refusal:
            self.known[team] = Place(team, fitting.fit, fitting.why, refusal=refusal.sentence)
            return
        preview = self._assessment.preview(sets, reader_of_managers(view, sets), graph_lane=graph_lane)
        if preview.has_pending_rules:
            self._incomplete[team] = None
        changed = new_managers(managers_of(view, preview.answer), preview.answer)
        kin = sum(each.kin_in(team) for each in self._fitters)
        place = Place(team, fitting.fit, fitting.why, preview.difference, changed, kin)
        self.known[team] = place
        insort(self._ranked, self._entry(place))

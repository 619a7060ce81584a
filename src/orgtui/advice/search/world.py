"""The world of a search: a copy of an organisation in which changes are asked about, made and taken back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import NamedTuple

from orgtui.advice.search.plans import Counts, Options
from orgtui.changes.base import Change
from orgtui.changes.compile import TooManySets, compile_all, trial
from orgtui.changes.refusal import Refused
from orgtui.engine.finding import Identity
from orgtui.engine.view import View
from orgtui.model.records import Key, Record
from orgtui.model.store import Organization, Set, inverse
from orgtui.rules.assessment import WEIGHTS, Assessment, Difference, ReportedFinding
from orgtui.rules.facts.reporting import manager_in
from orgtui.rules.inputs import CHANGE_SHOCK

SETS_MAX = 1_000
"""A move that changes more entries than these is not tried."""
LARGE = 400
"""Above so many people rules over the whole team graph wait until a move is made."""

Place = tuple[str, str | None]
"""The team and the manager of a seat."""
Weights = tuple[tuple[Identity, int], ...]
"""What findings weigh more in one state than in another, or less."""


class Touched(NamedTuple):
    """Who is touched: people with another team, and people with another manager."""

    moved: frozenset[str] = frozenset()
    managed: frozenset[str] = frozenset()

    @property
    def people(self) -> int:
        """How many people are touched."""
        return len(self.moved | self.managed)


class Answer(NamedTuple):
    """A state asked about: its penalty, the people touched since the baseline, and whether a rule that spoke
    about the baseline sleeps there; of the people, how many are moved and how many have a new manager.

    `unresolved` is how many findings there are of rules that must not find anything in the end. `added` is
    what the findings that differ from the present state weigh more there, or less.
    """

    penalty: int
    touched: int
    sleeps: bool
    moved: int = 0
    managed: int = 0
    unresolved: int = 0
    added: Weights = ()


Made = list[tuple[Change, list[Set]]]
"""Changes that were made one after another, each with what it set."""


@dataclass(frozen=True, slots=True)
class _Move:
    """A move that was made, with what it takes to undo it."""

    changes: tuple[Change, ...]
    sets: list[Set]


class World:
    """An organisation in which moves are asked about, made and taken back; the original is not touched.

    `baseline` is where the search begins and is never changed; `asked` counts the states asked about.
    `penalty` and `touched` are those of the present state, `path` the moves that led there, `unresolved` the
    number of findings of the rules in `must`.
    """

    def __init__(
        self, organization: Organization, today: date, options: Options, must: Collection[str] = ()
    ) -> None:
        self.baseline = organization.copy()
        for each in compile_all(self.baseline, options.plan_changes):
            self.baseline.apply(each)
        self.assessment = Assessment(
            self.baseline.copy(), today, select=options.select, ignore=options.ignore, pay=options.pay
        )
        self.assessment.evaluate_pending()
        self.asked = 0
        self.path: list[_Move] = []
        self.is_large = len(self.baseline.people) > LARGE
        self.touched = Touched()
        self._awake = self.assessment.policy.codes - self.assessment.asleep.keys()
        self._places = {
            seat.id: (seat.team, manager_in(self.view, seat.id, seat.team))
            for seat in self.baseline.people.values()
            if seat.state == "filled"
        }
        self._must = frozenset(must)
        self._counting = {each.identity: each for each in self.assessment.reported.values() if weight(each)}
        self._concerning = self._counting
        self._concerns: Callable[[ReportedFinding], bool] = lambda reported: True
        self.penalty = sum(map(weight, self._counting.values()))
        self.unresolved = sum(map(self._is_unresolved, self._counting.values()))
        self.before = self.counts()

    @property
    def organization(self) -> Organization:
        """The present state."""
        return self.assessment.organization

    @property
    def view(self) -> View:
        """The present state as rules read it."""
        return self.assessment.view

    @property
    def answer(self) -> Answer:
        """The present state as an answer."""
        return self._answer(self.penalty, self.touched, self.sleeps, self.unresolved)

    @property
    def sleeps(self) -> bool:
        """Whether a rule that spoke about the baseline sleeps in the present state."""
        return not self._awake.isdisjoint(self.assessment.asleep)

    @property
    def changes(self) -> tuple[Change, ...]:
        """The changes of the path."""
        return tuple(change for made in self.path for change in made.changes)

    def findings(self) -> list[ReportedFinding]:
        """The findings that count in the present state, by code and subjects."""
        return [found for _, found in sorted(self._counting.items(), key=_identity)]

    def concerning(self) -> list[ReportedFinding]:
        """Those of the findings that moves are looked for."""
        return [found for _, found in sorted(self._concerning.items(), key=_identity)]

    def look_only_for(self, concerns: Callable[[ReportedFinding], bool]) -> None:
        """Look for moves for some findings only."""
        self._concerns = concerns
        self._concerning = {key: each for key, each in self._counting.items() if concerns(each)}

    def weight_still_added(self, added: Weights) -> int:
        """What is left here of a difference told elsewhere: findings that go here, or come, weigh so much."""
        counting = self._counting
        return sum(weight for identity, weight in added if (weight < 0) == (identity in counting))

    def counts(self) -> Counts:
        """The findings that count in the present state, by number and weight."""
        severities = [each.severity for each in self._counting.values()]
        return Counts(self.penalty, *(severities.count(each) for each in ("error", "warning", "advice")))

    # -- asking --------------------------------------------------------------------------------------

    def ask(self, changes: Sequence[Change]) -> Answer | None:
        """The state that changes lead to from the present one; None if they cannot be made."""
        self.asked += 1
        try:
            sets = compile_all(self.organization, changes, sets_max=SETS_MAX)
        except (Refused, TooManySets):
            return None
        return self._preview(sets)

    def ask_sets(self, sets: list[Set]) -> Answer:
        """The state that assignments lead to from the present one."""
        self.asked += 1
        return self._preview(sets)

    def tell(self, changes: Sequence[Change]) -> Difference | None:
        """What changes would resolve and introduce now; None if they cannot be made. Not counted as asked."""
        try:
            sets = compile_all(self.organization, changes, sets_max=SETS_MAX)
        except (Refused, TooManySets):
            return None
        return self.assessment.preview(sets, lambda _: None, graph_lane=True).difference

    def weigh(self, changes: Iterable[Change]) -> Answer:
        """The state that a whole plan leads to from the baseline, with those of its changes that can be made.

        Costs the less the nearer that is to the present state.
        """
        self.asked += 1
        return self._preview(self._way_to(self.replay(changes)))

    def replay(self, changes: Iterable[Change]) -> Made:
        """The changes that can be made from the baseline, one after another, with what they set."""
        made: Made = []
        with trial(self.baseline) as tried:
            for change in changes:
                try:
                    made.append((change, tried.make(change)))
                except Refused:
                    continue
        return made

    def after(self, changes: Iterable[Change]) -> Organization:
        """The baseline with those of some changes that can be made, one after another."""
        there = self.baseline.copy()
        for _, sets in self.replay(changes):
            for each in sets:
                there.apply(each)
        return there

    def _preview(self, sets: list[Set]) -> Answer:
        preview = self.assessment.preview(
            sets, lambda view: self._touched_by(sets, view), graph_lane=not self.is_large, is_judged=False
        )
        difference = preview.difference
        sleeping = (self.assessment.asleep.keys() | difference.fell_asleep) - difference.woke
        added = weights_added(difference)
        return self._answer(
            self.penalty + sum(weight for _, weight in added),
            preview.answer,
            not self._awake.isdisjoint(sleeping),
            self.unresolved + self._unresolved_added(difference),
            added,
        )

    def _answer(
        self, penalty: int, touched: Touched, sleeps: bool, unresolved: int, added: Weights = ()
    ) -> Answer:
        moved, managed = len(touched.moved), len(touched.managed)
        return Answer(penalty, touched.people, sleeps, moved, managed, unresolved, added)

    def _is_unresolved(self, reported: ReportedFinding) -> bool:
        return reported.counts and reported.finding.code in self._must

    def _unresolved_added(self, difference: Difference) -> int:
        if not self._must:
            return 0
        return sum(
            (new is not None and self._is_unresolved(new)) - (old is not None and self._is_unresolved(old))
            for old, new in difference.pairs
        )

    def _touched_by(self, sets: Iterable[Set], view: View) -> Touched:
        """Who is touched in a state that assignments lead to from the present one."""
        people = affected(sets, view)
        moved, managed = set(self.touched.moved - people), set(self.touched.managed - people)
        for person in people:
            was, seat = self._places.get(person), view.person(person)
            if was is None or seat is None or seat.state != "filled":
                continue
            if seat.team != was[0]:
                moved.add(person)
            if manager_in(view, person, seat.team) != was[1]:
                managed.add(person)
        return Touched(frozenset(moved), frozenset(managed))

    # -- moving --------------------------------------------------------------------------------------

    def make(self, changes: Sequence[Change], *, graph_lane: bool = True) -> Difference:
        """Make changes that can be made; returns what they resolve and introduce.

        Without `graph_lane` the rules of that lane wait until `complete`.
        """
        return self.make_sets(compile_all(self.organization, changes), changes, graph_lane=graph_lane)

    def complete(self) -> None:
        """Evaluate the rules that wait."""
        self._update([])

    def make_sets(
        self, sets: list[Set], changes: Sequence[Change] = (), *, graph_lane: bool = True
    ) -> Difference:
        """Make assignments, those of changes if there are any; returns what they resolve and introduce."""
        difference = self._update(sets, graph_lane=graph_lane)
        self.touched = self._touched_by(sets, self.view)
        self.path.append(_Move(tuple(changes), sets))
        return difference

    def go_to(self, made: Made) -> None:
        """Go to where a plan leads from the baseline, at once; it is one move of the path then."""
        way = self._way_to(made)
        if way:
            self._update(way)
            self.touched = self._touched_by(way, self.view)
        sets = [each for _, sets in made for each in sets]
        self.path = [_Move(tuple(change for change, _ in made), sets)] if made else []

    def take_back(self) -> None:
        """Go back to the baseline."""
        self.go_to([])

    def _way_to(self, made: Made) -> list[Set]:
        """The fewest assignments that lead from the present state to where a plan leads from the baseline."""
        back = (each for move in reversed(self.path) for each in inverse(move.sets))
        goal: dict[tuple[str, Key], tuple[Record | None, int | None]] = {}
        for each in chain(back, (each for _, sets in made for each in sets)):
            name = each.table, each.key
            rank = each.rank if each.old is None else goal.get(name, (None, None))[1]
            goal[name] = each.new, rank
        way: list[Set] = []
        for (table, key), (new, rank) in goal.items():
            present = self.organization.tables[table].get(key)
            if present is not None and new is not None and rank is not None:
                way += [
                    self.organization.assignment(table, key, None),
                    Set(table, key, None, new, rank),
                ]
            elif present is None and new is not None:
                way.append(Set(table, key, None, new, rank))
            elif present != new:
                way.append(self.organization.assignment(table, key, new))
        return way

    def _update(self, sets: list[Set], *, graph_lane: bool = True) -> Difference:
        difference = self.assessment.update(sets)
        if graph_lane:
            difference = difference.followed_by(self.assessment.evaluate_pending())
        self.penalty += penalty_added(difference)
        self.unresolved += self._unresolved_added(difference)
        for old, new in difference.pairs:
            identity = (new or old).identity  # type: ignore[union-attr]
            if new is not None and weight(new):
                self._counting[identity] = new
                if self._concerning is not self._counting and self._concerns(new):
                    self._concerning[identity] = new
            else:
                self._counting.pop(identity, None)
                self._concerning.pop(identity, None)
        return difference


def _identity(item: tuple[Identity, ReportedFinding]) -> Identity:
    return item[0]


def weight(reported: ReportedFinding) -> int:
    """What a finding adds to the penalty; A201 is about plans, not about organisations."""
    return WEIGHTS[reported.severity] if reported.counts and reported.finding.code != CHANGE_SHOCK else 0


def penalty_added(difference: Difference) -> int:
    """By how much the penalty grows."""
    return sum(added for _, added in weights_added(difference))


def weights_added(difference: Difference) -> Weights:
    """By how much the weight of each finding grows, where it does."""
    pairs = (
        ((new or old).identity, (weight(new) if new else 0) - (weight(old) if old else 0))  # type: ignore[union-attr]
        for old, new in difference.pairs
    )
    return tuple(pair for pair in pairs if pair[1])


def affected(sets: Iterable[Set], view: View) -> set[str]:
    """Everybody whose team or manager may differ after assignments; `view` is the state after them."""
    people: set[str] = set()
    due: list[str] = []
    for each in sets:
        if each.table == "person":
            people.add(each.key)  # type: ignore[arg-type]
        elif each.table == "team":
            old, new = each.old, each.new
            if old is None or new is None or (old.parent, old.lead) != (new.parent, new.lead):  # type: ignore[union-attr]
                due.append(each.key)  # type: ignore[arg-type]
                people |= {record.lead for record in (old, new) if record is not None and record.lead}  # type: ignore[union-attr]
    teams = set(due)
    while due:
        team = due.pop()
        record = view.team(team)
        people.update(view.members(team))
        if record is not None and record.lead:
            people.add(record.lead)
        below = [child for child in view.children(team) if child not in teams]
        teams.update(below)
        due += below
    return people

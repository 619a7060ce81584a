"""The moves that a search tries: fixes, structure near what is found, the whole set for the proof."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from orgtui.advice.search.kinship import Kinship, teams_of
from orgtui.advice.search.limits import Limits
from orgtui.advice.search.plans import Only
from orgtui.advice.search.refs import refs_of
from orgtui.advice.search.sense import LOOSE_POINTS, ODD_POINTS, Ordered, in_order, oddity
from orgtui.advice.search.world import World
from orgtui.changes.base import Change
from orgtui.changes.operations.focus import FoldBack
from orgtui.changes.operations.functions import MoveFunction
from orgtui.changes.operations.seats import MovePerson
from orgtui.changes.operations.teams import DissolveTeam, MergeTeams, MoveTeam, SetLead
from orgtui.engine.finding import Finding
from orgtui.engine.view import View
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization
from orgtui.rules.assessment import ReportedFinding
from orgtui.rules.facts.teams import is_focus, parent_of
from orgtui.rules.fixes.common import (
    accompanying_people,
    best_judges,
    filled_members,
    functions_in,
    may_leave,
    people_to_split_off,
    possible_splits,
    split_fix,
    teams_in,
)
from orgtui.rules.registry import Fix, catalogue

AGREEMENTS = frozenset(
    (
        *("take_goal", "drop_goal", "add_handoff", "track_handoff", "add_share", "set_share"),
        *("route_requests", "set_liaison", "set_review", "set_learning", "assign", "unassign"),
        *("set_focus", "end_mission"),
    )
)
"""The operations that move nobody and that a search may use."""
STRUCTURE = frozenset(
    (
        *("move_person", "move_team", "move_function", "merge_teams", "dissolve_team"),
        *("split_team", "set_lead", "pull_out", "fold_back"),
    )
)
"""The operations on who sits, works and leads where."""
OPERATIONS: Mapping[Only, frozenset[str]] = {
    "all": AGREEMENTS | STRUCTURE,
    "structure": STRUCTURE,
    "agreements": AGREEMENTS,
}

NEAR_TO_MERGE, NEAR_TO_STAND_BELOW, NEAR_FOR_WORK, SPLITS, LEADS = 4, 3, 5, 4, 3
"""How many of the nearest teams, ways and people are tried near a finding."""


@dataclass(frozen=True, slots=True)
class Move:
    """Changes that are tried together; `key` tells them from others."""

    changes: tuple[Change, ...]
    key: str

    @property
    def is_structural(self) -> bool:
        """Whether some of it changes who sits, works or leads where."""
        return any(change.op in STRUCTURE for change in self.changes)


def move_of(*changes: Change) -> Move:
    """A move that makes these changes."""
    return Move(changes, repr(changes))


class Moves:
    """Proposes the moves that limits, kinship and the operations asked for allow, in the tree of a team.

    `nearby` are the teams among which structural moves look for the nearest; None for all. While `only_light`
    no team is merged, dissolved or split, and nobody goes along with work.
    """

    def __init__(
        self, world: World, limits: Limits, only: Only, *, bold: bool, within: str | None = None
    ) -> None:
        self._limits = limits
        self._operations = OPERATIONS[only]
        self._bold = bold
        self._outside: frozenset[str] = frozenset()
        if within is not None:
            inside = set(teams_in(world.view, within))
            self._outside = frozenset(team for team in world.baseline.teams if team not in inside)
        self.kinship = Kinship()
        self.nearby: Sequence[str] | None = None
        self.only_light = False

    def allows(self, view: View, organization: Organization, move: Move) -> bool:
        """Whether a move may be tried."""
        return all(self._allows(view, organization, change) for change in move.changes)

    def reluctance(self, view: View, move: Move) -> float:
        """The points that a move must bring beside what it costs, since a head would find it odd or loose."""
        odd = 0 if self._bold else sum(oddity(view, change) for change in move.changes)
        loose = sum(self.kinship.is_loose(view, change) for change in move.changes)
        return ODD_POINTS * odd + LOOSE_POINTS * loose

    def in_order(
        self, baseline: Organization, view: View, groups: Iterable[Sequence[Change]]
    ) -> Generator[None, None, Ordered | None]:
        """Order groups of changes so that each may be made and joins what may be joined."""
        return in_order(baseline, view, groups, None if self._bold else self.kinship)

    def _allows(self, view: View, organization: Organization, change: Change) -> bool:
        return (
            change.op in self._operations
            and (not self._outside or all(self._is_inside(view, each) for each in refs_of(change)))
            and (self._bold or self.kinship.allows(view, change))
            and self._limits.refuses(change, organization) is None
        )

    def concerns(self, view: View, reported: ReportedFinding) -> bool:
        """Whether a finding speaks of what lies in the tree to search, or of nothing in particular."""
        return not self._outside or all(self._is_inside(view, each) for each in reported.finding.subjects)

    def _is_inside(self, view: View, ref: Ref) -> bool:
        if ref.kind == "team":
            return ref.id not in self._outside
        record = view.record(ref.kind, ref.id) if ref.kind in ("function", "person") else None
        return record is None or record.team not in self._outside

    # -- proposals ---------------------------------------------------------------------------------

    def fixes(self, view: View, reported: ReportedFinding) -> Iterator[Move]:
        """The fixes of a finding."""
        finding = reported.finding
        fixes = chain.from_iterable(fixer(view, finding) for fixer in catalogue()[finding.code].fixers)
        yield from _moves_of(fixes)

    def near(self, view: View, found: Iterable[ReportedFinding]) -> Iterator[Move]:
        """Structural moves of the teams and functions that findings speak of."""
        teams, functions = spoken_of(view, found)
        for team in sorted(teams):
            yield from self._of_team(view, team)
        for function in sorted(functions):
            yield from self._of_function(view, function)

    def _of_team(self, view: View, team: str) -> Iterator[Move]:
        record = view.team(team)
        if record is None or record.parent is None:
            return
        if record.focus is not None:
            near = self._near(view, functions_in(view, team), team, NEAR_TO_MERGE)
            yield from (move_of(FoldBack(team, other)) for other in near)
            return
        near = self._near(view, functions_in(view, team), team, NEAR_TO_MERGE)
        yield from self._standing(view, team, near)
        if self.only_light:
            return
        for other in near:
            yield move_of(MergeTeams(team, other))
            yield move_of(MergeTeams(other, team))
        yield move_of(dissolve(team, record.parent))
        for functions in possible_splits(view, team)[:SPLITS]:
            yield from _split(view, team, functions)
        members = (person for person in filled_members(view, team) if person != record.lead)
        leads = best_judges(view, members, functions_in(view, team))[:LEADS]
        yield from (move_of(SetLead(team, person)) for person in leads)

    def _standing(self, view: View, team: str, near: Sequence[str]) -> Iterator[Move]:
        """A team below others or the top, and others below it."""
        above = [*near[:NEAR_TO_STAND_BELOW], view.root()]
        yield from (move_of(MoveTeam(team, to)) for to in above if to not in (None, parent_of(view, team)))
        yield from (move_of(MoveTeam(other, team)) for other in near[:NEAR_TO_STAND_BELOW])

    def _near(self, view: View, functions: list[str], besides: str | None, most: int) -> list[str]:
        among = view.ids("team") if self.nearby is None else self.nearby
        teams = (team for team in among if team != besides and team not in self._outside)
        return self.kinship.teams_near(view, functions, teams, most)

    def _of_function(self, view: View, function: str) -> Iterator[Move]:
        record = view.function(function)
        if record is not None and may_leave(view, function):
            for team in self._near(view, [function], record.team, NEAR_FOR_WORK):
                if self.only_light:
                    yield move_of(MoveFunction(function, team))
                else:
                    yield from _with_and_without(view, function, team)

    def every(self, view: View) -> Iterator[Move]:
        """The whole set for the proof, with fixed choices of who comes along."""
        for team in view.ids("team"):
            yield from _every_of_team(view, team)
        for team in view.ids("team"):
            yield from _every_of_members(view, team)
        for function in view.ids("function"):
            yield from _every_of_function(view, function)


def _every_of_team(view: View, team: str) -> Iterator[Move]:
    """Every way to move, merge, dissolve and split a team below the root."""
    record = view.team(team)
    if record is None or record.parent is None:
        return
    others = [other for other in view.ids("team") if other != team]
    yield from (move_of(MoveTeam(team, to)) for to in others if to != record.parent)
    if record.focus is not None:
        yield from (move_of(FoldBack(team, to)) for to in others)
        return
    for other in others:
        if parent_of(view, other) is not None and not is_focus(view, other):
            yield move_of(MergeTeams(team, other))
    beside = sorted(each for each in view.children(record.parent) if each != team)
    yield from (move_of(dissolve(team, to)) for to in (record.parent, *beside))
    for functions in possible_splits(view, team):
        yield from _split(view, team, functions)
    yield from _halves(view, team)


def _every_of_members(view: View, team: str) -> Iterator[Move]:
    """Every other place for the people of a team, and every other lead among them."""
    record = view.team(team)
    for person in sorted(view.members(team)):
        if record is not None and record.lead != person:
            yield move_of(SetLead(team, person))
        yield from (move_of(MovePerson(person, to)) for to in view.ids("team") if to != team)


def _every_of_function(view: View, function: str) -> Iterator[Move]:
    """Every other team for a function, with and without people, and a team of its own for what is new."""
    record = view.function(function)
    if record is None or not may_leave(view, function):
        return
    for team in view.ids("team"):
        if team != record.team:
            yield from _with_and_without(view, function, team)
    if record.breakthrough or record.state == "new":
        yield from _pull_out(view, function)


def _moves_of(fixes: Iterable[Fix]) -> Iterator[Move]:
    return (move_of(*fix.changes) for fix in fixes if fix.changes)


def spoken_of(view: View, found: Iterable[ReportedFinding]) -> tuple[set[str], set[str]]:
    """The teams and functions that findings name, with the teams of both and of people named."""
    teams: set[str] = set()
    functions: set[str] = set()
    for reported in found:
        for subject in reported.finding.subjects:
            if subject.kind == "team":
                teams.add(subject.id)
            elif subject.kind == "function":
                functions.add(subject.id)
            elif subject.kind == "person":
                seat = view.person(subject.id)
                teams.update(view.led_by(subject.id), () if seat is None else (seat.team,))
            elif subject.kind == "area":
                functions.update(view.in_area(subject.id))
    return teams | teams_of(view, functions), functions


def dissolve(team: str, into: str) -> DissolveTeam:
    """Dissolving a team, with everything it has going to one other team."""
    return DissolveTeam(team, people_to=into, functions_to=into, children_to=into)


def _with_and_without(view: View, function: str, team: str) -> Iterator[Move]:
    people = accompanying_people(view, function)
    if people:
        yield move_of(MoveFunction(function, team, people))
    yield move_of(MoveFunction(function, team))


def _split(view: View, team: str, functions: tuple[str, ...]) -> Iterator[Move]:
    yield from _moves_of([split_fix(view, team, functions, people_to_split_off(view, team, functions))])


def _halves(view: View, team: str) -> Iterator[Move]:
    """The later half of a team's seats as a team of its own, where it has too little work to split."""
    record = view.team(team)
    people = [person for person in filled_members(view, team) if record is None or person != record.lead]
    if len(people) > 1 and len(view.functions_of(team)) < 2:
        yield from _moves_of([split_fix(view, team, (), tuple(people[len(people) // 2 :]))])


def _pull_out(view: View, function: str) -> Iterator[Move]:
    finding = Finding("P301", (Ref.to("function", function),), {})
    yield from _moves_of(chain.from_iterable(fixer(view, finding) for fixer in catalogue()["P301"].fixers))

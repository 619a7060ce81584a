"""Settling a plan: its net effect in the fewest changes, without any that could be left out for nothing."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

from orgtui.advice.search.refs import ids_of, parts_of
from orgtui.advice.search.world import Answer, World
from orgtui.changes.base import Change
from orgtui.changes.net import net_by_and_by
from orgtui.changes.operations.seats import SetLearning
from orgtui.changes.operations.teams import MergeTeams
from orgtui.changes.refusal import Refused
from orgtui.changes.step import Step
from orgtui.model.records import Key
from orgtui.model.store import Organization, Set, inverse
from orgtui.rules.assessment import ReportedFinding
from orgtui.rules.fixes.common import filled_members


@dataclass(frozen=True, slots=True)
class Settled:
    """A settled plan: its changes, what they lead to, and the findings that still count there."""

    changes: tuple[Change, ...]
    answer: Answer
    after: Organization
    left: tuple[ReportedFinding, ...]


LONG = 80
"""A plan of more changes is pruned change by change only."""


def settled(
    world: World, changes: Sequence[Change], may_be_kept: Callable[[Answer, int], bool] = lambda *_: True
) -> Generator[None, None, Settled | None]:
    """Settle a plan; the world may be anywhere, best where it leads, and is in the settled state in the end.

    Yields after every state asked about; returns None if nothing is left of it, a rule that spoke about the
    baseline sleeps, or it may not be kept as far as can be told from where it leads and how many changes it
    has before pairs of them are left out.
    """
    if len(changes) <= LONG:
        try:
            steps = yield from net_by_and_by(world.baseline, [Step(change) for change in changes])
        except Refused:
            return None
        changes = [step.change for step in steps]
    plan = _Plan(world, changes)
    yield
    before, answer = list(plan.changes), plan.answer
    yield from _leave_out(plan, 1)
    if len(before) > LONG:
        plan.check(before, answer)
    elif not may_be_kept(plan.answer, len(plan.changes)):
        return None
    yield from _keep_the_bigger(plan, world.baseline)
    yield from _teach_where_it_is_used(plan, world)
    if len(before) <= LONG:
        yield from _leave_out(plan, 2)
    if plan.answer.sleeps or not plan.changes:
        return None
    return Settled(tuple(plan.changes), plan.answer, world.organization.copy(), tuple(world.findings()))


def _keep_the_bigger(plan: _Plan, baseline: Organization) -> Generator[None]:
    """Turn merges round that end the bigger team, as long as nothing is lost by it."""
    for change in list(plan.changes):
        if isinstance(change, MergeTeams) and change in plan.changes:
            team, into = change.team, change.into
            if len(baseline.index("members", team)) > len(baseline.index("members", into)):
                place = plan.changes.index(change)
                turned = [_renamed(each, into, team) for each in plan.changes]
                turned[place] = MergeTeams(into, team)
                plan.try_instead(turned)
                yield


def _teach_where_it_is_used(plan: _Plan, world: World) -> Generator[None]:
    """Let somebody of the team that needs a skill in the end learn it, if nothing is lost by it."""
    for change in [each for each in plan.changes if isinstance(each, SetLearning) and each.on]:
        view = world.view
        records = [view.function(each) for each in sorted(view.index("needing", change.skill))]
        teams = {record.team for record in records if record is not None and record.team is not None}
        seat = view.person(change.person)
        if not teams or seat is None or seat.team in teams:
            continue
        members = [person for team in sorted(teams) for person in filled_members(view, team)]
        for person in members[:TAUGHT]:
            taught = SetLearning(person, change.skill, True)
            if plan.try_instead([taught if each == change else each for each in plan.changes]):
                yield
                break
            yield


TAUGHT = 4
"""So many people are tried in the place of somebody who would learn what the own team does not need."""
TEAM_FIELDS = ("team", "into", "to", "via", "people_to", "functions_to", "children_to")
"""The fields of changes that hold the id of a team."""


def _renamed(change: Change, team: str, name: str) -> Change:
    """A change that names another team in the place of a team."""
    held = {each: getattr(change, each) for each in type(change).__dataclass_fields__}
    named = {each: name for each, value in held.items() if each in TEAM_FIELDS and value == team}
    ends = {each: f"team:{name}" for each, value in held.items() if value == f"team:{team}"}
    return replace(change, **named, **ends)


def _leave_out(plan: _Plan, together: int) -> Generator[None]:
    """Leave out changes, so many together, as long as nothing is lost by it."""
    is_shorter = True
    while is_shorter:
        is_shorter = False
        for gone in reversed(list(combinations(plan.changes, together))):
            if any(change not in plan.changes for change in gone):
                continue
            places = [plan.changes.index(change) for change in gone]
            if together == 1 or plan.are_related(places):
                is_shorter |= plan.try_without(places)
                yield


class _Plan:
    """A plan made in the world, change by change, so that what a change does can be taken off again."""

    def __init__(self, world: World, changes: Iterable[Change]) -> None:
        self._world = world
        self._adopt(changes)

    def _adopt(self, changes: Iterable[Change]) -> None:
        made = self._world.replay(changes)
        self.changes = [change for change, _ in made]
        self._sets = [sets for _, sets in made]
        self._records = [_records(sets) for sets in self._sets]
        self._world.go_to(made)

    @property
    def answer(self) -> Answer:
        """The state that it leads to."""
        return self._world.answer

    def are_related(self, places: Sequence[int]) -> bool:
        """Whether two changes alter a record of one id, or name the same."""
        first, second = (
            ids_of(self.changes[place]) | {part for _, key in self._records[place] for part in parts_of(key)}
            for place in places
        )
        return not first.isdisjoint(second)

    def try_without(self, gone: Sequence[int]) -> bool:
        """Leave changes out if nothing is lost by it; returns whether they were."""
        rest = [change for place, change in enumerate(self.changes) if place not in gone]
        sets = self._taken_off(gone)
        if len(self.changes) > LONG:
            return sets is not None and self._drop_at_once(gone, sets)
        if sets is None:
            answer = self._world.weigh(rest)
        else:
            answer = self._world.ask_sets(sets)
            if is_as_good(answer, self.answer):
                answer = self._world.weigh(rest)
        if not is_as_good(answer, self.answer):
            return False
        self._adopt(rest)
        return True

    def try_instead(self, changes: Sequence[Change]) -> bool:
        """Make other changes if nothing is lost by it; returns whether they were made."""
        made = self._world.replay(changes)
        if len(made) < len(changes) or not is_as_good(self._world.weigh(changes), self.answer):
            return False
        self._adopt(changes)
        return True

    def _drop_at_once(self, gone: Sequence[int], sets: list[Set]) -> bool:
        """Leave changes out of a long plan by what they set alone; `check` tells whether that holds."""
        if not is_as_good(self._world.ask_sets(sets), self.answer):
            return False
        self._world.make_sets(sets)
        for place in sorted(gone, reverse=True):
            del self.changes[place], self._sets[place], self._records[place]
        return True

    def check(self, before: Sequence[Change], answer: Answer) -> None:
        """Go back to a plan as it was, with its answer, if what is left of it is worse when made anew."""
        self._adopt(self.changes)
        if not is_as_good(self.answer, answer):
            self._adopt(before)

    def _taken_off(self, gone: Sequence[int]) -> list[Set] | None:
        """The assignments that take changes off again; None if others alter the same records."""
        theirs = set().union(*(self._records[place] for place in gone))
        for place, records in enumerate(self._records):
            if place not in gone and not theirs.isdisjoint(records):
                return None
        return inverse([each for place in sorted(gone) for each in self._sets[place]])


def is_as_good(one: Answer, other: Answer) -> bool:
    """Whether a state is as good as another one in everything, and may be shown if the other may."""
    return (
        one.penalty <= other.penalty
        and one.touched <= other.touched
        and one.sleeps <= other.sleeps
        and one.unresolved <= other.unresolved
    )


def _records(sets: Iterable[Set]) -> set[tuple[str, Key]]:
    return {(each.table, each.key) for each in sets}

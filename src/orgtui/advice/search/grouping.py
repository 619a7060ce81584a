"""The steps of a plan: changes with one reason and place together, in an order that people can follow."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field

from orgtui.advice.search.moves import STRUCTURE, Moves
from orgtui.advice.search.refs import ids_of
from orgtui.advice.search.settle import LONG
from orgtui.advice.search.titles import key_of
from orgtui.advice.search.world import World, weight
from orgtui.changes.base import Change
from orgtui.rules.assessment import Difference, ReportedFinding
from orgtui.rules.policy import SEVERITIES

PEOPLE = frozenset(("move_person", "set_lead"))
"""The operations that come last: who sits and leads where, once it is clear where that is."""
BY_REASON = frozenset(("add_share", "assign"))
"""The operations of which a plan may have many: what mends another rule is another step."""


@dataclass(slots=True, eq=False)
class Group:
    """Changes that make one step: structural ones with the agreements that go along, or agreements alone.

    `mends` are the findings that changes of it resolve where the plan begins. Two groups are the same only if
    they are one: what is in them changes.
    """

    core: list[Change] = field(default_factory=list)
    along: list[Change] = field(default_factory=list)
    mends: list[ReportedFinding] = field(default_factory=list)

    @property
    def changes(self) -> list[Change]:
        """All of its changes in the order in which they are made."""
        return [*self.core, *self.along]

    @property
    def is_structural(self) -> bool:
        """Whether it changes who sits, works or leads where."""
        return self.core[0].op in STRUCTURE

    @property
    def rank(self) -> tuple[bool, int, int]:
        """Where it comes: what mends errors, then agreements, structure, people; what mends more earlier."""
        kind = 2 if self.core[0].op in PEOPLE else int(self.is_structural)
        mends_error = any(each.severity == "error" for each in self.mends)
        return not mends_error, kind, -sum(map(weight, self.mends))

    @property
    def structure_first(self) -> tuple[bool, int]:
        """Where it comes if structure is first."""
        return not self.is_structural, int(self.core[0].op in PEOPLE)


ORDERS: Sequence[Callable[[Group], tuple[int, ...]]] = (
    lambda group: group.rank,
    lambda group: group.structure_first,
)


def grouped(world: World, changes: Sequence[Change]) -> Generator[None, None, list[Group]]:
    """The steps of a plan that begins in the present state of the world, which is its baseline, in no order.

    Structural changes are together by kind and place, agreements by kind. An agreement that mends nothing
    where the plan begins goes with the structural changes that it is about. Yields after every look.
    """
    groups: dict[object, Group] = {}
    waiting = []
    for change in changes:
        mends = _mended(world.tell([change])) if len(changes) <= LONG else []
        yield
        if change.op not in STRUCTURE and not mends and len(changes) <= LONG:
            waiting.append(change)
            continue
        reason = mends[0].finding.code if change.op in BY_REASON and mends else None
        group = groups.setdefault((key_of(change), reason), Group())
        group.core.append(change)
        group.mends += mends
    for group in groups.values():
        if len(group.core) > 1 and group.is_structural and len(changes) <= LONG:
            group.mends += _mended(world.tell(group.core))
            yield
    for change in waiting:
        everything = list(groups.values())
        if change.op == "assign" and put_together(everything, Group([change])):
            continue
        if not put_along(world, everything, change):
            groups.setdefault((key_of(change), None), Group()).core.append(change)
    return list(groups.values())


def put_along(world: World, groups: Iterable[Group], change: Change) -> bool:
    """Put an agreement with the structural changes that make a team it names, else with those that name most
    of what it names; returns whether there are any."""
    structural = [group for group in groups if group.is_structural]
    named = _ids_of([change])
    new = {each for each in named if each not in world.baseline.teams}

    def nearness(group: Group) -> tuple[int, int]:
        shared = named & _ids_of(group.core)
        return len(shared & new), len(shared)

    nearest = max(structural, key=nearness, default=None)
    if nearest is None or not any(nearness(nearest)):
        return False
    nearest.along.append(change)
    return True


def put_together(groups: list[Group], alone: Group) -> bool:
    """Put agreements with others of their kind that share what they name; returns whether there are any."""
    named = _ids_of(alone.core)
    for group in groups:
        if group is not alone and group.core[0].op == alone.core[0].op and named & _ids_of(group.core):
            group.core += alone.core
            return True
    return False


def arranged(
    world: World, moves: Moves, changes: Sequence[Change], groups: list[Group]
) -> Generator[None, None, list[Group]]:
    """Groups in the order of their ranks, as far as they can be made in it and lead to where the plan leads;
    else with structure first; else the changes in their order, together only if they follow one another."""
    goal = world.after(changes)
    for order in ORDERS:
        wanted = sorted(groups, key=order)
        found = yield from moves.in_order(world.baseline, world.view, [group.changes for group in wanted])
        if found is not None and found.after == goal:
            return [wanted[place] for place in found.places]
    return _neighbours(changes)


def _mended(difference: Difference | None) -> list[ReportedFinding]:
    """The findings that count and are resolved, the most severe first."""
    if difference is None:
        return []
    counting = (each for each in difference.resolved if weight(each))
    return sorted(counting, key=lambda each: (SEVERITIES.index(each.severity), each.identity))


def _ids_of(changes: Iterable[Change]) -> frozenset[str]:
    return frozenset().union(*(ids_of(change) - {change.op} for change in changes))


def _neighbours(changes: Sequence[Change]) -> list[Group]:
    """Changes in their order; only those that follow one another are together."""
    groups: list[Group] = []
    for change in changes:
        if groups and key_of(groups[-1].core[0]) == key_of(change):
            groups[-1].core.append(change)
        else:
            groups.append(Group([change]))
    return groups

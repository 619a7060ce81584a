"""What a head would not do although rules count it as a gain: how odd the steps of a plan are."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterable, Sequence
from typing import NamedTuple

from orgtui.advice.fit import POINTS
from orgtui.advice.search.kinship import Kinship, work_of
from orgtui.changes.base import Change
from orgtui.changes.compile import Trial
from orgtui.changes.operations.focus import PullOut
from orgtui.changes.operations.functions import MoveFunction
from orgtui.changes.operations.teams import DissolveTeam, MergeTeams, MoveTeam, SetLead, SplitTeam
from orgtui.changes.refusal import Refused
from orgtui.engine.view import PlainView, View
from orgtui.model.store import Organization
from orgtui.rules.fixes.common import filled_members, functions_in, teams_in

ODD_POINTS = -POINTS["stranger"]
"""The points that an odd step must bring beside what it costs. Source: a stranger at a place counts so."""

BIGGER = 1.5
"""So many times the people of a team are too many to stand below it; a merge keeps the bigger one."""

LOOSE_POINTS = 0.5
"""The points that a link of teams with nothing in common must bring, so that of equal ones kin is linked."""


def oddity(view: View, change: Change) -> int:
    """How many things are odd about a change in the state before it; 0 where areas are not known.

    Odd is: a bigger team put into a smaller one, or a much bigger one below it; a team or work taken from its
    kind to where most is of another area, or to the head; a lead for two teams of different areas.
    """
    match change:
        case MergeTeams(team, into):
            return _joining(view, team, into)
        case MoveTeam(team, to):
            return _joining(view, team, to, BIGGER)
        case DissolveTeam(team, functions_to=str(into)) if into == view.root():
            return 1
        case DissolveTeam(team, functions_to=str(into)):
            return _joining(view, team, into)
        case MoveFunction(function, to):
            return int(_leaves_its_kind(view, function, to))
        case SetLead(team, str(person)):
            return int(_leads_strangers(view, person, team, functions_in(view, team)))
        case (
            SplitTeam(functions=functions, lead=str(person))
            | PullOut(function=str(functions), lead=str(person))
        ):
            work = [functions] if isinstance(functions, str) else functions
            return int(_leads_strangers(view, person, None, work))
    return 0


def _joining(view: View, team: str, into: str, bigger: float = 1) -> int:
    record = view.team(team)
    if record is None or into in (record.parent, view.root()):
        return 0
    return int(_people(view, team) > bigger * _people(view, into)) + int(_is_mostly_strange(view, team, into))


def _people(view: View, team: str) -> int:
    return sum(len(filled_members(view, each)) for each in teams_in(view, team))


def _is_mostly_strange(view: View, team: str, into: str) -> bool:
    own = work_of(view, team)
    there = [each for each in work_of(view, into) if each not in own]
    areas, others = _main_areas(view, own), _main_areas(view, there)
    return bool(areas and others) and areas.isdisjoint(others)


def _leaves_its_kind(view: View, function: str, to: str) -> bool:
    record = view.function(function)
    if record is None or record.area is None or record.team is None:
        return False
    is_head = to == view.root()
    there = _main_areas(view, view.functions_of(to) if is_head else functions_in(view, to))
    is_at_home = record.area in _main_areas(view, functions_in(view, record.team))
    return is_at_home and record.area not in there and (is_head or bool(there))


def _leads_strangers(view: View, person: str, team: str | None, work: Iterable[str]) -> bool:
    own = _areas(view, work)
    others = (_areas(view, functions_in(view, each)) for each in view.led_by(person) if each != team)
    return any(own and other and own.isdisjoint(other) for other in others)


def _main_areas(view: View, functions: Iterable[str]) -> set[str]:
    """The areas that most of some functions are of."""
    records = map(view.function, functions)
    found = Counter(record.area for record in records if record is not None and record.area is not None)
    most = max(found.values(), default=0)
    return {area for area, number in found.items() if number == most}


def _areas(view: View, functions: Iterable[str]) -> set[str]:
    records = map(view.function, functions)
    return {record.area for record in records if record is not None and record.area is not None}


# -- whole plans ---------------------------------------------------------------------------------------


class Ordered(NamedTuple):
    """An order of groups of changes that can be made, by place; where they lead to; how odd they are."""

    places: list[int]
    after: Organization
    odd: int


def in_order(
    baseline: Organization, view: View, groups: Iterable[Sequence[Change]], kinship: Kinship | None
) -> Generator[None, None, Ordered | None]:
    """Order groups of changes: again and again the first that may be made; None if some never may.

    With a kinship only kin may be joined. Yields after every group made.
    """
    tried, due = Trial(baseline.copy()), dict(enumerate(groups))
    places, odd = list[int](), 0
    while due:
        for place, group in due.items():
            added = _made(tried, view, group, kinship)
            if added is not None:
                odd += added
                places.append(place)
                break
        else:
            return None
        del due[places[-1]]
        yield
    return Ordered(places, tried.organization, odd)


def _made(tried: Trial, view: View, group: Sequence[Change], kinship: Kinship | None) -> int | None:
    """Make changes together and say how odd they are; None, and nothing made, if they may not be made."""
    begun, odd = len(tried.sets), 0
    for change in group:
        here = PlainView(tried.organization, view.today, {})
        if kinship is not None and not kinship.allows(here, change):
            tried.roll_back(begun)
            return None
        odd += oddity(here, change)
        try:
            tried.make(change)
        except Refused:
            tried.roll_back(begun)
            return None
    return odd

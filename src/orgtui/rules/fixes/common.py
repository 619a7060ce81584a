"""What fixers share: who moves with a function, where work belongs, how similar the work of teams is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from fractions import Fraction
from itertools import islice

from orgtui.changes.operations.functions import MoveFunction
from orgtui.changes.operations.teams import SplitTeam
from orgtui.engine.view import View
from orgtui.model.indexes import performed_functions
from orgtui.model.records import Area, Function, Team
from orgtui.model.sentence import Ref, sentence
from orgtui.rules.facts.funnel import divisions_of_area
from orgtui.rules.facts.handoffs import handoff_partners
from orgtui.rules.facts.skills import Coverage, core_skills, required_skills, similarity
from orgtui.rules.facts.teams import (
    division,
    divisions,
    is_focus,
    is_working_team,
    members_in_order,
    seats_below,
)
from orgtui.rules.registry import Fix

A_QUARTER = timedelta(days=91)
"""The time until the next review."""
FIXES_MAX = 4
"""The most fixes proposed for a finding."""
COMPARED_MAX = 20
"""The most functions of a team that are compared with those of another one."""
FUNCTIONS_MAX = 60
"""The most functions that a fix moves; more would be a new structure."""


# -- functions on the move ---------------------------------------------------------------------------


def main_function(view: View, person: str) -> str | None:
    """The function with a seat's largest share; None if there is none, or more than one."""
    record = view.person(person)
    shares = {} if record is None else record.functions
    largest = max(shares.values(), default=0)
    first = [function for function, share in shares.items() if share == largest]
    return first[0] if largest and len(first) == 1 else None


def accompanying_people(view: View, function: str) -> tuple[str, ...]:
    """The people who move with a function: those of its team who work most on it, except the lead."""
    record = view.function(function)
    team = None if record is None or record.team is None else view.team(record.team)
    if team is None:
        return ()
    people = view.members(team.id)
    return tuple(
        person
        for person in sorted(view.performers(function))
        if person in people and person != team.lead and main_function(view, person) == function
    )


def move(view: View, function: str, to: str) -> MoveFunction:
    """The move of a function to a team, with the people who move with it."""
    return MoveFunction(function, to, accompanying_people(view, function))


def moves(view: View, functions: Iterable[str], to: str) -> tuple[MoveFunction, ...]:
    """The moves of functions to a team, with the people who move with them."""
    return tuple(move(view, function, to) for function in functions)


def move_fix(view: View, functions: Iterable[str], to: str) -> Fix:
    """Move functions with their people to a team."""
    functions = list(functions)
    named = tuple(Ref.to("function", function) for function in functions)
    title = sentence("Move {functions} to {team}", functions=named, team=Ref.to("team", to))
    return Fix(title, moves(view, functions, to))


# -- teams -------------------------------------------------------------------------------------------


def teams_in(view: View, team: str) -> Iterator[str]:
    """A team and the teams below it, each before those below it."""
    left = [team]
    while left:
        yield (each := left.pop())
        left += sorted(view.children(each), reverse=True)


def functions_in(view: View, team: str) -> list[str]:
    """`work*`: the functions of a team and of the teams below it."""
    return [function for each in teams_in(view, team) for function in sorted(view.functions_of(each))]


def may_leave(view: View, function: str) -> bool:
    """Whether a function may move: it exists, and is not in the focus team that was formed for it."""
    record = view.function(function)
    return record is not None and record.team not in view.focus_on(function)


def ordinary_divisions(view: View) -> list[str]:
    """The divisions with functions or open seats that are no focus teams, by id."""
    return [
        each
        for each in divisions(view)
        if not is_focus(view, each) and (seats_below(view, each) or functions_in(view, each))
    ]


def siblings(view: View, team: str) -> list[str]:
    """The other working teams under a team's parent that are no focus teams, by id."""
    record = view.team(team)
    beside = () if record is None or record.parent is None else view.children(record.parent)
    return [
        each
        for each in sorted(beside)
        if each != team and is_working_team(view, each) and not is_focus(view, each)
    ]


def work_similarity(view: View, functions: Iterable[str], others: Iterable[str]) -> Fraction:
    """The similarity of two sets of functions: the sum of the similarities of their pairs."""
    needing: dict[str, list[str]] = {}
    for other in others:
        for skill in skills_of(view, other):
            needing.setdefault(skill, []).append(other)
    shared: dict[int, int] = {}
    for function in functions:
        for other in {other for skill in skills_of(view, function) for other in needing.get(skill, ())}:
            common, whole = similarity(view, function, other)
            shared[whole] = shared.get(whole, 0) + common
    return sum((Fraction(common, whole) for whole, common in shared.items()), Fraction(0))


def skills_of(view: View, function: str) -> dict[str, int]:
    """The levels that a function requires, by skill."""
    record = view.function(function)
    return {} if record is None else required_skills(record)


def most_similar(view: View, team: str, candidates: Iterable[str]) -> list[str]:
    """Teams by the similarity of their work to a team's, the most similar first, then the smallest."""
    work = functions_in(view, team)
    return sorted(
        candidates,
        key=lambda each: (
            -work_similarity(view, work, functions_in(view, each)),
            seats_below(view, each),
            each,
        ),
    )


def have_kin(view: View, team: str, other: str) -> bool:
    """Whether the work of two teams themselves has something in common: a handoff, an area, or skills."""
    first = sorted(view.functions_of(team))[:COMPARED_MAX]
    second = sorted(view.functions_of(other))[:COMPARED_MAX]
    return (
        other in handoff_partners(view, team)
        or not areas_of(view, first).isdisjoint(areas_of(view, second))
        or work_similarity(view, first, second) > 0
    )


def areas_of(view: View, functions: Iterable[str]) -> set[str]:
    """The areas of some functions."""
    records = (view.function(function) for function in functions)
    return {record.area for record in records if record is not None and record.area is not None}


def new_team_id(view: View, wish: str) -> str:
    """An id that no team has: `wish`, with a number if a team has it."""
    number, identity = 1, wish
    while view.team(identity) is not None:
        number += 1
        identity = f"{wish}-{number}"
    return identity


# -- where work belongs --------------------------------------------------------------------------------


def divisions_by_area(view: View, area: str | None) -> list[str]:
    """The divisions with functions of an area that are no focus teams, the one with most first."""
    held = {} if area is None else divisions_of_area(view, area)
    return sorted((each for each in held if not is_focus(view, each)), key=lambda each: (-held[each], each))


def team_for_area(view: View, home: str, area: str) -> str:
    """The team of a division with most functions of an area; the division itself if none has any."""
    held: dict[str, int] = {}
    for function in view.in_area(area):
        record = view.function(function)
        team = None if record is None else record.team
        if team is not None and division(view, team) == home and not is_focus(view, team):
            held[team] = held.get(team, 0) + 1
    return min(held, key=lambda team: (-held[team], team), default=home)


def natural_team(view: View, function: str, besides: str) -> str | None:
    """Where a function belongs outside the division of `besides`: with most of its area, else with the most
    similar work, else in the root."""
    record = view.function(function)
    area = None if record is None else record.area
    for home in divisions_by_area(view, area):
        if home != division(view, besides) and area is not None:
            return team_for_area(view, home, area)
    others = [each for each in ordinary_divisions(view) if each != division(view, besides)]
    similarity = {each: work_similarity(view, [function], functions_in(view, each)) for each in others}
    return min(others, key=lambda each: (-similarity[each], each), default=view.root())


# -- people ------------------------------------------------------------------------------------------


def can_judge(view: View, person: str, function: str) -> bool:
    """Whether a seat's skills show that it can judge a function; unlike `covers`, false without skills."""
    record = view.person(person)
    level = view.options(Coverage).lead_level
    core = core_skills(view, function)
    return record is not None and bool(core) and all(record.skills.get(skill, 0) >= level for skill in core)


def filled_members(view: View, team: str, most: int | None = None) -> list[str]:
    """The filled seats of a team itself, by id; the first `most` of them."""
    people = ((person, view.person(person)) for person in members_in_order(view, team))
    filled = (person for person, record in people if record is not None and record.state == "filled")
    return list(islice(filled, most))


def best_judges(view: View, people: Iterable[str], functions: Iterable[str]) -> list[str]:
    """People by how many of some functions they can judge, then by their shares in them, the most first."""
    functions = list(functions)

    def rank(person: str) -> tuple[int, int, str]:
        record = view.person(person)
        shares = {} if record is None else record.functions
        judged = sum(can_judge(view, person, function) for function in functions)
        return -judged, -sum(shares.get(function, 0) for function in functions), person

    return sorted(people, key=rank)


def functions_performed_by(view: View, person: str) -> tuple[str, ...]:
    """The functions that a filled seat performs."""
    record = view.person(person)
    return () if record is None else performed_functions(record)


# -- splitting -----------------------------------------------------------------------------------------


def possible_splits(view: View, team: str) -> list[tuple[str, ...]]:
    """The sets of functions that could be split off a team: those of an area, or of one end of the funnel."""
    records = [
        record for each in sorted(view.functions_of(team)) if (record := view.function(each)) is not None
    ]
    order = view.stages()

    def place(function: Function) -> tuple[int, str]:
        places = [order.index(stage) for stage in function.stages if stage in order]
        return min(places, default=len(order)), function.id

    along = [record.id for record in sorted(records, key=place)]
    areas = sorted({record.area for record in records if record.area is not None})
    ways = [tuple(record.id for record in records if record.area == area) for area in areas]
    ways += [tuple(along[cut:]) for cut in range(1, len(along))]
    ways += [tuple(along[:cut]) for cut in range(1, len(along))]
    return [way for way in dict.fromkeys(ways) if len(way) < len(records)]


def people_to_split_off(view: View, team: str, functions: Iterable[str]) -> tuple[str, ...]:
    """The open seats of a team whose main function is one of those split off, except the lead."""
    record = view.team(team)
    lead = None if record is None else record.lead
    functions = set(functions)
    return tuple(
        person
        for person in sorted(view.members(team))
        if person != lead and main_function(view, person) in functions
    )


def enough_people_to_split_off(
    view: View, team: str, functions: tuple[str, ...], least: int
) -> tuple[str, ...]:
    """The people to split off with some functions, at least `least`: those with the smallest shares in the
    other functions make up the number."""
    leaving = people_to_split_off(view, team, functions)
    record = view.team(team)
    staying = set(view.functions_of(team)) - set(functions)

    def bound(person: str) -> tuple[int, str]:
        seat = view.person(person)
        shares = {} if seat is None else seat.functions
        return sum(shares.get(function, 0) for function in staying), person

    lead = None if record is None else record.lead
    others = [each for each in view.members(team) if each not in leaving and each != lead]
    return (*leaving, *sorted(others, key=bound)[: max(0, least - len(leaving))])


def split_fix(view: View, team: str, functions: tuple[str, ...], people: tuple[str, ...]) -> Fix:
    """Split some functions and people off a team into a new one."""
    filled = set(filled_members(view, team))
    lead = next(iter(best_judges(view, (each for each in people if each in filled), functions)), None)
    named = tuple(Ref.to("function" if functions else "person", each) for each in functions or people)
    title = sentence("Split {part} off {team}", part=named, team=Ref.to("team", team))
    record = view.team(team)
    assert record is not None
    like = _name_source(view, record, functions)
    new = new_team_id(view, like.id)
    return Fix(title, (SplitTeam(team, new, like.name, functions, people, lead),))


def _name_source(view: View, team: Team, functions: tuple[str, ...]) -> Function | Area | Team:
    """What gives a new team its name: its only function, the area of its functions, or the old team."""
    records = [record for each in functions if (record := view.function(each)) is not None]
    areas = [area for each in records if each.area is not None and (area := view.area(each.area)) is not None]
    if len(records) > 1 and len(areas) == len(records) and len({area.id for area in areas}) == 1:
        return areas[0]
    return records[0] if records else team

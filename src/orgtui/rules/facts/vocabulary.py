"""The terms of the domain as derived values: divisions, spans, layers, coverage, sharing.

Each is defined in the vocabulary of the domain; each is total (ids may dangle) and order-free.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache

from orgtui.engine.view import Contribution, View, derived, tally
from orgtui.model.records import DEPARTMENT_PREFIX, PERSON_PREFIX, TEAM_PREFIX, Function, Number


@dataclass(frozen=True, slots=True)
class Coverage:
    """Parameters of P204 that say when a lead can judge a function."""

    lead_level: int = 2
    min_headcount: int = 10


# -- the tree of teams ---------------------------------------------------------------------------


def parent_of(view: View, team: str) -> str | None:
    record = view.team(team)
    return None if record is None else record.parent


def is_root(view: View, team: str) -> bool:
    record = view.team(team)
    return record is not None and record.parent is None


def is_focus(view: View, team: str) -> bool:
    record = view.team(team)
    return record is not None and record.focus is not None


@derived
def depth(view: View, team: str) -> int:
    """Steps from the root down to a team; 0 for the root."""
    parent = parent_of(view, team)
    return 0 if parent is None else depth(view, parent) + 1


@derived
def division(view: View, team: str) -> str | None:
    """A team's ancestor-or-self that is a child of the root; None for the root."""
    parent = parent_of(view, team)
    if parent is None:
        return None
    return team if is_root(view, parent) else division(view, parent)


def divisions(view: View) -> list[str]:
    """The children of the root, by id."""
    root = view.root()
    return [] if root is None else sorted(view.children(root))


def ancestors(view: View, team: str) -> Iterator[str]:
    """The teams above a team, the nearest first."""
    parent = parent_of(view, team)
    while parent is not None:
        yield parent
        parent = parent_of(view, parent)


@derived
def seats_below(view: View, team: str) -> int:
    """Open seats of a team and of all teams below it: `seats*`."""
    return view.open_seats(team) + sum(seats_below(view, child) for child in view.children(team))


@derived
def functions_below(view: View, team: str) -> int:
    """Functions of a team and of all teams below it: the size of `work*`."""
    return len(view.functions_of(team)) + sum(functions_below(view, child) for child in view.children(team))


@derived
def works(view: View, team: str) -> bool:
    """Whether a team itself holds at least one function or one open seat: a working team."""
    return view.open_seats(team) > 0 or bool(view.functions_of(team))


def is_leaf(view: View, team: str) -> bool:
    """Whether a team is a working team below the root with no team below it."""
    return not is_root(view, team) and not view.children(team) and works(view, team)


# -- what work a team's subtree holds ------------------------------------------------------------


@derived
def areas_below(view: View, team: str) -> frozenset[str]:
    """The areas that `work*` of a team belongs to."""
    records = map(view.function, view.functions_of(team))
    own = {record.area for record in records if record is not None and record.area}
    return frozenset(own.union(*(areas_below(view, child) for child in view.children(team))))


@derived
def stages_below(view: View, team: str) -> frozenset[str]:
    """The stages that `work*` of a team serves."""
    records = map(view.function, view.functions_of(team))
    own = {stage for record in records if record is not None for stage in record.stages}
    return frozenset(own.union(*(stages_below(view, child) for child in view.children(team))))


def counted_division(view: View, function: Function) -> str | None:
    """The division a function counts for; None without team, in a focus team itself, or in the root."""
    if function.team is None or is_focus(view, function.team):
        return None
    return division(view, function.team)


def owners(view: View, functions: Iterable[str]) -> set[str]:
    """The teams accountable for some functions."""
    records = map(view.function, functions)
    return {record.team for record in records if record is not None and record.team is not None}


# -- stages ----------------------------------------------------------------------------------------


def stage_owner(view: View, stage: str) -> str | None:
    record = view.stage(stage)
    return None if record is None else record.owner


@derived
def is_served(view: View, stage: str) -> bool:
    """Whether a department owns a stage or a function with a team serves it."""
    return stage_owner(view, stage) is not None or bool(view.serving(stage))


def end_stages(view: View, end: str) -> tuple[str, ...]:
    """The stages at an end of a handoff: those a function with a team serves, or a department owns."""
    if end.startswith(DEPARTMENT_PREFIX):
        department = end.removeprefix(DEPARTMENT_PREFIX)
        return tuple(stage for stage in view.stages() if stage_owner(view, stage) == department)
    record = view.function(end)
    return () if record is None or record.team is None else record.stages


def end_team(view: View, end: str) -> str | None:
    """The team at an end of a handoff; None for a department or a function without team."""
    if end.startswith(DEPARTMENT_PREFIX):
        return None
    record = view.function(end)
    return None if record is None else record.team


# -- reporting lines -------------------------------------------------------------------------------


@derived
def open_lead(view: View, team: str) -> str | None:
    """The lead of a team, whose seat may be vacant or planned."""
    record = view.team(team)
    if record is None or record.lead is None:
        return None
    person = view.person(record.lead)
    return None if person is None or person.state == "closed" else record.lead


@derived
def filled_lead(view: View, team: str) -> str | None:
    """The lead of a team if somebody sits in that seat; otherwise the lead is missing."""
    lead = open_lead(view, team)
    person = None if lead is None else view.person(lead)
    return lead if person is not None and person.state == "filled" else None


def head(view: View) -> str | None:
    """The lead of the root."""
    root = view.root()
    return None if root is None else open_lead(view, root)


@derived
def lead_at_or_above(view: View, team: str) -> str | None:
    """The first lead met from a team up."""
    lead = open_lead(view, team)
    if lead is not None:
        return lead
    parent = parent_of(view, team)
    return None if parent is None else lead_at_or_above(view, parent)


def top_team_led(view: View, person: str) -> str | None:
    """Of the teams a seat leads, the one nearest the root; ties: the smallest id."""
    return min(view.led_by(person), key=lambda team: (depth(view, team), team), default=None)


@derived
def manager(view: View, person: str) -> str | None:
    """The first lead above the topmost team a seat leads, or else at or above its own team."""
    led = top_team_led(view, person)
    if led is not None:
        start = parent_of(view, led)
    else:
        record = view.person(person)
        start = None if record is None else record.team
    return None if start is None else lead_at_or_above(view, start)


def manager_in(view: View, person: str, team: str) -> str | None:
    """The manager of somebody who sits in a team; remembers nothing of each of the many who lead no team."""
    return manager(view, person) if view.led_by(person) else lead_at_or_above(view, team)


@tally(over="led_by")
def leads_sitting(view: View, person: str) -> Contribution:
    """Open seats that lead teams, by the team they sit in."""
    record = view.person(person)
    if record is not None and record.state != "closed" and view.led_by(person):
        yield record.team, person, 1


def plain_seats(view: View, team: str) -> int:
    """Open seats of a team itself that lead nothing."""
    return view.open_seats(team) - len(leads_sitting(view, team))


@tally(over="team")
def plain_reports(view: View, team: str) -> Contribution:
    """Seats that lead nothing, by their manager and team."""
    lead = lead_at_or_above(view, team)
    if lead is not None and view.team(team) is not None:
        yield lead, team, plain_seats(view, team)


@tally(over="led_by")
def lead_reports(view: View, person: str) -> Contribution:
    """Seats that lead teams, by their manager."""
    record = view.person(person)
    if record is not None and record.state != "closed" and view.led_by(person):
        boss = manager(view, person)
        if boss is not None:
            yield boss, person, 1


@derived
def span_of_control(view: View, person: str) -> int:
    """How many open seats report to a seat."""
    return sum(plain_reports(view, person).values()) + len(lead_reports(view, person))


@derived
def layer(view: View, person: str) -> int:
    """The number of people in the chain of managers from a seat up, itself included."""
    boss = manager(view, person)
    return 1 if boss is None else layer(view, boss) + 1


@tally(over="team")
def layers_of_plain_seats(view: View, team: str) -> Contribution:
    """Teams with seats that lead nothing, by the layer these are in."""
    if plain_seats(view, team) > 0:
        boss = lead_at_or_above(view, team)
        yield "", 1 if boss is None else layer(view, boss) + 1, 1


@tally(over="led_by")
def layers_of_leads(view: View, person: str) -> Contribution:
    """Leads, by layer."""
    record = view.person(person)
    if record is not None and record.state != "closed" and view.led_by(person):
        yield "", layer(view, person), 1


def deepest_layer(view: View) -> int:
    """The deepest layer of any open seat; 0 without open seats."""
    return max([*layers_of_plain_seats(view), *layers_of_leads(view)], default=0)


# -- skills ----------------------------------------------------------------------------------------


def required_skills(function: Function) -> dict[str, int]:
    """The skills a function requires; a required level of 0 is no requirement."""
    return {skill: level for skill, level in function.skills.items() if level > 0}


def core_skills(view: View, function: str) -> tuple[str, ...]:
    """A function's required skills with the highest required level, by id."""
    record = view.function(function)
    required = {} if record is None else required_skills(record)
    highest = max(required.values(), default=0)
    return tuple(sorted(skill for skill, level in required.items() if level == highest))


def covers(view: View, person: str, function: str) -> bool:
    """Whether a seat can judge a function; true if it lists no core skills or the seat no skills at all."""
    record = view.person(person)
    core = core_skills(view, function)
    if record is None or not core:
        return record is not None
    level = view.options(Coverage).lead_level
    return not record.skills or all(record.skills.get(skill, 0) >= level for skill in core)


def similarity(view: View, one: str, other: str) -> tuple[int, int]:
    """Likeness of two functions over required levels: (Σ min, Σ max), or (0, 1) if either lists none."""
    a, b = view.function(one), view.function(other)
    first = {} if a is None else required_skills(a)
    second = {} if b is None else required_skills(b)
    if not first or not second:
        return 0, 1
    common = sum(min(level, second[skill]) for skill, level in first.items() if skill in second)
    return common, sum(first.values()) + sum(second.values()) - common


# -- goals -----------------------------------------------------------------------------------------


@derived
def goals_inherited(view: View, team: str) -> frozenset[str]:
    """`goals*`: the goals of a team and of its ancestors up to and including its division."""
    record = view.team(team)
    if record is None:
        return frozenset()
    own = frozenset(record.goals)
    if record.parent is None or is_root(view, record.parent):
        return own
    return own | goals_inherited(view, record.parent)


@tally(over="team")
def goal_divisions(view: View, team: str) -> Contribution:
    """Goals, by the divisions that hold them."""
    record = view.team(team)
    holder = division(view, team)
    if record is not None and holder is not None:
        for goal in record.goals:
            yield goal, holder, 1


@derived
def is_shared_goal(view: View, goal: str) -> bool:
    """Whether at least two divisions hold a goal."""
    return len(goal_divisions(view, goal)) >= 2


# -- knowledge sharing -------------------------------------------------------------------------------


def not_over(until: date | None, today: date) -> bool:
    """Whether something that holds through `until` still holds."""
    return until is None or until >= today


def share_end_team(view: View, end: str) -> str | None:
    """The team an end of a knowledge link counts as; None if it is no team and no open seat."""
    if end.startswith(TEAM_PREFIX):
        team = end.removeprefix(TEAM_PREFIX)
        return None if view.team(team) is None else team
    person = view.person(end.removeprefix(PERSON_PREFIX))
    return None if person is None or person.state == "closed" else person.team


def live_teams(view: View, share: tuple[str, str, str]) -> tuple[str, str] | None:
    """The teams that a live knowledge link joins, in its direction; None if it is not live."""
    record = view.share(share)
    if record is None or not not_over(record.until, view.today):
        return None
    source, target = share_end_team(view, record.source), share_end_team(view, record.target)
    return None if source is None or target is None else (source, target)


@tally(over="share")
def sharing(view: View, share: tuple[str, str, str]) -> Contribution:
    """Live links: under a team, and under a topic with a team, the other team; under "" both, sorted."""
    teams = live_teams(view, share)
    if teams is not None and teams[0] != teams[1]:
        yield "", tuple(sorted(teams)), 1
        for team, other in (teams, teams[::-1]):
            yield team, other, 1
            yield (share[2], team), other, 1


def sharing_on(view: View, topic: str, team: str) -> Collection[str]:
    """The teams that a team has live links with on a topic."""
    return sharing(view, (topic, team)).keys()


@derived
def knowledge_neighbours(view: View, team: str) -> frozenset[str]:
    """The working teams that a working team shares knowledge with; empty for a team that does not work."""
    if not works(view, team):
        return frozenset()
    return frozenset(other for other in sharing(view, team) if works(view, other))


# -- handoffs between teams --------------------------------------------------------------------------


@tally(over="handoff")
def team_handoffs(view: View, handoff: tuple[str, str]) -> Contribution:
    """Handoffs between functions of different teams: under a team the other team; under "" both, in order."""
    if view.handoff(handoff) is not None:
        source, target = end_team(view, handoff[0]), end_team(view, handoff[1])
        if source is not None and target is not None and source != target:
            yield "", (source, target), 1
            yield source, target, 1
            yield target, source, 1


def handoff_partners(view: View, team: str) -> Collection[str]:
    """The teams that a team has handoffs with, in either direction."""
    return team_handoffs(view, team).keys()


# -- numbers ---------------------------------------------------------------------------------------


@cache
def as_written(number: Number) -> tuple[int, int]:
    """A parameter as it was written, as a fraction of whole numbers: 0.1 is (1, 10)."""
    return Decimal(str(number)).as_integer_ratio()


def as_decimal(percent: int) -> Number:
    """Whole percents as files write them, whole where they are: 120 is 1.2, 100 is 1."""
    return percent / 100 if percent % 100 else percent // 100

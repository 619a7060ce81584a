"""Made-up states of an organisation, of any shape, for tests of pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from decimal import Decimal
from random import Random

from orgtui.exchange.writing.report import Area, Report, Seat, Structure, Team, Work
from orgtui.model.records import SeatState
from tests.exchange.writing.reports import HOSTILE, sample_report

NAMES = (
    "Li Na",
    "王磊",
    "欧阳小雨",
    "Alexandra Lindqvist-Okafor",
    "Brand",
    "线索培育与客户成长",
    *(each for each in HOSTILE if len(each) < 100),
)
LONG = tuple(each for each in HOSTILE if len(each) >= 100)

AREAS = tuple(
    Area(f"area{number}", name, number) for number, name in enumerate(("Brand", "线索与增长", *HOSTILE[:3]))
)

Parents = Callable[[int], int]
"""Gives the number of the parent of a team; less than the team's own."""

CHAIN: Parents = lambda number: number - 1  # noqa: E731
FLAT: Parents = lambda number: 0  # noqa: E731
COMB: Parents = lambda number: max(0, number - 1 - number % 2)  # noqa: E731


def bushy(width: int) -> Parents:
    """Each team has so many below it."""
    return lambda number: (number - 1) // width


def report_of_shape(
    teams: int, seats: int, parents: Parents, *, seed: int = 0, names: Sequence[str] = NAMES
) -> Report:
    """A report with as many teams below the root and as many seats each, and changes of every kind."""
    random = Random(seed)
    before = _structure(teams, seats, parents, random, names)
    plan_before, plan_after = _changed(before, random, names)
    return replace(
        sample_report(),
        before=plan_before,
        after=plan_after,
        areas=AREAS,
        organization_name=random.choice(names),
    )


def _structure(count: int, seats: int, parents: Parents, random: Random, names: Sequence[str]) -> Structure:
    parent = {number: None if number == 0 else parents(number) for number in range(count + 1)}
    children: dict[int, list[int]] = {}
    for number, above in parent.items():
        if above is not None:
            children.setdefault(above, []).append(number)
    teams: list[Team] = []
    waiting = [(0, 0)]
    while waiting:
        number, depth = waiting.pop()
        waiting.extend((each, depth + 1) for each in reversed(children.get(number, [])))
        above = parent[number]
        teams.append(_team(f"t{number}", None if above is None else f"t{above}", depth, seats, random, names))
    return _told(teams)


def _team(
    identity: str, parent: str | None, depth: int, seats: int, random: Random, names: Sequence[str]
) -> Team:
    states: tuple[SeatState, ...] = ("filled", "filled", "filled", "vacant", "planned")
    members = tuple(
        Seat(
            f"{identity}-p{at}", random.choice(names), None, random.choice(states), Decimal(1), None, at == 0
        )
        for at in range(seats)
    )
    works = tuple(
        Work(f"{identity}-f{at}", random.choice(names), random.choice((None, "area0", "area3")), ())
        for at in range(random.randrange(4))
    )
    lead = members[0] if members and random.random() < 0.8 else None
    return Team(
        identity,
        random.choice(names),
        parent,
        depth,
        None if lead is None else lead.name,
        None if lead is None else lead.id,
        seats,
        members,
        works,
        worst=random.choice((None, "error", "warning", "advice")),
        findings=random.randrange(1, 300),
    )


def _changed(structure: Structure, random: Random, names: Sequence[str]) -> tuple[Structure, Structure]:
    """Both states of a plan that closes teams, adds some, and moves, adds and closes seats."""
    parents = {each.parent for each in structure.teams}
    leaves = [each.id for each in structure.teams if each.id not in parents and each.depth]
    gone = {each for each in leaves if random.random() < 0.2}
    staying = [each for each in structure.teams if each.id not in gone]
    targets = {
        seat.id: random.choice(staying)
        for team in structure.teams
        for seat in team.seats
        if team.id in gone or random.random() < 0.1
    }
    before = [
        replace(
            team,
            mark="gone" if team.id in gone else None,
            seats=tuple(
                replace(seat, mark="moved", elsewhere=targets[seat.id].name) if seat.id in targets else seat
                for seat in team.seats
            ),
        )
        for team in structure.teams
    ]
    comes: dict[str, list[Seat]] = {}
    for team in structure.teams:
        for seat in team.seats:
            if seat.id in targets:
                moved = replace(seat, mark="moved", elsewhere=team.name, is_lead=False)
                comes.setdefault(targets[seat.id].id, []).append(moved)
    after = [
        replace(
            team,
            mark=random.choice((None, None, "changed")),
            seats=(*(seat for seat in team.seats if seat.id not in targets), *comes.get(team.id, ())),
            functions=tuple(
                replace(work, mark=random.choice((None, "new", "changed"))) for work in team.functions
            ),
        )
        for team in staying
    ]
    root = structure.root.id
    added = [
        replace(_team(f"new{at}", root, 1, 2, random, names), mark="new", is_focus=at == 0)
        for at in range(random.randrange(1, 3))
    ]
    return _told(before), _told([*after, *added])


def _told(teams: Sequence[Team]) -> Structure:
    sample = sample_report().before
    return replace(sample, teams=tuple(teams), headcount=sum(len(each.seats) for each in teams))

"""Marketing departments as they are: real functions with their areas, stages, skills and handoffs, and people
who do them, cut well or badly.

The same seed gives the same department, for tests and for measuring.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Literal, NamedTuple

from orgtui.model import records as r
from orgtui.model.records import Record
from orgtui.model.store import Organization

Cut = Literal["areas", "strangers", "thin", "mixed"]
"""How a department is cut: by area; by area with some functions at the wrong place; into thin divisions of
one or two functions; into thin divisions, some of them below others, without regard to areas."""

CUTS: Sequence[Cut] = ("areas", "strangers", "thin", "mixed")


class Work(NamedTuple):
    """A function of the vocabulary: its area, stages, skills, kind, and what it hands over to."""

    area: str
    stages: tuple[str, ...]
    skills: Mapping[str, int]
    hands_to: tuple[str, ...] = ()
    kind: str | None = None


AREAS = {
    "brand": "Brand and content",
    "growth": "Lead management and growth",
    "field": "Events and field",
    "bizdev": "Business development",
}
STAGES = ("awareness", "inquiry", "mql", "sal", "sql")
VOCABULARY = {
    "brand": Work("brand", STAGES[:1], {"brand-strategy": 3, "copywriting": 2}, ("content",), "brand"),
    "pr": Work("brand", STAGES[:1], {"media-relations": 3, "copywriting": 3}, ("content",), "pr"),
    "content": Work(
        "brand", STAGES[:2], {"copywriting": 3, "industry": 3, "product": 2}, ("seo",), "content"
    ),
    "social": Work("brand", STAGES[:2], {"community": 3, "copywriting": 2}, ("website",)),
    "design": Work("brand", STAGES[:1], {"visual-design": 3}, ("events", "website")),
    "video": Work("brand", STAGES[:1], {"video": 3, "visual-design": 2}, ("social",)),
    "seo": Work("growth", STAGES[:2], {"seo": 3, "analytics": 2}, ("website",)),
    "sem": Work("growth", STAGES[1:2], {"sem": 3, "analytics": 2}, ("website", "qualification")),
    "website": Work("growth", STAGES[:2], {"web-dev": 3, "analytics": 1}, ("automation",)),
    "automation": Work("growth", STAGES[1:3], {"automation": 3, "analytics": 2}, ("qualification",)),
    "analytics": Work("growth", STAGES[1:3], {"analytics": 4, "sql": 3}, ("sem",)),
    "abm": Work("growth", STAGES[2:4], {"account-planning": 3, "automation": 2}, ("mining",)),
    "events": Work("field", STAGES[:2], {"event-ops": 3, "negotiation": 2}, ("qualification",)),
    "webinars": Work("field", STAGES[1:3], {"event-ops": 2, "copywriting": 2}, ("automation",)),
    "regional": Work("field", STAGES[1:3], {"event-ops": 2, "industry": 2, "negotiation": 2}, ("mining",)),
    "partners": Work("field", STAGES[1:2], {"channels": 3, "negotiation": 3}, ("regional",)),
    "qualification": Work("bizdev", STAGES[2:4], {"discovery": 3, "product": 2}, ("mining",)),
    "mining": Work("bizdev", STAGES[3:5], {"discovery": 2, "industry": 2, "negotiation": 3}),
    "enablement": Work("bizdev", STAGES[3:5], {"training": 3, "product": 3}, ("mining",)),
}


def department(seed: int, cut: Cut | None = None) -> Organization:
    """A department of 15 to 200 people with 6 to 12 functions and at least two areas."""
    rng = random.Random(seed)
    cut = cut or CUTS[seed % len(CUTS)]
    people = rng.choice((15, 20, 30, 45, 60, 90, 130, 200))
    least = ["content", "website", "events"]
    others = [each for each in VOCABULARY if each not in least]
    functions = sorted([*least, *rng.sample(others, rng.randint(3, 9))], key=list(VOCABULARY).index)
    return Organization(_records(functions, people, cut, rng))


def _records(functions: list[str], people: int, cut: Cut, rng: random.Random) -> Iterator[Record]:
    yield r.Profile("Marketing", date(2026, 11, 21), "Seen first", date(2027, 2, 21))
    yield r.Pillar("scale", "Scale")
    yield r.Department("sales", "Sales")
    yield from (r.Stage(each, each.upper()) for each in STAGES[:-1])
    yield r.Stage(STAGES[-1], "SQL", owner="sales")
    yield from (r.Area(*each) for each in AREAS.items())
    yield from _goals()
    yield r.Team("marketing", "Marketing", lead="head", goals=("pipeline",), review="monthly")
    yield r.Person("head", "marketing", "Head", "Head of marketing", skills={"brand-strategy": 4})
    groups = _groups(functions, cut, rng)
    seats = _seats(functions, people - 1 - len(groups), rng)
    ids = [f"{group.area or 'team'}-{number}" for number, group in enumerate(groups)]
    for team, group in zip(ids, groups, strict=True):
        parent = "marketing" if group.below is None else ids[group.below]
        yield from _team(team, parent, group, seats, rng)
    for function in functions:
        for target in VOCABULARY[function].hands_to:
            if target in functions:
                yield r.Handoff(function, target, "what was agreed", rng.random() < 0.6)
    if "mining" in functions:
        yield r.Handoff("mining", "department:sales", "opportunities", True)
    for one, other in pairwise(ids):
        if cut == "areas" or rng.random() < 0.4:
            yield r.Share(f"team:{one}", f"team:{other}", "product", "meeting", "monthly")


def _goals() -> Iterator[Record]:
    for goal in ("pipeline", "leads", "reach"):
        core = goal == "pipeline"
        yield r.Goal(goal, goal.title(), core, "scale", "number", 100, "monthly", True)


class _Group(NamedTuple):
    """A team to be: its functions, the area that names it, and the number of the team above it."""

    functions: list[str]
    area: str | None = None
    below: int | None = None


def _groups(functions: list[str], cut: Cut, rng: random.Random) -> list[_Group]:
    if cut in ("areas", "strangers"):
        by_area = {area: [each for each in functions if VOCABULARY[each].area == area] for area in AREAS}
        groups = [_Group(list(work), area) for area, work in by_area.items() if work]
        for _ in range(0 if cut == "areas" else rng.randint(1, 3)):
            giving = rng.choice([group for group in groups if group.functions])
            taking = rng.choice([group for group in groups if group is not giving])
            taking.functions.append(giving.functions.pop(rng.randrange(len(giving.functions))))
        return [group for group in groups if group.functions]
    work = list(functions)
    if cut == "mixed":
        rng.shuffle(work)
    groups = []
    while work:
        number = rng.choice((1, 1, 2)) if cut == "thin" else rng.choice((1, 2, 2, 3))
        below = rng.randrange(len(groups)) if cut == "mixed" and groups and rng.random() < 0.25 else None
        groups.append(_Group(work[:number], None, below))
        del work[:number]
    return groups


def _seats(functions: list[str], people: int, rng: random.Random) -> dict[str, int]:
    """How many people do each function, besides those who lead."""
    seats = dict.fromkeys(functions, 0)
    for _ in range(max(people, 0)):
        seats[rng.choice(functions)] += 1
    return seats


def _team(
    team: str, parent: str, group: _Group, seats: Mapping[str, int], rng: random.Random
) -> Iterator[Record]:
    lead = f"lead-{team}"
    goals = ("pipeline", "leads") if rng.random() < 0.7 else ("reach",)
    name = AREAS[group.area] if group.area else " and ".join(each.title() for each in group.functions)
    yield r.Team(team, name, parent, lead, goals, rng.choice(("monthly", "monthly", None)))
    first = VOCABULARY[group.functions[0]]
    judged = {skill: 3 for each in group.functions for skill in VOCABULARY[each].skills}
    known = judged if rng.random() < 0.7 else dict(first.skills)
    yield r.Person(lead, team, f"Lead {team}", "Lead", functions={group.functions[0]: 50}, skills=known)
    for function in group.functions:
        work = VOCABULARY[function]
        yield r.Function(
            function, function.title(), work.area, team, work.stages, dict(work.skills), kind=work.kind
        )
        for number in range(seats[function]):
            state: Literal["filled", "vacant"] = "vacant" if rng.random() < 0.08 else "filled"
            name_, skills = (None, {}) if state == "vacant" else (f"{function} {number}", dict(work.skills))
            shares = {function: 100}
            if rng.random() < 0.15:
                shares = {function: 60, rng.choice(group.functions): 40}
            learning = (rng.choice(list(judged)),) if state == "filled" and rng.random() < 0.3 else ()
            yield r.Person(
                f"{function}-{number}",
                team,
                name_,
                function.title(),
                state=state,
                functions=shares,
                skills=skills,
                learning=learning,
            )

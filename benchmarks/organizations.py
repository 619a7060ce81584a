"""Organisations of any size, shaped like real ones: small teams, a span of about seven, local skills.

The same size and seed give the same organisation.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from orgtui.files.organization_file import dump_organization
from orgtui.model import records as r
from orgtui.model.records import Record
from orgtui.model.store import Organization

SEATS_A_TEAM = 6
TEAMS_BELOW_A_TEAM = 7
FUNCTIONS_A_TEAM = 2
SKILLS_A_NEIGHBOURHOOD = 12
TEAMS_A_NEIGHBOURHOOD = 8

STAGES = ("awareness", "inquiry", "mql", "sal", "sql", "opportunity")
AREAS = ("brand", "growth", "field", "bizdev")
DEPARTMENTS = ("sales", "product", "it", "finance", "service")
GIVEN = ("Wei", "Fang", "Jing", "Lei", "Min", "Na", "Qiang", "Xin", "Yan", "Yong", "Ping", "Hui")
FAMILY = ("Wang", "Li", "Zhang", "Liu", "Chen", "Yang", "Zhao", "Huang", "Zhou", "Wu", "Xu", "Sun")
WORK = ("SEO", "SEM", "Content", "PR", "Events", "Design", "Website", "Nurture", "Webinars", "Qualification")


def organization(people: int, seed: int = 1) -> Organization:
    """An organisation with about `people` seats."""
    return Organization(_records(max(1, people // SEATS_A_TEAM), random.Random(seed)))


def _records(teams: int, rng: random.Random) -> Iterator[Record]:
    yield r.Profile(
        "Sample of size", date(2026, 11, 21), "Everyone thinks of us first", date(2027, 2, 21), "CNY"
    )
    yield r.Pillar("scale", "Scale customer acquisition")
    yield from (r.Department(each, each.title()) for each in DEPARTMENTS)
    yield from (r.Stage(each, each.upper(), 100_000 // 4**n) for n, each in enumerate(STAGES))
    yield from (r.Area(each, each.title()) for each in AREAS)
    yield from (
        r.Goal(f"goal-{n}", f"Goal {n}", n < 3, "scale", "count", 100, "monthly", True) for n in range(12)
    )
    for team in range(teams):
        yield from _team(team, teams, rng)


def _team(team: int, teams: int, rng: random.Random) -> Iterator[Record]:
    parent = None if team == 0 else f"t{(team - 1) // TEAMS_BELOW_A_TEAM}"
    goals = tuple(dict.fromkeys((f"goal-{team % 3}", f"goal-{rng.randrange(12)}")))
    yield r.Team(f"t{team}", f"Team {team}", parent, f"p{team}-0", goals, "quarterly")
    neighbourhood = team // TEAMS_A_NEIGHBOURHOOD
    skills = [f"skill-{neighbourhood}-{n}" for n in range(SKILLS_A_NEIGHBOURHOOD)]
    functions = [f"f{team}-{n}" for n in range(FUNCTIONS_A_TEAM)]
    needs = [{skill: rng.randint(1, 3) for skill in rng.sample(skills, 3)} for _ in functions]
    for n, function in enumerate(functions):
        first = rng.randrange(len(STAGES) - 1)
        yield r.Function(
            function,
            f"{WORK[(team + n) % len(WORK)]} {team}",
            AREAS[neighbourhood % len(AREAS)],
            f"t{team}",
            STAGES[first : first + 2],
            needs[n],
            difficulty=rng.randint(1, 5),
            fte_needed=2.0,
        )
    for seat in range(SEATS_A_TEAM):
        yield r.Person(
            f"p{team}-{seat}",
            f"t{team}",
            f"{rng.choice(FAMILY)} {rng.choice(GIVEN)} {team}-{seat}",
            "Lead" if seat == 0 else "Specialist",
            functions={functions[seat % FUNCTIONS_A_TEAM]: 80},
            skills=_skills(needs, seat, rng),
            learning=(rng.choice(skills),) if seat == 1 else (),
        )
    if team + 1 < teams:
        yield r.Handoff(functions[0], f"f{team + 1}-1", "leads", tracked=team % 4 != 0)
        yield r.Share(f"team:t{team}", f"team:t{team + 1}", skills[0], "meeting", "monthly")
    if team % 3 == 0:
        yield r.Request(f"t{team}", DEPARTMENTS[team % len(DEPARTMENTS)], f"material {team // 6}", 2)


def _skills(needs: list[dict[str, int]], seat: int, rng: random.Random) -> dict[str, int]:
    """The skills of a seat: a lead has all of the team, others nine in ten of those of their function."""
    if seat == 0:
        return {skill: max(2, level) for need in needs for skill, level in need.items()}
    need = needs[seat % FUNCTIONS_A_TEAM]
    return {skill: level for skill, level in need.items() if rng.random() > 0.1}


if __name__ == "__main__":
    size, target = int(sys.argv[1]), Path(sys.argv[2])
    target.write_bytes(dump_organization(organization(size)))

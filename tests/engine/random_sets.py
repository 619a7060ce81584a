"""Random assignments over every table, wilder than any operation: ids may dangle, loops may not."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import fields, replace
from datetime import date
from typing import Any

from orgtui.model import records as r
from orgtui.model.kinds import METRICS, TEAM_METRICS
from orgtui.model.records import Key, Record
from orgtui.model.store import RECORD_TYPES, Organization, Set, key_of

SKILLS = ("seo", "sem", "copy", "industry", "analytics", "product")
TOPICS = (*SKILLS, "Playbook", " playbook ")
TODAY = date(2026, 11, 21)
DAYS: tuple[date | None, ...] = (None, date(2020, 1, 1), TODAY, date(2030, 1, 1))
CADENCES: tuple[r.Cadence | None, ...] = (None, "weekly", "monthly")
STATES: tuple[r.SeatState, ...] = ("filled", "filled", "vacant", "planned", "closed")
KEY_FIELDS = {
    "handoff": ("source", "target"),
    "share": ("source", "target", "topic"),
    "request": ("team", "department", "topic"),
    "target": ("metric", "team"),
    "note": ("on", "text"),
    "accept": ("code", "subjects"),
}
PURPOSES = (None, "website", "mail")

FIXED = ("files", "rules")
"""Tables that no change touches."""

TABLES = tuple(name for name in RECORD_TYPES if name not in FIXED)


def _some(rng: random.Random, ids: list[Any], most: int = 3) -> tuple[Any, ...]:
    return tuple(rng.sample(ids, min(len(ids), rng.randint(0, most))))


def _levels(rng: random.Random) -> dict[str, int]:
    return {skill: rng.randint(0, 5) for skill in _some(rng, list(SKILLS))}


class Picker:
    """Draws ids that are there, now and then one that is not."""

    def __init__(self, organization: Organization, rng: random.Random) -> None:
        self.org = organization
        self.rng = rng

    def ids(self, table: str) -> list[Any]:
        return [*self.org.tables[table].rows(), f"no-{table}"]

    def one(self, table: str) -> Any:
        return self.rng.choice(self.ids(table))

    def maybe(self, table: str) -> Any:
        return self.rng.choice([None, *self.ids(table)])

    def parent(self, team: str) -> str | None:
        """A team that does not lie at or below `team`; the root stays the root."""
        if team in self.org.teams and self.org.teams[team].parent is None:
            return None
        below = {team}
        grown = True
        while grown:
            more = {t.id for t in self.org.teams.values() if t.parent in below} - below
            below |= more
            grown = bool(more)
        return str(self.rng.choice([t for t in self.org.teams if t not in below]))

    def handoff_end(self) -> str:
        return str(self.rng.choice([self.one("function"), f"department:{self.one('department')}"]))

    def share_end(self) -> str:
        return self.rng.choice([f"team:{self.one('team')}", f"person:{self.one('person')}"])


def _target(pick: Picker, rng: random.Random) -> r.Target:
    team = pick.maybe("team")
    metric = rng.choice(METRICS if team is None else TEAM_METRICS)
    return r.Target(
        metric, team=team, **{rng.choice(("at_most", "at_least")): rng.choice((0, 1, 2, 3, 8, 0.5))}
    )


def _record(table: str, identity: str, pick: Picker) -> Record:
    rng = pick.rng
    focus = r.Focus(pick.one("function"), None, rng.choice(DAYS), rng.choice((None, "it runs")))
    makers: dict[str, Callable[[], Record]] = {
        "profile": lambda: r.Profile("Name", TODAY, rng.choice((None, "vision")), rng.choice(DAYS)),
        "pillar": lambda: r.Pillar(identity, "Pillar"),
        "department": lambda: r.Department(identity, "Department", pick.maybe("team")),
        "stage": lambda: r.Stage(identity, "Stage", None, pick.maybe("department")),
        "area": lambda: r.Area(identity, "Area"),
        "team": lambda: r.Team(
            identity, "Team", pick.parent(identity), pick.maybe("person"), _some(rng, pick.ids("goal")),
            rng.choice(CADENCES), rng.choice((None, 100)), _some(rng, pick.ids("tool")),
            rng.choice((None, None, focus)), rng.choice(DAYS),
        ),
        "function": lambda: r.Function(
            identity, "Function", pick.maybe("area"), pick.maybe("team"), _some(rng, pick.ids("stage")),
            _levels(rng), rng.choice((None, "brand", "content", "pr")), rng.choice(("established", "new")),
            rng.randint(1, 5), rng.random() < 0.4, rng.choice((None, 1, 2.5)),
        ),
        "person": lambda: r.Person(
            identity, pick.one("team"), "Name", None, rng.choice(STATES),
            rng.choice((50, 100)), {f: rng.choice((0, 10, 50, 90)) for f in _some(rng, pick.ids("function"))},
            _levels(rng), _some(rng, list(SKILLS), 1), rng.random() < 0.2,
        ),
        "skill": lambda: r.SkillName(identity, "Skill"),
        "goal": lambda: r.Goal(
            identity, "Goal", rng.random() < 0.5, pick.maybe("pillar"), rng.choice((None, "count")),
            rng.choice((None, 5)), rng.choice(CADENCES), rng.random() < 0.5,
        ),
        "mission": lambda: r.Mission(
            identity, "Mission", pick.maybe("person"), _some(rng, pick.ids("person")), pick.maybe("goal"),
            rng.choice(DAYS),
        ),
        "tool": lambda: r.Tool(identity, "Tool", rng.choice(PURPOSES)),
        "target": lambda: _target(pick, rng),
        "note": lambda: r.Note(f"team:{pick.one('team')}", "Ask IT", None, rng.choice(DAYS)),
        "handoff": lambda: r.Handoff(pick.handoff_end(), pick.handoff_end(), None, rng.random() < 0.5),
        "share": lambda: r.Share(
            pick.share_end(), pick.share_end(), rng.choice(TOPICS), None, rng.choice(CADENCES),
            rng.choice(DAYS),
        ),
        "request": lambda: r.Request(
            pick.one("team"), pick.one("department"), rng.choice(TOPICS), rng.choice((None, 2))
        ),
        "accept": lambda: r.Acceptance("P203", (f"team:{pick.one('team')}",), "why", None, rng.choice(DAYS)),
    }  # fmt: skip
    return makers[table]()


def random_sets(organization: Organization, rng: random.Random, tables: Sequence[str] = TABLES) -> list[Set]:
    """One to three assignments to different records of `tables`, valid one after the other."""
    sets: dict[tuple[str, Key], Set] = {}
    for _ in range(rng.randint(1, 3)):
        each = _random_set(organization, rng, tables)
        if each is not None and not any(s.table == "team" and each.table == "team" for s in sets.values()):
            sets.setdefault((each.table, each.key), each)
    return list(sets.values())


def _random_set(organization: Organization, rng: random.Random, tables: Sequence[str]) -> Set | None:
    table = rng.choice(tables)
    rows = organization.tables[table].rows()
    pick = Picker(organization, rng)
    key: Key = rng.choice([*rows, f"new-{table}-{rng.randint(1, 3)}"] if table != "profile" else [""])
    old = rows.get(key)
    if old is not None and table != "profile" and rng.random() < 0.25:
        childless = table != "team" or not organization.index("children", key)
        gone = childless and getattr(old, "parent", "") is not None
        return organization.assignment(table, key, None) if gone else None
    new = _record(table, key if isinstance(key, str) else "", pick)
    if old is not None and isinstance(key, tuple):
        new = replace(new, **{name: getattr(old, name) for name in KEY_FIELDS[table]})
    key = key_of(table, new)
    old = rows.get(key)
    if old is not None and rng.random() < 0.5:
        names = [each.name for each in fields(type(new))]
        new = replace(new, **{name: getattr(old, name) for name in names if rng.random() < 0.6})
    return organization.assignment(table, key, new)

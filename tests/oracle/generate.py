"""Random organisations that load: every record kind, each optional key sometimes absent."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import tomli_w

from orgtui.model.kinds import METRICS, TEAM_METRICS

from .definitions import Document, Entry
from .naive import naive_check
from .settings import random_settings

SIZES = {"empty": (0, 0), "tiny": (1, 4), "small": (5, 12), "medium": (13, 35), "large": (36, 90)}
CADENCES = ["weekly", "monthly", "quarterly", "yearly"]
WAYS = ["pairing", "review", "training", "docs", "meeting", "rotation"]
SKILLS = [
    "seo",
    "sem",
    "copy",
    "pr",
    "design",
    "analytics",
    "product-knowledge",
    "crm",
    "events",
    "b2b.sales",
]
KINDS = ["brand", "content", "pr", "seo", "events", "data"]
TOPICS = ["Feature sheets", "feature sheets", " feature SHEETS ", "Straße", "STRASSE", "pricing", "路线图"]
PURPOSES = ["website", "mail", "Mail", "automation", "  "]
NAMES = ["Wang Lei", "王磊", "Zoë O'Brien", "Łukasz = 1", "@home", "नेहा", 'R&D \\ "ops"', "👩‍💻", "-"]
TABLES = ["department", "stage", "area", "goal", "tool", "handoff", "share", "request", "mission"]


@dataclass
class Draft:
    """An organisation in the making: `tidy` is the chance that a thing is put where it belongs."""

    rng: Random
    seats: int
    tidy: float
    density: float
    as_of: date
    document: Document = field(default_factory=dict)

    def ids(self, table: str) -> list[str]:
        """Ids in use so far in one table."""
        return [entry["id"] for entry in self.document.get(table, [])]

    def maybe(self, chance: float = 0.5) -> bool:
        """True with this chance."""
        return self.rng.random() < chance

    def some(self, things: Iterable[str], most: int) -> list[str]:
        """Up to `most` different things."""
        pool = list(things)
        return self.rng.sample(pool, self.rng.randint(0, min(most, len(pool))))

    def day(self) -> date:
        """A day before, on or after as_of."""
        return self.as_of + timedelta(days=self.rng.choice([-400, -30, -1, 0, 1, 30, 400]))

    def fill(self, entry: Entry, chance: float, **optional: Callable[[], Any]) -> Entry:
        """Each optional key is there with this chance; a value of None leaves it out."""
        values = {key: value() for key, value in optional.items() if self.maybe(chance)}
        return entry | {key: value for key, value in values.items() if value is not None}

    def one_of(self, things: Sequence[Any]) -> Callable[[], Any]:
        """Later, one of the things, None if there are none."""
        return lambda: self.rng.choice(things) if things else None

    def numbered(self, stem: str, count: int) -> list[str]:
        """Ids whose order by code point is not the order they were made in."""
        shapes = [f"{stem}-%d", f"{stem}.%d", f"{stem}%d", f"{stem}_%d", "%d" + stem]
        return [self.rng.choice(shapes) % i for i in range(count)]

    def named(self, identifier: str) -> Entry:
        """An entry's id and name."""
        return {"id": identifier, "name": self.rng.choice([identifier.title(), *NAMES])}


def random_document(rng: Random, size: str | int) -> Document:
    """A valid organisation; `size` is one of SIZES or the exact number of seats."""
    seats = rng.randint(*SIZES[size]) if isinstance(size, str) else size
    as_of = date(2026, 11, 21) + timedelta(days=rng.randint(-400, 400))
    draft = Draft(
        rng, seats, tidy=rng.choice([0.2, 0.6, 0.95]), density=rng.choice([0.3, 0.7, 1.0]), as_of=as_of
    )
    for step in (organize, funnel, name_teams, functions, people, lead_teams, focus, goals, tools, missions):
        step(draft)
    for step in (handoffs, shares, requests):
        step(draft)
    for table in TABLES:
        if draft.maybe(0.04):
            forget(draft.document, table)
    document = draft.document
    settings = random_settings(rng, draft.tidy)
    if settings:
        document["rules"] = settings
    accept(draft)
    for entries in document.values():
        if isinstance(entries, list) and draft.maybe(0.3):
            rng.shuffle(entries)
    add_remarks(draft)
    return {key: value for key, value in document.items() if value != []}


def add_remarks(draft: Draft) -> None:
    """Names of skills, targets, notes, acting leads and assistants; the rest is the same without them."""
    document, own = draft.document, Random(draft.as_of.toordinal() * 1000 + draft.seats)
    rng, draft.rng = draft.rng, own
    everybody, teams = draft.ids("person"), draft.ids("team")
    document["skill"] = [{"id": s, "name": f"{s.title()} 技能"} for s in draft.some(SKILLS, 4)]
    bounds = {
        (own.choice(METRICS), own.choice(["at_most", "at_least"])): None for _ in range(own.randint(0, 4))
    }
    document["target"] = [
        {"metric": metric, bound: own.choice([0, 3, 8, 0.5])}
        | ({"team": own.choice(teams)} if metric in TEAM_METRICS and draft.maybe() else {})
        for metric, bound in bounds
    ]
    subjects = [f"team:{t}" for t in teams] + [f"person:{p}" for p in everybody] + ["goal:gone"]
    document["note"] = [
        draft.fill({"on": on, "text": "Ask IT first"}, 0.7, by=draft.one_of(["chen"]), at=draft.day)
        for on in draft.some(subjects, 4)
    ]
    for team in document["team"]:
        if "lead" in team and draft.maybe(0.2):
            team["acting_until"] = draft.day()
    for person in document["person"]:
        if draft.maybe(0.1):
            person["assistant"] = True
    draft.rng = rng


def to_toml(document: Document) -> str:
    """The document as TOML text."""
    return tomli_w.dumps(document)


def random_pay(rng: Random, document: Document) -> dict[str, float]:
    """Annual cost by person; some are missing, some cost nothing."""
    everybody = [person["id"] for person in document.get("person", [])]
    return {p: rng.choice([0, 80_000, 120_000.5, 250_000]) for p in everybody if rng.random() < 0.9}


def organize(draft: Draft) -> None:
    """The organisation itself."""
    pillars = [draft.named(p) for p in draft.numbered("pillar", draft.rng.randint(0, 3))]
    draft.document |= {
        "format": 1,
        "organization": draft.fill(
            {"name": draft.rng.choice(NAMES), "as_of": draft.as_of},
            0.8,
            vision=draft.one_of(
                ["Everybody thinks of us first", "Everybody thinks of us first", "", " \u3000"]
            ),
            review_on=draft.day,
            currency=draft.one_of(["CNY", "EUR"]),
            pillars=lambda: pillars,
        ),
    }


def funnel(draft: Draft) -> None:
    """Departments, stages and areas."""
    rng, document = draft.rng, draft.document
    document["department"] = [draft.named(d) for d in draft.numbered("dept", rng.randint(0, 3))]
    owner = draft.one_of(draft.ids("department"))
    document["stage"] = [
        draft.fill(
            draft.named(s),
            0.3,
            owner=lambda: owner() if draft.maybe(0.6) else None,
            volume=lambda: rng.randint(0, 5000),
        )
        for s in draft.numbered("stage", rng.choice([0, 1, 3, 4, 5, 6, 7]))
    ]
    document["area"] = [draft.named(a) for a in draft.numbered("area", rng.randint(0, 4))]


def name_teams(draft: Draft) -> None:
    """The tree: flat, deep or in between, some liaisons."""
    rng = draft.rng
    count = max(1, round(draft.seats / rng.choice([2, 3, 4, 6])) + rng.randint(0, 2))
    names = draft.numbered("team", count)
    depth = rng.choice([1, 2, 2, 3, count])
    parents: dict[str, str] = {}
    level = {names[0]: 0}
    for t in names[1:]:
        parents[t] = rng.choice([p for p in level if level[p] < depth])
        level[t] = level[parents[t]] + 1
    draft.document["team"] = [
        draft.fill(
            draft.named(t) | ({"parent": parents[t]} if t in parents else {}),
            0.7,
            review=draft.one_of(CADENCES),
            pay_budget=draft.one_of([0, 200_000, 600_000, 2_000_000]),
        )
        for t in names
    ]
    for department in draft.document["department"]:
        if draft.maybe(0.4):
            department["liaison"] = rng.choice(names)


def functions(draft: Draft) -> None:
    """Functions; in some organisations nobody wrote down what they need."""
    rng = draft.rng
    teams = draft.ids("team")
    place = {t: rng.random() for t in teams}
    listed = draft.maybe(0.93)
    count = max(0, round(len(teams) * rng.choice([0.5, 1.2, 2])) + rng.randint(-1, 3))
    made = [random_function(draft, f, place) for f in draft.numbered("fn", count)]
    draft.document["function"] = made if listed else [without(entry, "skills") for entry in made]


def without(entry: Entry, key: str) -> Entry:
    """The entry without the key."""
    return {other: value for other, value in entry.items() if other != key}


def random_function(draft: Draft, f: str, place: dict[str, float]) -> Entry:
    """A function; a tidy one follows its team's place along areas and stages, from 0 to 1."""
    rng = draft.rng
    stages, areas = draft.ids("stage"), draft.ids("area")
    t = rng.choice(list(place))
    near = place[t] if draft.maybe(draft.tidy) else rng.random()
    entry = draft.fill(
        draft.named(f),
        0.85,
        team=lambda: t,
        area=lambda: areas[int(near * len(areas))] if areas else None,
        stages=lambda: neighbours(draft, stages, near),
        skills=lambda: {s: rng.choice([0, 1, 2, 3, 3, 4, 5]) for s in draft.some(SKILLS, 3)},
    )
    return draft.fill(
        entry,
        0.4,
        kind=draft.one_of(KINDS),
        state=draft.one_of(["established", "new"]),
        difficulty=lambda: rng.randint(1, 5),
        breakthrough=lambda: draft.maybe(),
        fte_needed=draft.one_of([0, 0.5, 1.0, 2]),
    )


def neighbours(draft: Draft, stages: list[str], near: float) -> list[str]:
    """One or two stages about there, seldom one far off."""
    at = int(near * len(stages))
    chosen = set(stages[at : at + draft.rng.choice([1, 1, 2])])
    return sorted(chosen | set(draft.some(stages, 1))) if draft.maybe(0.15) else sorted(chosen)


def people(draft: Draft) -> None:
    """Seats of all four states, some teams bigger than others."""
    rng = draft.rng
    teams = draft.ids("team")
    places = draft.some(teams, 3) * 2 + teams
    states = rng.choice([["filled"], ["filled"] * 6 + ["vacant", "planned", "closed"]])
    unwritten = {key for key, chance in (("skills", 0.07), ("functions", 0.05)) if draft.maybe(chance)}
    draft.document["person"] = []
    for p in draft.numbered("p", draft.seats):
        entry = random_person(draft, p, rng.choice(places), rng.choice(states))
        draft.document["person"].append({key: entry[key] for key in entry if key not in unwritten})


def random_person(draft: Draft, p: str, t: str, state: str) -> Entry:
    """A seat in team t; only a filled one needs a name."""
    rng = draft.rng
    entry: Entry = draft.named(p) | {"team": t}
    if state != "filled" or draft.maybe(0.5):
        entry["state"] = state
    return draft.fill(
        without(entry, "name") if state != "filled" and draft.maybe(0.6) else entry,
        0.75,
        title=draft.one_of(["Head", "写手", ""]),
        fte=draft.one_of([1, 1.0, 1.0, 0.5, 0.33, 0]),
        functions=lambda: random_shares(draft, t),
        skills=lambda: {s: rng.randint(0, 5) for s in draft.some(SKILLS, 4)},
        learning=lambda: draft.some(SKILLS, 1),
    )


def random_shares(draft: Draft, t: str) -> dict[str, float]:
    """Shares of a week, mostly of the team's own functions and not more than a week."""
    everything = draft.document["function"]
    own = [f["id"] for f in everything if f.get("team") == t]
    pool = own if own and draft.maybe(max(draft.tidy, 0.4)) else draft.ids("function")
    chosen = draft.some(pool, 3) or draft.some(pool, 1)
    portions = {1: [1, 1.0, 0.6], 2: [0.5, 0.4], 3: [0.34, 0.3, 0.2]}.get(len(chosen), [1])
    return {f: draft.rng.choice([*portions * 4, 0, 0.19, 0.2, 0.21, 1]) for f in chosen}


def lead_teams(draft: Draft) -> None:
    """Leads: of the team, of the parent, from elsewhere, of several, or none."""
    rng = draft.rng
    candidates = [p for p in draft.document["person"] if p.get("state") != "closed"]
    for team in draft.document["team"]:
        own = [p["id"] for p in candidates if p["team"] == team["id"]]
        if own and draft.maybe(max(draft.tidy, 0.5)):
            team["lead"] = rng.choice(own)
        elif candidates and draft.maybe(0.5):
            team["lead"] = rng.choice(candidates)["id"]


def focus(draft: Draft) -> None:
    """Focus teams, most of them tidy, each on a function of its own."""
    rng, document = draft.rng, draft.document
    root = next(team["id"] for team in document["team"] if "parent" not in team)
    head = next(team.get("lead") for team in document["team"] if team["id"] == root)
    eligible = [team for team in document["team"] if "parent" in team]
    wanted = rng.choice([0, 0, 1, 1, 2, 3]) if eligible and document["function"] else 0
    chosen = rng.sample(eligible, min(wanted, len(eligible)))
    for team, function in zip(
        chosen, rng.sample(document["function"], len(document["function"])), strict=False
    ):
        team["focus"] = draft.fill(
            {"function": function["id"]},
            0.85,
            since=draft.day,
            review_on=draft.day,
            exit=draft.one_of(["It runs by itself", "It runs by itself", " "]),
        )
        if draft.maybe(0.8):
            function |= {"team": team["id"], "breakthrough": True}
        if draft.maybe(0.6) and not any(other.get("parent") == team["id"] for other in document["team"]):
            team["parent"] = root
        if head and draft.maybe(0.4):
            team["lead"] = head


def goals(draft: Draft) -> None:
    """Goals, and who holds them."""
    rng = draft.rng
    pillars = [pillar["id"] for pillar in draft.document["organization"].get("pillars", [])]
    draft.document["goal"] = [
        draft.fill(
            draft.named(g),
            0.7,
            core=lambda: draft.maybe(),
            pillar=draft.one_of(pillars),
            metric=draft.one_of(["qualified leads", "qualified leads", ""]),
            target=draft.one_of([0, 30_000_000, 0.25]),
            review=draft.one_of(CADENCES),
            evaluated=lambda: draft.maybe(0.8),
        )
        for g in draft.numbered("goal", rng.choice([0, 1, 3, 5, 8]))
    ]
    most = rng.choice([1, 2, 3, 8])
    for team in draft.document["team"]:
        if draft.maybe(0.7):
            team["goals"] = draft.some(draft.ids("goal"), most)


def tools(draft: Draft) -> None:
    """Tools, and who holds them."""
    draft.document["tool"] = [
        draft.fill(draft.named(tool), 0.8, purpose=draft.one_of(PURPOSES))
        for tool in draft.numbered("tool", draft.rng.randint(0, 5))
    ]
    for team in draft.document["team"]:
        if draft.maybe(0.5):
            team["tools"] = draft.some(draft.ids("tool"), 2)


def missions(draft: Draft) -> None:
    """Missions across teams, or not."""
    everybody = draft.ids("person")
    draft.document["mission"] = [
        draft.fill(
            draft.named(m) | {"people": draft.some(everybody, 4)},
            0.8,
            lead=draft.one_of(everybody),
            goal=draft.one_of(draft.ids("goal")),
            until=draft.day,
        )
        for m in draft.numbered("mission", draft.rng.randint(0, 3))
    ]


def handoffs(draft: Draft) -> None:
    """Handoffs between functions, some to and from departments; never twice the same."""
    rng = draft.rng
    fs = draft.ids("function")
    outside = [f"department:{d}" for d in draft.ids("department")]
    along = sorted(
        (f for f in draft.document["function"] if f.get("stages")),
        key=lambda f: draft.ids("stage").index(f["stages"][0]),
    )
    pairs: dict[tuple[str, str], None] = {}
    for a, b in pairwise(along):
        if draft.maybe(draft.density * 0.8):
            pairs[a["id"], b["id"]] = None
    for _ in range(round(len(fs) * draft.density)):
        start = rng.choice(fs + outside)
        end = rng.choice(fs if start in outside else fs + outside)
        if start != end:
            pairs[start, end] = None
    draft.document["handoff"] = [
        draft.fill(
            {"from": start, "to": end},
            0.6,
            what=draft.one_of(["lead with source", ""]),
            tracked=lambda: draft.maybe(0.8),
            sla=draft.one_of(["4h"]),
        )
        for start, end in pairs
    ]


def shares(draft: Draft) -> None:
    """Knowledge links between teams and people of different teams; never twice the same."""
    rng = draft.rng
    home = {f"team:{t}": t for t in draft.ids("team")}
    home |= {f"person:{p['id']}": p["team"] for p in draft.document["person"]}
    ends = list(home)
    weights = [3 if end.startswith("team:") else 1 for end in ends]
    keys: dict[tuple[str, str, str], None] = {}
    for _ in range(round(len(draft.ids("team")) * draft.density * rng.choice([0.7, 1.5]))):
        start, end = rng.choices(ends, weights, k=2)
        if home[start] != home[end]:
            keys[start, end, rng.choice([*SKILLS, "Customer stories", "竞品"])] = None
    draft.document["share"] = [
        draft.fill(
            {"from": start, "to": end, "topic": topic},
            0.7,
            how=draft.one_of(WAYS),
            every=draft.one_of(CADENCES),
            until=lambda: draft.day() if draft.maybe(0.5) else None,
        )
        for start, end, topic in keys
    ]


def requests(draft: Draft) -> None:
    """Requests to departments, topics spelt in several ways; never twice the same."""
    rng = draft.rng
    teams, departments = draft.ids("team"), draft.ids("department")
    keys: dict[tuple[str, str, str], None] = {}
    for _ in range(round(len(teams) * draft.density * 1.5) if departments else 0):
        keys[rng.choice(teams), rng.choice(departments), rng.choice(TOPICS)] = None
    draft.document["request"] = [
        draft.fill({"from": t, "to": d, "topic": topic}, 0.7, per_month=lambda: rng.randint(0, 6))
        for t, d, topic in keys
    ]


def forget(document: Document, table: str) -> None:
    """Drop a whole table and every reference to it."""
    document[table] = []
    links = document.get("handoff", [])
    for other, keys in {
        "department": [("stage", "owner")],
        "stage": [("function", "stages")],
        "area": [("function", "area")],
        "goal": [("team", "goals"), ("mission", "goal")],
        "tool": [("team", "tools")],
    }.items():
        for referring, key in keys if other == table else []:
            for entry in document.get(referring, []):
                entry.pop(key, None)
    if table == "department":
        document["handoff"] = [h for h in links if ":" not in h["from"] and ":" not in h["to"]]
        document["request"] = []


def accept(draft: Draft) -> None:
    """Acceptances of findings there are, and of some there are not."""
    rng, document = draft.rng, draft.document
    found = naive_check(document).findings
    chosen = dict.fromkeys(rng.sample(found, min(len(found), rng.choice([0, 0, 1, 4]))))
    if draft.maybe(0.3):
        chosen |= {("P203", ("team:gone",)): None, ("A101", ()): None}
    document["accept"] = [
        draft.fill(
            {"code": code, "subjects": list(subjects), "why": "We know"},
            0.6,
            by=draft.one_of(["chen"]),
            until=draft.day,
        )
        for code, subjects in chosen
    ]

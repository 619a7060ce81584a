"""Random organisations load, and between them make every rule speak and sleep."""

import re
import tomllib
from collections import Counter
from random import Random
from typing import Any

import pytest

from .catalogue import ASLEEP, CATALOGUE
from .definitions import Document, Entry
from .generate import SIZES, random_document, random_pay, to_toml
from .naive import naive_check

SEEDS = range(160)


def documents() -> list[Document]:
    """One organisation for each seed, all sizes in turn."""
    return [random_document(Random(seed), list(SIZES)[seed % len(SIZES)]) for seed in SEEDS]


@pytest.fixture(scope="module", name="organisations")
def made_once() -> list[Document]:
    return documents()


def unique(things: list[Any]) -> bool:
    return len(things) == len(set(things))


def problems(document: Document) -> list[str]:
    """What a loader would refuse in the document."""
    ids = {table: [e["id"] for e in document.get(table, [])] for table in (*TABLES, "team", "person")}
    ids["pillar"] = [pillar["id"] for pillar in document["organization"].get("pillars", [])]
    found = [f"ids of {table}" for table in ids if not unique(ids[table])]
    found += [i for table in ids for i in ids[table] if not re.fullmatch(r"[a-z0-9][a-z0-9._-]*", i)]
    for table, key, other in REFERENCES:
        for entry in document.get(table, []):
            named = entry.get(key, [])
            listed = [named] if isinstance(named, str) else list(named)
            found += [f"{table}.{key} {name}" for name in listed if name not in ids[other]]
            found += [] if unique(listed) else [f"{table}.{key} twice"]
    for twins, keys in (("handoff", ("from", "to")), ("share", LINK), ("request", LINK)):
        if not unique([tuple(entry[key] for key in keys) for entry in document.get(twins, [])]):
            found.append(f"{twins} twins")
    rules = document.get("rules", {})
    found += [key for key in ("select", "ignore") if not unique(rules.get(key, []))]
    if not unique([(entry["code"], *entry["subjects"]) for entry in document.get("accept", [])]):
        found.append("accept twins")
    return found + tree_problems(document) + end_problems(document) + person_problems(document)


TABLES = ("department", "stage", "area", "function", "goal", "mission", "tool")
LINK = ("from", "to", "topic")
REFERENCES = [
    ("department", "liaison", "team"),
    ("stage", "owner", "department"),
    ("team", "parent", "team"),
    ("team", "lead", "person"),
    ("team", "goals", "goal"),
    ("team", "tools", "tool"),
    ("function", "team", "team"),
    ("function", "area", "area"),
    ("function", "stages", "stage"),
    ("person", "team", "team"),
    ("person", "functions", "function"),
    ("goal", "pillar", "pillar"),
    ("mission", "lead", "person"),
    ("mission", "people", "person"),
    ("mission", "goal", "goal"),
    ("request", "from", "team"),
    ("request", "to", "department"),
]


def tree_problems(document: Document) -> list[str]:
    """Roots, loops, closed leads and focus tables."""
    teams = {team["id"]: team for team in document["team"]}
    closed = {p["id"] for p in document.get("person", []) if p.get("state") == "closed"}
    found = [t for t, team in teams.items() if team.get("lead") in closed]
    found += [] if sum("parent" not in team for team in teams.values()) == 1 else ["roots"]
    for start in teams:
        seen, t = [start], teams[start].get("parent")
        while t and t not in seen:
            seen.append(t)
            t = teams[t].get("parent")
        found += [f"loop at {start}"] if t else []
    focused = [team["focus"]["function"] for team in teams.values() if "focus" in team]
    found += [t for t, team in teams.items() if "focus" in team and "parent" not in team]
    missing = set(focused) - {function["id"] for function in document.get("function", [])}
    return found + (["focus function"] if missing or not unique(focused) else [])


def end_problems(document: Document) -> list[str]:
    """Handoffs between departments or to themselves, shares within one team."""
    fs = {function["id"] for function in document.get("function", [])}
    departments = {f"department:{department['id']}" for department in document.get("department", [])}
    home = {f"team:{team['id']}": team["id"] for team in document["team"]}
    home |= {f"person:{p['id']}": p["team"] for p in document.get("person", [])}
    found = []
    for handoff in document.get("handoff", []):
        ends = {handoff["from"], handoff["to"]}
        if len(ends) != 2 or ends <= departments or not ends <= fs | departments:
            found.append(f"handoff {ends}")
    found += [f"share {s}" for s in document.get("share", []) if home[s["from"]] == home[s["to"]]]
    return found


def person_problems(document: Document) -> list[str]:
    """Nameless filled seats, numbers out of range."""

    def wrong(p: Entry) -> bool:
        parts = [*p.get("functions", {}).values(), p.get("fte", 1)]
        good = all(0 <= part <= 1 and round(part, 2) == part for part in parts)
        levels = all(level in range(6) for level in p.get("skills", {}).values())
        nameless = p.get("state", "filled") == "filled" and not p.get("name")
        return nameless or not good or not levels or not unique(p.get("learning", []))

    return [p["id"] for p in document.get("person", []) if wrong(p)]


def test_random_organisations_load(organisations: list[Document]) -> None:
    assert [found for document in organisations for found in problems(document)] == []


def test_one_seed_gives_one_organisation(organisations: list[Document]) -> None:
    assert [
        random_document(Random(seed), list(SIZES)[seed % len(SIZES)]) for seed in SEEDS[:20]
    ] == organisations[:20]


def test_the_toml_text_reads_back_as_the_document(organisations: list[Document]) -> None:
    assert all(tomllib.loads(to_toml(document)) == document for document in organisations)


def test_a_number_is_the_number_of_seats() -> None:
    assert len(random_document(Random(1), 23)["person"]) == 23


def test_every_rule_speaks_and_sleeps_somewhere(organisations: list[Document]) -> None:
    spoken: Counter[str] = Counter()
    slept: set[tuple[str, str]] = set()
    held = stale = 0
    for seed, document in zip(SEEDS, organisations, strict=True):
        pay = random_pay(Random(seed), document) if seed % 2 else None
        result = naive_check(document, pay=pay)
        spoken.update({code for code, _ in result.findings})
        slept.update(result.asleep)
        held += sum(result.accepted.values())
        stale += len(result.stale_accepts)
    assert {code for code in CATALOGUE if not spoken[code]} == {"A201"}
    assert {(code, need) for need, codes in ASLEEP for code in codes.split()} == slept
    assert held
    assert stale

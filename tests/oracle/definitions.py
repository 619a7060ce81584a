"""Section 2 of the domain page, word for word: each term one small function over the plain document."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cached_property
from typing import Any

Entry = dict[str, Any]
Document = dict[str, Any]


@dataclass(frozen=True)
class Org:
    """A valid organisation document with people inline, the day it is looked at, parameters and pay."""

    document: Document
    today: date
    parameters: dict[str, dict[str, Any]]
    pay: dict[str, float] | None = None

    def entries(self, table: str) -> list[Entry]:
        """The entries of one array of tables, in file order."""
        entries: list[Entry] = self.document.get(table, [])
        return entries

    @cached_property
    def by_id(self) -> dict[str, dict[str, Entry]]:
        """Table, then id, to entry: of everything that has an id, in file order."""
        return {
            table: {entry["id"]: entry for entry in self.entries(table)}
            for table in (
                "department",
                "stage",
                "area",
                "team",
                "function",
                "person",
                "goal",
                "mission",
                "tool",
            )
        }

    @property
    def organization(self) -> Entry:
        """The `[organization]` table."""
        table: Entry = self.document["organization"]
        return table


def said(entry: Entry, key: str) -> Any:
    """Empty text and text of white space only count as missing."""
    value = entry.get(key)
    return None if isinstance(value, str) and not value.strip() else value


def exact(number: Any) -> Fraction:
    """The number as it was written: 0.1 is a tenth."""
    return Fraction(str(number))


def teams(org: Org) -> list[str]:
    """Ids of all teams, in file order."""
    return [team["id"] for team in org.entries("team")]


def team(org: Org, t: str) -> Entry:
    """The entry of team t."""
    return org.by_id["team"][t]


def parent(org: Org, t: str) -> str | None:
    """The team above t, none for the root."""
    above: str | None = said(team(org, t), "parent")
    return above


def root(org: Org) -> str:
    """root: the one team without parent."""
    (top,) = [t for t in teams(org) if parent(org, t) is None]
    return top


def above(org: Org, t: str) -> list[str]:
    """The teams above t, nearest first."""
    up = parent(org, t)
    return [] if up is None else [up, *above(org, up)]


def children(org: Org, t: str) -> list[str]:
    """The teams whose parent is t."""
    return [c for c in teams(org) if parent(org, c) == t]


def below(org: Org, t: str) -> list[str]:
    """All teams below t, without t."""
    return [lower for c in children(org, t) for lower in (c, *below(org, c))]


def teams_below_root(org: Org) -> list[str]:
    """ "Team below the root" never means the root."""
    return [t for t in teams(org) if t != root(org)]


def divisions(org: Org) -> list[str]:
    """division: a child of the root."""
    return children(org, root(org))


def division(org: Org, t: str) -> str | None:
    """division(t): t's ancestor-or-self that is a child of the root; none for the root."""
    for candidate in (t, *above(org, t)):
        if candidate in divisions(org):
            return candidate
    return None


def focus_function(org: Org, t: str) -> str | None:
    """The function of t's focus table, none where t is no focus team."""
    return team(org, t)["focus"]["function"] if is_focus(org, t) else None


def is_focus(org: Org, t: str) -> bool:
    """focus team: a team with a `[team.focus]` table; teams below it are ordinary; never the root."""
    return "focus" in team(org, t)


def focus_teams(org: Org) -> list[str]:
    """All focus teams."""
    return [t for t in teams(org) if is_focus(org, t)]


def people(org: Org) -> list[str]:
    """Ids of all seats, whatever their state."""
    return [person["id"] for person in org.entries("person")]


def person(org: Org, p: str) -> Entry:
    """The entry of seat p."""
    return org.by_id["person"][p]


def state(org: Org, p: str) -> str:
    """state: filled, vacant, planned, closed; filled if absent."""
    return said(person(org, p), "state") or "filled"


def is_open(org: Org, p: str) -> bool:
    """An open seat is one not closed."""
    return state(org, p) != "closed"


def is_filled(org: Org, p: str) -> bool:
    """Somebody sits there."""
    return state(org, p) == "filled"


def open_seats(org: Org) -> list[str]:
    """headcount: number of open seats."""
    return [p for p in people(org) if is_open(org, p)]


def filled_seats(org: Org) -> list[str]:
    """All filled seats."""
    return [p for p in people(org) if is_filled(org, p)]


def fte(org: Org, p: str) -> Fraction:
    """Absent fte is 1.0."""
    return exact(person(org, p).get("fte", 1))


def sits_in(org: Org, p: str) -> str:
    """The team of seat p."""
    t: str = person(org, p)["team"]
    return t


def seats(org: Org, t: str) -> list[str]:
    """seats(t): open seats of t."""
    return [p for p in open_seats(org) if sits_in(org, p) == t]


def all_seats(org: Org, t: str) -> list[str]:
    """seats*(t): open seats of t and of all teams below it."""
    return [p for lower in (t, *below(org, t)) for p in seats(org, lower)]


def functions(org: Org) -> list[str]:
    """Ids of all functions."""
    return [function["id"] for function in org.entries("function")]


def function(org: Org, f: str) -> Entry:
    """The entry of function f."""
    return org.by_id["function"][f]


def owner(org: Org, f: str) -> str | None:
    """At most one team is accountable for a function."""
    t: str | None = said(function(org, f), "team")
    return t


def owned_functions(org: Org) -> list[str]:
    """A function without team serves no stage, hands nothing over and is compared with nothing."""
    return [f for f in functions(org) if owner(org, f) is not None]


def work(org: Org, t: str) -> list[str]:
    """work(t): functions of t."""
    return [f for f in functions(org) if owner(org, f) == t]


def all_work(org: Org, t: str) -> list[str]:
    """work*(t): functions of t and of all teams below it."""
    return [f for lower in (t, *below(org, t)) for f in work(org, lower)]


def is_working(org: Org, t: str) -> bool:
    """working team: a team that itself holds at least one function or one open seat."""
    return bool(work(org, t)) or bool(seats(org, t))


def working_teams(org: Org) -> list[str]:
    """All working teams, root included."""
    return [t for t in teams(org) if is_working(org, t)]


def groups(org: Org) -> list[str]:
    """teams below the root that are no focus teams and hold a function or at least two open seats."""
    ordinary = [t for t in teams_below_root(org) if not is_focus(org, t)]
    return [t for t in ordinary if work(org, t) or len(seats(org, t)) >= 2]


def outside_focus(org: Org) -> list[str]:
    """All open seats below the root outside focus teams."""
    return [p for p in open_seats(org) if sits_in(org, p) != root(org) and not is_focus(org, sits_in(org, p))]


def share_of(org: Org, p: str, f: str) -> Fraction:
    """The share of a full-time week that p's entry gives to f, 0 if none."""
    return exact(person(org, p).get("functions", {}).get(f, 0))


def performs(org: Org, p: str, f: str) -> bool:
    """performs: a *filled* seat with a share above 0 in `functions`."""
    return is_filled(org, p) and share_of(org, p, f) > 0


def performers(org: Org, f: str) -> list[str]:
    """Everybody who performs f."""
    return [p for p in people(org) if performs(org, p, f)]


def performed_by(org: Org, p: str) -> list[str]:
    """Every function p performs."""
    return [f for f in functions(org) if performs(org, p, f)]


def staffing(org: Org, f: str) -> Fraction:
    """The sum of the shares of those who perform f."""
    return sum((share_of(org, p, f) for p in performers(org, f)), Fraction(0))


def lead(org: Org, t: str) -> str | None:
    """A lead whose seat is vacant or planned counts for reporting lines, spans and layers."""
    p: str | None = said(team(org, t), "lead")
    return p


def filled_lead(org: Org, t: str) -> str | None:
    """A lead whose seat is vacant or planned is "missing" to every rule that judges a person."""
    p = lead(org, t)
    return p if p is not None and is_filled(org, p) else None


def head(org: Org) -> str | None:
    """head: the root's lead."""
    return lead(org, root(org))


def led_by(org: Org, p: str) -> list[str]:
    """The teams p leads."""
    return [t for t in teams(org) if lead(org, t) == p]


def manager(org: Org, p: str) -> str | None:
    """If p leads teams, take the one nearest the root (ties: smallest id) and go up from its parent;
    otherwise start at p's own team; the first lead met on the way up who is not p. The head has none."""
    led = led_by(org, p)
    if led:
        nearest = min(led, key=lambda t: (len(above(org, t)), t))
        way = above(org, nearest)
    else:
        way = [sits_in(org, p), *above(org, sits_in(org, p))]
    met = [lead(org, t) for t in way]
    return next((q for q in met if q is not None and q != p), None)


def reports(org: Org) -> dict[str, list[str]]:
    """reports(p): all open seats whose manager is p; here for every p who has any."""
    managed: dict[str, list[str]] = {}
    for p in open_seats(org):
        q = manager(org, p)
        if q is not None:
            managed.setdefault(q, []).append(p)
    return managed


def reports_that_count(org: Org) -> dict[str, list[str]]:
    """reports(p) without assistants; here for every p who has any."""
    counted = {
        p: [q for q in managed if not person(org, q).get("assistant", False)]
        for p, managed in reports(org).items()
    }
    return {p: managed for p, managed in counted.items() if managed}


def layer(org: Org, p: str) -> int:
    """layer of p: number of people in the chain of managers from p up, p included."""
    q = manager(org, p)
    return 1 if q is None else 1 + layer(org, q)


def deepest_layer(org: Org) -> int:
    """The deepest layer of any open seat, 0 where there is none."""
    return max((layer(org, p) for p in open_seats(org)), default=0)


def required(org: Org, f: str) -> dict[str, int]:
    """A required level of 0 is no requirement."""
    return {skill: level for skill, level in function(org, f).get("skills", {}).items() if level > 0}


def level_of(org: Org, p: str, skill: str) -> int:
    """p's level in the skill, 0 none."""
    level: int = person(org, p).get("skills", {}).get(skill, 0)
    return level


def lists_skills(org: Org, p: str) -> bool:
    """Somebody wrote p's skills down, be it as none."""
    return bool(person(org, p).get("skills"))


def learns(org: Org, p: str, skill: str) -> bool:
    """p is learning the skill."""
    return skill in person(org, p).get("learning", [])


def core_skills(org: Org, f: str) -> list[str]:
    """core skills of f: f's required skills with the highest required level."""
    needs = required(org, f)
    return [skill for skill in needs if needs[skill] == max(needs.values())]


def covers(org: Org, p: str, f: str) -> bool:
    """covers(p, f): p's level is at least `lead_level` of `[rules.P204]` in every core skill of f; true when
    f lists none or p lists no skills at all."""
    lead_level = org.parameters["P204"]["lead_level"]
    if not lists_skills(org, p):
        return True
    return all(level_of(org, p, skill) >= lead_level for skill in core_skills(org, f))


def similarity(org: Org, f: str, g: str) -> Fraction:
    """similarity(f, g): Σ min / Σ max over the required skill levels of f and g; 0 if either lists none."""
    a, b = required(org, f), required(org, g)
    if not a or not b:
        return Fraction(0)
    skills = set(a) | set(b)
    return Fraction(
        sum(min(a.get(skill, 0), b.get(skill, 0)) for skill in skills),
        sum(max(a.get(skill, 0), b.get(skill, 0)) for skill in skills),
    )


def goals(org: Org, t: str) -> set[str]:
    """The goals of t itself."""
    return set(team(org, t).get("goals", []))


def inherited_goals(org: Org, t: str) -> set[str]:
    """goals*(t): goals of t and of its ancestors up to and including its division. The root's own goals are
    not inherited."""
    return {goal for a in (t, *above(org, t)) if a == t or a != root(org) for goal in goals(org, a)}


def holding_divisions(org: Org, goal: str) -> list[str]:
    """a division holds a goal: some team of the division, itself included, has it in its own goals."""
    return [d for d in divisions(org) if any(goal in goals(org, t) for t in (d, *below(org, d)))]


def is_shared(org: Org, goal: str) -> bool:
    """shared goal: held by at least two divisions."""
    return len(holding_divisions(org, goal)) >= 2

"""Every rule that counts or compares, once just beyond its limit and once just within it."""

from datetime import timedelta
from typing import Any

import pytest

from .definitions import Entry
from .naive import naive_check
from .small import TODAY, document, handoff, link, seat, stages, subjects, team, work

YESTERDAY = TODAY - timedelta(days=1)
FOCUS = {"function": "f", "exit": "It runs", "review_on": TODAY}
TWO = [team("m"), team("a", "m"), team("b", "m")]

Small = dict[str, list[Entry]]


def tracked(start: str, end: str, **keys: Any) -> Small:
    """One handoff among functions f (team a), g (team a) and h (team b)."""
    fs = [work("f", "a"), work("g", "a"), work("h", "b")]
    return {"team": TWO, "function": fs, "handoff": [handoff(start, end) | keys]}


def serving(count: int, **keys: Any) -> Small:
    """So many divisions that serve one stage."""
    teams = [team("m"), *(team(f"t{i}", "m") for i in range(count))]
    return {
        "team": teams,
        "stage": stages("1"),
        "function": [work(f"f{i}", f"t{i}", stages=["1"]) for i in range(count)],
    }


def straddling(areas: str, **keys: Any) -> Small:
    """A division with work in these areas."""
    fs = [work(f"f{i}", "a", area=area) for i, area in enumerate(areas)]
    return {"team": [team("m"), team("a", "m", **keys)], "area": [{"id": a} for a in "xyz"], "function": fs}


def kept(a: str, b: str, first: str = "brand", second: str = "content", **keys: Any) -> Small:
    """Two functions of these kinds in these teams; team x is a focus team, c lies below a."""
    teams = [*TWO, team("c", "a"), team("x", "m", focus=FOCUS)]
    return {"team": teams, "function": [work("f", a, kind=first), work("g", b, kind=second)]}


def crowd(count: int, at: str = "a", state: str = "filled", **keys: Any) -> Small:
    """So many seats in one team of two."""
    return {"team": TWO[:2], "person": [seat(f"p{i}", at, state=state, **keys) for i in range(count)]}


def buried(**keys: Any) -> Small:
    """A breakthrough in an ordinary team without lead."""
    return {"team": TWO, "function": [work("f", "a", **keys)]}


def focused(under: str = "m", others: int = 0, at: str = "x", **keys: Any) -> Small:
    """A focus team x on f with so many other functions."""
    focus = {key: value for key, value in (FOCUS | keys).items() if value is not None}
    teams = [*TWO, team("x", under, focus=focus)]
    return {"team": teams, "function": [work("f", at), *(work(f"g{i}", "x") for i in range(others))]}


def scarce(holders: int, needing: int) -> Small:
    """So many holders in team m, so many teams below that need the skill."""
    teams = [team("m"), *(team(f"t{i}", "m") for i in range(needing))]
    fs = [work(f"f{i}", f"t{i}", skills={"s": 1}) for i in range(needing)]
    return {
        "team": teams,
        "function": fs,
        "person": [seat(f"p{i}", "m", skills={"s": 3}) for i in range(holders)],
    }


def staffed(*shares: float, state: str = "filled", **keys: Any) -> Small:
    """A function with these shares of one person each."""
    people = [seat(f"p{i}", "m", functions={"f": share}, state=state) for i, share in enumerate(shares)]
    return {"team": [team("m")], "function": [work("f", "m", **keys)], "person": people}


def numbered_goals(count: int) -> Small:
    """A team with so many goals."""
    names = [f"g{i}" for i in range(count)]
    return {"team": [team("m", goals=names)], "goal": [{"id": g} for g in names]}


def goal(held: str = "", **keys: Any) -> Small:
    """A goal held by these teams of two divisions."""
    teams = [team("m"), *(team(t, "m", goals=["g"] if t in held else []) for t in "ab")]
    return {"team": teams, "goal": [{"id": "g"} | keys]}


def handing(a: str, b: str, goals: dict[str, list[str]]) -> Small:
    """A handoff from a function of a to one of b."""
    teams = [team("m", goals=goals.get("m", [])), *(team(t, "m", goals=goals.get(t, [])) for t in "ab")]
    return {"team": teams, "function": [work("f", a), work("g", b)], "handoff": [handoff("f", "g")]}


def leaves(count: int, each: int, focus_seats: int = 0) -> Small:
    """So many teams with so many seats, a crowd in the root, and a focus team."""
    teams = [team("m"), *(team(f"t{i}", "m") for i in range(count)), team("x", "m", focus=FOCUS)]
    people = [seat(f"p{i}-{j}", f"t{i}") for i in range(count) for j in range(each)]
    people += [seat(f"m{i}", "m") for i in range(30)] + [seat(f"x{i}", "x") for i in range(focus_seats)]
    return {"team": teams, "person": people}


def hub(count: int) -> Small:
    """A team that hands to so many others."""
    teams = [team("m"), *(team(f"t{i}", "m") for i in range(count))]
    fs = [work("f", "m"), *(work(f"f{i}", f"t{i}") for i in range(count))]
    return {"team": teams, "function": fs, "handoff": [handoff(*ends) for ends in hands(count)]}


def hands(count: int) -> list[tuple[str, str]]:
    """To and from f in turn."""
    return [("f", f"f{i}") if i % 2 else (f"f{i}", "f") for i in range(count)]


def skilled(*people: Entry, level: int = 2) -> Small:
    """A function that needs the skill at a level, performed by these."""
    performing = [seat(f"p{i}", "m", functions={"f": 1}) | keys for i, keys in enumerate(people)]
    return {"team": [team("m")], "function": [work("f", "m", skills={"s": level})], "person": performing}


def asking(teams: str, liaison: str = "") -> Small:
    """These teams send the department a request."""
    requests = [{"from": t, "to": "d", "topic": t} for t in teams]
    department = {"id": "d"} | ({"liaison": liaison} if liaison else {})
    return {"team": TWO, "department": [department, {"id": "e"}], "request": requests}


def linked(*ends: str, **keys: Any) -> Small:
    """One knowledge link; seat q is closed."""
    people = [seat("p", "a"), seat("q", "a", state="closed"), seat("r", "b", state="closed")]
    return {"team": TWO, "person": people, "share": [link(*ends, **keys)]}


def busy(shares: dict[str, float], **keys: Any) -> Small:
    """One person with these shares; functions f0 to f3 of four teams, g of none."""
    teams = [team("m"), *(team(f"t{i}", "m") for i in range(4))]
    fs = [work("g"), *(work(f"f{i}", f"t{i}") for i in range(4))]
    return {"team": teams, "function": fs, "person": [seat("p", "m", functions=shares, **keys)]}


def span(count: int, **keys: Any) -> Small:
    """The lead of team a, who sits there, and so many members; h leads the root."""
    lead = team("a", "m", lead="l", **keys)
    members = [seat(f"p{i}", "a", state="vacant") for i in range(count)]
    return {"team": [team("m", lead="h"), lead], "person": [seat("h", "m"), seat("l", "a"), *members]}


def alike(a: str, b: str) -> Small:
    """Two functions with the same needs in these teams; x is a focus team."""
    teams = [*TWO, team("x", "m", focus=FOCUS)]
    return {"team": teams, "function": [work("f", a, skills={"s": 3}), work("g", b, skills={"s": 3})]}


def heir(**keys: Any) -> Small:
    """A holder of the skill a function needs, and another seat."""
    people = [seat("p", "m", skills={"s": 3}), seat("q", "m", **keys)]
    return {"team": [team("m")], "function": [work("f", "m", skills={"s": 3})], "person": people}


def led(*by_p: str, **focus: Any) -> Small:
    """Team x below b; p sits in the root and leads these teams."""
    parents = {"m": None, "a": "m", "b": "m", "x": "b"}
    keys: dict[str, dict[str, Any]] = {t: {"lead": "p"} for t in by_p} | {"x": {"lead": "p"} | focus}
    return {"team": [team(t, up, **keys.get(t, {})) for t, up in parents.items()], "person": [seat("p", "m")]}


def relay(start: str, end: str) -> Small:
    """Stages 1, 2, 3 served by f of team a, g of b, h of a; e of b serves none."""
    fs = [
        work("f", "a", stages=["1"]),
        work("g", "b", stages=["2"]),
        work("h", "a", stages=["3"]),
        work("e", "b"),
    ]
    return {"team": TWO, "stage": stages("1", "2", "3"), "function": fs, "handoff": [handoff(start, end)]}


def mission(*on: str, **keys: Any) -> Small:
    """A mission; p and q sit in a, r in b, the closed seat c in b too."""
    people = [seat("p", "a"), seat("q", "a"), seat("r", "b"), seat("c", "b", state="closed")]
    return {
        "team": TWO,
        "person": people,
        "goal": [{"id": "g"}],
        "mission": [{"id": "x", "people": list(on)} | keys],
    }


MEASURED: dict[str, Any] = {"metric": "MQL", "target": 0}
LED_TWICE = [team("m"), team("a", "m", lead="p"), team("b", "m", lead="p")]
CASES: list[tuple[str, Small, list[str]]] = [
    ("P103", tracked("f", "h"), ["function:f function:h"]),
    ("P103", tracked("f", "h", tracked=True), []),
    ("P103", tracked("f", "g"), []),
    ("P103", tracked("f", "department:d"), ["function:f department:d"]),
    ("P103", tracked("department:d", "f", tracked=True), []),
    ("P104", serving(5), ["stage:1"]),
    ("P104", serving(4), []),
    ("P106", straddling("xyz"), ["team:a"]),
    ("P106", straddling("xyx"), []),
    ("P106", straddling("xyz", focus=FOCUS), []),
    ("P102", relay("f", "g"), ["stage:2 stage:3"]),
    ("P102", relay("f", "e"), ["stage:1 stage:2", "stage:2 stage:3"]),
    ("P102", relay("e", "g"), ["stage:1 stage:2", "stage:2 stage:3"]),
    ("P102", {"team": TWO, "stage": stages("1", "2"), "function": [work("f", "a", stages=["1"])]}, []),
    ("P107", relay("h", "g"), []),
    ("P107", relay("f", "e"), ["team:a stage:2"]),
    ("P107", relay("e", "h"), ["team:a stage:2"]),
    ("P107", relay("e", "g"), ["team:a stage:2"]),
    ("P201", alike("a", "b"), ["function:f function:g"]),
    ("P201", alike("a", "a"), []),
    ("P201", alike("a", "x"), []),
    ("P201", alike("x", "m"), []),
    ("P202", kept("a", "b"), ["function:f function:g"]),
    ("P202", kept("m", "a", "content", "pr"), ["function:f function:g"]),
    ("P202", kept("a", "b", "brand", "pr"), []),
    ("P202", kept("a", "c"), []),
    ("P202", kept("a", "x"), []),
    ("P202", kept("x", "a"), []),
    ("P203", crowd(2), ["team:a"]),
    ("P203", crowd(3, state="planned"), []),
    ("P203", crowd(1, state="closed"), []),
    ("P205", straddling("xxxxxx"), ["team:a"]),
    ("P205", straddling("xxxxx"), []),
    ("P206", scarce(2, 2), ["skill:s team:t0", "skill:s team:t1"]),
    ("P206", scarce(3, 2), []),
    ("P206", scarce(0, 2), []),
    ("P206", scarce(2, 1), []),
    ("P207", crowd(10), ["team:a"]),
    ("P207", crowd(9), []),
    ("P301", buried(breakthrough=True, difficulty=4), ["function:f"]),
    ("P301", buried(breakthrough=True, difficulty=3), []),
    ("P301", buried(state="new"), []),
    ("P302", focused("a"), ["team:x"]),
    ("P302", focused("m"), []),
    ("P303", {"team": [team("m"), *(team(t, "m", focus=FOCUS) for t in "abc")]}, [""]),
    ("P303", {"team": [team("m"), *(team(t, "m", focus=FOCUS) for t in "ab")]}, []),
    ("P304", focused(), []),
    ("P304", focused(review_on=YESTERDAY), ["team:x"]),
    ("P304", focused(exit="\t "), ["team:x"]),
    ("P304", focused(review_on=None), ["team:x"]),
    ("P305", focused(), ["team:x"]),
    ("P306", focused(others=1), ["team:x"]),
    ("P306", focused(), []),
    ("P307", staffed(0.5, 0.49, breakthrough=True), ["function:f"]),
    ("P307", staffed(0.5, 0.5, breakthrough=True), []),
    ("P307", staffed(0.5), []),
    ("P307", staffed(breakthrough=True), []),
    ("P308", focused(at="a"), ["team:x"]),
    ("P308", focused(), []),
    ("P403", handing("a", "b", {"m": ["x"]}), ["team:a team:b"]),
    ("P403", handing("b", "a", {"a": ["x"], "b": ["y"]}), ["team:a team:b"]),
    ("P403", handing("a", "b", {"a": ["x", "y"], "b": ["y"]}), []),
    ("P403", handing("a", "m", {}), []),
    ("P404", goal("a", core=True), ["goal:g"]),
    ("P404", goal("ab", core=True), []),
    ("P404", goal("a"), []),
    ("P405", goal("a"), []),
    ("P405", goal("ab"), ["goal:g"]),
    ("P405", goal("a", core=True, review="weekly"), ["goal:g"]),
    ("P405", goal("a", core=True, evaluated=True), ["goal:g"]),
    ("P405", goal("a", core=True, evaluated=True, review="weekly"), []),
    ("P406", numbered_goals(6), ["team:m"]),
    ("P406", numbered_goals(5), []),
    ("P407", goal(**MEASURED), []),
    ("P407", goal(metric=" ", target=1), ["goal:g"]),
    ("P407", goal(metric="MQL"), ["goal:g"]),
    ("C101", leaves(5, 3, 9), [""]),
    ("C101", leaves(5, 4), []),
    ("C101", leaves(4, 3, 1), []),
    ("C102", handing("a", "b", {}), []),
    ("C102", hub(1) | {"handoff": [handoff("f", "f0"), handoff("f0", "f")]}, ["team:m team:t0"]),
    ("C103", hub(6), ["team:m"]),
    ("C103", hub(5), []),
    ("C203", heir(skills={"s": 1}), ["skill:s person:p"]),
    ("C203", heir(skills={"s": 2}), []),
    ("C203", heir(skills={"s": 3}), []),
    ("C204", skilled({"skills": {"s": 1}}), ["function:f skill:s"]),
    ("C204", skilled({"skills": {"s": 2}}), []),
    ("C204", skilled({"skills": {"t": 1}}, {"learning": ["s"]}), []),
    ("C204", skilled({"skills": {"t": 1}}, {}), ["function:f skill:s"]),
    ("C204", skilled({}), []),
    ("C204", skilled({"skills": {"t": 1}}, level=0), []),
    ("C206", linked("team:a", "team:b"), ["share:team:a>team:b>seo"]),
    ("C206", linked("person:p", "team:b", every="weekly", until=TODAY), []),
    ("C206", linked("person:p", "team:b", every="weekly", until=YESTERDAY), ["share:person:p>team:b>seo"]),
    ("C206", linked("person:q", "team:b"), []),
    ("C206", linked("team:a", "person:r"), []),
    ("C302", asking("abm"), ["department:d"]),
    ("C302", asking("ab"), []),
    ("C302", asking("abm", "a"), []),
    ("C303", asking("ab", "a"), ["department:d team:b"]),
    ("C303", asking("a", "a"), []),
    ("C303", asking("ab"), []),
    ("S102", goal(), ["goal:g"]),
    ("S102", goal(pillar="p"), []),
    ("S202", staffed(0), ["function:f"]),
    ("S202", staffed(0.01), []),
    ("S202", staffed(1, state="vacant"), ["function:f"]),
    ("S203", {"team": [team("m")], "person": [seat("p", "m"), seat("v", "m", state="vacant")]}, ["person:p"]),
    ("S203", {"team": [team("m", lead="p")], "person": [seat("p", "m")]}, []),
    ("S203", staffed(0.5), []),
    ("S205", busy({"f0": 0.5, "f1": 0.51}), ["person:p"]),
    ("S205", busy({"f0": 0.5, "f1": 0.5}), []),
    ("S205", busy({"f0": 0.5}, fte=0.4, state="planned"), []),
    ("S206", busy({"f0": 0.2, "f1": 0.2, "f2": 0.2}), ["person:p"]),
    ("S206", busy({"f0": 0.2, "f1": 0.2, "f2": 0, "g": 0.2}), []),
    ("S206", busy({"f0": 0.19}), ["person:p"]),
    ("S301", {"team": TWO, "person": [seat("p", "m")]}, ["team:m"]),
    ("S302", span(9), ["person:l"]),
    ("S302", span(8), []),
    ("S303", span(1), ["person:h", "person:l"]),
    ("S303", span(2), ["person:h"]),
    ("S303", span(1, focus=FOCUS), ["person:h"]),
    ("S305", {"team": [*TWO[:2], team("b", "a", lead="p")], "person": [seat("p", "m")]}, ["team:b person:p"]),
    ("S305", {"team": [*TWO[:2], team("b", "a", lead="p")], "person": [seat("p", "a")]}, []),
    ("S305", {"team": [team("m", lead="p"), TWO[1]], "person": [seat("p", "a")]}, ["team:m person:p"]),
    ("S305", led("m", focus=FOCUS), []),
    ("S305", led("m"), ["team:x person:p"]),
    ("S305", led(focus=FOCUS), ["team:x person:p"]),
    ("S306", led("m", "b"), []),
    ("S306", led("b", "a"), ["person:p"]),
    ("S306", {"team": LED_TWICE, "person": [seat("p", "a")]}, ["person:p"]),
    ("S403", staffed(0.39, fte_needed=0.5), ["function:f"]),
    ("S403", staffed(0.4, fte_needed=0.5), []),
    ("S403", staffed(0.4), []),
    ("S403", staffed(fte_needed=0.5), []),
    ("S501", {"team": [team("m"), team("a", "m")], "person": [seat("p", "m")]}, ["team:m"]),
    ("S501", {"team": [team("m", review="weekly"), team("a", "m")], "person": [seat("p", "m")]}, []),
    ("A202", mission(lead="p", goal="g", until=TODAY), []),
    ("A202", mission(lead="p", goal="g"), []),
    ("A202", mission(lead="p", goal="g", until=YESTERDAY), ["mission:x"]),
    ("A202", mission(lead="c", goal="g"), ["mission:x"]),
    ("A202", mission(goal="g"), ["mission:x"]),
    ("A202", mission(lead="p"), ["mission:x"]),
    ("A301", crowd(3), ["team:a"]),
    ("A301", crowd(2), []),
    ("A301", crowd(3, state="vacant"), []),
    ("A301", crowd(3, learning=["s"]), []),
    ("A302", mission("p", lead="q"), ["mission:x"]),
    ("A302", mission("p", "c", lead="q"), ["mission:x"]),
    ("A302", mission("p", "r"), []),
    ("A302", mission("p", lead="r"), []),
    ("A302", mission("c"), []),
]  # fmt: skip


@pytest.mark.parametrize(("code", "tables", "expected"), CASES)
def test_a_rule_speaks_beyond_its_limit_and_not_within_it(
    code: str, tables: Small, expected: list[str]
) -> None:
    assert subjects(code, document(**tables)) == expected


def test_the_organisation_itself() -> None:
    organisation = document(team=[team("m")], goal=[{"id": "g", "pillar": "p"}])
    about = organisation["organization"]
    about |= {
        "vision": "  ",
        "review_on": YESTERDAY,
        "pillars": [{"id": "p", "name": "P"}, {"id": "q", "name": "Q"}],
    }
    assert [subjects(code, organisation) for code in ("P401", "A101", "S101")] == [[""], [""], ["pillar:q"]]
    about |= {"vision": "First", "review_on": TODAY}
    assert [subjects(code, organisation) for code in ("P401", "A101")] == [[], []]


@pytest.mark.parametrize(
    ("headcount", "depth", "too_deep"),
    [
        (20, 3, False),
        (20, 4, True),
        (21, 4, False),
        (150, 5, True),
        (151, 5, False),
        (1500, 7, True),
        (1501, 7, False),
        (1501, 9, True),
    ],
)
def test_the_layers_an_organisation_bears_grow_with_headcount(
    headcount: int, depth: int, too_deep: bool
) -> None:
    chain = [team(f"t{i}", f"t{i - 1}" if i else None, lead=f"l{i}") for i in range(depth)]
    leads = [seat(f"l{i}", f"t{i}") for i in range(depth)]
    rest = [seat(f"p{i}", "t0") for i in range(headcount - depth)]
    assert subjects("S304", document(team=chain, person=leads + rest)) == ([""] if too_deep else [])


def test_areas_need_ten_people_and_two_divisions_that_hold_something() -> None:
    tables = {"area": [{"id": "x"}], "goal": [{"id": "g"}]}
    ten = [seat(f"p{i}", "a", state="vacant") for i in range(10)]
    assert dict(naive_check(document(team=TWO, person=ten[1:], **tables)).asleep)["P105"] == "headcount"
    asleep = dict(naive_check(document(team=TWO, person=ten, **tables)).asleep)
    assert "P105" not in asleep
    assert asleep["P402"] == "divisions"
    held = document(team=TWO, person=ten, function=[work("f", "b")], **tables)
    assert "P402" not in dict(naive_check(held).asleep)

"""S and A: the five parts of an organisation, and the practices. Each rule yields the subjects of its
findings."""

from fractions import Fraction
from itertools import combinations

from .definitions import (
    Entry,
    Org,
    above,
    all_seats,
    below,
    deepest_layer,
    exact,
    filled_lead,
    filled_seats,
    fte,
    function,
    functions,
    head,
    is_filled,
    is_focus,
    is_open,
    is_working,
    lead,
    led_by,
    open_seats,
    owned_functions,
    owner,
    parent,
    people,
    performed_by,
    performers,
    person,
    reports_that_count,
    said,
    seats,
    share_of,
    sits_in,
    staffing,
    team,
    teams,
)
from .naive_p import Found
from .relations import (
    is_over,
    mission_members,
)


def s101(org: Org) -> Found:
    """no goal serves it"""
    for pillar in org.organization.get("pillars", []):
        if not any(said(goal, "pillar") == pillar["id"] for goal in org.entries("goal")):
            yield (f"pillar:{pillar['id']}",)


def s102(org: Org) -> Found:
    """the goal names no pillar"""
    for goal in org.entries("goal"):
        if not said(goal, "pillar"):
            yield (f"goal:{goal['id']}",)


def s201(org: Org) -> Found:
    """no team"""
    for f in functions(org):
        if owner(org, f) is None:
            yield (f"function:{f}",)


def s202(org: Org) -> Found:
    """nobody performs it"""
    for f in functions(org):
        if not performers(org, f):
            yield (f"function:{f}",)


def s203(org: Org) -> Found:
    """a filled seat, no assistant, that leads nothing and performs nothing"""
    for p in filled_seats(org):
        if not person(org, p).get("assistant", False) and not led_by(org, p) and not performed_by(org, p):
            yield (f"person:{p}",)


def s204(org: Org) -> Found:
    """a performer other than the team's lead sits neither in f.team nor above nor below it, nor in any
    focus team itself, and is on no open mission with that lead"""
    for f in owned_functions(org):
        t = owner(org, f)
        if t is None:
            continue
        near = {t, *above(org, t), *below(org, t)}
        for p in performers(org, f):
            home = sits_in(org, p)
            if (
                p != lead(org, t)
                and home not in near
                and not is_focus(org, home)
                and not on_mission(org, p, lead(org, t))
            ):
                yield (f"function:{f}",)


def on_mission(org: Org, p: str, q: str | None) -> bool:
    """Whether both are on one mission that is open today."""
    open_missions = [mission for mission in org.entries("mission") if not is_over(org, mission)]
    return any({p, q} <= set(mission_members(org, mission)) for mission in open_missions)


def s205(org: Org) -> Found:
    """a filled seat whose shares add up to more than its fte"""
    for p in filled_seats(org):
        if sum((share_of(org, p, f) for f in performed_by(org, p)), Fraction(0)) > fte(org, p):
            yield (f"person:{p}",)


def s206(org: Org) -> Found:
    """a filled seat performs functions of more than `max_teams` teams, or has a share above 0 and under
    `min_share`"""
    for p in filled_seats(org):
        served = {owner(org, f) for f in performed_by(org, p)} - {None}
        least = exact(org.parameters["S206"]["min_share"])
        slivers = [f for f in performed_by(org, p) if share_of(org, p, f) < least]
        if len(served) > org.parameters["S206"]["max_teams"] or slivers:
            yield (f"person:{p}",)


def s301(org: Org) -> Found:
    """open seats in seats*(t) and no filled lead"""
    for t in teams(org):
        if all_seats(org, t) and filled_lead(org, t) is None:
            yield (f"team:{t}",)


def s302(org: Org) -> Found:
    """more than `max` reports that count"""
    for p, managed in reports_that_count(org).items():
        if len(managed) > org.parameters["S302"]["max"]:
            yield (f"person:{p}",)


def s303(org: Org) -> Found:
    """leads a team but no focus team, and has 1 to `min`-1 reports that count"""
    for p, managed in reports_that_count(org).items():
        few = 1 <= len(managed) <= org.parameters["S303"]["min"] - 1
        if few and led_by(org, p) and not any(is_focus(org, t) for t in led_by(org, p)):
            yield (f"person:{p}",)


def s304(org: Org) -> Found:
    """the deepest layer exceeds `max`; unset: by headcount, up to 20: 3, up to 150: 4, up to 1,500: 6,
    above: 8"""
    headcount = len(open_seats(org))
    by_headcount = 3 if headcount <= 20 else 4 if headcount <= 150 else 6 if headcount <= 1500 else 8
    limit = org.parameters["S304"]["max"]
    if deepest_layer(org) > (by_headcount if limit is None else limit):
        yield ()


def s305(org: Org) -> Found:
    """the lead sits neither in t nor in t's parent, and t is not a focus team led by the head"""
    for t in teams(org):
        p = lead(org, t)
        if p is None or sits_in(org, p) in (t, parent(org, t)):
            continue
        if not (is_focus(org, t) and p == head(org)):
            yield f"team:{t}", f"person:{p}"


def s306(org: Org) -> Found:
    """leads two teams of which neither is above the other"""
    for p in people(org):
        pairs = combinations(led_by(org, p), 2)
        if any(a not in above(org, b) and b not in above(org, a) for a, b in pairs):
            yield (f"person:{p}",)


def s307(org: Org) -> Found:
    """`acting_until` is before today"""
    for t in teams(org):
        if "acting_until" in team(org, t) and team(org, t)["acting_until"] < org.today:
            yield (f"team:{t}",)


def s401(org: Org) -> Found:
    """pay of the open seats*(t) exceeds pay_budget"""
    for t in teams(org):
        budget = team(org, t).get("pay_budget")
        if budget is not None and pay_of(org, all_seats(org, t)) > exact(budget):
            yield (f"team:{t}",)


def pay_of(org: Org, ps: list[str]) -> Fraction:
    """Who is missing costs 0."""
    return sum((exact((org.pay or {}).get(p, 0)) for p in ps), Fraction(0))


def s402(org: Org) -> Found:
    """two different tools of one purpose in two teams"""
    held = [(t, tool) for t in teams(org) for tool in team(org, t).get("tools", [])]
    for (a, x), (b, y) in combinations(held, 2):
        purpose = said(org.by_id["tool"][x], "purpose")
        if a != b and x != y and purpose and purpose == said(org.by_id["tool"][y], "purpose"):
            yield (f"purpose:{purpose}",)


def s403(org: Org) -> Found:
    """performed, and shares sum to less than `least` × fte_needed"""
    for f in functions(org):
        needed = function(org, f).get("fte_needed")
        if needed is None or not performers(org, f):
            continue
        if staffing(org, f) < exact(org.parameters["S403"]["least"]) * exact(needed):
            yield (f"function:{f}",)


def s501(org: Org) -> Found:
    """a working team without review"""
    for t in teams(org):
        if is_working(org, t) and not said(team(org, t), "review"):
            yield (f"team:{t}",)


def a101(org: Org) -> Found:
    """organization.review_on missing or before today"""
    review_on = org.organization.get("review_on")
    if review_on is None or review_on < org.today:
        yield ()


def a202(org: Org) -> Found:
    """no lead, no goal, or until before today"""
    for mission in org.entries("mission"):
        if not has_lead(org, mission) or not said(mission, "goal") or is_over(org, mission):
            yield (f"mission:{mission['id']}",)


def has_lead(org: Org, mission: Entry) -> bool:
    """A mission's closed lead is no lead."""
    p = said(mission, "lead")
    return p is not None and is_open(org, p)


def a301(org: Org) -> Found:
    """at least `min_size` filled seats in t itself and none learning"""
    for t in teams(org):
        filled = [p for p in seats(org, t) if is_filled(org, p)]
        nobody = not any(person(org, p).get("learning") for p in filled)
        if len(filled) >= org.parameters["A301"]["min_size"] and nobody:
            yield (f"team:{t}",)


def a302(org: Org) -> Found:
    """its people and lead (open seats) all sit in one team"""
    for mission in org.entries("mission"):
        if len({sits_in(org, p) for p in mission_members(org, mission)}) == 1:
            yield (f"mission:{mission['id']}",)

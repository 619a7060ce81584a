"""P: the four principles. Each rule yields the subjects of its findings."""

from collections.abc import Iterator
from itertools import combinations, pairwise

from .definitions import (
    Org,
    above,
    all_seats,
    all_work,
    covers,
    division,
    divisions,
    exact,
    filled_lead,
    filled_seats,
    focus_function,
    focus_teams,
    function,
    functions,
    goals,
    head,
    holding_divisions,
    inherited_goals,
    is_focus,
    is_shared,
    is_working,
    led_by,
    level_of,
    owned_functions,
    owner,
    parent,
    performed_by,
    performers,
    required,
    root,
    said,
    seats,
    similarity,
    sits_in,
    staffing,
    team,
    teams,
    teams_below_root,
    work,
)
from .relations import (
    are_kin,
    borders,
    counted_divisions,
    handoffs,
    home_area,
    is_department,
    is_served,
    serves,
    sharing,
    stage_ends,
    stage_owner,
    stages,
    team_handoffs,
)

Found = Iterator[tuple[str, ...]]


def p101(org: Org) -> Found:
    """no owner, and no function with a team serves it"""
    for s in stages(org):
        if not is_served(org, s):
            yield (f"stage:{s}",)


def p102(org: Org) -> Found:
    """both served; not both owned; nothing joins them: no function with a team serves both, and no handoff
    runs from a function that serves the first (or the department that owns it) to one that serves the
    second (or its owner)"""
    for s, after in pairwise(stages(org)):
        both_owned = stage_owner(org, s) and stage_owner(org, after)
        if not (is_served(org, s) and is_served(org, after)) or both_owned:
            continue
        one_serves_both = any(serves(org, f, s) and serves(org, f, after) for f in functions(org))
        handed_over = any(
            handoff["from"] in stage_ends(org, s) and handoff["to"] in stage_ends(org, after)
            for handoff in handoffs(org)
        )
        if not one_serves_both and not handed_over:
            yield f"stage:{s}", f"stage:{after}"


def p103(org: Org) -> Found:
    """a handoff between different teams, or to or from a department, is not tracked"""
    for handoff in handoffs(org):
        ends = (handoff["from"], handoff["to"])
        outside = any(is_department(end) for end in ends)
        if not handoff.get("tracked", False) and (outside or owner(org, ends[0]) != owner(org, ends[1])):
            yield tuple(end if is_department(end) else f"function:{end}" for end in ends)


def p104(org: Org) -> Found:
    """functions of more than `max_divisions` divisions serve it; functions of focus teams and of the root not
    counted, a team below a focus team counts for its division"""
    for s in stages(org):
        serving = [f for f in functions(org) if serves(org, f, s)]
        if len(counted_divisions(org, serving)) > org.parameters["P104"]["max_divisions"]:
            yield (f"stage:{s}",)


def p105(org: Org) -> Found:
    """its functions sit in more than one division; functions of focus teams and of the root not counted, a
    team below a focus team counts for its division"""
    for area in org.by_id["area"]:
        members = [f for f in functions(org) if said(function(org, f), "area") == area]
        if len(counted_divisions(org, members)) > 1:
            yield (f"area:{area}",)


def p106(org: Org) -> Found:
    """a division that is no focus team has work* in more than `max_areas` areas"""
    for d in divisions(org):
        areas = {said(function(org, f), "area") for f in all_work(org, d)} - {None}
        if not is_focus(org, d) and len(areas) > org.parameters["P106"]["max_areas"]:
            yield (f"team:{d}",)


def p107(org: Org) -> Found:
    """a team below the root, no focus team: the stage lies between two that work*(t) serves, work*(t) does
    not serve it, others do (or a department owns it), and no handoff runs either way between work*(t)
    and a function that serves it (or its owner)"""
    order = stages(org)
    for t in teams_below_root(org):
        own = set(all_work(org, t))
        touched = [any(serves(org, f, s) for f in own) for s in order]
        for i, s in enumerate(order):
            between = any(touched[:i]) and any(touched[i + 1 :])
            if is_focus(org, t) or not between or touched[i] or not is_served(org, s):
                continue
            there = stage_ends(org, s)
            joined = any(
                (handoff["from"] in own and handoff["to"] in there)
                or (handoff["from"] in there and handoff["to"] in own)
                for handoff in handoffs(org)
            )
            if not joined:
                yield f"team:{t}", f"stage:{s}"


def p108(org: Org) -> Found:
    """the cheapest way crosses more than `max_borders` team borders. Silent if no way exists"""
    crossed = borders(org)
    if crossed is not None and crossed > org.parameters["P108"]["max_borders"]:
        yield ()


def p201(org: Org) -> Found:
    """different teams, neither a focus team, similarity ≥ `similarity`; within one division only if
    seats(t) of both together number at most `max_size` of P207"""
    for f, g in combinations(sorted(owned_functions(org)), 2):
        a, b = owner(org, f), owner(org, g)
        if a is None or b is None or a == b or is_focus(org, a) or is_focus(org, b):
            continue
        if similarity(org, f, g) < exact(org.parameters["P201"]["similarity"]):
            continue
        one_division = division(org, a) is not None and division(org, a) == division(org, b)
        too_big = len(seats(org, a)) + len(seats(org, b)) > org.parameters["P207"]["max_size"]
        if not (one_division and too_big):
            yield f"function:{f}", f"function:{g}"


def p202(org: Org) -> Found:
    """kinds listed as a pair in `keep_together`, different divisions (the root counts as one of its own),
    neither in a focus team"""
    pairs = [set(pair) for pair in org.parameters["P202"]["keep_together"]]
    for f, g in combinations(sorted(owned_functions(org)), 2):
        a, b = owner(org, f), owner(org, g)
        if a is None or b is None or is_focus(org, a) or is_focus(org, b):
            continue
        kinds = {said(function(org, f), "kind"), said(function(org, g), "kind")}
        if kinds in pairs and division(org, a) != division(org, b):
            yield f"function:{f}", f"function:{g}"


def p203(org: Org) -> Found:
    """a working team below the root, no focus team, fewer than `min_size` open seats in seats*(t)"""
    for t in teams_below_root(org):
        thin = len(all_seats(org, t)) < org.parameters["P203"]["min_size"]
        if is_working(org, t) and not is_focus(org, t) and thin:
            yield (f"team:{t}",)


def p204(org: Org) -> Found:
    """t has a filled lead, f in work(t), not covers(lead, f), and t is no focus team led by the head"""
    for t in teams(org):
        p = filled_lead(org, t)
        if p is None or (is_focus(org, t) and p == head(org)):
            continue
        for f in work(org, t):
            if not covers(org, p, f):
                yield f"team:{t}", f"function:{f}"


def p205(org: Org) -> Found:
    """more than `max_functions` functions in work(t)"""
    for t in teams(org):
        if len(work(org, t)) > org.parameters["P205"]["max_functions"]:
            yield (f"team:{t}",)


def p206(org: Org) -> Found:
    """teams with functions that need the skill number at least two; filled holders at level ≥ 3 number 1
    to `scarce` and sit in one team h; t ≠ h needs it; no live link between h and t has the skill's id
    as topic"""
    for skill in sorted({skill for f in functions(org) for skill in required(org, f)}):
        needing = [t for t in teams(org) if any(skill in required(org, f) for f in work(org, t))]
        holders = [p for p in filled_seats(org) if level_of(org, p, skill) >= 3]
        homes = {sits_in(org, p) for p in holders}
        if len(needing) < 2 or len(holders) > org.parameters["P206"]["scarce"] or len(homes) != 1:
            continue
        (h,) = homes
        for t in needing:
            if t != h and not sharing(org, h, t, skill):
                yield f"skill:{skill}", f"team:{t}"


def p207(org: Org) -> Found:
    """more than `max_size` open seats in seats(t)"""
    for t in teams(org):
        if len(seats(org, t)) > org.parameters["P207"]["max_size"]:
            yield (f"team:{t}",)


def p208(org: Org) -> Found:
    """no team on the way from f.team up to its division d, both included, is a focus team; d has a home area,
    f has another one, which is the home area of another division that is no focus team; no other function of
    work*(d) is kin to f"""
    for f in owned_functions(org):
        t = owner(org, f)
        d = None if t is None else division(org, t)
        if t is None or d is None or any(is_focus(org, u) for u in (t, *above(org, t))):
            continue
        area, home = said(function(org, f), "area"), home_area(org, d)
        others = [other for other in divisions(org) if other != d and not is_focus(org, other)]
        elsewhere = area is not None and any(home_area(org, other) == area for other in others)
        if home is None or area == home or not elsewhere:
            continue
        if not any(are_kin(org, f, g) for g in all_work(org, d) if g != f):
            yield f"function:{f}", f"team:{d}"


def p301(org: Org) -> Found:
    """breakthrough, has a team, state new or difficulty ≥ `hard`, its team is no focus team on it, and that
    team's lead is missing or does not cover it"""
    for f in owned_functions(org):
        entry, t = function(org, f), owner(org, f)
        tough = entry.get("state") == "new" or entry.get("difficulty", 1) >= org.parameters["P301"]["hard"]
        if t is None or not entry.get("breakthrough", False) or not tough or focus_function(org, t) == f:
            continue
        p = filled_lead(org, t)
        if p is None or not covers(org, p, f):
            yield (f"function:{f}",)


def p302(org: Org) -> Found:
    """a focus team whose parent is not the root"""
    for t in focus_teams(org):
        if parent(org, t) != root(org):
            yield (f"team:{t}",)


def p303(org: Org) -> Found:
    """more than `max` focus teams"""
    if len(focus_teams(org)) > org.parameters["P303"]["max"]:
        yield ()


def p304(org: Org) -> Found:
    """a focus team without review_on or exit, or whose review_on is before today"""
    for t in focus_teams(org):
        focus = team(org, t)["focus"]
        review_on = focus.get("review_on")
        if review_on is None or not said(focus, "exit") or review_on < org.today:
            yield (f"team:{t}",)


def p305(org: Org) -> Found:
    """a focus team without filled lead, or whose lead leads another team other than the root, or performs a
    function outside work(t) while not being the head"""
    for t in focus_teams(org):
        p = filled_lead(org, t)
        if p is None:
            yield (f"team:{t}",)
            continue
        leads_more = bool(set(led_by(org, p)) - {t, root(org)})
        works_elsewhere = bool(set(performed_by(org, p)) - set(work(org, t)))
        if leads_more or (works_elsewhere and p != head(org)):
            yield (f"team:{t}",)


def p306(org: Org) -> Found:
    """work(t) of a focus team has a function other than its focus"""
    for t in focus_teams(org):
        if set(work(org, t)) - {focus_function(org, t)}:
            yield (f"team:{t}",)


def p307(org: Org) -> Found:
    """breakthrough; performed, but with shares summing to less than `min_fte`"""
    for f in functions(org):
        little = staffing(org, f) < exact(org.parameters["P307"]["min_fte"])
        if function(org, f).get("breakthrough", False) and performers(org, f) and little:
            yield (f"function:{f}",)


def p308(org: Org) -> Found:
    """the focus function is not in work(t)"""
    for t in focus_teams(org):
        if focus_function(org, t) not in work(org, t):
            yield (f"team:{t}",)


def p401(org: Org) -> Found:
    """the vision is empty"""
    if not said(org.organization, "vision"):
        yield ()


def p402(org: Org) -> Found:
    """a working team below the root, goals*(t) holds no shared goal"""
    for t in teams_below_root(org):
        if is_working(org, t) and not any(is_shared(org, goal) for goal in inherited_goals(org, t)):
            yield (f"team:{t}",)


def p403(org: Org) -> Found:
    """a handoff runs between their functions, neither is the root, goals* have nothing in common"""
    for a, b in {(min(pair), max(pair)) for pair in team_handoffs(org)}:
        if root(org) not in (a, b) and not inherited_goals(org, a) & inherited_goals(org, b):
            yield f"team:{a}", f"team:{b}"


def p404(org: Org) -> Found:
    """core, and fewer than two divisions hold it"""
    for goal in org.entries("goal"):
        if goal.get("core", False) and len(holding_divisions(org, goal["id"])) < 2:
            yield (f"goal:{goal['id']}",)


def p405(org: Org) -> Found:
    """core or shared, and without review or not evaluated"""
    for goal in org.entries("goal"):
        matters = goal.get("core", False) or is_shared(org, goal["id"])
        if matters and not (said(goal, "review") and goal.get("evaluated", False)):
            yield (f"goal:{goal['id']}",)


def p406(org: Org) -> Found:
    """more than `max` goals on t itself"""
    for t in teams(org):
        if len(goals(org, t)) > org.parameters["P406"]["max"]:
            yield (f"team:{t}",)


def p407(org: Org) -> Found:
    """metric or target missing"""
    for goal in org.entries("goal"):
        if not said(goal, "metric") or goal.get("target") is None:
            yield (f"goal:{goal['id']}",)

"""The size of a finding: how much is wrong, a whole number of at least 1, by rule; 1 for all others.

A201 is left out: it judges a plan.
"""

from collections.abc import Callable
from math import ceil, floor

from .definitions import (
    Org,
    all_seats,
    all_work,
    deepest_layer,
    exact,
    focus_teams,
    fte,
    function,
    goals,
    groups,
    open_seats,
    outside_focus,
    owner,
    performed_by,
    reports_that_count,
    said,
    seats,
    share_of,
    staffing,
    work,
)
from .relations import borders, counted_divisions, requesting_teams, serves, team_handoffs

Size = Callable[..., int]


def p104(org: Org, s: str) -> int:
    """divisions over `max_divisions`"""
    serving = [f for f in org.by_id["function"] if serves(org, f, s)]
    return len(counted_divisions(org, serving)) - limit(org, "P104", "max_divisions")


def p105(org: Org, area: str) -> int:
    """divisions − 1"""
    return len(counted_divisions(org, [f for f in org.by_id["function"] if in_area(org, f, area)])) - 1


def p106(org: Org, t: str) -> int:
    """areas over `max_areas`"""
    areas = {said(function(org, f), "area") for f in all_work(org, t)} - {None}
    return len(areas) - limit(org, "P106", "max_areas")


def p108(org: Org) -> int:
    """borders over `max_borders`"""
    return (borders(org) or 0) - limit(org, "P108", "max_borders")


def p203(org: Org, t: str) -> int:
    """seats under `min_size`"""
    return limit(org, "P203", "min_size") - len(all_seats(org, t))


def p205(org: Org, t: str) -> int:
    """functions over `max_functions`"""
    return len(work(org, t)) - limit(org, "P205", "max_functions")


def p207(org: Org, t: str) -> int:
    """seats over `max_size`"""
    return len(seats(org, t)) - limit(org, "P207", "max_size")


def p303(org: Org) -> int:
    """focus teams over `max`"""
    return len(focus_teams(org)) - limit(org, "P303", "max")


def p307(org: Org, f: str) -> int:
    """what is missing, in tenths of a week, rounded up"""
    return ceil(10 * (exact(org.parameters["P307"]["min_fte"]) - staffing(org, f)))


def p406(org: Org, t: str) -> int:
    """goals over `max`"""
    return len(goals(org, t)) - limit(org, "P406", "max")


def c101(org: Org) -> int:
    """teams that count − max(`from_teams`, ⌊seats ÷ `seats_per_team`⌋)"""
    numbers = org.parameters["C101"]
    filled_by = floor(len(outside_focus(org)) / exact(numbers["seats_per_team"]))
    return len(groups(org)) - max(limit(org, "C101", "from_teams"), filled_by)


def c103(org: Org, t: str) -> int:
    """partners over `max`"""
    others = {other for pair in team_handoffs(org) if t in pair for other in pair} - {t}
    return len(others) - limit(org, "C103", "max")


def c302(org: Org, department: str) -> int:
    """teams over `max_teams`"""
    return len(requesting_teams(org, department)) - limit(org, "C302", "max_teams")


def s205(org: Org, p: str) -> int:
    """the excess, in tenths of a week, rounded up"""
    return ceil(10 * (sum(share_of(org, p, f) for f in performed_by(org, p)) - fte(org, p)))


def s206(org: Org, p: str) -> int:
    """teams − `max_teams`, at least 1"""
    served = {owner(org, f) for f in performed_by(org, p)} - {None}
    return max(1, len(served) - limit(org, "S206", "max_teams"))


def s302(org: Org, p: str) -> int:
    """reports over `max`"""
    return len(reports_that_count(org)[p]) - limit(org, "S302", "max")


def s303(org: Org, p: str) -> int:
    """reports under `min`"""
    return limit(org, "S303", "min") - len(reports_that_count(org)[p])


def s304(org: Org) -> int:
    """layers over `max`; unset: by headcount"""
    headcount = len(open_seats(org))
    by_headcount = next((most for upto, most in ((20, 3), (150, 4), (1500, 6)) if headcount <= upto), 8)
    most = org.parameters["S304"]["max"]
    return deepest_layer(org) - (by_headcount if most is None else int(most))


def s403(org: Org, f: str) -> int:
    """what is missing to `least` × fte_needed, in tenths of a week, rounded up"""
    least = exact(org.parameters["S403"]["least"]) * exact(function(org, f)["fte_needed"])
    return ceil(10 * (least - staffing(org, f)))


def in_area(org: Org, f: str, area: str) -> bool:
    return bool(said(function(org, f), "area") == area)


def limit(org: Org, code: str, parameter: str) -> int:
    return int(org.parameters[code][parameter])


SIZES: dict[str, Size] = {
    each.__name__.upper(): each
    for each in (
        *(p104, p105, p106, p108, p203, p205, p207, p303, p307, p406),
        *(c101, c103, c302, s205, s206, s302, s303, s304, s403),
    )
}


def size_of(org: Org, finding: tuple[str, tuple[str, ...]]) -> int:
    """How much is wrong."""
    code, subjects = finding
    sized = SIZES.get(code)
    return 1 if sized is None else sized(org, *(each.partition(":")[2] for each in subjects))

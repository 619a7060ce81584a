"""Home areas: what most of the work of a division is, and where the work of an area is at home."""

from __future__ import annotations

from collections.abc import Mapping

from orgtui.engine.view import Contribution, View, derived, tally
from orgtui.rules.facts.skills import required_skills
from orgtui.rules.facts.teams import depth, division, divisions, is_focus, parent_of


@tally(over="function")
def work_of_divisions(view: View, function: str) -> Contribution:
    """Functions of an area, by division and the area with the steps from the root down to their team; and
    required levels, by division with skill, and the function with the sum of all its required levels."""
    record = view.function(function)
    home = None if record is None or record.team is None else division(view, record.team)
    if record is None or record.team is None or home is None:
        return
    if record.area is not None:
        yield home, (record.area, depth(view, record.team)), 1
    required = required_skills(record)
    member = function, sum(required.values())
    for skill, level in required.items():
        yield (home, skill), member, level


@derived
def none_one_or_more(view: View, place: tuple[str, str]) -> int:
    """How many functions of an area `work*` of a division has, at most 2, by division and area.

    What reads it is evaluated again where the answer changes, not with every function that comes or goes.
    """
    division, area = place
    work = work_of_divisions(view, division)
    return min(2, sum(number for (each, _), number in work.items() if each == area))


@derived
def home_area(view: View, division: str) -> str | None:
    """The area that most functions of `work*` of a division have; None if none of them has an area.

    Ties go to the area of the function nearest the division itself, then to the first in funnel order.
    """
    return main_area(view, work_of_divisions(view, division))


AreaAmounts = Mapping[tuple[str, int], int]
"""Amounts of work, such as functions, by area and the steps from the root down to their team."""


def main_area(view: View, amounts: AreaAmounts) -> str | None:
    """The area with most work; ties go to the one nearest the root, then to the first in funnel order."""
    totals: dict[str, int] = {}
    nearest: dict[str, int] = {}
    for (area, steps), amount in amounts.items():
        totals[area] = totals.get(area, 0) + amount
        nearest[area] = min(steps, nearest.get(area, steps))
    most = max(totals.values(), default=0)
    order = {area: place for place, area in enumerate(view.ids("area"))}
    first = [area for area, total in totals.items() if total == most]
    return min(first, key=lambda area: (nearest[area], order.get(area, len(order)), area), default=None)


@derived
def divisions_at_home(view: View, area: str) -> tuple[str, ...]:
    """The divisions with an area as their home area that are no focus teams, by id."""
    return tuple(
        team for team in divisions(view) if not is_focus(view, team) and home_area(view, team) == area
    )


@derived
def is_in_focus_line(view: View, team: str) -> bool:
    """Whether a team, or one above it up to its division, is a focus team."""
    parent = parent_of(view, team)
    return is_focus(view, team) or (parent is not None and is_in_focus_line(view, parent))

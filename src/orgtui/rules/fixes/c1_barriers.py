"""Fixes for C1: fewer teams that must agree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction
from itertools import combinations

from orgtui.changes.operations.teams import MergeTeams
from orgtui.engine.finding import Finding
from orgtui.engine.view import View
from orgtui.model.sentence import Ref, sentence
from orgtui.rules.catalogue.c1_barriers import Fragmentation
from orgtui.rules.catalogue.p2_like_work import TeamSize
from orgtui.rules.facts.teams import is_focus, is_leaf, parent_of
from orgtui.rules.facts.totals import total
from orgtui.rules.fixes.common import work_similarity
from orgtui.rules.registry import Fix, fixes

MERGES_MAX = 12
"""More mergers than this are no fix but a new structure."""

Circle = tuple[str, ...]
"""Leaf teams under one parent that are to be one: the one that takes the others first."""
Measure = Callable[[View, Circle, Circle], Fraction]


@fixes("C101")
def merge_most_similar(view: View, finding: Finding) -> Iterator[Fix]:
    """The siblings most alike become one until there are few enough: alike in skills, or in areas."""
    options = view.options(Fragmentation)
    enough = max(options.from_teams, total(view, "seats in line") // options.seats_per_team)
    excess = total(view, "leaf teams") - enough
    if excess > MERGES_MAX:
        return
    for measures in ((_skill_similarity, _area_similarity), (_area_similarity, _skill_similarity)):
        circles = _merged(view, excess, measures)
        if circles is not None:
            yield _merger(circles)


def _merged(view: View, excess: int, measures: tuple[Measure, ...]) -> list[Circle] | None:
    """The leaf teams after so many mergers, None if there is nothing left to merge."""
    most = view.options(TeamSize).max_size

    def rank(pair: tuple[Circle, Circle]) -> tuple[object, ...]:
        size = _seats(view, pair[0]) + _seats(view, pair[1])
        return size > most, *(-measure(view, *pair) for measure in measures), size, pair

    beside = _leaf_teams(view)
    ranks = {pair: rank(pair) for circles in beside.values() for pair in combinations(sorted(circles), 2)}
    for _ in range(excess):
        if not ranks:
            return None
        one, other = min(ranks, key=ranks.__getitem__)
        into, gone = (one, other) if _seats(view, one) >= _seats(view, other) else (other, one)
        circles = beside[parent_of(view, into[0])]
        circles -= {one, other}
        ranks = {pair: known for pair, known in ranks.items() if one not in pair and other not in pair}
        pairs = (_in_order(circle, into + gone) for circle in circles)
        ranks |= {pair: rank(pair) for pair in pairs}
        circles.add(into + gone)
    return sorted(circle for circles in beside.values() for circle in circles)


def _in_order(one: Circle, other: Circle) -> tuple[Circle, Circle]:
    return (one, other) if one < other else (other, one)


def _leaf_teams(view: View) -> dict[str | None, set[Circle]]:
    """The leaf teams that are no focus teams, by the team above them."""
    beside: dict[str | None, set[Circle]] = {}
    for team in view.ids("team"):
        if is_leaf(view, team) and not is_focus(view, team):
            beside.setdefault(parent_of(view, team), set()).add((team,))
    return beside


def _seats(view: View, circle: Circle) -> int:
    return sum(view.open_seats(team) for team in circle)


def _functions(view: View, circle: Circle) -> list[str]:
    return [function for team in circle for function in sorted(view.functions_of(team))]


def _skill_similarity(view: View, one: Circle, other: Circle) -> Fraction:
    """How alike the functions of two circles are on average."""
    first, second = _functions(view, one), _functions(view, other)
    return work_similarity(view, first, second) / max(1, len(first) * len(second))


def _area_similarity(view: View, one: Circle, other: Circle) -> Fraction:
    """How many of the pairs of functions of two circles are of one area."""
    first, second = _areas(view, one), _areas(view, other)
    return Fraction(sum(second.count(area) for area in first if area), max(1, len(first) * len(second)))


def _areas(view: View, circle: Circle) -> list[str | None]:
    records = (view.function(function) for function in _functions(view, circle))
    return [record.area for record in records if record is not None]


def _merger(circles: list[Circle]) -> Fix:
    merged = [circle for circle in circles if len(circle) > 1]
    mergers = tuple(
        sentence(
            "{teams} into {into}",
            teams=tuple(Ref.to("team", team) for team in gone),
            into=Ref.to("team", into),
        )
        for into, *gone in merged
    )
    changes = tuple(MergeTeams(team, into) for into, *gone in merged for team in gone)
    return Fix(sentence("Merge {mergers}", mergers=mergers), changes)

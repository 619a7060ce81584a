"""Which plans of an archive are shown: the recommended one, the cheapest, the best, others that differ."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from orgtui.advice.search.archive import Found
from orgtui.advice.search.greedy import CHANGE_PRICE
from orgtui.advice.search.plans import Suggestion
from orgtui.advice.search.sense import ODD_POINTS

FEW = 5
"""So many plans are meant to be compared by people; who wants more wants them all."""


def recommended(found: Iterable[Found], price: float) -> Found | None:
    """The plan that leaves and costs least, a touched person at a price, what is odd counted."""
    return min(found, key=lambda each: (_worth(each, price), each.point), default=None)


def is_worth_it(plan: Suggestion, before: int, price: float) -> bool:
    """Whether a plan brings more than it costs, a touched person at a price; `before` is the penalty now."""
    return plan.penalty + price * plan.cost.touched + CHANGE_PRICE * plan.cost.changes < before


def _worth(found: Found, price: float) -> float:
    cost = price * found.touched + CHANGE_PRICE * len(found.changes) + ODD_POINTS * found.odd
    return found.penalty + cost


def chosen(front: Iterable[Found], most: int, price: float) -> list[Found]:
    """At most so many plans, the best penalty first.

    All that no other one beats, if there are no more. Else the recommended one, the one that touches fewest
    people and the best, then those that differ most; of few, none is so odd that another one is better where
    oddness counts, but the best may be, and none only agrees otherwise or is only shorter than another.
    """
    left = _unbeaten(front)
    are_few = len(left) > most and most <= FEW
    picked: list[Found] = []
    best = recommended(left, price)
    lowest = min(left, key=lambda each: each.point, default=None)
    if are_few:
        left = [each for each in left if not any(_makes_more_sense(other, each) for other in left)]
    fewest = min(left, key=lambda each: (each.touched, each.penalty, each.point), default=None)
    for each in (best, fewest, lowest):
        if each is not None and each not in picked:
            picked.append(each)
    del picked[most:]
    left = [each for each in left if each not in picked]
    while len(picked) < most:
        if are_few:
            left = [each for each in left if _is_another(each, picked)]
        if not left:
            break
        farthest = max(left, key=lambda each: (_distance(each, picked), [-part for part in each.point]))
        picked.append(farthest)
        left.remove(farthest)
    return sorted(picked, key=lambda each: each.point)


def _unbeaten(front: Iterable[Found]) -> list[Found]:
    """The plans that none beats in penalty, people touched and changes; of equal ones the least odd."""
    kept: list[Found] = []
    for each in sorted(front, key=lambda found: (found.point, found.odd)):
        if not any(other.beats(each.point, other.odd) for other in kept):
            kept.append(each)
    return kept


def _makes_more_sense(one: Found, other: Found) -> bool:
    """Whether a plan touches no more people than an odder one, and leaves no more where oddness counts."""
    ones, others = (each.penalty + ODD_POINTS * each.odd for each in (one, other))
    return one.odd < other.odd and one.touched <= other.touched and ones <= others


def _is_another(found: Found, others: Sequence[Found]) -> bool:
    """Whether a plan places something otherwise than others, and is not only shorter than one of them."""
    longer = (each.penalty <= found.penalty and each.touched <= found.touched for each in others)
    return bool(_distance(found, others)) and not any(longer)


def _distance(found: Found, others: Sequence[Found]) -> int:
    """How many people, functions and teams a plan places otherwise than the nearest of others."""
    return min((len(found.placed ^ other.placed) for other in others), default=0)

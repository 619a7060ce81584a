"""Everything that can be done in two and three moves, tried from scratch, against what the search says."""

from __future__ import annotations

import pytest

from orgtui.advice.search.limits import Limits
from orgtui.advice.search.moves import Moves
from orgtui.advice.search.plans import Options
from orgtui.advice.search.world import World
from orgtui.changes.base import Change
from orgtui.changes.refusal import Refused
from orgtui.model.store import Organization
from tests.support import random_organization

from .trying import Point, is_beaten, made, penalty_of, point_of, report, searched, touched_between

PAIRS = [10, 15, 22, 28, 29, 31, 43, 48, 56, 62, 72, 73, 76, 101, 120, 146, 148, 150, 156, 187]
"""Organisations of 5 to 12 people in which every pair of moves is tried."""
TRIPLES = [
    *(15, 19, 20, 29, 31, 33, 62, 69, 70, 73, 86, 113, 140, 141),
    *(147, 160, 161, 167, 168, 174, 176, 177, 180, 181, 190, 194, 198),
]
"""Organisations of 5 to 9 people in which all three moves are tried."""


def exact_front(organization: Organization, depth: int) -> tuple[list[Point], int]:
    """The points that nothing beats within so many moves, and how many states were tried."""
    before = report(organization)
    moves = Moves(World(organization, before.policy.today, Options()), Limits(), "structure", bold=False)
    states: set[str] = set()
    points: set[Point] = set()
    level: list[tuple[Change, ...]] = [()]
    for _ in range(depth):
        following = []
        for path in level:
            here = made(organization, path)
            view = report(here).view
            for move in moves.every(view):
                if not moves.allows(view, here, move):
                    continue
                try:
                    there = made(here, move.changes)
                except Refused:
                    continue
                state = repr(sorted(map(repr, there.records())))
                if state in states:
                    continue
                states.add(state)
                changes = (*path, *move.changes)
                following.append(changes)
                found = report(there)
                if not found.asleep.keys() - before.asleep.keys() and penalty_of(found) < penalty_of(before):
                    points.add((penalty_of(found), touched_between(organization, there), len(changes)))
        level = following
    return [point for point in points if not is_beaten(point, points - {point})], len(states)


def missed(seed: int, depth: int) -> list[Point]:
    """What so many moves reach, and the search neither reaches nor beats, though it tried all."""
    organization = random_organization(seed)
    front, tried = exact_front(organization, depth)
    asks = 1_000 + 20 * tried
    progress = searched(organization, Limits(most_changes=depth), only="structure", plans=1_000, asks=asks)
    assert progress.proven >= depth
    points = [point_of(plan) for plan in progress.plans]
    return [point for point in front if not is_beaten(point, points)]


@pytest.mark.parametrize("seed", [15])
def test_nothing_that_a_pair_of_moves_reaches_is_missed(seed: int) -> None:
    assert missed(seed, 2) == []


@pytest.mark.soak
@pytest.mark.parametrize("seed", PAIRS)
def test_nothing_that_any_pair_of_moves_reaches_is_missed(seed: int) -> None:
    assert missed(seed, 2) == []


@pytest.mark.soak
def test_next_to_nothing_that_three_moves_reach_is_missed() -> None:
    assert sum(missed(seed, 3) == [] for seed in TRIPLES) >= 25

"""Lines from where people sit before to where they sit after, as long as they can be told apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import NamedTuple

from orgtui.exchange.writing.drawing.shapes import Connector
from orgtui.exchange.writing.drawing.slots import State
from orgtui.exchange.writing.report import Structure

MOST_LINES = 15


class Spot(NamedTuple):
    """The sides of a box, and the heights between which a line meets them; one height for a seat."""

    left: float
    right: float
    top: float
    bottom: float


Spots = Mapping[State, Mapping[tuple[str, str], Spot]]
"""Spots by state, then by kind and id: `("seat", "li-na")`, `("team", "brand")`."""


def move_lines(before: Structure, after: Structure, spots: Spots) -> list[Connector]:
    """A line for each seat that moves, if all are shown and not too many; else one for each pair of boxes.

    A thicker line is more seats. There are none if even the pairs are too many.
    """
    moves = _moves(before, after)
    seats = [(spots["before"].get(("seat", seat)), spots["after"].get(("seat", seat))) for seat in moves]
    drawn = [(source, target) for source, target in seats if source is not None and target is not None]
    if len(drawn) == len(moves) <= MOST_LINES:
        return [_line(source, source.top, target, target.top, 1) for source, target in drawn]
    shown_before, shown_after = _shown(before, spots["before"]), _shown(after, spots["after"])
    pairs = Counter(
        (shown_before[source], shown_after[target])
        for source, target in moves.values()
        if source in shown_before and target in shown_after and shown_before[source] != shown_after[target]
    )
    if len(pairs) > MOST_LINES:
        return []
    return _bundles(pairs, spots)


def _bundles(pairs: Mapping[tuple[str, str], int], spots: Spots) -> list[Connector]:
    """A line for each pair of boxes; those of one box meet its side one below the other.

    They leave in the lower half and come in the upper half, so that none covers another along a row.
    """
    leaving = Counter(source for source, _ in pairs)
    coming = Counter(target for _, target in pairs)
    left: Counter[str] = Counter()
    came: Counter[str] = Counter()
    lines: list[Connector] = []
    for (source, target), count in pairs.items():
        left[source] += 1
        came[target] += 1
        start, end = spots["before"]["team", source], spots["after"]["team", target]
        y = start.bottom - (start.bottom - start.top) / 2 * left[source] / (leaving[source] + 1)
        y_end = end.top + (end.bottom - end.top) / 2 * came[target] / (coming[target] + 1)
        lines.append(_line(start, y, end, y_end, count))
    return lines


def _moves(before: Structure, after: Structure) -> dict[str, tuple[str, str]]:
    """The seats that move, with the ids of their teams before and after."""
    team_after = {seat.id: team.id for team in after.teams for seat in team.seats}
    return {
        seat.id: (team.id, team_after[seat.id])
        for team in before.teams
        for seat in team.seats
        if seat.mark == "moved" and seat.id in team_after
    }


def _shown(structure: Structure, spots: Mapping[tuple[str, str], Spot]) -> dict[str, str]:
    """For each team the box in which it is: its own, or that of the nearest team above it."""
    shown: dict[str, str] = {}
    for team in structure.teams:
        if ("team", team.id) in spots:
            shown[team.id] = team.id
        elif team.parent in shown:
            shown[team.id] = shown[team.parent]
    return shown


def _line(source: Spot, y: float, target: Spot, y_end: float, count: int) -> Connector:
    return Connector(
        ((source.right, y), (target.left, y_end)),
        role="moved",
        has_arrow=True,
        width=min(0.9 + 0.4 * (count - 1), 4.0),
    )

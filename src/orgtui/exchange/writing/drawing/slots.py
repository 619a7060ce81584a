"""The teams of several states in one tree of slots: a team stands in the same place in each picture."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count
from typing import Literal

from orgtui.exchange.writing.report import Mark, Structure, Team

State = str
"""What a picture is of: `before`, `after`, or after a wave."""
STATES: tuple[Literal["before"], Literal["after"]] = ("before", "after")

Place = dict[State, Team]
Pairing = Callable[[Mapping[State, Sequence[Team]]], list[Place]]
"""Gives the places of siblings, of which each state has some."""


@dataclass(slots=True)
class Slot:
    """A place in the tree with the team that stands in it in each state; `number` counts from the root.

    `left_out` are places below it that are not shown.
    """

    number: int
    at: Place
    children: list[Slot] = field(default_factory=list)
    left_out: list[Slot] = field(default_factory=list)

    def team(self, state: State) -> Team | None:
        """The team that stands here in a state; None if none does."""
        return self.at.get(state)

    @property
    def teams(self) -> tuple[Team, ...]:
        return tuple(self.at.values())

    def walk(self) -> Iterator[Slot]:
        """This slot and all below it, each before those below it."""
        waiting = [self]
        while waiting:
            slot = waiting.pop()
            yield slot
            waiting.extend(reversed(slot.children))

    def levels(self) -> Iterator[list[Slot]]:
        """This slot, then those right below it, then those below these, and so on."""
        level = [self]
        while level:
            yield level
            level = [child for each in level for child in each.children]

    def below(self, state: State) -> int:
        """How many teams stand below this one in a state, shown or left out."""
        slots = [*self.walk()]
        hidden = (each for slot in slots for left_out in slot.left_out for each in left_out.walk())
        return sum(each.team(state) is not None for each in (*slots[1:], *hidden))

    @property
    def is_changed(self) -> bool:
        """Whether anything here or below differs between the states."""
        return any(marks_of(team) for slot in self.walk() for team in slot.teams)


def marks_of(team: Team) -> list[Mark]:
    """What happens to a team, its seats and its functions."""
    things = (team.mark, *(each.mark for each in team.seats), *(each.mark for each in team.functions))
    return [each for each in things if each is not None]


def paired(before: Structure, after: Structure) -> Slot:
    """The slots of two states: siblings in the order of before, new ones where others leave."""
    return _slots({"before": before.teams, "after": after.teams}, _filling)


def alone(before: Structure, after: Structure, state: State) -> Slot:
    """The slots of one state: siblings in the order of before, new ones after them."""
    root = successive({"before": before.teams, "after": after.teams})
    for slot in root.walk():
        slot.children = [each for each in slot.children if each.team(state) is not None]
    return root


def successive(states: Mapping[State, Sequence[Team]]) -> Slot:
    """The slots of states that follow each other: siblings in the order in which they come."""
    return _slots(states, _appending)


def only_changed(root: Slot) -> Slot:
    """The slots in which something changes in some state, and those above them; the others are left out."""
    slots = [*root.walk()]
    kept: dict[int, Slot] = {}
    for slot in reversed(slots):
        children = [kept[each.number] for each in slot.children if each.number in kept]
        if children or slot is root or any(marks_of(team) for team in slot.teams):
            left_out = [each for each in slot.children if each.number not in kept]
            kept[slot.number] = replace(slot, children=children, left_out=left_out)
    return kept[root.number]


def _slots(states: Mapping[State, Sequence[Team]], pairs: Pairing) -> Slot:
    numbers = count()
    below = {state: _by_parent(teams) for state, teams in states.items()}
    root = Slot(next(numbers), {state: teams[0] for state, teams in states.items()})
    waiting = [root]
    while waiting:
        slot = waiting.pop()
        siblings = {state: below[state].get(team.id, []) for state, team in slot.at.items()}
        slot.children = [Slot(next(numbers), place) for place in pairs(siblings)]
        waiting.extend(slot.children)
    return root


def _appending(siblings: Mapping[State, Sequence[Team]]) -> list[Place]:
    """Each team in a place of its own, in the order in which they come."""
    places: dict[str, Place] = {}
    for state, teams in siblings.items():
        for each in teams:
            places.setdefault(each.id, {})[state] = each
    return [*places.values()]


def _filling(siblings: Mapping[State, Sequence[Team]]) -> list[Place]:
    """The places of before and after: teams that stay with themselves, new ones where others leave.

    Of the places that become free a new team takes the nearest to the team from which most of it comes.
    """
    before = siblings.get("before", ())
    places = _appending(siblings)
    stand, comes = places[: len(before)], places[len(before) :]
    free = [number for number, place in enumerate(stand) if "after" not in place]
    for place in comes:
        if free:
            origin = _origin(place["after"], before)
            number = min(free, key=lambda number: abs(number - origin))
            free.remove(number)
            stand[number] |= place
        else:
            stand.append(place)
    return stand


def _origin(team: Team, siblings: Sequence[Team]) -> int:
    """The place of the sibling from which most seats of a team come; the first where there is none."""
    came = Counter(each.elsewhere for each in team.seats if each.mark == "moved")
    seats = [came[each.name] for each in siblings]
    return seats.index(max(seats)) if seats else 0


def _by_parent(teams: Sequence[Team]) -> dict[str, list[Team]]:
    below: dict[str, list[Team]] = {}
    for team in teams:
        if team.parent is not None:
            below.setdefault(team.parent, []).append(team)
    return below

"""Similar work: functions with similar skills, functions of one kind, teams that need one skill."""

from __future__ import annotations

from dataclasses import dataclass

from orgtui.engine.view import Contribution, View, derived, tally
from orgtui.model.records import Number
from orgtui.rules.facts.numbers import integer_ratio
from orgtui.rules.facts.skills import required_skills
from orgtui.rules.facts.teams import division, is_focus


@dataclass(frozen=True, slots=True)
class Similarity:
    """Parameters of P201."""

    similarity: Number = 0.5


@tally(over="function")
def levels_required(view: View, function: str) -> Contribution:
    """Required levels, by skill and the function with the sum of all its required levels."""
    record = view.function(function)
    required = {} if record is None else required_skills(record)
    member = function, sum(required.values())
    for skill, level in required.items():
        yield skill, member, level


@derived
def similar_functions(view: View, function: str) -> tuple[str, ...]:
    """The functions of a larger id whose required skills are similar to a function's, by id.

    Rare skills are searched first: once the remaining levels cannot make two functions similar any more, a
    skill that thousands need is not searched.
    """
    record = view.function(function)
    required = {} if record is None else required_skills(record)
    size = left = sum(required.values())
    least, of = integer_ratio(view.options(Similarity).similarity)
    others = {skill: levels_required(view, skill) for skill in required}
    candidates: set[tuple[str, int]] = set()
    for skill in sorted(required, key=lambda skill: (len(others[skill]), skill)):
        if left * of < least * size:
            break
        candidates.update(other for other in others[skill] if other[0] > function)
        left -= required[skill]
    found = []
    for other in candidates:
        common = sum([min(level, others[skill].get(other, 0)) for skill, level in required.items()])
        if common * of >= least * (size + other[1] - common):
            found.append(other[0])
    return tuple(sorted(found))


@tally(over="function")
def teams_needing(view: View, function: str) -> Contribution:
    """Functions that need a skill, by skill and team."""
    record = view.function(function)
    if record is not None and record.team is not None:
        for skill in required_skills(record):
            yield skill, record.team, 1


def home_of_kind(view: View, function: str) -> tuple[str, str] | None:
    """A function's kind and division, "" in the root; None in a focus team, without team or without kind."""
    record = view.function(function)
    if record is None or record.kind is None or record.team is None or is_focus(view, record.team):
        return None
    return record.kind, division(view, record.team) or ""


@tally(over="function")
def divisions_of_kind(view: View, function: str) -> Contribution:
    """Functions of a kind, by kind and division."""
    home = home_of_kind(view, function)
    if home is not None:
        yield home[0], home[1], 1


@tally(over="function")
def functions_of_kind(view: View, function: str) -> Contribution:
    """Functions of a kind in a division, by both."""
    home = home_of_kind(view, function)
    if home is not None:
        yield home, function, 1

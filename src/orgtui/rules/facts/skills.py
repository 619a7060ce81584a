"""Skills: what functions require, who covers them, how similar two functions are."""

from __future__ import annotations

from dataclasses import dataclass

from orgtui.engine.view import View
from orgtui.model.records import Function


@dataclass(frozen=True, slots=True)
class Coverage:
    """Parameters of P204: the level at which a lead can judge a function, and the least headcount."""

    lead_level: int = 2
    min_headcount: int = 10


def required_skills(function: Function) -> dict[str, int]:
    """The skills a function requires; a required level of 0 is no requirement."""
    return {skill: level for skill, level in function.skills.items() if level > 0}


def core_skills(view: View, function: str) -> tuple[str, ...]:
    """A function's required skills with the highest required level, by id."""
    record = view.function(function)
    required = {} if record is None else required_skills(record)
    highest = max(required.values(), default=0)
    return tuple(sorted(skill for skill, level in required.items() if level == highest))


def covers(view: View, person: str, function: str) -> bool:
    """Whether a seat can judge a function; true if it has no core skills or the seat lists no skills."""
    record = view.person(person)
    core = core_skills(view, function)
    if record is None or not core:
        return record is not None
    level = view.options(Coverage).lead_level
    return not record.skills or all(record.skills.get(skill, 0) >= level for skill in core)


def similarity(view: View, one: str, other: str) -> tuple[int, int]:
    """Similarity of two functions over required levels: (Σ min, Σ max), or (0, 1) if either lists none."""
    a, b = view.function(one), view.function(other)
    first = {} if a is None else required_skills(a)
    second = {} if b is None else required_skills(b)
    if not first or not second:
        return 0, 1
    common = sum(min(level, second[skill]) for skill, level in first.items() if skill in second)
    return common, sum(first.values()) + sum(second.values()) - common

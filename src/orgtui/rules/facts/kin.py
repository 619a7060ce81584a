"""Kin: functions that share an area, much of their skills, or a handoff."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from orgtui.engine.view import View, derived
from orgtui.rules.facts.home import none_one_or_more, work_of_divisions
from orgtui.rules.facts.skills import required_skills, similarity
from orgtui.rules.facts.teams import division

SIMILAR, OF_SIMILAR = 3, 10
"""From this similarity, 0.3, two functions are kin."""


def are_kin(view: View, function: str, other: str) -> bool:
    """Whether two functions share an area, have similar skills, or one hands over to the other."""
    one, two = view.function(function), view.function(other)
    if one is None or two is None:
        return False
    if one.area is not None and one.area == two.area:
        return True
    return is_similar(*similarity(view, function, other)) or other in handoff_partners_of(view, function)


def count_kin(view: View, functions: Sequence[str], others: Sequence[str]) -> int:
    """How many pairs of a function and another one are kin; each function is read once."""
    in_area: dict[str | None, list[str]] = {}
    needing: dict[str, list[tuple[str, int]]] = {}
    sizes: dict[str, int] = {}
    for record in map(view.function, others):
        if record is None:
            continue
        in_area.setdefault(record.area, []).append(record.id)
        required = required_skills(record)
        sizes[record.id] = sum(required.values())
        for skill, level in required.items():
            needing.setdefault(skill, []).append((record.id, level))
    pairs = 0
    for function in functions:
        record = view.function(function)
        if record is None:
            continue
        common: dict[str, int] = {}
        required = required_skills(record)
        size = sum(required.values())
        for skill, level in required.items():
            for other, its_level in needing.get(skill, ()):
                common[other] = common.get(other, 0) + min(level, its_level)
        kin = {other for other, both in common.items() if is_similar(both, size + sizes[other] - both)}
        kin.update(in_area.get(record.area, ()) if record.area is not None else ())
        kin.update(other for other in handoff_partners_of(view, record.id) if other in sizes)
        pairs += len(kin)
    return pairs


def is_similar(common: int, whole: int) -> bool:
    """Whether the skills that two functions share, of those that either requires, make them kin."""
    return common * OF_SIMILAR >= SIMILAR * whole


def handoff_partners_of(view: View, function: str) -> Iterator[str]:
    """The ends that a function hands over to or takes from."""
    yield from (target for _, target in view.handoffs_from(function))
    yield from (source for source, _ in view.handoffs_to(function))


@derived
def has_kin_in(view: View, place: tuple[str, str]) -> bool:
    """Whether a function, the first of the two, has kin in `work*` of a division, the second, besides itself.

    What takes longest, similar skills, is looked for last.
    """
    function, home = place
    record = view.function(function)
    if record is None:
        return False
    is_there = record.team is not None and division(view, record.team) == home
    if record.area is not None and none_one_or_more(view, (home, record.area)) > is_there:
        return True
    return any(_is_in(view, other, home) for other in handoff_partners_of(view, function)) or any(
        similar_in(view, function, home)
    )


def _is_in(view: View, function: str, home: str) -> bool:
    record = view.function(function)
    return record is not None and record.team is not None and division(view, record.team) == home


def similar_in(view: View, function: str, home: str) -> Iterator[str]:
    """The other functions in `work*` of a division whose skills are similar to those of a function.

    Rare skills are searched first, until those left cannot make two functions similar any more; one function
    may come several times.
    """
    record = view.function(function)
    required = {} if record is None else required_skills(record)
    size = left = sum(required.values())
    others = {skill: work_of_divisions(view, (home, skill)) for skill in required}
    for skill in sorted(required, key=lambda skill: (len(others[skill]), skill)):
        if left * OF_SIMILAR < SIMILAR * size:
            break
        for other in others[skill]:
            common = sum([min(level, others[each].get(other, 0)) for each, level in required.items()])
            if other[0] != function and is_similar(common, size + other[1] - common):
                yield other[0]
        left -= required[skill]

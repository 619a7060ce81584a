"""Fixes for A201: changes that belong together wait for the next wave."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from orgtui.changes.plan_operations import SetWave
from orgtui.engine.finding import Finding
from orgtui.engine.view import View
from orgtui.model.records import Function, Person, Team
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.rules.catalogue.a201_change_shock import ChangeShock
from orgtui.rules.facts.numbers import integer_ratio
from orgtui.rules.facts.postponing import Postponing
from orgtui.rules.fixes.common import FIXES_MAX
from orgtui.rules.inputs import PlannedPart, Wave, Waves
from orgtui.rules.registry import Fix, fixes

TRIED_MAX = 16
"""How many choices of what waits are tried: each makes the changes of two waves again."""

NAMED_MAX = 3
"""How many teams, people and functions a title names."""

Cell = tuple[str, object]


@fixes("A201")
def let_some_wait(view: View, finding: Finding) -> Iterator[Fix]:
    """Changes that touch the same go into the next wave together, where neither wave is a shock then.

    First what touches nothing else of the wave; then several of these; where all hangs together, the end of
    the wave. Of each, what parts the new managers most evenly comes first.
    """
    wave = int(finding.subjects[0].id)
    found = _mending(view, wave)
    yield from found
    if found:
        return
    told = N_("Spread the changes of {wave} over several later waves")
    yield Fix(sentence(told, wave=Ref.to("wave", str(wave))))


def _mending(view: View, wave: int) -> list[Fix]:
    """The fixes by what may wait, the best first; none where it is not known what the plan does."""
    waves = view.options(Waves)
    planned = waves.planned()
    if planned is None:
        return []
    postponing = Postponing(planned, waves, wave)
    groups = _groups(postponing, view.root() or "")
    for choices in (groups, _joined(groups), _ends(postponing)):
        found = [each for each in map(_tried(view, postponing), choices) if each is not None]
        if found:
            return [fix for _, fix in sorted(found, key=lambda each: each[0])[:FIXES_MAX]]
    return []


def _tried(view: View, postponing: Postponing) -> Callable[[Sequence[PlannedPart]], tuple[int, Fix] | None]:
    part, whole = integer_ratio(view.options(ChangeShock).max_share)

    def tried(parts: Sequence[PlannedPart]) -> tuple[int, Fix] | None:
        """A fix in which parts wait, with the new managers of the fuller wave; None if it mends nothing."""
        numbers = tuple(sorted({each.number for each in parts}))
        after = postponing.without(numbers)
        if after is None:
            return None
        first, then = after.by_number[postponing.wave], after.by_number[postponing.wave + 1]
        if any(each.new_manager * whole > part * each.filled for each in (first, then)):
            return None
        title = _title(postponing.wave, parts, first, then)
        placing = SetWave(numbers, postponing.wave + 1)
        return max(first.new_manager, then.new_manager), Fix(title, placing=placing, waves=after)

    return tried


def _title(wave: int, parts: Sequence[PlannedPart], first: Wave, then: Wave) -> Sentence:
    said = N_("{changes:change waits|changes wait} for {next}; new managers {first}, then {then}: {what}")
    what = dict.fromkeys(ref for part in parts for ref in _what(part))
    return sentence(
        said,
        changes=len({part.number for part in parts}),
        what=tuple(what)[:NAMED_MAX],
        first=first.new_manager,
        then=then.new_manager,
        next=Ref.to("wave", str(wave + 1)),
    )


def _what(part: PlannedPart) -> Iterator[Ref]:
    """What a part is about."""
    for change in part.changes:
        for kind, identity, *_ in change.write_set():
            if kind in ("team", "person", "function"):
                yield Ref.to(kind, str(identity))


# -- what may wait -----------------------------------------------------------------------------------


def _groups(postponing: Postponing, root: str) -> list[list[PlannedPart]]:
    """The parts that may wait, together with all that touch the same; the last ones come first."""
    group_of: dict[Cell, int] = {}
    groups: dict[int, list[PlannedPart]] = {}
    for place, part in enumerate(postponing.parts):
        cells = _touched(part, root)
        joined = sorted({group_of[cell] for cell in cells if cell in group_of})
        groups[place] = [each for other in joined for each in groups.pop(other)] + [part]
        cells |= {cell for cell, group in group_of.items() if group in joined}
        group_of |= dict.fromkeys(cells, place)
    in_order = (sorted(group, key=lambda part: part.number) for group in reversed(groups.values()))
    return list(in_order)[:TRIED_MAX]


def _joined(groups: Sequence[Sequence[PlannedPart]]) -> Iterator[list[PlannedPart]]:
    """The last groups together, one more each time."""
    together: list[PlannedPart] = []
    for group in groups[:-1]:
        together = [*group, *together]
        yield together


def _ends(postponing: Postponing) -> Iterator[Sequence[PlannedPart]]:
    """The last parts of the wave, at most TRIED_MAX choices of how many."""
    count = len(postponing.parts)
    step = max(1, -(-count // TRIED_MAX))
    for begin in range(step, count, step):
        yield postponing.parts[begin:]


def _touched(part: PlannedPart, root: str) -> set[Cell]:
    """The records that a part writes, and the teams but the root and people that these point to."""
    touched: set[Cell] = set()
    for each in part.sets:
        touched.add((each.table, each.key))
        for record in (each.old, each.new):
            if isinstance(record, Person | Function) and record.team is not None:
                touched.add(("team", record.team))
            elif isinstance(record, Team):
                touched |= {("person", record.lead)} if record.lead else set()
                touched |= {("team", record.parent)} if record.parent else set()
    return touched - {("team", root)}

"""Acts and decisions as checkpoints and the first entry of a log hold them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from orgtui.changes.plan_operations import (
    Decision,
    DescribeWave,
    Review,
    SetStatus,
    SignOff,
    decision_to_entry,
    parse_decision,
)
from orgtui.model.kinds import PlanStatus
from orgtui.model.sentence import sentence
from orgtui.session.log.entries import InvalidEntry
from orgtui.session.store import Entry, is_vouched
from orgtui.session.timeline.decisions import Decided
from orgtui.session.timeline.step import Act, ActKind

Columns = tuple[
    Sequence[int],
    str,
    Sequence[int],
    Sequence[int],
    Sequence[tuple[int, tuple[Sequence[int], int]]],
    Sequence[tuple[int, tuple[Entry, str, bool]]],
]
"""Acts as their numbers, a letter for each kind, their steps, and the places of their authors; at last, by
number, those about several steps, that put steps into another wave, with these and it, or that dropped others
together with their step, with these and 0; and decisions, with when and if vouched.
"""

_KINDS: Mapping[str, ActKind] = {"d": "do", "x": "drop", "w": "wave", "p": "decide"}
DRAFT: PlanStatus = "draft"

_LETTERS = {kind: letter for letter, kind in _KINDS.items()}


def written_acts(acts: Mapping[int, Act], names: dict[str | None, int]) -> Columns:
    """Acts in their order; the names of authors that are not known yet are added."""
    kinds = "".join(_LETTERS[act.kind] for act in acts.values())
    by = [names.setdefault(act.by, len(names)) for act in acts.values()]
    several = [(act.number, (act.placed or act.others, act.wave)) for act in acts.values()]
    placed = [each for each in several if each[1][0]]
    decided = [
        (act.number, (decision_to_entry(act.decision), act.at.isoformat(), act.is_vouched))
        for act in acts.values()
        if act.decision is not None and act.at is not None
    ]
    return list(acts), kinds, [act.step for act in acts.values()], by, placed, decided


def read_acts(columns: Columns, names: Sequence[str | None]) -> dict[int, Act]:
    """The acts that `written_acts` wrote, by number."""
    numbers, kinds, steps, by, placed, decided = columns
    authors = map(names.__getitem__, by)
    acts = map(Act, numbers, map(_KINDS.__getitem__, kinds), steps, authors)
    read = dict(zip(numbers, acts, strict=True))
    for number, (several, wave) in placed:
        act, those = read[number], tuple(several)
        read[number] = act._replace(placed=those, wave=wave) if wave else act._replace(others=those)
    for number, (written, at, vouched) in decided:
        when = datetime.fromisoformat(at)
        read[number] = read[number]._replace(decision=decision_in(written), at=when, is_vouched=vouched)
    return read


def decision_in(entry: Entry) -> Decision:
    """The decision of an entry of the log; raises InvalidEntry."""
    decision = parse_decision(entry)
    if decision is None:
        raise InvalidEntry(sentence("{key} is not as it should be", key="entry"))
    return decision


def decided_in_file(begin: Mapping[str, Any]) -> Iterator[Decided]:
    """The decisions in the first entry: those of the plan file with which the log was begun."""
    for wave in begin.get("waves", ()):
        yield Decided(decision_in({**wave, "entry": DescribeWave.op, "wave": wave["number"]}), None, None)
    for op, key in ((Review.op, "reviews"), (SignOff.op, "signoffs")):
        for said in begin.get(key, ()):
            by, at = said.get("by"), said.get("at")
            when = None if at is None else datetime.fromisoformat(at)
            yield Decided(decision_in({**said, "entry": op}), by, when, is_vouched(begin, by))
    if begin.get("status", DRAFT) != DRAFT:
        yield Decided(SetStatus(begin["status"]), None, None)

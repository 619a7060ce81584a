"""Recovering a plan from a log alone, up to the first damaged line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from typing import Any

from orgtui.changes.net import net
from orgtui.changes.parse import change_to_mapping, parse_change
from orgtui.changes.step import Step
from orgtui.files.plan_file import Plan, PlanStep, Signoff
from orgtui.model.sentence import Sentence, sentence
from orgtui.model.store import Organization
from orgtui.rules.assessment import may_be_found
from orgtui.rules.facts.waves import waves_of
from orgtui.session.log.chain import START, read_lines
from orgtui.session.log.entries import InvalidEntry
from orgtui.session.plan.decided import Signed, settled_reviews, signed_in, still_signed, with_decisions
from orgtui.session.plan.outcome import as_written
from orgtui.session.plan.planned import with_reviewed
from orgtui.session.store import Entry
from orgtui.session.timeline.history import History

ReplacedValues = Sequence[Mapping[str, object]]
"""What each change of a step replaced, in order."""


class NothingRecoverable(Exception):
    """The log has no valid first entry, so nothing can be recovered from it."""


@dataclass(frozen=True, slots=True)
class DamagedEntry:
    """The first entry that cannot be used: its number, line and first byte, each counted from 1."""

    entry: int
    line: int
    byte: int
    reason: Sentence


@dataclass(frozen=True, slots=True)
class Recovered:
    """The plan of the active steps, from how many entries it was made, and how many bytes were left out.

    If `broken` is None, the bytes left out are a last line that was not written completely. `last` is the
    hash of the last line that was used. `is_proved` says whether the last entry read has a checksum, without
    which a change in it cannot be noticed. `organization` is the name of the organisation's file.

    `signoffs` are the signatures and `signed` what was signed: only the organisation tells which still hold,
    so the plan has none.
    """

    plan: Plan
    entries: int
    left_out: int
    broken: DamagedEntry | None
    last: str
    organization: str
    is_proved: bool = True
    signoffs: tuple[Signoff, ...] = ()
    signed: Signed = field(default_factory=dict)


def recover(data: bytes, name: str) -> Recovered:
    """The plan in the bytes of a log; its name is `name` unless the log has one.

    Raises NothingHeld.
    """
    history, was = History(), dict[int, ReplacedValues]()
    entries: list[Entry] = []
    last, end, broken, is_proved = START, 0, None, True
    for number, line in enumerate(_lines(data), start=1):
        reading = read_lines(line, last)
        try:
            if reading.broken is not None:
                raise InvalidEntry(sentence("the line does not follow the one before, or is damaged"))
            for entry in reading.entries:
                history.apply(entry)
                _keep_replaced_values(was, entry, len(history.steps))
                entries.append(entry)
        except InvalidEntry as invalid:
            broken = DamagedEntry(len(entries) + 1, number, end + 1, invalid.sentence)
            break
        last, is_proved = reading.last, reading.is_proved and (is_proved or bool(reading.entries))
        end += reading.end
    if not entries:
        raise NothingRecoverable
    plan = _plan(entries[0], history, was, name)
    file, signed = str(entries[0]["file"]), signed_in(history.decisions)
    signoffs = with_decisions(plan, history.decisions, signed).signoffs
    left_out = len(data) - end
    return Recovered(plan, len(entries), left_out, broken, last, file, is_proved, signoffs, signed)


def accepts(plan: Plan) -> bool:
    """Whether a plan accepts anything."""
    return any(step.change["op"] == "accept" for step in plan.steps)


def as_taken(recovered: Recovered, baseline: Organization) -> Plan:
    """A plan of a log as its baseline takes it: acceptances of what is not found any more are left out.

    The signatures of divisions that are as they were signed are in it.

    A session keeps them when the change that led to the finding is undone. Those that are kept come last in
    the first wave that ends with their finding. Raises Refused if a change cannot be made.
    """
    plan = replace(recovered.plan, signoffs=recovered.signoffs)
    steps = [Step(parse_change(s.change), s.was, s.why, s.by, s.at, s.wave) for s in plan.steps]
    now, made = baseline.copy(), []
    for step in steps:
        sets = step.change.compile(now)
        for each in sets:
            now.apply(each)
        made.append((step.wave, sets))
    reviewed = {each.person for each in plan.reviews}
    found = partial(may_be_found, waves=with_reviewed(waves_of(baseline, made), baseline, now, reviewed))
    settled = net(baseline.copy(), steps, found, squashing=False)
    reviews = settled_reviews(plan.reviews, baseline, now, settled)
    taken = replace(plan, steps=tuple(map(as_written, settled)), reviews=reviews)
    return still_signed(taken, recovered.signed, now)


def _lines(data: bytes) -> list[bytes]:
    """The lines with their ends; the last one may lack it."""
    *lines, tail = data.split(b"\n")
    return [line + b"\n" for line in lines] + ([tail] if tail else [])


def _keep_replaced_values(was: dict[int, ReplacedValues], entry: Mapping[str, Any], steps: int) -> None:
    """Add what the changes of an entry replaced, by step number; `steps` is the number of steps so far."""
    if entry["entry"] == "begin":
        was |= {number: [step["was"]] for number, step in enumerate(entry.get("steps", ()), start=1)}
    elif entry["entry"] == "do":
        was[steps] = entry["was"]


def _plan(begin: Mapping[str, Any], history: History, was: Mapping[int, ReplacedValues], name: str) -> Plan:
    first = history.steps.get(1)
    created = begin.get("created")
    review_on = begin.get("review_on")
    began = None if first is None else first.at
    steps = [
        PlanStep(change_to_mapping(change), replaced, step.why, step.by, step.at, wave)
        for step in history.active()
        for change, replaced, wave in zip(step.changes, was[step.number], step.wave_of_each, strict=True)
    ]
    plan = Plan(
        name=begin.get("name", name),
        organization=begin["organization"],
        baseline=begin["baseline"],
        author=begin.get("author", None if first is None else first.by),
        created=began if created is None else datetime.fromisoformat(created),
        review_on=None if review_on is None else date.fromisoformat(review_on),
        steps=tuple(sorted(steps, key=lambda step: step.wave)),
    )
    return with_decisions(plan, history.decisions, ())

"""Why an action is refused because of what others did: the sentences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from orgtui.changes.plan_operations import Decision
from orgtui.model.days import clock as clock
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.session.timeline.step import News, SessionStep

MINUTE_S = 60
SOON_S = 60 * MINUTE_S
"""Seconds after which a moment is told by its time of day."""

NAMED_MAX = 3
"""The largest number of changed records that a sentence names."""


def overtaken(news: News, reason: Sentence) -> Sentence:
    """Why a change cannot be made that was possible until somebody else changed something."""
    if news.decision is not None:
        return reason
    what = _changed(news)
    said = {"by": news.who, "what": what, "time": clock(news.at), "reason": reason}
    if news.kind in ("undo", "drop"):
        return Sentence("{by} took back what was changed about {what} at {time}: {reason}", said)
    return Sentence("{by} changed {what} at {time}: {reason}", said)


def superseded(news: News) -> Sentence:
    """Why a change is not made at once: it would replace what somebody has put there meanwhile."""
    if news.decision is not None:
        said = N_("{by} decided about {what} {when}")
        return sentence(said, by=news.who, what=topic_name(news.decision), when=when(news.at))
    return sentence("{by} changed {what} {when}", by=news.who, what=_changed(news), when=when(news.at))


def decided_since(by: str, decision: Decision) -> Sentence:
    """Why a decision is not undone or redone: somebody decided about the same later."""
    return sentence("{by} decided about {what} since", by=by, what=topic_name(decision))


def topic_name(decision: Decision) -> Ref | Sentence:
    """What a decision is about, to be named in a sentence."""
    kind, thing = decision.topic
    match kind:
        case "review":
            return sentence("the seat of {person}", person=Ref.to("person", thing))
        case "signature":
            return Ref.to("team", thing)
        case "wave":
            return Ref.to("wave", thing)
    return sentence("the status of the plan")


def _changed(news: News) -> tuple[Ref, ...]:
    """What the step of some news changed."""
    return _named(Ref.to(*cell[:2]) for change in news.step.changes for cell in change.write_set())


def changed_since(step: SessionStep, records: Iterable[Ref]) -> Sentence:
    """Why something is not undone: somebody changed the same fields later."""
    what = _named(records)
    if step.by is None or step.at is None:
        return sentence("change {number} is later and changed {what} as well", number=step.number, what=what)
    return sentence("{by} changed {what} since, at {time}", by=step.who, what=what, time=clock(step.at))


def needed_by(step: SessionStep, reason: Sentence, author: str) -> Sentence:
    """Why something is not undone or dropped: a later step cannot be made without it."""
    if step.who in (None, author) or step.at is None:
        return sentence("Change {number} needs it: {reason}", number=step.number, reason=reason)
    said = N_("{by} built on it with change {number} at {time}: {reason}")
    return sentence(said, by=step.who, number=step.number, time=clock(step.at), reason=reason)


def in_the_way(step: SessionStep, reason: Sentence, author: str) -> Sentence:
    """Why something is not redone: a later step cannot be made with it."""
    if step.who in (None, author) or step.at is None:
        return sentence("Change {number} is in the way: {reason}", number=step.number, reason=reason)
    said = N_("Change {number}, made by {by} at {time}, is in the way: {reason}")
    return sentence(said, by=step.who, number=step.number, time=clock(step.at), reason=reason)


def cannot_go(step: SessionStep, reason: Sentence) -> Sentence:
    """Why a step is not put into another wave: it cannot be made at that place of the plan."""
    said = N_("Change {number} cannot be made in wave {wave}: {reason}")
    return sentence(said, number=step.number, wave=step.wave, reason=reason)


def comes_out_otherwise(records: Iterable[Ref]) -> Sentence:
    """Why steps are not put into another wave: the plan would lead elsewhere."""
    said = N_("{what} would not come out the same: another change of it has to come before or after")
    return sentence(said, what=_named(records))


def _named(refs: Iterable[Ref]) -> tuple[Ref, ...]:
    return tuple(dict.fromkeys(refs))[:NAMED_MAX]


def when(moment: datetime) -> Sentence:
    """How long ago a moment is, or its time of day once that is longer than some minutes."""
    seconds = int((datetime.now(UTC) - moment).total_seconds())
    if seconds < 2 * MINUTE_S:
        return sentence("{seconds} s ago", seconds=max(0, seconds))
    if seconds < SOON_S:
        return sentence("{minutes} min ago", minutes=seconds // MINUTE_S)
    return sentence("at {time}", time=clock(moment))

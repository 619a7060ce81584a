"""Why an action is refused because of what others did: the sentences."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.session.timeline.step import News, SessionStep

SHOWN = 3
"""How many things are named that somebody changed."""


def overtaken(news: News, reason: Sentence) -> Sentence:
    """Why a change cannot be made that could be before what somebody else did."""
    what = _named(Ref.to(*cell[:2]) for change in news.step.changes for cell in change.registers())
    said = {"by": news.by, "what": what, "time": clock(news.at), "reason": reason}
    if news.kind in ("undo", "drop"):
        return Sentence("{by} took back what was changed about {what} at {time}: {reason}", said)
    return Sentence("{by} changed {what} at {time}: {reason}", said)


def changed_since(step: SessionStep, records: Iterable[Ref]) -> Sentence:
    """Why something is not taken back: somebody changed the same later."""
    what = _named(records)
    if step.by is None or step.at is None:
        return sentence("change {number} is later and changed {what} as well", number=step.number, what=what)
    return sentence("{by} changed {what} since, at {time}", by=step.by, what=what, time=clock(step.at))


def needed_by(step: SessionStep, reason: Sentence, author: str) -> Sentence:
    """Why something is not taken back: a later step cannot be made without."""
    if step.by in (None, author) or step.at is None:
        return sentence("Change {number} needs it: {reason}", number=step.number, reason=reason)
    said = "{by} built on it with change {number} at {time}: {reason}"
    return sentence(said, by=step.by, number=step.number, time=clock(step.at), reason=reason)


def in_the_way(step: SessionStep, reason: Sentence, author: str) -> Sentence:
    """Why something is not made again: a later step cannot be made with it."""
    if step.by in (None, author) or step.at is None:
        return sentence("Change {number} is in the way: {reason}", number=step.number, reason=reason)
    said = "Change {number}, made by {by} at {time}, is in the way: {reason}"
    return sentence(said, by=step.by, number=step.number, time=clock(step.at), reason=reason)


def _named(refs: Iterable[Ref]) -> tuple[Ref, ...]:
    return tuple(dict.fromkeys(refs))[:SHOWN]


def clock(moment: datetime) -> str:
    """A time as people here say it, with its day unless that is today."""
    here = moment.astimezone() if 1 < moment.year < 9999 else moment  # others may have written any year
    return f"{here:%H:%M}" if here.date() == datetime.now().date() else f"{here:%Y-%m-%d %H:%M}"

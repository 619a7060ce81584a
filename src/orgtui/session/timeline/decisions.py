"""The decisions about a plan: what waves are called, verdicts on seats, signatures, and the status.

Of the decisions about one topic that hold the last one made counts; undoing it leaves the one before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from orgtui.changes.plan_operations import Decision, DescribeWave, Review, SetStatus, SignOff, Topic
from orgtui.model.kinds import LOCKED, PlanStatus
from orgtui.model.sentence import N_, Sentence
from orgtui.session.timeline.reasons import clock
from orgtui.session.timeline.step import shown_author

D = TypeVar("D")

KIND_OF: Mapping[type, str] = {
    DescribeWave: "wave",
    Review: "review",
    SignOff: "signature",
    SetStatus: "status",
}
"""The kind of topic that decisions of a type are about."""

IN_FILE = 0
"""The number of the act under which the decisions of the plan file stand."""

WHY_LOCKED: Mapping[PlanStatus, tuple[str, str]] = {
    "approved": (
        N_("{by} approved this plan at {time}; it takes no changes until it is a draft or proposed again"),
        N_("This plan is approved; it takes no changes until it is a draft or proposed again"),
    ),
    "applied": (
        N_(
            "{by} marked this plan applied at {time}; "
            "it takes no changes until it is a draft or proposed again"
        ),
        N_("This plan is applied; it takes no changes until it is a draft or proposed again"),
    ),
}
"""Why a plan refuses every change, by its status: with who said so and when, and if that is not known."""


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision, who made it and when; None for both if the plan file does not say."""

    decision: Decision
    by: str | None
    at: datetime | None
    is_vouched: bool = field(default=True, compare=False)

    @property
    def who(self) -> str | None:
        """The user as shown."""
        return None if self.by is None else shown_author(self.by, self.is_vouched)


class Decisions:
    """The decisions that hold, by topic and by the number of their act."""

    def __init__(self, held: Mapping[str, Mapping[str, Mapping[int, Decided]]] | None = None) -> None:
        self._held = {kind: dict(about) for kind, about in (held or {}).items()}

    def __bool__(self) -> bool:
        return any(self._held.values())

    def copy(self) -> Decisions:
        """An independent copy; takes time by the number of topics."""
        return Decisions(self._held)

    def hold(self, number: int, decided: Decided) -> None:
        """Let the decision of an act hold."""
        kind, thing = decided.decision.topic
        about = self._held.setdefault(kind, {})
        about[thing] = {**about.get(thing, {}), number: decided}

    def release(self, number: int, topic: Topic) -> None:
        """Let the decision of an act about a topic hold no longer."""
        kind, thing = topic
        about = self._held[kind]
        about[thing] = {each: decided for each, decided in about[thing].items() if each != number}
        if not about[thing]:
            del about[thing]

    def of(self, topic: Topic) -> Decided | None:
        """The decision about a topic that counts."""
        kind, thing = topic
        acts = self._held.get(kind, {}).get(thing)
        return acts[max(acts)] if acts else None

    def things(self, decision_type: type) -> Collection[str]:
        """What decisions of a kind are about; takes the same time for any plan."""
        return self._held.get(KIND_OF[decision_type], {}).keys()

    def in_file(self) -> Iterator[Decided]:
        """The decisions that the plan file had."""
        for about in self._held.values():
            yield from (acts[IN_FILE] for acts in about.values() if IN_FILE in acts)

    def waves_to_write(self) -> Iterator[DescribeWave]:
        """The waves that a plan file lists: with a name or a day, or as the file had them without."""
        in_file = {said.decision for said in self.in_file()}
        for wave, _ in self.each(DescribeWave):
            if wave.says_anything or wave in in_file:
                yield wave

    def each(self, decision_type: type[D]) -> Iterator[tuple[D, Decided]]:
        """The decisions of a kind that count, in no particular order."""
        for acts in self._held.get(KIND_OF[decision_type], {}).values():
            decided = acts[max(acts)]
            if isinstance(decided.decision, decision_type):
                yield decided.decision, decided

    @property
    def status(self) -> PlanStatus:
        """How far the plan has come."""
        decided = self.of(STATUS)
        decision = None if decided is None else decided.decision
        return decision.status if isinstance(decision, SetStatus) else "draft"

    @property
    def locked(self) -> Sentence | None:
        """Why the plan refuses every change, if it does."""
        decided = self.of(STATUS)
        return None if decided is None else why_locked(self.status, decided.who, decided.at)


STATUS: Topic = ("status", "")
"""The topic of the status."""


def why_locked(status: PlanStatus, by: str | None = None, at: datetime | None = None) -> Sentence | None:
    """Why a plan of a status refuses every change, and who said so and when; None if it does not."""
    if status not in LOCKED:
        return None
    known, unknown = WHY_LOCKED[status]
    return Sentence(unknown) if by is None or at is None else Sentence(known, {"by": by, "time": clock(at)})

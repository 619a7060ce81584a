"""Operations about a plan itself: they change what is done when, or what is decided, and no organisation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any, ClassVar

from orgtui.model.kinds import Day, Hash, Id, Name, PlanStatus, Position, Verdict, Wave
from orgtui.model.schema import json_schema_of


@dataclass(frozen=True, slots=True)
class SetWave:
    """Put changes, by their numbers in the plan, into a wave; within a wave they keep their order."""

    op: ClassVar[str] = "set_wave"
    keys: ClassVar[Mapping[str, str]] = {}

    changes: tuple[Position, ...]
    wave: Wave

    def to_mapping(self) -> dict[str, object]:
        """The operation as plain data, `op` first."""
        return {"op": self.op, "changes": list(self.changes), "wave": self.wave}


PLAN_OPERATIONS: Mapping[str, type] = {SetWave.op: SetWave}
"""The operations about a plan that fixes are made of, by name."""


Topic = tuple[str, str]
"""What a decision is about: the kind of thing, and which one; of two about the same the later holds."""


@dataclass(frozen=True, slots=True)
class DescribeWave:
    """Say what a wave is called and when it is announced; what is left out is not said any more."""

    op: ClassVar[str] = "describe_wave"

    wave: Wave
    name: Name | None = None
    on: Day | None = None

    @property
    def says_anything(self) -> bool:
        """Whether the wave has a name or a day."""
        return self.name is not None or self.on is not None

    @property
    def topic(self) -> Topic:
        return "wave", str(self.wave)


@dataclass(frozen=True, slots=True)
class Review:
    """Decide about a seat."""

    op: ClassVar[str] = "review"

    person: Id
    verdict: Verdict

    @property
    def topic(self) -> Topic:
        return "review", self.person


@dataclass(frozen=True, slots=True)
class SignOff:
    """Sign a division as it is now; `division` is the hash of what it holds, see `Divisions`."""

    op: ClassVar[str] = "sign_off"

    team: Id
    division: Hash

    @property
    def topic(self) -> Topic:
        return "signature", self.team


@dataclass(frozen=True, slots=True)
class TakeBackSignature:
    """Take the signature of a division back."""

    op: ClassVar[str] = "take_back_signature"

    team: Id

    @property
    def topic(self) -> Topic:
        return "signature", self.team


@dataclass(frozen=True, slots=True)
class SetStatus:
    """Say how far the plan has come; as approved or applied it refuses every change."""

    op: ClassVar[str] = "set_status"

    status: PlanStatus

    @property
    def topic(self) -> Topic:
        return "status", ""


Decision = DescribeWave | Review | SignOff | TakeBackSignature | SetStatus
"""A decision about a plan, which stands in its log and in its file."""


DECISIONS: Mapping[str, type[Decision]] = {
    each.op: each for each in (DescribeWave, Review, SignOff, TakeBackSignature, SetStatus)
}
"""The decisions by the name of their operation."""


def parse_decision(said: Mapping[str, object]) -> Decision | None:
    """The decision in an entry of a log, by `entry` and the names of its fields; None if it is wrong."""
    decision_type: Any = DECISIONS[str(said["entry"])]
    named = {each.name: said[each.name] for each in fields(decision_type) if each.name in said}
    decision: Decision | None = json_schema_of(decision_type).read(named)[0]
    return decision


def decision_to_entry(decision: Decision) -> dict[str, object]:
    """A decision as logs hold it, without who made it and when; dates are still dates."""
    said = {each.name: getattr(decision, each.name) for each in fields(decision)}
    return {"entry": decision.op, **{key: value for key, value in said.items() if value is not None}}

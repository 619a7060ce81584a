"""What rules say, and how two sayings differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from orgtui.model.sentence import Ref

Identity = tuple[str, tuple[str, ...]]
"""A finding's code and subjects: what makes it the same finding in two states."""


@dataclass(frozen=True, slots=True)
class Violation:
    """What a rule says of an entity: subjects in the order of the catalogue, and the numbers by name."""

    subjects: tuple[Ref, ...]
    evidence: Mapping[str, object]


def violation(*subjects: Ref, **evidence: object) -> Violation:
    """What a rule says: its subjects, then its numbers by name."""
    return Violation(subjects, evidence)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule's word on its subjects; `failure` tells of a rule that could not be evaluated."""

    code: str
    subjects: tuple[Ref, ...]
    evidence: Mapping[str, object]
    failure: str | None = None

    @property
    def identity(self) -> Identity:
        return (self.code, self.subjects)


@dataclass(frozen=True, slots=True)
class Delta:
    """How the findings of two states differ: gone, come, and same identity with other numbers."""

    resolved: tuple[Finding, ...] = ()
    introduced: tuple[Finding, ...] = ()
    changed: tuple[Finding, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.resolved or self.introduced or self.changed)


@dataclass(slots=True)
class DeltaBuilder:
    """Collects what entities said before and say now, and cancels what merely changed its speaker."""

    before: dict[Identity, Finding] = field(default_factory=dict)
    after: dict[Identity, Finding] = field(default_factory=dict)

    def replace(self, old: tuple[Finding, ...], new: tuple[Finding, ...]) -> None:
        for finding in old:
            self.before[finding.identity] = finding
        for finding in new:
            self.after[finding.identity] = finding

    def delta(self) -> Delta:
        before, after = self.before, self.after
        return Delta(
            tuple(finding for identity, finding in before.items() if identity not in after),
            tuple(finding for identity, finding in after.items() if identity not in before),
            tuple(f for identity, f in after.items() if identity in before and before[identity] != f),
        )

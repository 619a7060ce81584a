"""Findings of rules, and how the findings of two states differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from orgtui.model.sentence import Ref

Identity = tuple[str, tuple[str, ...]]
"""A finding's code and subjects."""


@dataclass(frozen=True, slots=True)
class Violation:
    """What a rule yields: its subjects in the order of the catalogue, its evidence by name, and its size."""

    subjects: tuple[Ref, ...]
    evidence: Mapping[str, object]
    size: int = 1


def violation(*subjects: Ref, **evidence: object) -> Violation:
    """A violation of its subjects of size 1, with its evidence by name."""
    return Violation(subjects, evidence)


def sized_violation(size: int, /, *subjects: Ref, **evidence: object) -> Violation:
    """A violation of its subjects, with its size and its evidence by name."""
    return Violation(subjects, evidence, size)


@dataclass(frozen=True, slots=True)
class Finding:
    """A violation with the code of its rule.

    `size` says how much is wrong, at least 1, in the unit of its rule: seats too many, tenths of a week that
    are missing. `failure` is the error of a rule that could not be evaluated.
    """

    code: str
    subjects: tuple[Ref, ...]
    evidence: Mapping[str, object]
    size: int = 1
    failure: str | None = None

    @property
    def identity(self) -> Identity:
        """What makes it the same finding in two states."""
        return (self.code, self.subjects)


@dataclass(frozen=True, slots=True)
class Delta:
    """How the findings of two states differ.

    `changed` are those with equal identity that have another size or other evidence.
    """

    resolved: tuple[Finding, ...] = ()
    introduced: tuple[Finding, ...] = ()
    changed: tuple[Finding, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.resolved or self.introduced or self.changed)


@dataclass(slots=True)
class DeltaBuilder:
    """Collects the findings of entities before and after a change, by identity.

    A finding that one entity loses and another one gets is no difference.
    """

    before: dict[Identity, Finding] = field(default_factory=dict)
    after: dict[Identity, Finding] = field(default_factory=dict)

    def replace(self, old: tuple[Finding, ...], new: tuple[Finding, ...]) -> None:
        """Add what one rule found about one entity before and after."""
        for finding in old:
            self.before[finding.identity] = finding
        for finding in new:
            self.after[finding.identity] = finding

    def delta(self) -> Delta:
        """The differences collected so far."""
        before, after = self.before, self.after
        return Delta(
            tuple(finding for identity, finding in before.items() if identity not in after),
            tuple(finding for identity, finding in after.items() if identity not in before),
            tuple(f for identity, f in after.items() if identity in before and before[identity] != f),
        )

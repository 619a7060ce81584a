"""How the reported findings of two states differ, and what that weighs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from orgtui.engine.finding import Finding, Identity
from orgtui.model.records import Acceptance, Severity
from orgtui.rules.succession import NOTHING_GONE, Gone

WEIGHTS: Mapping[Severity, int] = {"error": 9, "warning": 3, "advice": 1}
"""The weight of a finding in a balance, by severity."""


@dataclass(frozen=True, slots=True)
class ReportedFinding:
    """A finding with its severity, and its acceptance if it was accepted."""

    finding: Finding
    severity: Severity
    acceptance: Acceptance | None = None

    @property
    def identity(self) -> Identity:
        """What makes it the same finding in two states."""
        return self.finding.identity

    @property
    def counts(self) -> bool:
        """Whether it counts: it is not accepted."""
        return self.acceptance is None


Pair = tuple[ReportedFinding | None, ReportedFinding | None]
"""A finding before and after, None where it is not reported."""
Resized = tuple[ReportedFinding, ReportedFinding]
"""A finding that stays and has another size, before and after; the later one may be that of a successor."""


@dataclass(frozen=True, slots=True)
class Difference:
    """How two states differ: pairs of a finding before and after, None where it is not reported.

    `fell_asleep` and `woke` are the codes of rules that lack data only after, or only before. `gone` says
    which of the findings that are no longer found have not been mended by that.
    """

    pairs: tuple[Pair, ...] = ()
    fell_asleep: frozenset[str] = frozenset()
    woke: frozenset[str] = frozenset()
    gone: Gone = NOTHING_GONE

    @property
    def lost(self) -> list[ReportedFinding]:
        """The findings that counted and no longer do, for whatever reason, as they were."""
        return [old for old, new in self.pairs if old and old.counts and not (new and new.counts)]

    @property
    def found(self) -> list[ReportedFinding]:
        """The findings that count and did not before, for whatever reason, as they are."""
        return [new for old, new in self.pairs if new and new.counts and not (old and old.counts)]

    @property
    def resolved(self) -> list[ReportedFinding]:
        """The findings that counted and are mended, accepted or removed, as they were.

        Those that still stand are not among them: their rule fell asleep, what they are about went to
        something with the same trouble, or it is out of the rule's sight.
        """
        return [each for each in self.lost if not self._stands(each)]

    @property
    def introduced(self) -> list[ReportedFinding]:
        """The findings that count and did not before, as they are; not those that a successor took over."""
        heirs = self._heirs()
        return [each for each in self.found if each.identity not in heirs]

    @property
    def asleep(self) -> list[ReportedFinding]:
        """The findings that counted and whose rule fell asleep, as they were; they count as still there."""
        return [each for each in self.lost if each.finding.code in self.fell_asleep]

    @property
    def shrunk(self) -> list[Resized]:
        """The findings that count before and after, and are smaller now."""
        hidden = self.gone.hidden
        return [
            (old, new)
            for old, new in self._staying()
            if new.finding.size < old.finding.size and old.identity not in hidden
        ]

    @property
    def grown(self) -> list[Resized]:
        """The findings that count before and after, and are larger now."""
        return [(old, new) for old, new in self._staying() if new.finding.size > old.finding.size]

    @property
    def accepted(self) -> list[ReportedFinding]:
        """The findings that counted and are accepted now; they are among those resolved."""
        return [new for old, new in self.pairs if old and new and old.counts and not new.counts]

    @property
    def no_longer_accepted(self) -> list[ReportedFinding]:
        """The findings that were accepted and count again; they are among those introduced."""
        return [new for old, new in self.pairs if old and new and new.counts and not old.counts]

    @property
    def balance(self) -> int:
        """The weight of what is resolved minus the weight of what is introduced: above 0 is better.

        Each finding that stays counts 1 if it shrinks and -1 if it grows. What is accepted, or gone because
        somebody removed what it speaks of, weighs nothing.
        """
        weightless = {each.identity for each in (*self.accepted, *self.no_longer_accepted)}
        weightless |= self.gone.removed
        resolved = _weight(each for each in self.resolved if each.identity not in weightless)
        introduced = _weight(each for each in self.introduced if each.identity not in weightless)
        return resolved - introduced + len(self.shrunk) - len(self.grown)

    @property
    def penalty(self) -> int:
        """How much more all findings that count weigh together, whatever the reason; below 0 is better."""
        return _weight(self.found) - _weight(self.lost)

    def crediting(self, identity: Identity) -> Difference:
        """This difference where it counts as mended that the subject of one finding was removed."""
        if identity not in self.gone.removed:
            return self
        return replace(self, gone=replace(self.gone, removed=self.gone.removed - {identity}))

    def followed_by(self, later: Difference) -> Difference:
        """This difference and a later one together."""
        both: dict[Identity, Pair] = {}
        for old, new in (*self.pairs, *later.pairs):
            known = new or old
            if known is not None:
                first, _ = both.get(known.identity, (old, None))
                both[known.identity] = (first, new)
        return Difference(
            tuple((old, new) for old, new in both.values() if old != new),
            (self.fell_asleep - later.woke) | (later.fell_asleep - self.woke),
            (self.woke - later.fell_asleep) | (later.woke - self.fell_asleep),
            self.gone.followed_by(later.gone, {each.identity for each in later.lost}),
        )

    def __bool__(self) -> bool:
        return bool(self.pairs)

    def _stands(self, lost: ReportedFinding) -> bool:
        """Whether a finding that is no longer found stands all the same."""
        identity = lost.identity
        return (
            lost.finding.code in self.fell_asleep
            or identity in self.gone.heirs
            or identity in self.gone.hidden
        )

    def _heirs(self) -> dict[Identity, ReportedFinding]:
        """The findings of successors that were not found before, each with the largest it takes over from."""
        if not self.gone.heirs:
            return {}
        taken: dict[Identity, ReportedFinding] = {}
        found = {each.identity for each in self.found}
        for each in self.lost:
            heir = self.gone.heirs.get(each.identity)
            if heir in found and (heir not in taken or taken[heir].finding.size < each.finding.size):
                taken[heir] = each
        return taken

    def _staying(self) -> Iterator[Resized]:
        """The findings that count before and after, a successor's with the one it takes over from."""
        for old, new in self.pairs:
            if old and new and old.counts and new.counts:
                yield old, new
        heirs = self._heirs()
        for new in self.found if heirs else ():
            if new.identity in heirs:
                yield heirs[new.identity], new


def _weight(findings: Iterable[ReportedFinding]) -> int:
    return sum(WEIGHTS[each.severity] for each in findings)

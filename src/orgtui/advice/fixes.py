"""The fixes of a finding, each previewed on the present state before it is offered."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from orgtui.changes.base import Change, Refused
from orgtui.changes.compile import TooManySets, compile_all
from orgtui.engine.finding import Finding
from orgtui.engine.view import Tally, View
from orgtui.model.records import Function, Key, Person, Team
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.model.store import Set
from orgtui.rules.assessment import Assessment, Difference
from orgtui.rules.registry import Fix, catalogue

Applicability = Literal["safe", "decision", "hint"]

SETS_MAX = 1_000
"""A fix that changes more entries than these is not tried; a hint says so instead."""

WORK_MAX = 100_000
"""After so much work no more fixes are looked for in a check."""

WORK_OF_A_FIX = 10
"""The work of proposing and comparing a fix, beside what it changes."""


READS_OF_A_UNIT = 20
"""The records and keys read that are as much work as one unit."""


@dataclass(slots=True)
class Effort:
    """What is left of the work that may be spent on a search for fixes.

    A unit is an assignment that is tried, an entity whose rules are evaluated for it, or a few records that
    are read to propose it: unlike seconds, these are the same for the same organisation. `tried` counts the
    fixes.
    """

    left: int = WORK_MAX
    tried: int = 0

    @property
    def is_spent(self) -> bool:
        """Whether nothing is left; a finding that was begun is completed."""
        return self.left <= 0

    def spend(self, work: int) -> None:
        """Count a fix that was tried, and the work beside that of any fix."""
        self.tried += 1
        self.left -= WORK_OF_A_FIX + work


class CountingView(View):
    """A view that counts the records and keys that are read in it; `reads` is the number."""

    def __init__(self, view: View) -> None:
        self.today = view.today
        self.reads = 0
        self.derive = view.derive  # type: ignore[method-assign]
        self.options = view.options  # type: ignore[method-assign]
        self._view = view

    def record(self, table: str, key: Key) -> Any:
        self.reads += 1
        return self._view.record(table, key)

    def ids(self, table: str) -> tuple[Any, ...]:
        ids = self._view.ids(table)
        self.reads += len(ids)
        return ids

    def index(self, name: str, key: Key) -> Collection[Any]:
        keys = self._view.index(name, key)
        self.reads += len(keys)
        return keys

    def count(self, name: str, key: Key) -> int:
        self.reads += 1
        return self._view.count(name, key)

    def tally(self, tally: Tally, group: Key) -> Mapping[Any, int]:
        members = self._view.tally(tally, group)
        self.reads += len(members)
        return members


@dataclass(frozen=True, slots=True)
class PreviewedFix:
    """A fix with its preview; a `hint` has no changes, people must do it themselves."""

    title: Sentence
    applicability: Applicability
    changes: tuple[Change, ...]
    difference: Difference


def fixes_for(assessment: Assessment, finding: Finding, effort: Effort | None = None) -> list[PreviewedFix]:
    """The fixes that resolve a finding and introduce no error, the best balance first, then hints.

    Previews each fix with all rules, those of the graph lane included. The work is taken from `effort`.
    """
    view = CountingView(assessment.view)
    proposed = (fix for fixer in catalogue()[finding.code].fixers for fix in fixer(view, finding))
    effort = effort or Effort()
    previewed = list(_previewed_fixes(assessment, finding, proposed, effort))
    effort.left -= view.reads // READS_OF_A_UNIT
    return sorted(previewed, key=lambda fix: (fix.applicability == "hint", -fix.difference.balance))


def _previewed_fixes(
    assessment: Assessment, finding: Finding, proposed: Iterable[Fix], effort: Effort
) -> Iterator[PreviewedFix]:
    seen = set()
    is_too_large = False
    for fix in proposed:
        if not fix.changes:
            yield PreviewedFix(fix.title, "hint", (), Difference())
            continue
        changes = fix.changes
        if repr(changes) in seen:
            continue
        seen.add(repr(changes))
        try:
            sets = compile_all(assessment.organization, changes, sets_max=SETS_MAX)
        except Refused:
            effort.spend(0)
            continue
        except TooManySets:
            effort.spend(SETS_MAX)
            is_too_large = True
            continue
        preview = assessment.preview(sets, lambda view: None, graph_lane=True)
        effort.spend(len(sets) + preview.evaluated)
        if resolves_without_error(preview.difference, finding):
            yield PreviewedFix(fix.title, applicability(sets), changes, preview.difference)
    if is_too_large:
        told = N_("Go in smaller steps: a fix that changes more than {limit} entries is not tried")
        title = sentence(told, limit=SETS_MAX)
        yield PreviewedFix(title, "hint", (), Difference())


def resolves_without_error(difference: Difference, finding: Finding) -> bool:
    """Whether a difference resolves a finding and introduces no error."""
    gone = any(old and not new and old.identity == finding.identity for old, new in difference.pairs)
    return gone and not any(each.severity == "error" for each in difference.introduced)


def applicability(sets: Iterable[Set]) -> Applicability:
    """`safe` if no person, team or function changes its place, lead or work, otherwise `decision`."""
    return "decision" if any(_moves_somebody(each) for each in sets) else "safe"


def _moves_somebody(each: Set) -> bool:
    old, new = each.old, each.new
    if isinstance(old, Person) and isinstance(new, Person):
        return (old.team, old.functions, old.state) != (new.team, new.functions, new.state)
    if isinstance(old, Team) and isinstance(new, Team):
        return (old.parent, old.lead) != (new.parent, new.lead)
    if isinstance(old, Function) and isinstance(new, Function):
        return old.team != new.team
    return each.table in ("person", "team", "function")

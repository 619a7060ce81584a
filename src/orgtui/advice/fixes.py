"""The fixes of a finding, each previewed on the present state before it is offered."""

from __future__ import annotations

from collections.abc import Collection, Generator, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from orgtui.advice.fit import Fitting
from orgtui.advice.guard import is_honest
from orgtui.advice.moving import fitting_of_moves
from orgtui.advice.new_managers import managers_of, new_managers, reader_of_managers
from orgtui.changes.base import Change, Refused
from orgtui.changes.compile import TooManySets, compile_all
from orgtui.changes.plan_operations import SetWave
from orgtui.engine.finding import Finding
from orgtui.engine.view import Tally, View
from orgtui.model.records import Function, Key, Person, Team
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.model.store import Set
from orgtui.rules.assessment import Assessment, Difference
from orgtui.rules.inputs import NO_PLAN, Waves
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
    """A fix with its preview; a `hint` has no changes, people must do it themselves.

    With `placing` changes of the plan are put into another wave, which leads to `waves`. `fitting` is how
    what it moves fits there; None if it moves nothing. `removes` is that of the fix. `moved` people get to
    another team, `new_managers` people another manager.
    """

    title: Sentence
    applicability: Applicability
    changes: tuple[Change, ...]
    difference: Difference
    fitting: Fitting | None = None
    removes: bool = False
    placing: SetWave | None = None
    waves: Waves | None = None
    moved: int = 0
    new_managers: int = 0

    @property
    def can_be_made(self) -> bool:
        """Whether a plan can hold it; a hint is for people."""
        return self.applicability != "hint"

    @property
    def score(self) -> int:
        """The balance with the points of the fit: fixes are ranked by it, as places are."""
        return self.difference.balance + (0 if self.fitting is None else self.fitting.points)

    @property
    def moves_to_strangers(self) -> bool:
        """Whether it moves something to where nothing is like it; it is marked then."""
        return self.fitting is not None and self.fitting.fit == "stranger"


def fixes_for(assessment: Assessment, finding: Finding, effort: Effort | None = None) -> list[PreviewedFix]:
    """The fixes that resolve a finding honestly and introduce no error, then hints.

    Those with the best score come first, as places do; of equals, those that give fewest people a new
    manager, then those after which all findings weigh least, then what the fixer proposes first.

    Previews each fix with all rules, those of the graph lane included. The work is taken from `effort`.
    """
    looking = fixes_by_and_by(assessment, finding, effort)
    while True:
        try:
            next(looking)
        except StopIteration as end:
            return end.value  # type: ignore[no-any-return]


def fixes_by_and_by(
    assessment: Assessment, finding: Finding, effort: Effort | None = None
) -> Generator[None, None, list[PreviewedFix]]:
    """What `fixes_for` returns, with a pause after every fix that is previewed."""
    view = CountingView(assessment.view)
    proposed = (fix for fixer in catalogue()[finding.code].fixers for fix in fixer(view, finding))
    effort = effort or Effort()
    previewed = []
    for fix in _previewed_fixes(assessment, view, finding, proposed, effort):
        if fix is not None:
            previewed.append(fix)
        yield
    effort.left -= view.reads // READS_OF_A_UNIT
    return sorted(previewed, key=_rank)


def _rank(fix: PreviewedFix) -> tuple[float, ...]:
    return fix.applicability == "hint", -fix.score, fix.new_managers, fix.difference.penalty


def _previewed_fixes(
    assessment: Assessment, view: View, finding: Finding, proposed: Iterable[Fix], effort: Effort
) -> Iterator[PreviewedFix | None]:
    """The fixes worth offering, None for those that were previewed and are not."""
    seen = set()
    is_too_large = False
    for fix in proposed:
        if fix.placing is not None:
            effort.spend(len(fix.placing.changes))
            yield _previewed_placing(assessment, finding, fix)
            continue
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
        previewed, evaluated = _preview(assessment, view, finding, fix, sets)
        effort.spend(len(sets) + evaluated)
        yield previewed
    if is_too_large:
        told = N_("Go in smaller steps: a fix that changes more than {limit} entries is not tried")
        title = sentence(told, limit=SETS_MAX)
        yield PreviewedFix(title, "hint", (), Difference())


def _previewed_placing(assessment: Assessment, finding: Finding, fix: Fix) -> PreviewedFix | None:
    """A fix that puts changes of the plan into another wave; None if it is not to be offered.

    It is a decision: some people get their new manager at another time.
    """
    difference = assessment.preview_waves(fix.waves or NO_PLAN)
    if not (resolves_without_error(difference, finding) and is_honest(difference, finding)):
        return None
    return PreviewedFix(fix.title, "decision", (), difference, placing=fix.placing, waves=fix.waves)


def preview_again(assessment: Assessment, finding: Finding, fix: PreviewedFix) -> PreviewedFix | None:
    """A fix proposed in an earlier state, previewed on the present one; None if it is no fix here."""
    try:
        sets = compile_all(assessment.organization, fix.changes)
    except Refused:
        return None
    proposed = Fix(fix.title, fix.changes, fix.removes)
    return _preview(assessment, assessment.view, finding, proposed, sets)[0]


def _preview(
    assessment: Assessment, view: View, finding: Finding, fix: Fix, sets: Sequence[Set]
) -> tuple[PreviewedFix | None, int]:
    """A fix with its preview, None if it is not to be offered; and how many entities were evaluated."""
    preview = assessment.preview(sets, reader_of_managers(assessment.view, sets), graph_lane=True)
    difference = preview.difference
    if fix.removes:
        difference = difference.crediting(finding.identity)
    if not (resolves_without_error(difference, finding) and is_honest(difference, finding)):
        return None, preview.evaluated
    fitting = fitting_of_moves(view, fix.changes)
    kind = applicability(sets)
    previewed = PreviewedFix(
        fix.title,
        kind,
        fix.changes,
        difference,
        fitting,
        fix.removes,
        moved=sum(map(_moves_person, sets)),
        new_managers=new_managers(managers_of(assessment.view, preview.answer), preview.answer),
    )
    return previewed, preview.evaluated


def resolves_without_error(difference: Difference, finding: Finding) -> bool:
    """Whether a difference resolves a finding and introduces no error."""
    gone = any(old and not new and old.identity == finding.identity for old, new in difference.pairs)
    return gone and not any(each.severity == "error" for each in difference.found)


def applicability(sets: Iterable[Set]) -> Applicability:
    """`safe` if no person, team or function changes its place, lead, tools or work, otherwise `decision`."""
    return "decision" if any(_moves_somebody(each) for each in sets) else "safe"


def _moves_person(each: Set) -> bool:
    """Whether an assignment takes somebody who is there before and after to another team."""
    old, new = each.old, each.new
    if not isinstance(old, Person) or not isinstance(new, Person):
        return False
    return old.state == new.state == "filled" and old.team != new.team


def _moves_somebody(each: Set) -> bool:
    old, new = each.old, each.new
    if isinstance(old, Person) and isinstance(new, Person):
        return (old.team, old.functions, old.state) != (new.team, new.functions, new.state)
    if isinstance(old, Team) and isinstance(new, Team):
        return (old.parent, old.lead, set(old.tools)) != (new.parent, new.lead, set(new.tools))
    if isinstance(old, Function) and isinstance(new, Function):
        return old.team != new.team
    return each.table in ("person", "team", "function")

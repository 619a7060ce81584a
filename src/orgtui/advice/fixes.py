"""The fixes of a finding, each previewed on the present state before it is offered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from orgtui.changes.base import Change, Refused
from orgtui.changes.compile import compile_all
from orgtui.engine.finding import Finding
from orgtui.model.records import Function, Person, Team
from orgtui.model.sentence import Sentence
from orgtui.model.store import Set
from orgtui.rules.assessment import Assessment, Difference
from orgtui.rules.registry import Fix, catalogue

Applicability = Literal["safe", "decision", "hint"]


@dataclass(frozen=True, slots=True)
class PreviewedFix:
    """A fix with its preview; a `hint` has no changes, people must do it themselves."""

    title: Sentence
    applicability: Applicability
    changes: tuple[Change, ...]
    difference: Difference


def fixes_for(assessment: Assessment, finding: Finding) -> list[PreviewedFix]:
    """The fixes that resolve a finding and introduce no error, the best balance first, then hints.

    Previews each fix with all rules, those of the graph lane included.
    """
    proposed = (fix for fixer in catalogue()[finding.code].fixers for fix in fixer(assessment.view, finding))
    previewed = list(_previewed_fixes(assessment, finding, proposed))
    return sorted(previewed, key=lambda fix: (fix.applicability == "hint", -fix.difference.balance))


def _previewed_fixes(
    assessment: Assessment, finding: Finding, proposed: Iterable[Fix]
) -> Iterator[PreviewedFix]:
    seen = set()
    for fix in proposed:
        if not fix.changes:
            yield PreviewedFix(fix.title, "hint", (), Difference())
            continue
        changes = fix.changes
        if repr(changes) in seen:
            continue
        seen.add(repr(changes))
        try:
            sets = compile_all(assessment.organization, changes)
        except Refused:
            continue
        difference = assessment.preview(sets, lambda view: None, graph_lane=True).difference
        if resolves_without_error(difference, finding):
            yield PreviewedFix(fix.title, applicability(sets), changes, difference)


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

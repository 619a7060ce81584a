"""Rebasing steps onto another baseline, with the conflicts."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from orgtui.changes.base import Refused
from orgtui.changes.compile import check_finding, trial
from orgtui.changes.step import Step
from orgtui.model.sentence import Sentence
from orgtui.model.store import Organization, Set

MadeSteps = Sequence[tuple[int, Sequence[Set]]]
"""The steps of a plan made so far, each as its wave and its assignments."""

HasFindingAfter = Callable[[MadeSteps, Organization, str, tuple[str, ...]], bool]
"""Whether a rule, by its code, finds something about subjects in the organisation that steps led to."""


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """A field that a change overwrites and that has another value than the plan recorded; None if absent.

    `base` is the value that the plan recorded, `theirs` the present one, `ours` the one that the change sets,
    None also if the change cannot be made.
    """

    field: str
    base: object
    theirs: object
    ours: object


@dataclass(frozen=True, slots=True)
class Conflict:
    """A step that does not fit the new baseline: the fields that differ, and why it is refused, if it is."""

    step: Step
    differences: tuple[FieldDifference, ...]
    refused: Sentence | None = None


def rebase(
    organization: Organization, steps: Iterable[Step], has_finding: HasFindingAfter | None = None
) -> tuple[list[Step], list[Conflict]]:
    """The steps that can be made in an organisation, with their replaced values there, and the conflicts.

    A step whose `was` no longer holds is made all the same if it can be, and listed. With `has_finding`,
    accepting is refused where no finding is. Alters nothing.
    """
    made: list[Step] = []
    assignments: list[tuple[int, Sequence[Set]]] = []
    conflicts: list[Conflict] = []
    with trial(organization) as tried:
        for step in steps:
            theirs = step.change.replaced_values(organization)
            try:
                if has_finding is not None:
                    check_finding(organization, step.change, partial(has_finding, assignments))
                assignments.append((step.wave, tried.make(step.change)))
            except Refused as refusal:
                conflicts.append(Conflict(step, _differences(step.was, theirs, {}), refusal.sentence))
                continue
            differences = _differences(step.was, theirs, step.change.replaced_values(organization))
            if differences:
                conflicts.append(Conflict(step, differences))
            made.append(replace(step, was=theirs))
    return made, conflicts


def _differences(
    base: Mapping[str, object], theirs: Mapping[str, object], ours: Mapping[str, object]
) -> tuple[FieldDifference, ...]:
    return tuple(
        FieldDifference(name, base.get(name), theirs.get(name), ours.get(name))
        for name in dict.fromkeys((*base, *theirs))
        if _comparable(base.get(name)) != _comparable(theirs.get(name))
    )


def _comparable(value: object) -> object:
    """Plain data in one normal form, whether from TOML, JSON or records."""
    if isinstance(value, Mapping):
        return {key: _comparable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_comparable(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return value

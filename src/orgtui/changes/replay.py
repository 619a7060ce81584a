"""Rebasing steps onto another baseline, with the conflicts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from orgtui.changes.base import Refused
from orgtui.changes.compile import check_finding, trial
from orgtui.changes.step import Step
from orgtui.model.sentence import Sentence
from orgtui.model.store import Organization, Set

ORDERED = frozenset(("stages", "pillars", "areas"))
"""The names under which `was` holds lists whose order means something."""

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
            was = step.change.was_in_present_form(step.was)
            theirs = step.change.replaced_values(organization)
            try:
                if has_finding is not None:
                    check_finding(organization, step.change, partial(has_finding, assignments))
                assignments.append((step.wave, tried.make(step.change)))
            except Refused as refusal:
                conflicts.append(Conflict(step, _differences(was, theirs, {}), refusal.sentence))
                continue
            differences = _differences(was, theirs, step.change.replaced_values(organization))
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
        if _comparable(base.get(name), name) != _comparable(theirs.get(name), name)
    )


def _comparable(value: object, name: str) -> object:
    """What stands under a name in one form, whether it came from TOML, JSON or records.

    Lists are sorted, but for those in ORDERED and the entries of lists, such as the two ends of a link.
    """
    if isinstance(value, Mapping):
        return {key: _comparable(each, key) for key, each in value.items()}
    if isinstance(value, list | tuple):
        entries = [tuple(each) if isinstance(each, list) else _comparable(each, "") for each in value]
        return entries if name in ORDERED else sorted(entries, key=_written)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def _written(value: object) -> str:
    """Comparable data as text, whatever the order of its keys."""
    return json.dumps(value, sort_keys=True, default=str)

"""A plan made again on another baseline, with what no longer holds there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from orgtui.changes.base import Refused
from orgtui.changes.compile import HasFinding, check_finding, trial
from orgtui.changes.step import Step
from orgtui.model.sentence import Sentence
from orgtui.model.store import Organization


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One thing that a change replaced and that is another now; None stands for absent.

    `base` is what the plan says stood there, `theirs` what stands there now, `ours` what the change wants,
    None also if it cannot be made.
    """

    field: str
    base: object
    theirs: object
    ours: object


@dataclass(frozen=True, slots=True)
class Conflict:
    """A step that does not fit the new baseline: what differs, and why it cannot be made if so."""

    step: Step
    differences: tuple[FieldDifference, ...]
    refused: Sentence | None = None


def rebase(
    organization: Organization, steps: Iterable[Step], has_finding: HasFinding | None = None
) -> tuple[list[Step], list[Conflict]]:
    """The steps that can be made here, with what they replace here, and those that conflict.

    A step whose `was` no longer holds is made all the same if it can be, and listed. Alters nothing.
    """
    made: list[Step] = []
    conflicts: list[Conflict] = []
    with trial(organization) as tried:
        for step in steps:
            theirs = step.change.replaced_values(organization)
            try:
                if has_finding is not None:
                    check_finding(organization, step.change, has_finding)
                tried.make(step.change)
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
    """Plain data in one form, whether it came from TOML, JSON or records."""
    if isinstance(value, Mapping):
        return {key: _comparable(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_comparable(each) for each in value]
    if isinstance(value, date):
        return value.isoformat()
    return value

"""Findings with their place in the files, for programs that show them there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from orgtui.api.checking import CheckedState
from orgtui.files.locations import ORGANIZATION, Location, locate
from orgtui.locales import translate
from orgtui.rules.assessment import ReportedFinding
from orgtui.rules.policy import message
from orgtui.views.base.names import name_of


@dataclass(frozen=True, slots=True)
class LocatedFinding:
    """A finding in words, with the place of the first of its subjects that the file speaks of."""

    reported: ReportedFinding
    words: str
    location: Location


def locate_findings(checked: CheckedState) -> Iterator[LocatedFinding]:
    """Each finding with its place in the organisation's file; in a plan's state some stand at its top."""
    state, findings = checked.state, checked.findings
    refs = {subject for reported in findings for subject in reported.finding.subjects}
    locations = locate(state.path, state.baseline, {ORGANIZATION, *refs})
    names = partial(name_of, state.organization)
    for reported in findings:
        subjects = (*reported.finding.subjects, ORGANIZATION)
        location = next(locations[subject] for subject in subjects if subject in locations)
        yield LocatedFinding(reported, translate(message(reported.finding), names), location)


def relative_to_cwd(file: str) -> Path:
    """A path as seen from the working directory, if it lies below it."""
    path = Path(file).absolute()
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path

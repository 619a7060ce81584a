"""Findings with their locations in files, for formats of editors and code hosts."""

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
    """A finding in words, with the location of its first subject that the files mention."""

    reported: ReportedFinding
    words: str
    location: Location


def locate_findings(checked: CheckedState) -> Iterator[LocatedFinding]:
    """Each finding with its location; that of subjects which only a plan adds is the top of the file."""
    state, findings = checked.state, checked.findings
    refs = {subject for reported in findings for subject in reported.finding.subjects}
    locations = locate(state.path, state.baseline, {ORGANIZATION, *refs})
    names = partial(name_of, state.organization)
    for reported in findings:
        subjects = (*reported.finding.subjects, ORGANIZATION)
        location = next(locations[subject] for subject in subjects if subject in locations)
        yield LocatedFinding(reported, translate(message(reported.finding), names), location)


def relative_to_cwd(file: str) -> Path:
    """A path relative to the working directory, or an absolute one if it is not below it."""
    path = Path(file).absolute()
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path

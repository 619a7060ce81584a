"""Findings with their place in the files, for programs that show them there."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from orgtui.api.checking import Checked
from orgtui.files.whereabouts import ORGANIZATION, Place, whereabouts
from orgtui.locales import say
from orgtui.rules.assessment import ReportedFinding
from orgtui.rules.policy import message
from orgtui.views.base.names import name_of


@dataclass(frozen=True, slots=True)
class Located:
    """A finding in words, with the place of the first of its subjects that the file speaks of."""

    reported: ReportedFinding
    words: str
    place: Place


def located(checked: Checked) -> Iterator[Located]:
    """Each finding with its place in the organisation's file; in a plan's state some stand at its top."""
    state, findings = checked.state, checked.findings
    refs = {subject for reported in findings for subject in reported.finding.subjects}
    places = whereabouts(state.path, state.baseline, {ORGANIZATION, *refs})
    names = partial(name_of, state.now)
    for reported in findings:
        subjects = (*reported.finding.subjects, ORGANIZATION)
        place = next(places[subject] for subject in subjects if subject in places)
        yield Located(reported, say(message(reported.finding), names), place)


def from_here(file: str) -> Path:
    """A path as seen from the working directory, if it lies below it."""
    path = Path(file).absolute()
    return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path

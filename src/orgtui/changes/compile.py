"""Compiling several changes, each on the state that the one before leads to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from orgtui.changes.base import Change
from orgtui.changes.refusal import refuse
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization, Set, inverse

HasFinding = Callable[[Organization, str, tuple[str, ...]], bool]
"""Whether the rule of a code has a finding about these subjects in an organisation."""


class Trial:
    """An organisation with changes that are rolled back at the end; `sets` are the assignments so far."""

    def __init__(self, organization: Organization) -> None:
        self.organization = organization
        self.sets: list[Set] = []

    def make(self, change: Change) -> list[Set]:
        """Make a change; returns its assignments, or raises Refused and alters nothing."""
        sets = change.compile(self.organization)
        self.apply(sets)
        return sets

    def apply(self, sets: Iterable[Set]) -> None:
        """Apply assignments."""
        for each in sets:
            self.organization.apply(each)
            self.sets.append(each)

    def roll_back(self, to: int = 0) -> None:
        """Undo all assignments except the first `to`."""
        for each in inverse(self.sets[to:]):
            self.organization.apply(each)
        del self.sets[to:]


@contextmanager
def trial(organization: Organization) -> Iterator[Trial]:
    """Try changes on an organisation; they are rolled back at the end, also after an exception."""
    tried = Trial(organization)
    try:
        yield tried
    finally:
        tried.roll_back()


class TooManySets(Exception):
    """Changes make more assignments than the caller wants to try."""


def compile_all(
    organization: Organization,
    changes: Iterable[Change],
    has_finding: HasFinding | None = None,
    *,
    sets_max: int | None = None,
) -> list[Set]:
    """The assignments that make changes one after another; alters nothing. Raises Refused.

    With `has_finding`, accepting is refused where no finding is. Raises TooManySets as soon as there are more
    than `sets_max`.
    """
    sets: list[Set] = []
    with trial(organization) as tried:
        for change in changes:
            tried.apply(sets[len(tried.sets) :])
            if has_finding is not None:
                check_finding(organization, change, has_finding)
            sets += change.compile(organization)
            if sets_max is not None and len(sets) > sets_max:
                raise TooManySets
    return sets


def replaced_values_of_each(organization: Organization, changes: Sequence[Change]) -> list[dict[str, object]]:
    """The replaced values of each change, made one after another; alters nothing. Raises Refused."""
    found = []
    with trial(organization) as tried:
        for number, change in enumerate(changes):
            if number:
                tried.make(changes[number - 1])
            found.append(change.replaced_values(organization))
    return found


def check_finding(organization: Organization, change: Change, has_finding: HasFinding) -> None:
    """Raise Refused if a change accepts a finding that does not exist."""
    accepted = change.accepted_finding
    if accepted is not None and not has_finding(organization, *accepted):
        code, subjects = accepted
        if not subjects:
            raise refuse("{code} finds nothing to accept", code=code)
        raise refuse(
            "{code} finds nothing to accept about {subjects}",
            code=code,
            subjects=tuple(Ref(subject) for subject in subjects),
        )

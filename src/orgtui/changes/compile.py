"""Changes one after another, each on the state that the former left."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from orgtui.changes.base import Change
from orgtui.model.store import Organization, Set, inverse


class Trial:
    """An organisation on trial: what is made of it is put back at the end."""

    def __init__(self, organization: Organization) -> None:
        self.organization = organization
        self.sets: list[Set] = []

    def make(self, change: Change) -> list[Set]:
        """Make a change; raises Refused and alters nothing if it cannot be made."""
        sets = change.compile(self.organization)
        self.apply(sets)
        return sets

    def apply(self, sets: Iterable[Set]) -> None:
        for each in sets:
            self.organization.apply(each)
            self.sets.append(each)

    def take_back(self, to: int = 0) -> None:
        """Put back all assignments but the first `to`."""
        for each in inverse(self.sets[to:]):
            self.organization.apply(each)
        del self.sets[to:]


@contextmanager
def trial(organization: Organization) -> Iterator[Trial]:
    """Try changes on an organisation and leave it as it was, whatever happens."""
    tried = Trial(organization)
    try:
        yield tried
    finally:
        tried.take_back()


def compile_all(organization: Organization, changes: Iterable[Change]) -> list[Set]:
    """The assignments that changes come to, made one after another; raises Refused. Alters nothing."""
    sets: list[Set] = []
    with trial(organization) as tried:
        for change in changes:
            tried.apply(sets[len(tried.sets) :])
            sets += change.compile(organization)
    return sets

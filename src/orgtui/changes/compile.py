"""Changes one after another, each on the state that the former left."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from orgtui.changes.base import Change
from orgtui.changes.refusal import refuse
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization, Set, inverse

HasFinding = Callable[[Organization, str, tuple[str, ...]], bool]
"""Whether a rule, by its code, finds something about subjects in an organisation."""


class Trial:
    """An organisation on trial: what is made of it is put back at the end."""

    def __init__(self, organization: Organization) -> None:
        self.organization = organization
        self.sets: list[Set] = []

    def make(self, change: Change) -> None:
        """Make a change; raises Refused and alters nothing if it cannot be made."""
        self.apply(change.compile(self.organization))

    def apply(self, sets: Iterable[Set]) -> None:
        for each in sets:
            self.organization.apply(each)
            self.sets.append(each)

    def roll_back(self, to: int = 0) -> None:
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
        tried.roll_back()


def compile_all(
    organization: Organization, changes: Iterable[Change], has_finding: HasFinding | None = None
) -> list[Set]:
    """The assignments that changes come to, made one after another; raises Refused. Alters nothing.

    With `finds`, accepting is refused where no finding is.
    """
    sets: list[Set] = []
    with trial(organization) as tried:
        for change in changes:
            tried.apply(sets[len(tried.sets) :])
            if has_finding is not None:
                check_finding(organization, change, has_finding)
            sets += change.compile(organization)
    return sets


def replaced_values_of_each(organization: Organization, changes: Sequence[Change]) -> list[dict[str, object]]:
    """What each of some changes replaces, made one after another; raises Refused. Alters nothing."""
    found = []
    with trial(organization) as tried:
        for number, change in enumerate(changes):
            if number:
                tried.make(changes[number - 1])
            found.append(change.replaced_values(organization))
    return found


def check_finding(organization: Organization, change: Change, has_finding: HasFinding) -> None:
    """Refuse to accept a finding that is not there."""
    accepted = change.accepted_finding
    if accepted is not None and not has_finding(organization, *accepted):
        code, subjects = accepted
        raise refuse(
            "{code} finds nothing to accept about {subjects}",
            code=code,
            subjects=tuple(Ref(subject) for subject in subjects),
        )

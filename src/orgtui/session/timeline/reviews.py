"""The review of a plan, seat by seat: the verdict on each, and what is left.

To be reviewed are the seats that are open in the baseline. A seat that a change touches, so that it differs
from the baseline, has the verdict `change` by itself, whatever was said of it; without that change it has its
verdict of before. Seats that the plan adds have that verdict as well, and are not counted.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from orgtui.changes.plan_operations import Review
from orgtui.model.kinds import Verdict
from orgtui.model.store import Organization
from orgtui.session.timeline.decisions import Decisions
from orgtui.session.timeline.divisions import Divisions
from orgtui.session.timeline.step import SessionStep


@dataclass(frozen=True, slots=True)
class SeatVerdict:
    """What is decided about a seat, by whom and when, as far as it is known; `who` is the user as shown.

    `is_automatic` says that it comes of a change that touches the seat.
    """

    verdict: Verdict
    by: str | None
    at: datetime | None
    who: str | None
    is_automatic: bool = False


def seats_to_review(baseline: Organization) -> Sequence[str]:
    """The seats that are to be reviewed, in the order of the file."""
    return [each.id for each in baseline.people.values() if each.state != "closed"]


class Reviews:
    """The verdicts on the seats of a plan at one moment.

    `to_review` are the seats to be reviewed, `changed` those that differ from the baseline, `step_of` tells
    which step touched such a seat last.
    """

    def __init__(
        self,
        to_review: Mapping[str, None],
        decisions: Decisions,
        changed: Collection[str],
        step_of: Callable[[str], SessionStep | None],
    ) -> None:
        self._to_review = to_review
        self._decisions = decisions
        self._changed = changed
        self._step_of = step_of

    def verdict(self, person: str) -> SeatVerdict | None:
        """The verdict on a seat; None if it has none."""
        if person in self._changed:
            step = self._step_of(person)
            said = (None, None, None) if step is None else (step.by, step.at, step.who)
            return SeatVerdict("change", *said, is_automatic=True)
        decided = self._decisions.of(("review", person))
        if decided is None or not isinstance(decided.decision, Review):
            return None
        return SeatVerdict(decided.decision.verdict, decided.by, decided.at, decided.who)

    def is_left(self, person: str) -> bool:
        """Whether a seat is to be reviewed and has no verdict yet; takes the same time for any plan."""
        has_verdict = person in self._changed or person in self._decisions.things(Review)
        return person in self._to_review and not has_verdict

    @property
    def has_begun(self) -> bool:
        """Whether somebody has given a verdict on any seat."""
        return bool(self._decisions.things(Review))

    @property
    def total(self) -> int:
        """How many seats are to be reviewed."""
        return len(self._to_review)

    @cached_property
    def reviewed(self) -> int:
        """How many of these have a verdict."""
        said = {*self._decisions.things(Review), *self._changed}
        return len(said & self._to_review.keys())

    def left(self) -> Iterator[str]:
        """The seats without a verdict, in the order of the file."""
        return filter(self.is_left, self._to_review)

    def left_by_division(
        self, organization: Organization, divisions: Divisions
    ) -> dict[str | None, list[str]]:
        """The seats without a verdict by the division that they are in, None for those of the root itself.

        Divisions are in the order of the file; those without such seats are left out.
        """
        left: dict[str | None, list[str]] = {}
        by_team: dict[str, str | None] = {}
        for person in self.left():
            team = organization.people[person].team
            if team not in by_team:
                by_team[team] = divisions.division_of(organization.people[person])
            left.setdefault(by_team[team], []).append(person)
        ordered = [None, *(team for team in organization.teams if team in left)]
        return {division: left[division] for division in ordered if division in left}


def reviewed_count(baseline: Organization, organization: Organization, reviewed: Collection[str]) -> int:
    """How many seats of a baseline have a verdict in a plan that leads to an organisation.

    `reviewed` are those whose verdict people gave.
    """
    people = organization.people
    return sum(
        1
        for person in seats_to_review(baseline)
        if person in reviewed or people.get(person) != baseline.people[person]
    )

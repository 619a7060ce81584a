"""The limits of a search: what is to stay as it is, how much may change, what must be resolved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from orgtui.advice.search import limit_words as words
from orgtui.advice.search.limit_words import team_of
from orgtui.advice.search.outlines import Outline, outline
from orgtui.changes.base import Change
from orgtui.changes.compile import trial
from orgtui.changes.refusal import Refused
from orgtui.engine.view import PlainView
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.model.store import Organization
from orgtui.rules.facts.reporting import manager_in

if TYPE_CHECKING:
    from orgtui.advice.search.plans import Cost
    from orgtui.rules.assessment import ReportedFinding

PRICE = 1.0
"""The points that a touched person must bring, unless the limits say otherwise: our judgement."""

KEPT: Mapping[str, str] = {
    "team": "keep_teams",
    "person": "keep_people",
    "function": "keep_functions",
}
"""The limit that keeps one thing where it is, by the kind of thing: what a pin sets."""


@dataclass(frozen=True)
class Limits:
    """What every plan of a search keeps to; ids of teams, people and functions.

    `keep_teams` are not merged into others, dissolved, split, folded back or put elsewhere. `keep_people` and
    `keep_functions` stay in their team, `keep_managers` are people who keep their manager, `keep_leads` teams
    that keep their lead. Each group of `together` ends in one team, in each of `apart` no two functions do.
    `not_leads` are people who lead nothing new, `ops` operations that are not used. The `most_` limits are
    of the cost of a plan (`Cost`), None is no limit. `must_resolve` has codes of rules that may not find
    anything in the end. `price` is the points that a touched person must bring in the recommended plan.
    """

    keep_teams: tuple[str, ...] = ()
    keep_people: tuple[str, ...] = ()
    keep_managers: tuple[str, ...] = ()
    keep_leads: tuple[str, ...] = ()
    keep_functions: tuple[str, ...] = ()
    together: tuple[tuple[str, ...], ...] = ()
    apart: tuple[tuple[str, ...], ...] = ()
    not_leads: tuple[str, ...] = ()
    ops: tuple[str, ...] = ()
    most_touched: int | None = field(default=None, metadata={"cost": "touched"})
    most_changes: int | None = field(default=None, metadata={"cost": "changes"})
    most_moved: int | None = field(default=None, metadata={"cost": "moved"})
    most_new_manager: int | None = field(default=None, metadata={"cost": "new_manager"})
    most_new_teams: int | None = field(default=None, metadata={"cost": "teams_new"})
    most_closed_teams: int | None = field(default=None, metadata={"cost": "teams_closed"})
    must_resolve: tuple[str, ...] = ()
    price: float = PRICE

    def refuses(self, change: Change, organization: Organization) -> Sentence | None:
        """Why a change is not worth a try in an organisation; None if nothing is seen against it yet.

        Looks at what the change names and at what sits in the teams it ends, so the cost does not grow with
        the organisation. What only shows in the net result is left to `broken_by`.
        """
        if change.op in self._ops:
            return words.op_not_used(change.op)
        if self._is_unlimited:
            return None
        found = outline(change, organization)
        return None if found is None else next(self._against(found, change, organization), None)

    def broken_by(
        self,
        before: Organization,
        after: Organization,
        changes: Iterable[Change],
        cost: Cost,
        left: Iterable[ReportedFinding] = (),
    ) -> list[Sentence]:
        """Every limit that a whole plan breaks: net `changes` from `before` to `after`, at a `cost`.

        `left` are the findings after it, without which nothing is said about what must be resolved. Things
        that are not in `before` break nothing.
        """
        return [
            *(words.op_not_used(op) for op in dict.fromkeys(each.op for each in changes) if op in self._ops),
            *self._displaced(before, after, changes),
            *self._relations(before, after),
            *self._excesses(cost),
            *self._unresolved(left),
        ]

    def with_pin(self, pin: Ref) -> Limits:
        """These limits with one more team, person or function that stays where it is."""
        return self if self.has_pin(pin) else self._with(KEPT[pin.kind], (*self._pins(pin), pin.id))

    def without_pin(self, pin: Ref) -> Limits:
        """These limits without the pin of a team, person or function."""
        return self._with(KEPT[pin.kind], tuple(each for each in self._pins(pin) if each != pin.id))

    def has_pin(self, pin: Ref) -> bool:
        """Whether a team, person or function is pinned; nothing else can be."""
        return pin.kind in KEPT and pin.id in self._pins(pin)

    @property
    def pins(self) -> frozenset[Ref]:
        """All teams, people and functions that are pinned."""
        return frozenset(Ref.to(kind, each) for kind, limit in KEPT.items() for each in getattr(self, limit))

    def _pins(self, pin: Ref) -> tuple[str, ...]:
        kept: tuple[str, ...] = getattr(self, KEPT[pin.kind])
        return kept

    def _with(self, limit: str, value: Any) -> Limits:
        return replace(self, **{limit: value})

    # -- one change --------------------------------------------------------------------------------

    def _against(self, found: Outline, change: Change, organization: Organization) -> Iterator[Sentence]:
        """What a change does to what is kept."""
        for team in found.teams_altered:
            if team in self._kept["keep_teams"]:
                yield words.team_stays(team)
        for team, lead in found.leads.items():
            if team in self._kept["keep_leads"]:
                yield words.lead_stays(organization, team)
            if lead in self._kept["not_leads"]:
                yield words.leads_nothing_new(lead, team)
        for person in found.people:
            if person in self._kept["keep_people"] and person in organization.people:
                yield words.person_stays(organization, person)
        for function in found.functions:
            if function in self._kept["keep_functions"]:
                yield words.function_stays(organization, function)
        if self.apart or self.together:
            yield from self._separated(found, organization)
        if self.keep_managers and found.may_change_managers:
            yield from self._managers_lost(change, organization)

    def _separated(self, found: Outline, organization: Organization) -> Iterator[Sentence]:
        """Groups of functions that come together and may not, or that a split parts for good."""
        for group in self._groups_of(found.functions):
            teams = {each: found.functions.get(each, team_of(organization, each)) for each in group.functions}
            if group.apart and _any_twice(teams.values()):
                yield words.end_apart(group.functions)
            elif not group.apart and found.is_split and len(set(teams.values())) > 1:
                yield words.end_together(group.functions)

    def _managers_lost(self, change: Change, organization: Organization) -> Iterator[Sentence]:
        with trial(organization) as tried:
            before = _managers(organization, self.keep_managers)
            try:
                tried.make(change)
            except Refused:
                return
            after = _managers(organization, self.keep_managers)
        for person, boss in before.items():
            if after[person] != boss:
                yield words.manager_stays(person, boss)

    # -- a whole plan ------------------------------------------------------------------------------

    def _displaced(
        self, before: Organization, after: Organization, changes: Iterable[Change]
    ) -> Iterator[Sentence]:
        """Teams, people and functions that are not where they were, and teams with another lead."""
        split = {team for change in changes if (team := _split(change)) is not None}
        for team in self.keep_teams:
            old, new = before.teams.get(team), after.teams.get(team)
            if old is not None and (new is None or new.parent != old.parent or team in split):
                yield words.team_stays(team)
        for team in self.keep_leads:
            old, new = before.teams.get(team), after.teams.get(team)
            if old is not None and (new is None or new.lead != old.lead):
                yield words.lead_stays(before, team)
        for person in self.keep_people:
            seat, later = before.people.get(person), after.people.get(person)
            if seat is not None and (later is None or later.team != seat.team):
                yield words.person_stays(before, person)
        for function in self.keep_functions:
            if function in before.functions and team_of(after, function) != team_of(before, function):
                yield words.function_stays(before, function)

    def _relations(self, before: Organization, after: Organization) -> Iterator[Sentence]:
        """Managers lost, leads that are new, functions not together or not apart."""
        if self.keep_managers:
            later = _managers(after, self.keep_managers)
            for person, boss in _managers(before, self.keep_managers).items():
                if later.get(person, "") != boss:
                    yield words.manager_stays(person, boss)
        for person in self.not_leads:
            new = sorted(set(after.index("led_by", person)) - set(before.index("led_by", person)))
            if new:
                yield words.leads_nothing_new(person, new[0])
        for group in (*self.together, *self.apart):
            teams = [team_of(after, each) for each in group if each in before.functions]
            if group in self.together and len(set(teams)) > 1:
                yield words.end_together(group)
            if group in self.apart and _any_twice(teams):
                yield words.end_apart(group)

    def _excesses(self, cost: Cost) -> Iterator[Sentence]:
        for limit, name in MOST.items():
            most, there = getattr(self, limit), getattr(cost, name)
            if most is not None and there > most:
                yield Sentence(EXCESSES[limit], {"number": there, "most": most})

    def _unresolved(self, left: Iterable[ReportedFinding]) -> Iterator[Sentence]:
        if self.must_resolve:
            there = {each.finding.code for each in left if each.counts}
            for code in self.must_resolve:
                if code in there:
                    yield sentence("{code} must be gone and is still found", code=code)

    # -- looked up ---------------------------------------------------------------------------------

    @cached_property
    def _ops(self) -> frozenset[str]:
        return frozenset(self.ops)

    @cached_property
    def _kept(self) -> Mapping[str, frozenset[str]]:
        names = ("keep_teams", "keep_people", "keep_leads", "keep_functions", "not_leads")
        return {name: frozenset(getattr(self, name)) for name in names}

    @cached_property
    def _is_unlimited(self) -> bool:
        """Whether no single change can be refused but for its operation."""
        return not (any(self._kept.values()) or self.keep_managers or self.together or self.apart)

    @cached_property
    def _groups(self) -> Mapping[str, Sequence[_Group]]:
        """The groups that each function is in."""
        groups: dict[str, list[_Group]] = {}
        for functions, apart in (*((g, False) for g in self.together), *((g, True) for g in self.apart)):
            for function in functions:
                groups.setdefault(function, []).append(_Group(functions, apart))
        return groups

    def _groups_of(self, functions: Iterable[str]) -> Iterable[_Group]:
        return dict.fromkeys(group for each in functions for group in self._groups.get(each, ()))


@dataclass(frozen=True, slots=True)
class _Group:
    """Functions that end together, or apart."""

    functions: tuple[str, ...]
    apart: bool


MOST: Mapping[str, str] = {
    each.name: each.metadata["cost"] for each in fields(Limits) if "cost" in each.metadata
}
"""The limits of costs, each with the cost it is of."""

EXCESSES: Mapping[str, str] = {
    "most_touched": N_("{number:person is|people are} touched, at most {most} may be"),
    "most_changes": N_("{number:change|changes} are needed, at most {most} may be"),
    "most_moved": N_("{number:person moves|people move} to another team, at most {most} may"),
    "most_new_manager": N_("{number:person gets|people get} a new manager, at most {most} may"),
    "most_new_teams": N_("{number:team is|teams are} new, at most {most} may be"),
    "most_closed_teams": N_("{number:team is|teams are} closed, at most {most} may be"),
}


def _split(change: Change) -> str | None:
    return change.team if change.op == "split_team" else None  # type: ignore[attr-defined]


def _any_twice(teams: Iterable[str | None]) -> bool:
    there = [team for team in teams if team is not None]
    return len(set(there)) < len(there)


def _managers(organization: Organization, people: Iterable[str]) -> dict[str, str | None]:
    """The managers of those of the people who are there."""
    view = PlainView(organization, date.min, {})
    seats = ((person, organization.people.get(person)) for person in people)
    return {person: manager_in(view, person, seat.team) for person, seat in seats if seat is not None}

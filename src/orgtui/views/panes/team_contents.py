"""The rows below each team of the tree: functions, people, teams, and what was there in the baseline.

A row of what was there in the baseline has the reference `was:KIND:ID`, so that references are unique.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from orgtui.model.sentence import Ref
from orgtui.model.store import Organization, Set
from orgtui.views.base.marks import PLACE_FIELD, Comparison

BASELINE_KIND = "was"
_INDEXES = {"team": ("children",), "function": ("functions_of",), "person": ("members", "closed_members")}


def baseline_ref(ref: Ref) -> Ref:
    """The reference of a row for what was there in the baseline."""
    return Ref.to(BASELINE_KIND, ref)


def present_ref(ref: Ref) -> Ref:
    """The reference of the record of a row, current or in the baseline."""
    return Ref(ref.id) if ref.kind == BASELINE_KIND else ref


class TeamContents:
    """The rows directly below a team, in file order; with `show_gone` also those of the baseline."""

    def __init__(self, comparison: Comparison) -> None:
        self.comparison = comparison
        self.organization = comparison.organization
        self.baseline = comparison.baseline
        self.show_gone = True

    def leaves(self, team: Ref) -> list[Ref]:
        """The functions of a team, then its seats."""
        return [*self._of("function", team), *self._of("person", team)]

    def teams(self, team: Ref) -> list[Ref]:
        """The teams directly below a team."""
        return self._of("team", team)

    def top(self) -> tuple[list[Ref], list[Ref]]:
        """The leaves and branches at the top: functions without a team, and the root."""
        functions = self.organization.functions
        without_team = [Ref.to("function", key) for key in functions if functions[key].team is None]
        return without_team, [Ref.to("team", self.organization.root)]

    def parent_of(self, ref: Ref) -> Ref | None:
        """The team that a row is directly below; None for the root and for functions without a team."""
        organization = self.baseline if ref.kind == BASELINE_KIND else self.organization
        thing = present_ref(ref)
        team = _place(organization, thing.kind, thing.id)
        if team is None:
            return None
        holder = Ref.to("team", team)
        return (
            baseline_ref(holder)
            if ref.kind == BASELINE_KIND and team not in self.organization.teams
            else holder
        )

    def affected_by(self, sets: Iterable[Set]) -> Iterator[Ref]:
        """The rows whose contents may be changed by assignments; `team:` stands for the top."""
        for each in sets:
            place = PLACE_FIELD.get(each.table)
            for record in (each.old, each.new):
                if place is not None and record is not None:
                    holder = Ref.to("team", getattr(record, place) or "")
                    yield from (holder, baseline_ref(holder))
            if each.table == "team":
                yield baseline_ref(Ref.to("team", str(each.key)))

    def _of(self, kind: str, holder: Ref) -> list[Ref]:
        team = present_ref(holder).id
        if holder.kind == BASELINE_KIND and team in self.organization.teams:
            return []
        indexes = _INDEXES[kind] if self.show_gone else _INDEXES[kind][:1]
        now, before = (each.tables[kind].rank for each in (self.organization, self.baseline))
        rows = [
            (now(key), key, Ref.to(kind, key))
            for name in indexes
            for key in self.organization.index(name, team)
        ]
        if self.show_gone:
            rows += [
                (before(key), str(key), baseline_ref(Ref.to(kind, str(key))))
                for key in self.comparison.moved_away(kind, team)
            ]
        return [ref for *_, ref in sorted(rows)]


def _place(organization: Organization, kind: str, key: Any) -> str | None:
    record = organization.tables[kind].get(key)
    place: str | None = None if record is None else getattr(record, PLACE_FIELD[kind])
    return place

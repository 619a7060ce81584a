"""The records being carried, and the changes of dropping them in a team."""

from __future__ import annotations

from dataclasses import dataclass

from orgtui.changes.base import Change
from orgtui.changes.operations.functions import MoveFunction
from orgtui.changes.operations.seats import MovePerson
from orgtui.changes.operations.teams import MoveTeam
from orgtui.engine.view import View
from orgtui.model.sentence import Ref
from orgtui.rules.fixes.common import accompanying_people


@dataclass(frozen=True, slots=True)
class CarriedItems:
    """Teams, functions and people being carried; `with_people`: functions with those who mostly do them."""

    refs: tuple[Ref, ...]
    with_people: bool = True

    def changes(self, view: View, team: str) -> list[Change]:
        """The changes of dropping the items in a team.

        Of several items, those that are there already are left out.
        """
        refs = [ref for ref in self.refs if _place(view, ref) != team] or self.refs
        functions = [
            MoveFunction(ref.id, team, accompanying_people(view, ref.id) if self.with_people else ())
            for ref in refs
            if ref.kind == "function"
        ]
        along = {person for move in functions for person in move.people}
        people = [MovePerson(ref.id, team) for ref in refs if ref.kind == "person" and ref.id not in along]
        teams = [MoveTeam(ref.id, team) for ref in refs if ref.kind == "team"]
        return [*teams, *functions, *people]


def _place(view: View, ref: Ref) -> str | None:
    """The team that a record belongs to."""
    if ref.kind == "team":
        team = view.team(ref.id)
        return None if team is None else team.parent
    record = view.function(ref.id) if ref.kind == "function" else view.person(ref.id)
    return None if record is None else record.team

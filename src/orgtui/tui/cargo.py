"""What is carried, and the changes that dropping it in a place would make."""

from __future__ import annotations

from dataclasses import dataclass

from orgtui.changes.base import Change
from orgtui.changes.functions import MoveFunction
from orgtui.changes.seats import MovePerson
from orgtui.changes.teams import MoveTeam
from orgtui.engine.view import View
from orgtui.model.sentence import Ref
from orgtui.rules.mending import companions

KINDS = frozenset({"team", "function", "person"})
"""What can be carried."""


@dataclass(frozen=True, slots=True)
class Cargo:
    """Teams, functions and people lifted together; `with_people`: functions with those who mostly do them."""

    refs: tuple[Ref, ...]
    with_people: bool = True

    def changes(self, view: View, team: str) -> list[Change]:
        """What dropping it in a team would make; people who come along with a function go with it."""
        functions = [
            MoveFunction(ref.id, team, companions(view, ref.id) if self.with_people else ())
            for ref in self.refs
            if ref.kind == "function"
        ]
        along = {person for move in functions for person in move.people}
        people = [
            MovePerson(ref.id, team) for ref in self.refs if ref.kind == "person" and ref.id not in along
        ]
        teams = [MoveTeam(ref.id, team) for ref in self.refs if ref.kind == "team"]
        return [*teams, *functions, *people]

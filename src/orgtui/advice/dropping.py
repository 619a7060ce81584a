"""What dropping something in a team changes, with the people who come along."""

from __future__ import annotations

from collections.abc import Collection

from orgtui.changes.base import Change
from orgtui.changes.operations.functions import MoveFunction
from orgtui.changes.operations.seats import MovePerson
from orgtui.changes.operations.teams import MoveTeam
from orgtui.engine.view import View
from orgtui.model.sentence import Ref
from orgtui.rules.fixes.common import accompanying_people


def drop_changes(
    view: View, carried: Collection[Ref], team: str, *, with_people: bool = True
) -> list[Change]:
    """The changes of dropping teams, functions and people in a team.

    Functions come with those who mostly do them, unless without people. Of several things, those that are
    there already are left out.
    """
    refs = [ref for ref in carried if team_of(view, ref) != team] or carried
    functions = [
        MoveFunction(ref.id, team, accompanying_people(view, ref.id) if with_people else ())
        for ref in refs
        if ref.kind == "function"
    ]
    along = {person for move in functions for person in move.people}
    people = [MovePerson(ref.id, team) for ref in refs if ref.kind == "person" and ref.id not in along]
    teams = [MoveTeam(ref.id, team) for ref in refs if ref.kind == "team"]
    return [*teams, *functions, *people]


def team_of(view: View, ref: Ref) -> str | None:
    """The team that a function, a person or a team belongs to; None without one."""
    if ref.kind == "team":
        team = view.team(ref.id)
        return None if team is None else team.parent
    record = view.function(ref.id) if ref.kind == "function" else view.person(ref.id)
    return None if record is None else record.team

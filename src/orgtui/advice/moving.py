"""How what changes move fits where it goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from orgtui.advice.fit import Fitter, Fitting
from orgtui.changes.base import Change
from orgtui.changes.operations.focus import FoldBack
from orgtui.changes.operations.functions import MoveFunction
from orgtui.changes.operations.seats import MovePerson
from orgtui.changes.operations.teams import DissolveTeam, MergeTeams, MoveTeam
from orgtui.engine.view import View
from orgtui.model.sentence import Ref
from orgtui.rules.facts.teams import is_root


def fitting_of_moves(view: View, changes: Iterable[Change]) -> Fitting | None:
    """How the functions, teams and people that changes move fit their places: as the one that fits worst.

    None if nothing is moved, or only to teams that the changes make.
    """
    moves = [move for change in changes for move in _moves(view, change)]
    fittings = [Fitter(view, what).at(to) for what, to in moves if view.team(to) is not None]
    return min(fittings, key=lambda each: each.points, default=None)


def _moves(view: View, change: Change) -> Iterator[tuple[Ref, str]]:
    """What a change moves, and to which team."""
    match change:
        case MoveFunction(function=function, to=to):
            yield Ref.to("function", function), to
        case MovePerson(person=person, to=to):
            yield Ref.to("person", person), to
        case MoveTeam(team=team, to=to):
            yield Ref.to("team", team), to
        case MergeTeams(team=team, into=to) | FoldBack(team=team, into=to):
            yield from _work_of(view, team, to)
        case DissolveTeam(team=team, functions_to=to) if to is not None:
            yield from _work_of(view, team, to)


def _work_of(view: View, team: str, to: str) -> Iterator[tuple[Ref, str]]:
    """A team whose work goes to another one; the root takes its functions, not the team."""
    if is_root(view, to):
        yield from ((Ref.to("function", each), to) for each in sorted(view.functions_of(team)))
    else:
        yield Ref.to("team", team), to

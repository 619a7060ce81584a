"""What a structural change does, in outline: teams it ends, moves or splits, who and what goes where."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from orgtui.changes.base import Change
from orgtui.changes.operations.focus import FoldBack, PullOut
from orgtui.changes.operations.functions import MoveFunction
from orgtui.changes.operations.seats import CloseSeat, MovePerson
from orgtui.changes.operations.teams import CreateTeam, DissolveTeam, MergeTeams, MoveTeam, SetLead, SplitTeam
from orgtui.model.store import Organization


@dataclass(frozen=True, slots=True)
class Outline:
    """What a change does to places and leads.

    `teams_altered` are ended, put elsewhere or split; `functions` and `people` go to the team they are given
    with; `leads` are the teams that have another lead then, None if nobody leads there or the team ends.
    """

    teams_altered: tuple[str, ...] = ()
    functions: Mapping[str, str | None] = field(default_factory=dict)
    people: Mapping[str, str | None] = field(default_factory=dict)
    leads: Mapping[str, str | None] = field(default_factory=dict)
    is_split: bool = False
    may_change_managers: bool = True


def outline(change: Change, organization: Organization) -> Outline | None:
    """The outline of a change in an organisation; None for one that moves nobody, or whose teams are unknown.

    The work is that of the teams which the change ends.
    """
    match change:
        case MovePerson():
            return Outline(people={change.person: change.to})
        case MoveFunction():
            people = dict.fromkeys(change.people, change.to)
            return Outline(
                functions={change.function: change.to}, people=people, may_change_managers=bool(people)
            )
        case MoveTeam():
            return Outline((change.team,))
        case MergeTeams() | FoldBack():
            return _merging(organization, change.team, change.into)
        case DissolveTeam():
            goes_to = change.people_to, change.functions_to, change.children_to
            return _ending(organization, change.team, *goes_to)
        case SplitTeam():
            return Outline(
                (change.team,),
                dict.fromkeys(change.functions, change.new),
                dict.fromkeys(change.people, change.new),
                {change.new: change.lead},
                is_split=True,
            )
        case PullOut():
            people = dict.fromkeys(change.people, change.team)
            return Outline(
                functions={change.function: change.team}, people=people, leads={change.team: change.lead}
            )
        case SetLead():
            return Outline(leads={change.team: change.person})
        case CreateTeam():
            return Outline(leads={change.team: change.lead})
        case CloseSeat():
            return Outline(leads=dict.fromkeys(organization.index("led_by", change.person), change.lead_to))
    return None


def _merging(organization: Organization, team: str, into: str) -> Outline | None:
    """A team goes into another one, which takes its lead if it has none, and its place if it lies below."""
    ending, successor = organization.teams.get(team), organization.teams.get(into)
    if ending is None or successor is None:
        return None
    ended = _ending(organization, team, into, into, into)
    leads = {into: ending.lead, team: None} if successor.lead is None and ending.lead else {team: None}
    place = (into,) if _is_below(organization, into, team) else ()
    return Outline((*ended.teams_altered, *place), ended.functions, ended.people, leads)


def _ending(
    organization: Organization,
    team: str,
    people_to: str | None,
    functions_to: str | None,
    children_to: str | None,
) -> Outline:
    """A team ends, and all that it has goes elsewhere; teams that are put where they are already stay."""
    record = organization.teams.get(team)
    return Outline(
        (team, *(each for each in organization.index("children", team) if each != children_to)),
        _all_to(organization.index("functions_of", team), functions_to),
        _all_to(organization.index("members", team), people_to),
        {} if record is None else {team: None},
    )


def _all_to(things: Iterable[str], to: str | None) -> dict[str, str | None]:
    return dict.fromkeys(things, to)


def _is_below(organization: Organization, team: str, above: str) -> bool:
    parent = organization.teams[team].parent
    while parent is not None and parent != above:
        parent = organization.teams[parent].parent
    return parent is not None

"""Operations on focus teams: pulling one out of a team, changing it, folding it back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from orgtui.changes.base import Change, SetFields, WriteKey, field_to_mapping, operation, teams_of_people
from orgtui.changes.draft import Draft
from orgtui.changes.operations.naming import Rename
from orgtui.changes.operations.seats import move_seat
from orgtui.changes.operations.teams import (
    SetLead,
    link_weekly,
    merge_teams,
    refuse_self_merge,
    team_ref,
    team_write_set,
    values_replaced_by_merge,
)
from orgtui.changes.refusal import refuse
from orgtui.changes.semantic_types import FunctionId, PersonId, PersonIds, TeamId
from orgtui.model.kinds import Day, Name, Text
from orgtui.model.records import Focus, Team
from orgtui.model.sentence import N_, Ref
from orgtui.model.store import Organization


@operation(
    says=N_("pulled {function} out as {name}"),
    details={
        "people": N_("with {people}"),
        "lead": N_("led by {lead}"),
        "review_on": N_("to review {review_on}"),
    },
)
@dataclass(frozen=True, slots=True)
class PullOut(Change):
    """Let a breakthrough function leave its team for a focus team under the head."""

    op: ClassVar[str] = "pull_out"
    function: FunctionId
    team: TeamId
    name: Name
    review_on: Day
    exit: Text
    lead: PersonId | None = None
    people: PersonIds = ()

    def edit(self, draft: Draft) -> None:
        function = draft.function(self.function)
        draft.check_new("team", self.team)
        draft.check_lead(self.lead)
        there = draft.focus_team_of(self.function)
        if there is not None:
            raise refuse(
                "{function} already has the focus team {team}",
                function=Ref.to("function", self.function),
                team=team_ref(there),
            )
        since = draft.organization.profile.as_of
        draft.put(
            Team(
                self.team,
                self.name,
                draft.organization.root,
                self.lead,
                tuple(_goals_inherited(draft, function.team)),
                "weekly",
                focus=Focus(self.function, since, self.review_on, self.exit),
            )
        )
        draft.put(replace(function, team=self.team, breakthrough=True))
        for person in self.people:
            move_seat(draft, person, self.team)
        if function.team is not None:
            link_weekly(draft, function.team, self.team, function.name)

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        function = organization.functions.get(self.function)
        return (
            field_to_mapping(function, "team")
            | field_to_mapping(function, "breakthrough")
            | teams_of_people(organization, self.people)
        )

    def write_set(self) -> tuple[WriteKey, ...]:
        return (
            ("team", self.team),
            ("function", self.function, "team"),
            *(("person", person, "team") for person in self.people),
        )

    def combined_with(self, later: Change) -> Change | None:
        match later:
            case Rename(kind="team"):
                return replace(self, name=later.name)
            case SetLead():
                return replace(self, lead=later.person)
            case SetFocus():
                return replace(self, **later.new_values()) if not later.clear else None
        return None


def _goals_inherited(draft: Draft, team: str | None) -> Iterable[str]:
    """Goals of a team and of its ancestors up to and including its division."""
    if team is None:
        return ()
    line = draft.path_to_root(team)
    return dict.fromkeys(goal for each in line[:-1] or line for goal in draft.team(each).goals)


@operation(says=N_("folded {team} back into {into}"))
@dataclass(frozen=True, slots=True)
class FoldBack(Change):
    """Let a focus team go into another team; its function is no breakthrough any more."""

    op: ClassVar[str] = "fold_back"
    team: TeamId
    into: TeamId

    def edit(self, draft: Draft) -> None:
        team, into = draft.team(self.team), draft.team(self.into)
        refuse_self_merge(self.team, self.into)
        if team.focus is None:
            raise refuse("{team} is no focus team", team=team_ref(self.team))
        if into.focus is not None:
            raise refuse(
                "{team} cannot be folded into another focus team, {into}",
                team=team_ref(self.team),
                into=team_ref(self.into),
            )
        merge_teams(draft, team, into)
        draft.put(replace(draft.function(team.focus.function), breakthrough=False))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return values_replaced_by_merge(organization, self.team, self.into)

    def write_set(self) -> tuple[WriteKey, ...]:
        return team_write_set(self.team)


@operation(
    says=N_("changed the focus of {team}"),
    details={
        "review_on": N_("to review {review_on}"),
        "exit": N_("until {exit}"),
    },
)
@dataclass(frozen=True, slots=True)
class SetFocus(SetFields):
    """Say when a focus team is looked at again, and when it has done its work."""

    op: ClassVar[str] = "set_focus"
    id_fields: ClassVar[tuple[str, ...]] = ("team",)
    clearable: ClassVar[tuple[str, ...]] = ("review_on", "exit")
    team: TeamId
    review_on: Day | None = None
    exit: Text | None = None

    def edit(self, draft: Draft) -> None:
        team = draft.team(self.team)
        if team.focus is None:
            raise refuse("{team} is no focus team", team=team_ref(self.team))
        draft.put(replace(team, focus=self.updated(team.focus, team_ref(self.team))))

    def current_record(self, organization: Organization) -> Any:
        team = organization.teams.get(self.team)
        return None if team is None else team.focus

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("team", self.team, "focus"),)

"""Operations on teams: moving, creating, merging, splitting and dissolving them, and their fields."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from orgtui.changes.base import (
    Change,
    WriteKey,
    field_to_mapping,
    operation,
    record_to_mapping,
    teams_of_people,
)
from orgtui.changes.cascade import remove_team, sum_amounts
from orgtui.changes.draft import Draft
from orgtui.changes.operations.naming import Rename
from orgtui.changes.refusal import refuse
from orgtui.changes.semantic_types import FunctionIds, Money, PersonId, PersonIds, TeamId, ToolIds
from orgtui.model.kinds import Day, Name
from orgtui.model.records import TEAM_PREFIX, Cadence, Share, Team
from orgtui.model.sentence import N_, Chain, Ref
from orgtui.model.store import Organization


def team_ref(team: str) -> Ref:
    return Ref.to("team", team)


def _refuse_root(team: Team) -> None:
    if team.parent is None:
        raise refuse("{team} is the top of the organisation", team=team_ref(team.id))


def _refuse_focus(team: Team) -> None:
    if team.focus is not None:
        raise refuse("{team} is a focus team: fold it back instead", team=team_ref(team.id))


@operation(says=N_("moved {team} below {to}"))
@dataclass(frozen=True, slots=True)
class MoveTeam(Change):
    """Put a team, with all teams below it, under another one."""

    op: ClassVar[str] = "move_team"
    team: TeamId
    to: TeamId

    def edit(self, draft: Draft) -> None:
        team, above = draft.team(self.team), draft.team(self.to)
        _refuse_root(team)
        line = draft.path_to_root(self.to)
        if self.team in line:
            loop = Chain(tuple(map(team_ref, (self.team, *line[: line.index(self.team) + 1]))))
            raise refuse("{team} would stand below itself: {loop}", team=team_ref(self.team), loop=loop)
        if team.parent == self.to:
            raise refuse("{team} already stands below {to}", team=team_ref(self.team), to=team_ref(self.to))
        if team.focus is not None and above.parent is not None:
            raise refuse("{team} is a focus team and moves only to the top", team=team_ref(self.team))
        draft.put(replace(team, parent=self.to))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return field_to_mapping(organization.teams.get(self.team), "parent")

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("team", self.team, "parent"),)


@operation(says=N_("created {name} below {parent}"), details={"lead": N_("led by {lead}")})
@dataclass(frozen=True, slots=True)
class CreateTeam(Change):
    """Make a new, empty team."""

    op: ClassVar[str] = "create_team"
    team: TeamId
    name: Name
    parent: TeamId
    lead: PersonId | None = None

    def edit(self, draft: Draft) -> None:
        draft.check_new("team", self.team)
        draft.team(self.parent)
        draft.check_lead(self.lead)
        draft.put(Team(self.team, self.name, self.parent, self.lead))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return {}

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("team", self.team),)

    def combined_with(self, later: Change) -> Change | None:
        match later:
            case Rename():
                return replace(self, name=later.name)
            case MoveTeam():
                return replace(self, parent=later.to)
            case SetLead():
                return replace(self, lead=later.person)
        return None


@operation(
    says=N_("dissolved {team}"),
    details={
        "people_to": N_("people to {people_to}"),
        "functions_to": N_("functions to {functions_to}"),
        "children_to": N_("teams to {children_to}"),
    },
)
@dataclass(frozen=True, slots=True)
class DissolveTeam(Change):
    """End a team; its people, functions and child teams go where they are told."""

    op: ClassVar[str] = "dissolve_team"
    team: TeamId
    people_to: TeamId | None = None
    functions_to: TeamId | None = None
    children_to: TeamId | None = None

    def edit(self, draft: Draft) -> None:
        team = draft.team(self.team)
        _refuse_root(team)
        _refuse_focus(team)
        for target in (self.people_to, self.functions_to, self.children_to):
            if target is not None and draft.is_below(target, self.team):
                raise refuse(
                    N_("What {team} has cannot go to {to}, which lies below it")
                    if target != self.team
                    else N_("What {team} has cannot stay in {to}"),
                    team=team_ref(self.team),
                    to=team_ref(target),
                )
        if self.people_to is None and (
            draft.seats_of(self.team) or draft.index("shares_at", TEAM_PREFIX + self.team)
        ):
            raise refuse("Say where the people and knowledge links of {team} go", team=team_ref(self.team))
        if self.functions_to is None and (
            draft.functions_of(self.team)
            or draft.index("requests_from", self.team)
            or draft.index("liaison_to", self.team)
        ):
            raise refuse("Say where the functions and requests of {team} go", team=team_ref(self.team))
        if self.children_to is None and draft.index("children", self.team):
            raise refuse("Say where the teams below {team} go", team=team_ref(self.team))
        remove_team(
            draft,
            self.team,
            people_to=self.people_to,
            functions_to=self.functions_to,
            children_to=self.children_to,
        )

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return team_with_contents(organization, self.team)

    def write_set(self) -> tuple[WriteKey, ...]:
        return team_write_set(self.team)


def team_write_set(team: str) -> tuple[WriteKey, ...]:
    """The write set of removing a team."""
    return (("team", team), *(("team", team, part) for part in TEAM_FIELDS))


TEAM_FIELDS = ("name", "parent", "lead", "acting_until", "review", "tools", "pay_budget", "focus")


def team_with_contents(organization: Organization, team: str) -> dict[str, object]:
    """A team as plain data, with the people, functions, child teams and links that would be handed over."""
    record = organization.teams.get(team)
    if record is None:
        return {}
    draft = Draft(organization)
    held = {
        "people": draft.seats_of(team),
        "functions": draft.functions_of(team),
        "children": draft.index("children", team),
        "shares": [list(link) for link in draft.index("shares_at", TEAM_PREFIX + team)],
        "requests": [list(link) for link in draft.index("requests_from", team)],
        "liaison": draft.index("liaison_to", team),
        "targets": [record_to_mapping(draft.get("target", key)) for key in draft.index("targets_of", team)],
    }
    own = record_to_mapping(record)
    del own["id"]
    return own | {key: value for key, value in held.items() if value}


def merge_teams(draft: Draft, team: Team, into: Team) -> None:
    """Merge a team into another one, which takes over the lead and review if it has none itself."""
    merged = replace(
        into,
        parent=team.parent if draft.is_below(into.id, team.id) else into.parent,
        lead=into.lead or team.lead,
        acting_until=into.acting_until if into.lead else team.acting_until,
        review=into.review or team.review,
        goals=_union(into.goals, team.goals),
        tools=_union(into.tools, team.tools),
        pay_budget=sum_amounts(into.pay_budget, team.pay_budget),
    )
    remove_team(draft, team.id, people_to=into.id, functions_to=into.id, children_to=into.id)
    draft.put(merged)


def _union(first: tuple[str, ...], second: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*first, *second)))


def refuse_self_merge(team: str, into: str) -> None:
    """Raise Refused if a team is to be merged into itself."""
    if team == into:
        raise refuse("{team} cannot be merged into itself", team=team_ref(team))


def values_replaced_by_merge(organization: Organization, team: str, into: str) -> dict[str, object]:
    """The values that a merge replaces: all of the team, and the fields of the other one that are merged."""
    there = organization.teams.get(into)
    kept = {} if there is None else record_to_mapping(there, *FIELDS_MERGED)
    return team_with_contents(organization, team) | ({"into": kept} if kept else {})


FIELDS_MERGED = ("parent", "lead", "review", "goals", "tools", "pay_budget")


@operation(says=N_("merged {team} into {into}"))
@dataclass(frozen=True, slots=True)
class MergeTeams(Change):
    """Let a team become part of another one."""

    op: ClassVar[str] = "merge_teams"
    team: TeamId
    into: TeamId

    def edit(self, draft: Draft) -> None:
        team, into = draft.team(self.team), draft.team(self.into)
        refuse_self_merge(self.team, self.into)
        for each in (team, into):
            _refuse_root(each)
            _refuse_focus(each)
        merge_teams(draft, team, into)

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return values_replaced_by_merge(organization, self.team, self.into)

    def write_set(self) -> tuple[WriteKey, ...]:
        return team_write_set(self.team)


@operation(
    says=N_("split {name} off {team}"),
    details={
        "functions": N_("with {functions}"),
        "people": N_("with {people}"),
        "lead": N_("led by {lead}"),
    },
)
@dataclass(frozen=True, slots=True)
class SplitTeam(Change):
    """Let some functions and people of a team become a new team beside it."""

    op: ClassVar[str] = "split_team"
    team: TeamId
    new: TeamId
    name: Name
    functions: FunctionIds = ()
    people: PersonIds = ()
    lead: PersonId | None = None

    def edit(self, draft: Draft) -> None:
        team = draft.team(self.team)
        _refuse_focus(team)
        draft.check_new("team", self.new)
        draft.check_lead(self.lead)
        old = team_ref(self.team)
        seats = draft.open_seats(self.people)
        functions = [draft.function(each) for each in self.functions]
        for seat in seats:
            if seat.team != self.team:
                raise refuse("{person} does not sit in {team}", person=Ref.to("person", seat.id), team=old)
        for function in functions:
            if function.team != self.team:
                subject = Ref.to("function", function.id)
                raise refuse("{function} is not with {team}", function=subject, team=old)
        if not seats and not functions:
            raise refuse("Something must leave {team} to make a new team", team=old)
        staying = set(draft.functions_of(self.team)) - set(self.functions)
        if not staying and not set(draft.index("members", self.team)) - set(self.people):
            raise refuse("Something must stay in {team}", team=old)
        new = Team(self.new, self.name, team.parent or team.id, self.lead, team.goals, team.review)
        draft.put(new)
        for seat in seats:
            draft.put(replace(seat, team=self.new))
        for function in functions:
            draft.put(replace(function, team=self.new))
        link_weekly(draft, self.team, self.new, team.name)

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        records = ((each, organization.functions.get(each)) for each in self.functions)
        functions = {each: record.team for each, record in records if record is not None and record.team}
        return teams_of_people(organization, self.people) | ({"functions": functions} if functions else {})

    def write_set(self) -> tuple[WriteKey, ...]:
        return (
            ("team", self.new),
            *(("function", function, "team") for function in self.functions),
            *(("person", person, "team") for person in self.people),
        )

    def combined_with(self, later: Change) -> Change | None:
        match later:
            case Rename(kind="team", id=self.new):
                return replace(self, name=later.name)
            case SetLead(team=self.new):
                return replace(self, lead=later.person)
        return None


def link_weekly(draft: Draft, team: str, new: str, topic: str) -> None:
    """Add a weekly knowledge link from a team to a new one."""
    draft.put(Share(TEAM_PREFIX + team, TEAM_PREFIX + new, topic, every="weekly"))


@operation(says={"person": N_("made {person} lead of {team}"), "": N_("left {team} without a lead")})
@dataclass(frozen=True, slots=True)
class SetLead(Change):
    """Let someone lead a team, or nobody."""

    op: ClassVar[str] = "set_lead"
    team: TeamId
    person: PersonId | None = None

    def edit(self, draft: Draft) -> None:
        team = draft.team(self.team)
        draft.check_lead(self.person)
        if team.lead == self.person:
            if self.person is None:
                raise refuse("{team} has no lead already", team=team_ref(self.team))
            raise refuse(
                "{person} already leads {team}",
                person=Ref.to("person", self.person),
                team=team_ref(self.team),
            )
        draft.put(replace(team, lead=self.person, acting_until=None))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return field_to_mapping(organization.teams.get(self.team), "lead")

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("team", self.team, "lead"), ("team", self.team, "acting_until"))


@operation(
    says={
        "until": N_("let the lead of {team} act as one until {until}"),
        "": N_("confirmed the lead of {team}"),
    }
)
@dataclass(frozen=True, slots=True)
class SetActing(Change):
    """Let the lead of a team hold it for a time only, through a day; without one the lead is confirmed."""

    op: ClassVar[str] = "set_acting"
    team: TeamId
    until: Day | None = None

    def edit(self, draft: Draft) -> None:
        team = draft.team(self.team)
        if team.lead is None:
            raise refuse("Nobody leads {team}", team=team_ref(self.team))
        if team.acting_until == self.until:
            lead = Ref.to("person", team.lead)
            if self.until is None:
                raise refuse("{lead} leads {team} for good already", lead=lead, team=team_ref(self.team))
            raise refuse(
                "{lead} already leads {team} until {until}",
                lead=lead,
                team=team_ref(self.team),
                until=self.until,
            )
        draft.put(replace(team, acting_until=self.until))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return field_to_mapping(organization.teams.get(self.team), "acting_until")

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("team", self.team, "acting_until"),)


@operation(says=N_("set the review of {team} to {review}"))
@dataclass(frozen=True, slots=True)
class SetReview(Change):
    """Set how often a team reviews its work."""

    op: ClassVar[str] = "set_review"
    team: TeamId
    review: Cadence

    def edit(self, draft: Draft) -> None:
        team = draft.team(self.team)
        if team.review == self.review:
            raise refuse("{team} is already reviewed {review}", team=team_ref(self.team), review=self.review)
        draft.put(replace(team, review=self.review))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return field_to_mapping(organization.teams.get(self.team), "review")

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("team", self.team, "review"),)


@operation(says={"tools": N_("gave {team} the tools {tools}"), "": N_("took all tools off {team}")})
@dataclass(frozen=True, slots=True)
class SetTools(Change):
    """Set which tools a team uses."""

    op: ClassVar[str] = "set_tools"
    team: TeamId
    tools: ToolIds

    def edit(self, draft: Draft) -> None:
        team = draft.team(self.team)
        draft.check_all_exist("tool", self.tools)
        if set(team.tools) == set(self.tools):
            raise refuse("{team} already has just these tools", team=team_ref(self.team))
        draft.put(replace(team, tools=self.tools))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return field_to_mapping(organization.teams.get(self.team), "tools")

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("team", self.team, "tools"),)


@operation(
    says={
        "pay_budget": N_("set the pay budget of {team} to {pay_budget}"),
        "": N_("took the pay budget off {team}"),
    }
)
@dataclass(frozen=True, slots=True)
class SetBudget(Change):
    """Set what a team may spend on pay a year; without an amount it has no budget."""

    op: ClassVar[str] = "set_budget"
    team: TeamId
    pay_budget: Money | None = None

    def edit(self, draft: Draft) -> None:
        team = draft.team(self.team)
        if team.pay_budget == self.pay_budget:
            raise refuse("{team} already has this budget", team=team_ref(self.team))
        draft.put(replace(team, pay_budget=self.pay_budget))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return field_to_mapping(organization.teams.get(self.team), "pay_budget")

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("team", self.team, "pay_budget"),)

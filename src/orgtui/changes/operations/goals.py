"""Operations on goals and on the teams that hold them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from orgtui.changes.base import Change, SetFields, WriteKey, operation, record_to_mapping
from orgtui.changes.draft import Draft
from orgtui.changes.operations.naming import Rename
from orgtui.changes.refusal import refuse
from orgtui.changes.semantic_types import GoalId, PillarId, TeamId
from orgtui.model.kinds import AnyNumber, Flag, Name, Text
from orgtui.model.records import Cadence, Goal
from orgtui.model.sentence import N_, Ref
from orgtui.model.store import Organization


def _ref(goal: str) -> Ref:
    return Ref.to("goal", goal)


def _write_set(goal: str) -> tuple[WriteKey, ...]:
    return ("goal", goal), ("goal", goal, "set"), ("goal", goal, "name")


@operation(says=N_("added the goal {name}"))
@dataclass(frozen=True, slots=True)
class AddGoal(Change):
    """Set a new goal, which no team holds yet."""

    op: ClassVar[str] = "add_goal"
    goal: GoalId
    name: Name
    core: Flag = False
    pillar: PillarId | None = None
    metric: Text | None = None
    target: AnyNumber | None = None
    review: Cadence | None = None
    evaluated: Flag = False

    def edit(self, draft: Draft) -> None:
        draft.check_new("goal", self.goal)
        draft.check_exists("pillar", self.pillar)
        draft.put(
            Goal(
                self.goal,
                self.name,
                self.core,
                self.pillar,
                self.metric,
                self.target,
                self.review,
                self.evaluated,
            )
        )

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return {}

    def write_set(self) -> tuple[WriteKey, ...]:
        return _write_set(self.goal)

    def combined_with(self, later: Change) -> Change | None:
        match later:
            case Rename():
                return replace(self, name=later.name)
            case SetGoal():
                return replace(self, **later.new_values())
        return None


@operation(
    says={
        "name": N_("renamed the goal {goal} to {name}"),
        "pillar": N_("changed the pillar of the goal {goal} to {pillar}"),
        "metric": N_("changed the metric of the goal {goal} to {metric}"),
        "target": N_("changed the target of the goal {goal} to {target}"),
        "review": N_("changed the review of the goal {goal} to {review}"),
        "": N_("changed the goal {goal}"),
    },
    details={
        "pillar": N_("pillar {pillar}"),
        "metric": N_("metric {metric}"),
        "target": N_("target {target}"),
        "review": N_("review {review}"),
        "clear": N_("no {clear}"),
    },
)
@dataclass(frozen=True, slots=True)
class SetGoal(SetFields):
    """Change what is written about a goal."""

    op: ClassVar[str] = "set_goal"
    id_fields: ClassVar[tuple[str, ...]] = ("goal",)
    clearable: ClassVar[tuple[str, ...]] = ("pillar", "metric", "target", "review")
    goal: GoalId
    name: Name | None = None
    core: Flag | None = None
    pillar: PillarId | None = None
    metric: Text | None = None
    target: AnyNumber | None = None
    review: Cadence | None = None
    evaluated: Flag | None = None

    def edit(self, draft: Draft) -> None:
        goal = draft.goal(self.goal)
        draft.check_exists("pillar", self.pillar)
        draft.put(self.updated(goal, _ref(self.goal)))

    def current_record(self, organization: Organization) -> Any:
        return organization.goals.get(self.goal)

    def write_set(self) -> tuple[WriteKey, ...]:
        return _write_set(self.goal)[1:]


@operation(says=N_("removed the goal {goal}"))
@dataclass(frozen=True, slots=True)
class RemoveGoal(Change):
    """Give a goal up that no team holds and no mission serves."""

    op: ClassVar[str] = "remove_goal"
    goal: GoalId

    def edit(self, draft: Draft) -> None:
        draft.goal(self.goal)
        holders = draft.index("goal_holders", self.goal)
        if holders:
            teams = tuple(Ref.to("team", team) for team in holders)
            raise refuse("{teams} still hold {goal}", teams=teams, goal=_ref(self.goal))
        missions = draft.index("missions_for", self.goal)
        if missions:
            named = tuple(Ref.to("mission", mission) for mission in missions)
            raise refuse("{missions} still serve {goal}", missions=named, goal=_ref(self.goal))
        draft.remove("goal", self.goal)

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        goal = organization.goals.get(self.goal)
        own = {} if goal is None else record_to_mapping(goal)
        own.pop("id", None)
        return own

    def write_set(self) -> tuple[WriteKey, ...]:
        return _write_set(self.goal)


@operation(says=N_("gave {team} the goal {goal}"))
@dataclass(frozen=True, slots=True)
class TakeGoal(Change):
    """Let a team hold a goal."""

    op: ClassVar[str] = "take_goal"
    team: TeamId
    goal: GoalId

    def edit(self, draft: Draft) -> None:
        team = draft.team(self.team)
        draft.goal(self.goal)
        if self.goal in team.goals:
            raise refuse("{team} already holds {goal}", team=Ref.to("team", self.team), goal=_ref(self.goal))
        draft.put(replace(team, goals=(*team.goals, self.goal)))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return _replaced_values(organization, self.team, self.goal)

    def was_in_present_form(self, was: Mapping[str, object]) -> Mapping[str, object]:
        return _goals_was(was, self.goal)

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("team", self.team, "goal", self.goal),)


@operation(says=N_("took the goal {goal} off {team}"))
@dataclass(frozen=True, slots=True)
class DropGoal(Change):
    """Let a team no longer hold a goal."""

    op: ClassVar[str] = "drop_goal"
    team: TeamId
    goal: GoalId

    def edit(self, draft: Draft) -> None:
        team = draft.team(self.team)
        draft.goal(self.goal)
        if self.goal not in team.goals:
            raise refuse("{team} does not hold {goal}", team=Ref.to("team", self.team), goal=_ref(self.goal))
        draft.put(replace(team, goals=tuple(goal for goal in team.goals if goal != self.goal)))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return _replaced_values(organization, self.team, self.goal)

    def was_in_present_form(self, was: Mapping[str, object]) -> Mapping[str, object]:
        return _goals_was(was, self.goal)

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("team", self.team, "goal", self.goal),)


def _replaced_values(organization: Organization, team: str, goal: str) -> dict[str, object]:
    record = organization.teams.get(team)
    return {"goals": [goal]} if record is not None and goal in record.goals else {}


def _goals_was(was: Mapping[str, object], goal: str) -> Mapping[str, object]:
    """What was replaced, from plans that said whether the goal was held as well."""
    if "held" not in was:
        return was
    return {"goals": [goal]} if was["held"] else {}

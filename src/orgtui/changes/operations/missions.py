"""Operations on missions."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from orgtui.changes.base import Change, WriteKey, operation, record_to_mapping
from orgtui.changes.draft import Draft
from orgtui.changes.operations.naming import Rename
from orgtui.changes.semantic_types import GoalId, MissionId, PersonId, PersonIds
from orgtui.model.kinds import Day, Name
from orgtui.model.records import Mission
from orgtui.model.sentence import N_
from orgtui.model.store import Organization


def _write_set(mission: str) -> tuple[WriteKey, ...]:
    return ("mission", mission), ("mission", mission, "name")


@operation(
    says=N_("started the mission {name}"),
    details={
        "lead": N_("led by {lead}"),
        "people": N_("with {people}"),
        "until": N_("until {until}"),
    },
)
@dataclass(frozen=True, slots=True)
class StartMission(Change):
    """Put people of several teams on time-boxed work; nobody changes manager."""

    op: ClassVar[str] = "start_mission"
    mission: MissionId
    name: Name
    lead: PersonId | None = None
    people: PersonIds = ()
    goal: GoalId | None = None
    until: Day | None = None

    def edit(self, draft: Draft) -> None:
        draft.check_new("mission", self.mission)
        draft.check_lead(self.lead)
        draft.open_seats(self.people)
        draft.check_exists("goal", self.goal)
        draft.put(Mission(self.mission, self.name, self.lead, self.people, self.goal, self.until))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return {}

    def write_set(self) -> tuple[WriteKey, ...]:
        return _write_set(self.mission)

    def combined_with(self, later: Change) -> Change | None:
        return replace(self, name=later.name) if isinstance(later, Rename) else None


@operation(says=N_("ended the mission {mission}"))
@dataclass(frozen=True, slots=True)
class EndMission(Change):
    """End a mission and take it out."""

    op: ClassVar[str] = "end_mission"
    mission: MissionId

    def edit(self, draft: Draft) -> None:
        draft.require("mission", self.mission)
        draft.remove("mission", self.mission)

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        mission = organization.missions.get(self.mission)
        own = {} if mission is None else record_to_mapping(mission)
        own.pop("id", None)
        return own

    def write_set(self) -> tuple[WriteKey, ...]:
        return _write_set(self.mission)

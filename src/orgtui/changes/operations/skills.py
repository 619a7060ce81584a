"""Operations on the names of skills; who has or needs a skill is written about people and functions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import ClassVar

from orgtui.changes.base import Change, WriteKey, field_to_mapping, operation
from orgtui.changes.draft import Draft
from orgtui.changes.operations.naming import refuse_same_name
from orgtui.changes.refusal import refuse
from orgtui.changes.semantic_types import SkillId
from orgtui.model.kinds import Name
from orgtui.model.records import SkillName
from orgtui.model.sentence import N_, Ref
from orgtui.model.store import Organization


def _functions_with(organization: Organization, skill: str) -> Iterable[str]:
    return (each.id for each in organization.functions.values() if each.skills.get(skill, 0) > 0)


def _people_with(organization: Organization, skill: str) -> Iterable[str]:
    """The open seats that have or learn a skill."""
    return (
        each.id
        for each in organization.people.values()
        if each.state != "closed" and (each.skills.get(skill, 0) > 0 or skill in each.learning)
    )


def is_known_skill(organization: Organization, skill: str) -> bool:
    """Whether a skill has a name, or some function or open seat uses it."""
    uses = (
        uses for with_skill in (_functions_with, _people_with) for uses in with_skill(organization, skill)
    )
    return skill in organization.skills or next(uses, None) is not None


def _write_set(skill: str) -> tuple[WriteKey, ...]:
    return ("skill", skill), ("skill", skill, "name")


@operation(says=N_("listed the skill {name}"))
@dataclass(frozen=True, slots=True)
class AddSkill(Change):
    """Give a skill, which nobody needs to have yet, a name."""

    op: ClassVar[str] = "add_skill"
    skill: SkillId
    name: Name

    def edit(self, draft: Draft) -> None:
        draft.check_new("skill", self.skill)
        draft.put(SkillName(self.skill, self.name))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return {}

    def write_set(self) -> tuple[WriteKey, ...]:
        return _write_set(self.skill)

    def combined_with(self, later: Change) -> Change | None:
        return replace(self, name=later.name) if isinstance(later, NameSkill) else None


@operation(says={"before": N_("renamed {before} to {name}"), "": N_("named the skill {skill} {name}")})
@dataclass(frozen=True, slots=True)
class NameSkill(Change):
    """Give a skill that is listed or in use another name."""

    op: ClassVar[str] = "name_skill"
    skill: SkillId
    name: Name

    def edit(self, draft: Draft) -> None:
        if not is_known_skill(draft.organization, self.skill):
            draft.require("skill", self.skill)
        listed = draft.get("skill", self.skill)
        if listed is not None:
            refuse_same_name(listed, self.name, Ref.to("skill", self.skill))
        draft.put(SkillName(self.skill, self.name))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return field_to_mapping(organization.skills.get(self.skill), "name")

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("skill", self.skill, "name"),)


@operation(says=N_("took the skill {skill} off the list"))
@dataclass(frozen=True, slots=True)
class RemoveSkill(Change):
    """Take a skill off the list that no function needs and nobody has or learns."""

    op: ClassVar[str] = "remove_skill"
    skill: SkillId

    def edit(self, draft: Draft) -> None:
        draft.require("skill", self.skill)
        subject = Ref.to("skill", self.skill)
        functions = tuple(_functions_with(draft.organization, self.skill))
        if functions:
            named = tuple(Ref.to("function", function) for function in functions)
            raise refuse("{functions} still need {skill}", functions=named, skill=subject)
        people = tuple(_people_with(draft.organization, self.skill))
        if people:
            named = tuple(Ref.to("person", person) for person in people)
            raise refuse("{people} still have or learn {skill}", people=named, skill=subject)
        draft.remove("skill", self.skill)

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return field_to_mapping(organization.skills.get(self.skill), "name")

    def write_set(self) -> tuple[WriteKey, ...]:
        return _write_set(self.skill)

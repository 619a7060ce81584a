"""The operation on the organisation as a whole."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from orgtui.changes.base import Change, SetFields, WriteKey, operation, record_to_mapping, to_plain_data
from orgtui.changes.draft import Draft
from orgtui.changes.refusal import refuse
from orgtui.model.kinds import Day, Text
from orgtui.model.records import Pillar
from orgtui.model.sentence import N_, Ref
from orgtui.model.store import Organization


@operation(
    says=N_("changed the organisation"),
    details={
        "vision": N_("vision {vision}"),
        "review_on": N_("to review {review_on}"),
        "pillars": N_("pillars in this order: {pillars}"),
    },
)
@dataclass(frozen=True, slots=True)
class SetOrganization(SetFields):
    """Change the vision, the day of the next review, or the pillars, which are given all at once."""

    op: ClassVar[str] = "set_organization"
    id_fields: ClassVar[tuple[str, ...]] = ("pillars",)
    clearable: ClassVar[tuple[str, ...]] = ("vision", "review_on")
    vision: Text | None = None
    review_on: Day | None = None
    pillars: tuple[Pillar, ...] | None = None

    def edit(self, draft: Draft) -> None:
        profile = draft.organization.profile
        subject = Ref.to("organization", profile.name)
        if self.pillars is None or self.pillars == tuple(draft.organization.pillars.values()):
            draft.put(self.updated(profile, subject))
            return
        draft.put(replace(profile, **self.new_values()))
        self._edit_pillars(draft, self.pillars)

    def _edit_pillars(self, draft: Draft, pillars: tuple[Pillar, ...]) -> None:
        wanted = {each.id for each in pillars}
        if len(wanted) < len(pillars):
            raise refuse("Each pillar needs an id of its own")
        for pillar in draft.organization.pillars:
            if pillar not in wanted:
                goals = draft.index("pillar_goals", pillar)
                if goals:
                    raise refuse(
                        "{goals} still serve the pillar {pillar}",
                        goals=tuple(Ref.to("goal", goal) for goal in goals),
                        pillar=Ref.to("pillar", pillar),
                    )
                draft.remove("pillar", pillar)
        for each in pillars:
            draft.put(each)
        draft.put_in_order("pillar", [each.id for each in pillars])

    def current_record(self, organization: Organization) -> Any:
        return organization.profile

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        own = record_to_mapping(organization.profile, *self.new_values()) if self.new_values() else {}
        if self.pillars is not None:
            own["pillars"] = to_plain_data(tuple(organization.pillars.values()))
        return own

    def write_set(self) -> tuple[WriteKey, ...]:
        named = () if self.pillars is None else tuple(("pillar", each.id, "name") for each in self.pillars)
        return (("organization", "", "set"), *named)

    def without_no_ops(self, organization: Organization) -> Change:
        same = self.pillars == tuple(organization.pillars.values())
        return SetFields.without_no_ops(replace(self, pillars=None) if same else self, organization)

    def combined_with(self, later: Change) -> Change | None:
        if not isinstance(later, SetOrganization):
            return None
        values = {**self.new_values(), **later.new_values()}
        pillars = self.pillars if later.pillars is None else later.pillars
        return replace(SetFields.with_values(self, values), pillars=pillars)

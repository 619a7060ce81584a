"""Renaming any record that has an id and a name."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar

from orgtui.changes.base import Change, WriteKey, field_to_mapping, operation
from orgtui.changes.draft import Draft
from orgtui.changes.refusal import refuse
from orgtui.model.kinds import Id, Name, one_of
from orgtui.model.sentence import N_, Ref
from orgtui.model.store import Organization

RENAMABLE_KINDS = (
    "pillar",
    "department",
    "stage",
    "area",
    "team",
    "function",
    "person",
    "goal",
    "mission",
    "tool",
)
RenamableKind = Annotated[str, one_of(RENAMABLE_KINDS)]


def refuse_same_name(record: Any, name: str, subject: Ref) -> None:
    """Raise Refused if a record has this name already."""
    if record.name == name:
        raise refuse("{subject} already has this name", subject=subject)


@operation(says={"before": N_("renamed {before} to {name}"), "": N_("named the {kind} {name}")})
@dataclass(frozen=True, slots=True)
class Rename(Change):
    """Give something another name; its id stays."""

    op: ClassVar[str] = "rename"
    kind: RenamableKind
    id: Id
    name: Name

    def edit(self, draft: Draft) -> None:
        record = draft.open_seat(self.id) if self.kind == "person" else draft.require(self.kind, self.id)
        refuse_same_name(record, self.name, Ref.to(self.kind, self.id))
        draft.put(replace(record, name=self.name))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return field_to_mapping(organization.tables[self.kind].get(self.id), "name")

    def write_set(self) -> tuple[WriteKey, ...]:
        return ((self.kind, self.id, "name"),)

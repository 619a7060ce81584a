"""Changes that an import makes and plans do not hold: they follow what HR says of seats and of the day."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from orgtui.changes.base import Change, SetFields, WriteKey, record_to_mapping
from orgtui.changes.draft import Draft
from orgtui.changes.operations.seats import CloseSeat, OpenState
from orgtui.changes.semantic_types import PersonId
from orgtui.model.kinds import Day, Fte, Name, Text
from orgtui.model.sentence import Ref
from orgtui.model.store import Organization


@dataclass(frozen=True, slots=True)
class SetSeat(SetFields):
    """Take over what HR says of a seat: its title, its state, its share of a week."""

    op: ClassVar[str] = "set_seat"
    id_fields: ClassVar[tuple[str, ...]] = ("person",)
    clearable: ClassVar[tuple[str, ...]] = ("name", "title")
    person: PersonId
    name: Name | None = None
    title: Text | None = None
    state: OpenState | None = None
    fte: Fte | None = None

    def edit(self, draft: Draft) -> None:
        draft.put(self.updated(draft.open_seat(self.person), Ref.to("person", self.person)))

    def current_record(self, organization: Organization) -> Any:
        return organization.people.get(self.person)

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("person", self.person, "seat"),)


@dataclass(frozen=True, slots=True)
class ChangeHolder(Change):
    """Let somebody else sit in a seat: skills and learning go with who sat there, the work stays."""

    op: ClassVar[str] = "change_holder"
    person: PersonId
    name: Name

    def edit(self, draft: Draft) -> None:
        draft.put(replace(draft.open_seat(self.person), name=self.name, skills={}, learning=()))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        seat = organization.people.get(self.person)
        return {} if seat is None else record_to_mapping(seat, "name", "skills", "learning")

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("person", self.person, "seat"),)


@dataclass(frozen=True, slots=True)
class RemoveSeat(Change):
    """Take out who has left: as closing the seat does, and the seat itself goes as well."""

    op: ClassVar[str] = "remove_seat"
    person: PersonId

    def edit(self, draft: Draft) -> None:
        CloseSeat(self.person).edit(draft)
        draft.remove("person", self.person)

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return CloseSeat(self.person).replaced_values(organization)

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("person", self.person),)


@dataclass(frozen=True, slots=True)
class SetDay(Change):
    """Say of which day the organisation is."""

    op: ClassVar[str] = "set_day"
    as_of: Day

    def edit(self, draft: Draft) -> None:
        draft.put(replace(draft.organization.profile, as_of=self.as_of))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return {"as_of": organization.profile.as_of}

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("organization", "", "as_of"),)

"""Operations on departments outside marketing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import ClassVar

from orgtui.changes.base import (
    Change,
    WriteKey,
    entry_write_set,
    field_to_mapping,
    operation,
    record_without_id,
)
from orgtui.changes.draft import Draft
from orgtui.changes.operations.naming import Rename, refuse_same_name
from orgtui.changes.refusal import refuse
from orgtui.changes.semantic_types import DepartmentId
from orgtui.model.kinds import Name
from orgtui.model.records import DEPARTMENT_PREFIX, Department
from orgtui.model.sentence import N_, Ref
from orgtui.model.store import Organization


@operation(says=N_("added the department {name}"))
@dataclass(frozen=True, slots=True)
class AddDepartment(Change):
    """Write down a department outside marketing, which no team speaks to in particular yet."""

    op: ClassVar[str] = "add_department"
    department: DepartmentId
    name: Name

    def edit(self, draft: Draft) -> None:
        draft.check_new("department", self.department)
        draft.put(Department(self.department, self.name))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return {}

    def write_set(self) -> tuple[WriteKey, ...]:
        return _write_set(self.department)

    def combined_with(self, later: Change) -> Change | None:
        return replace(self, name=later.name) if isinstance(later, Rename | SetDepartment) else None


@operation(
    says={"before": N_("renamed {before} to {name}"), "": N_("renamed the department {department} to {name}")}
)
@dataclass(frozen=True, slots=True)
class SetDepartment(Change):
    """Give a department another name."""

    op: ClassVar[str] = "set_department"
    department: DepartmentId
    name: Name

    def edit(self, draft: Draft) -> None:
        department = draft.department(self.department)
        refuse_same_name(department, self.name, Ref.to("department", self.department))
        draft.put(replace(department, name=self.name))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return field_to_mapping(organization.departments.get(self.department), "name")

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("department", self.department, "name"),)


@operation(says=N_("removed the department {department}"))
@dataclass(frozen=True, slots=True)
class RemoveDepartment(Change):
    """Take a department out that works no stage, hands nothing over and is asked for nothing."""

    op: ClassVar[str] = "remove_department"
    department: DepartmentId

    def edit(self, draft: Draft) -> None:
        draft.department(self.department)
        subject = Ref.to("department", self.department)
        stages = draft.index("owned_stages", self.department)
        if stages:
            raise refuse(
                "{department} still works {stages}",
                department=subject,
                stages=tuple(Ref.to("stage", stage) for stage in stages),
            )
        end = DEPARTMENT_PREFIX + self.department
        handoffs = draft.index("handoffs_from", end) + draft.index("handoffs_to", end)
        if handoffs:
            raise refuse(
                "{department} still is an end of {handoffs}",
                department=subject,
                handoffs=tuple(Ref.to("handoff", ">".join(key)) for key in handoffs),
            )
        requests = draft.index("requests_to", self.department)
        if requests:
            raise refuse(
                "{teams} still ask {department} for something",
                department=subject,
                teams=tuple(dict.fromkeys(Ref.to("team", key[0]) for key in requests)),
            )
        draft.remove("department", self.department)

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return record_without_id(organization.departments.get(self.department))

    def write_set(self) -> tuple[WriteKey, ...]:
        return _write_set(self.department)


def _write_set(department: str) -> tuple[WriteKey, ...]:
    return *entry_write_set("department", department), ("department", department, "liaison")

"""Operations on the stages of the funnel and on areas, both of which stand in the order of the funnel."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from orgtui.changes.base import (
    Change,
    SetFields,
    WriteKey,
    entry_write_set,
    field_to_mapping,
    operation,
    record_without_id,
)
from orgtui.changes.draft import Draft
from orgtui.changes.operations.naming import Rename, refuse_same_name
from orgtui.changes.refusal import refuse
from orgtui.changes.semantic_types import AreaId, DepartmentId, StageId
from orgtui.model.kinds import Amount, Name
from orgtui.model.records import Area, Function, Stage
from orgtui.model.sentence import N_, Ref
from orgtui.model.store import Organization


def _order(draft: Draft, table: str, entry: str, before: str | None) -> list[str]:
    """The ids of a table with an entry before another one, or last."""
    if before is None:
        return [*(each for each in draft.organization.tables[table] if each != entry), entry]
    draft.require(table, before)
    if before == entry:
        raise refuse("{entry} cannot stand before itself", entry=Ref.to(table, entry))
    others = [each for each in draft.organization.tables[table] if each != entry]
    place = others.index(before)
    return [*others[:place], entry, *others[place:]]


def _add(draft: Draft, table: str, record: Stage | Area, before: str | None) -> None:
    draft.check_new(table, record.id)
    order = _order(draft, table, record.id, before)
    draft.put(record)
    draft.put_in_order(table, order)


def _move(draft: Draft, table: str, entry: str, before: str | None) -> None:
    draft.require(table, entry)
    order = _order(draft, table, entry, before)
    if order == list(draft.organization.tables[table]):
        subject = Ref.to(table, entry)
        if before is None:
            raise refuse("{entry} already stands last", entry=subject)
        raise refuse("{entry} already stands before {before}", entry=subject, before=Ref.to(table, before))
    draft.put_in_order(table, order)


def _order_write_set(table: str, entry: str) -> tuple[WriteKey, ...]:
    return (table, entry, "order"), (table, "", "order")


# -- stages ----------------------------------------------------------------------------------------


@operation(
    says=N_("added the stage {name}"),
    details={
        "before": N_("before {before}"),
        "owner": N_("worked by {owner}"),
        "volume": N_("{volume} a month"),
    },
)
@dataclass(frozen=True, slots=True)
class AddStage(Change):
    """Add a step to the funnel, before another one or last."""

    op: ClassVar[str] = "add_stage"
    stage: StageId
    name: Name
    volume: Amount | None = None
    owner: DepartmentId | None = None
    before: StageId | None = None

    def edit(self, draft: Draft) -> None:
        draft.check_exists("department", self.owner)
        _add(draft, "stage", Stage(self.stage, self.name, self.volume, self.owner), self.before)

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return {}

    def write_set(self) -> tuple[WriteKey, ...]:
        return _stage_write_set(self.stage)

    def combined_with(self, later: Change) -> Change | None:
        match later:
            case Rename():
                return replace(self, name=later.name)
            case SetStage():
                return replace(self, **later.new_values())
            case MoveStage():
                return replace(self, before=later.before)
        return None


@operation(
    says=N_("changed the stage {stage}"),
    details={
        "name": N_("name {name}"),
        "owner": N_("worked by {owner}"),
        "volume": N_("{volume} a month"),
        "clear": N_("no {clear}"),
    },
)
@dataclass(frozen=True, slots=True)
class SetStage(SetFields):
    """Change the name of a stage, its volume, or the department that works it."""

    op: ClassVar[str] = "set_stage"
    id_fields: ClassVar[tuple[str, ...]] = ("stage",)
    clearable: ClassVar[tuple[str, ...]] = ("volume", "owner")
    stage: StageId
    name: Name | None = None
    volume: Amount | None = None
    owner: DepartmentId | None = None

    def edit(self, draft: Draft) -> None:
        stage = draft.require("stage", self.stage)
        draft.check_exists("department", self.owner)
        draft.put(self.updated(stage, Ref.to("stage", self.stage)))

    def current_record(self, organization: Organization) -> Any:
        return organization.stages.get(self.stage)

    def write_set(self) -> tuple[WriteKey, ...]:
        return entry_write_set("stage", self.stage)[1:]


@operation(says=N_("removed the stage {stage}"))
@dataclass(frozen=True, slots=True)
class RemoveStage(Change):
    """Take a step out of the funnel; functions that serve it keep their other stages."""

    op: ClassVar[str] = "remove_stage"
    stage: StageId

    def edit(self, draft: Draft) -> None:
        draft.require("stage", self.stage)
        serving = _serving(draft.organization, self.stage)
        only = tuple(Ref.to("function", each.id) for each in serving if each.stages == (self.stage,))
        if only:
            stage = Ref.to("stage", self.stage)
            raise refuse("{functions} would have no stage without {stage}", functions=only, stage=stage)
        for function in serving:
            others = tuple(stage for stage in function.stages if stage != self.stage)
            draft.put(replace(function, stages=others))
        draft.remove("stage", self.stage)

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        own = record_without_id(organization.stages.get(self.stage))
        functions = [function.id for function in _serving(organization, self.stage)]
        return own | ({"functions": functions} if functions else {})

    def write_set(self) -> tuple[WriteKey, ...]:
        return _stage_write_set(self.stage)


def _serving(organization: Organization, stage: str) -> list[Function]:
    """The functions that serve a stage, also those without team."""
    return [function for function in organization.functions.values() if stage in function.stages]


def _stage_write_set(stage: str) -> tuple[WriteKey, ...]:
    return *entry_write_set("stage", stage), *_order_write_set("stage", stage)


@operation(says={"before": N_("put the stage {stage} before {before}"), "": N_("put the stage {stage} last")})
@dataclass(frozen=True, slots=True)
class MoveStage(Change):
    """Put a stage before another one, or last."""

    op: ClassVar[str] = "move_stage"
    stage: StageId
    before: StageId | None = None

    def edit(self, draft: Draft) -> None:
        _move(draft, "stage", self.stage, self.before)

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return {"stages": list(organization.stages)} if self.stage in organization.stages else {}

    def write_set(self) -> tuple[WriteKey, ...]:
        return _order_write_set("stage", self.stage)


# -- areas -----------------------------------------------------------------------------------------


@operation(says=N_("added the area {name}"), details={"before": N_("before {before}")})
@dataclass(frozen=True, slots=True)
class AddArea(Change):
    """Add a family of functions, before another one or last."""

    op: ClassVar[str] = "add_area"
    area: AreaId
    name: Name
    before: AreaId | None = None

    def edit(self, draft: Draft) -> None:
        _add(draft, "area", Area(self.area, self.name), self.before)

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return {}

    def write_set(self) -> tuple[WriteKey, ...]:
        return _area_write_set(self.area)

    def combined_with(self, later: Change) -> Change | None:
        match later:
            case Rename() | SetArea():
                return replace(self, name=later.name)
            case MoveArea():
                return replace(self, before=later.before)
        return None


@operation(says={"before": N_("renamed {before} to {name}"), "": N_("renamed the area {area} to {name}")})
@dataclass(frozen=True, slots=True)
class SetArea(Change):
    """Give an area another name."""

    op: ClassVar[str] = "set_area"
    area: AreaId
    name: Name

    def edit(self, draft: Draft) -> None:
        area = draft.require("area", self.area)
        refuse_same_name(area, self.name, Ref.to("area", self.area))
        draft.put(replace(area, name=self.name))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return field_to_mapping(organization.areas.get(self.area), "name")

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("area", self.area, "name"),)


@operation(says=N_("removed the area {area}"))
@dataclass(frozen=True, slots=True)
class RemoveArea(Change):
    """Take an area out that no function belongs to."""

    op: ClassVar[str] = "remove_area"
    area: AreaId

    def edit(self, draft: Draft) -> None:
        draft.require("area", self.area)
        functions = draft.index("in_area", self.area)
        if functions:
            raise refuse(
                "{functions} still belong to {area}",
                functions=tuple(Ref.to("function", function) for function in functions),
                area=Ref.to("area", self.area),
            )
        draft.remove("area", self.area)

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return record_without_id(organization.areas.get(self.area))

    def write_set(self) -> tuple[WriteKey, ...]:
        return _area_write_set(self.area)


def _area_write_set(area: str) -> tuple[WriteKey, ...]:
    return *entry_write_set("area", area), *_order_write_set("area", area)


@operation(says={"before": N_("put the area {area} before {before}"), "": N_("put the area {area} last")})
@dataclass(frozen=True, slots=True)
class MoveArea(Change):
    """Put an area before another one, or last."""

    op: ClassVar[str] = "move_area"
    area: AreaId
    before: AreaId | None = None

    def edit(self, draft: Draft) -> None:
        _move(draft, "area", self.area, self.before)

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return {"areas": list(organization.areas)} if self.area in organization.areas else {}

    def write_set(self) -> tuple[WriteKey, ...]:
        return _order_write_set("area", self.area)

"""Operations on tools; which teams use them is an operation on teams."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, ClassVar

from orgtui.changes.base import Change, SetFields, WriteKey, entry_write_set, operation, record_without_id
from orgtui.changes.draft import Draft
from orgtui.changes.operations.naming import Rename
from orgtui.changes.semantic_types import ToolId
from orgtui.model.kinds import Name, Text
from orgtui.model.records import Tool
from orgtui.model.sentence import N_, Ref
from orgtui.model.store import Organization


@operation(says=N_("added the tool {name}"), details={"purpose": N_("for {purpose}")})
@dataclass(frozen=True, slots=True)
class AddTool(Change):
    """Write down a tool, which no team uses yet."""

    op: ClassVar[str] = "add_tool"
    tool: ToolId
    name: Name
    purpose: Text | None = None

    def edit(self, draft: Draft) -> None:
        draft.check_new("tool", self.tool)
        draft.put(Tool(self.tool, self.name, self.purpose))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return {}

    def write_set(self) -> tuple[WriteKey, ...]:
        return entry_write_set("tool", self.tool)

    def combined_with(self, later: Change) -> Change | None:
        match later:
            case Rename():
                return replace(self, name=later.name)
            case SetTool():
                return replace(self, **later.new_values())
        return None


@operation(
    says=N_("changed the tool {tool}"),
    details={"name": N_("name {name}"), "purpose": N_("for {purpose}"), "clear": N_("no {clear}")},
)
@dataclass(frozen=True, slots=True)
class SetTool(SetFields):
    """Change the name of a tool or what it is for."""

    op: ClassVar[str] = "set_tool"
    id_fields: ClassVar[tuple[str, ...]] = ("tool",)
    clearable: ClassVar[tuple[str, ...]] = ("purpose",)
    tool: ToolId
    name: Name | None = None
    purpose: Text | None = None

    def edit(self, draft: Draft) -> None:
        draft.put(self.updated(draft.require("tool", self.tool), Ref.to("tool", self.tool)))

    def current_record(self, organization: Organization) -> Any:
        return organization.tools.get(self.tool)

    def write_set(self) -> tuple[WriteKey, ...]:
        return entry_write_set("tool", self.tool)[1:]


@operation(says=N_("removed the tool {tool}"))
@dataclass(frozen=True, slots=True)
class RemoveTool(Change):
    """Give a tool up; it is taken from its teams."""

    op: ClassVar[str] = "remove_tool"
    tool: ToolId

    def edit(self, draft: Draft) -> None:
        draft.require("tool", self.tool)
        for key in draft.index("tool_users", self.tool):
            team = draft.team(key)
            draft.put(replace(team, tools=tuple(tool for tool in team.tools if tool != self.tool)))
        draft.remove("tool", self.tool)

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        own = record_without_id(organization.tools.get(self.tool))
        teams = Draft(organization).index("tool_users", self.tool)
        return own | ({"teams": teams} if teams else {})

    def write_set(self) -> tuple[WriteKey, ...]:
        return entry_write_set("tool", self.tool)

"""Operations on functions: moving, adding and removing them, and their fields."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from orgtui.changes.base import (
    Change,
    SetFields,
    WriteKey,
    field_to_mapping,
    operation,
    record_to_mapping,
    teams_of_people,
)
from orgtui.changes.draft import Draft
from orgtui.changes.operations.naming import Rename
from orgtui.changes.operations.seats import MovePerson, move_seat
from orgtui.changes.refusal import refuse
from orgtui.changes.semantic_types import AreaId, FunctionId, KindOfWork, PersonIds, StageIds, TeamId
from orgtui.model.kinds import Difficulty, Flag, FteNeeded, Levels, Name
from orgtui.model.records import Function, FunctionState
from orgtui.model.sentence import N_, Ref
from orgtui.model.store import Organization


def function_ref(function: str) -> Ref:
    return Ref.to("function", function)


@operation(says=N_("moved {function} to {to}"), details={"people": N_("with {people}")})
@dataclass(frozen=True, slots=True)
class MoveFunction(Change):
    """Make another team accountable for a function; `people` come along."""

    op: ClassVar[str] = "move_function"
    function: FunctionId
    to: TeamId
    people: PersonIds = ()

    def edit(self, draft: Draft) -> None:
        function = draft.function(self.function)
        to = Ref.to("team", draft.team(self.to).id)
        if function.team == self.to:
            raise refuse("{function} already is with {to}", function=function_ref(self.function), to=to)
        if function.team is not None and draft.focus_team_of(self.function) == function.team:
            raise refuse(
                "{team} was pulled out for {function}: fold it back instead",
                team=Ref.to("team", function.team),
                function=function_ref(self.function),
            )
        draft.put(replace(function, team=self.to))
        for person in self.people:
            move_seat(draft, person, self.to)

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return field_to_mapping(organization.functions.get(self.function), "team") | teams_of_people(
            organization, self.people
        )

    def write_set(self) -> tuple[WriteKey, ...]:
        return (
            ("function", self.function, "team"),
            *(("person", person, "team") for person in self.people),
        )

    def squash_candidates(self, later: Change) -> Iterator[tuple[tuple[Change, ...], tuple[Change, ...]]]:
        yield from Change.squash_candidates(self, later)
        if isinstance(later, MoveFunction) and later.function == self.function:
            others = [person for person in self.people if person not in later.people]
            yield tuple(MovePerson(person, self.to) for person in others), (later,)
        elif isinstance(later, MovePerson) and later.person in self.people:
            people = tuple(person for person in self.people if person != later.person)
            yield (replace(self, people=people),), (later,)


@operation(
    says={"team": N_("added {name} to {team}"), "": N_("added {name}, in no team yet")},
    details={"stages": N_("serving {stages}")},
)
@dataclass(frozen=True, slots=True)
class AddFunction(Change):
    """Take a new piece of work on."""

    op: ClassVar[str] = "add_function"
    function: FunctionId
    name: Name
    area: AreaId | None = None
    team: TeamId | None = None
    stages: StageIds = ()
    skills: Levels | None = None
    kind: KindOfWork | None = None
    state: FunctionState = "established"
    difficulty: Difficulty = 1
    breakthrough: Flag = False
    fte_needed: FteNeeded | None = None

    def edit(self, draft: Draft) -> None:
        draft.check_new("function", self.function)
        draft.check_exists("area", self.area)
        draft.check_exists("team", self.team)
        draft.check_all_exist("stage", self.stages)
        draft.put(
            Function(
                self.function,
                self.name,
                self.area,
                self.team,
                self.stages,
                self.skills or {},
                self.kind,
                self.state,
                self.difficulty,
                self.breakthrough,
                self.fte_needed,
            )
        )

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return {}

    def write_set(self) -> tuple[WriteKey, ...]:
        return function_write_set(self.function)

    def combined_with(self, later: Change) -> Change | None:
        match later:
            case Rename():
                return replace(self, name=later.name)
            case MoveFunction(people=()):
                return replace(self, team=later.to)
            case SetStages():
                return replace(self, stages=later.stages)
            case SetFunction():
                return replace(self, **later.new_values())
        return None


@operation(
    says={
        "name": N_("renamed {function} to {name}"),
        "area": N_("changed the area of {function} to {area}"),
        "kind": N_("changed the kind of {function} to {kind}"),
        "state": N_("changed the state of {function} to {state}"),
        "difficulty": N_("changed the difficulty of {function} to {difficulty}"),
        "fte_needed": N_("changed the FTE that {function} needs to {fte_needed}"),
        "": N_("changed {function}"),
    },
    details={
        "area": N_("area {area}"),
        "kind": N_("kind {kind}"),
        "state": N_("state {state}"),
        "difficulty": N_("difficulty {difficulty}"),
        "fte_needed": N_("needs {fte_needed} FTE"),
        "clear": N_("no {clear}"),
    },
)
@dataclass(frozen=True, slots=True)
class SetFunction(SetFields):
    """Change what is written about a function; its team and stages have changes of their own."""

    op: ClassVar[str] = "set_function"
    id_fields: ClassVar[tuple[str, ...]] = ("function",)
    clearable: ClassVar[tuple[str, ...]] = ("area", "kind", "fte_needed")
    function: FunctionId
    name: Name | None = None
    area: AreaId | None = None
    skills: Levels | None = None
    kind: KindOfWork | None = None
    state: FunctionState | None = None
    difficulty: Difficulty | None = None
    breakthrough: Flag | None = None
    fte_needed: FteNeeded | None = None

    def edit(self, draft: Draft) -> None:
        function = draft.function(self.function)
        draft.check_exists("area", self.area)
        draft.put(self.updated(function, function_ref(self.function)))

    def current_record(self, organization: Organization) -> Any:
        return organization.functions.get(self.function)

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("function", self.function, "set"), ("function", self.function, "name"))


@operation(says=N_("removed {function}"))
@dataclass(frozen=True, slots=True)
class RemoveFunction(Change):
    """Give a piece of work up that nobody performs; its handoffs go."""

    op: ClassVar[str] = "remove_function"
    function: FunctionId

    def edit(self, draft: Draft) -> None:
        function = draft.function(self.function)
        performers = draft.index("performers", self.function)
        if performers:
            raise refuse(
                "{function} is still performed by {people}",
                function=function_ref(self.function),
                people=tuple(Ref.to("person", person) for person in performers),
            )
        focus_team = draft.focus_team_of(self.function)
        if focus_team is not None:
            raise refuse(
                "{team} was pulled out for {function}",
                team=Ref.to("team", focus_team),
                function=function_ref(self.function),
            )
        for person in draft.organization.people.rows().values():
            if self.function in person.functions:
                others = {key: share for key, share in person.functions.items() if key != function.id}
                draft.put(replace(person, functions=others))
        for key in _handoffs(draft, self.function):
            draft.remove("handoff", key)
        draft.remove("function", self.function)

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        function = organization.functions.get(self.function)
        if function is None:
            return {}
        own = record_to_mapping(function)
        del own["id"]
        handoffs = [list(key) for key in _handoffs(Draft(organization), self.function)]
        return own | ({"handoffs": handoffs} if handoffs else {})

    def write_set(self) -> tuple[WriteKey, ...]:
        return function_write_set(self.function)


def _handoffs(draft: Draft, function: str) -> list[tuple[str, str]]:
    return draft.index("handoffs_from", function) + draft.index("handoffs_to", function)


def function_write_set(function: str) -> tuple[WriteKey, ...]:
    """The write set of adding or removing a function."""
    parts = ("name", "set", "team", "stages")
    return (("function", function), *(("function", function, part) for part in parts))


@operation(says={"stages": N_("let {function} serve {stages}"), "": N_("took all stages off {function}")})
@dataclass(frozen=True, slots=True)
class SetStages(Change):
    """Say which stages of the funnel a function serves."""

    op: ClassVar[str] = "set_stages"
    function: FunctionId
    stages: StageIds

    def edit(self, draft: Draft) -> None:
        function = draft.function(self.function)
        if not self.stages:
            raise refuse("Say at least one stage for {function}", function=function_ref(self.function))
        draft.check_all_exist("stage", self.stages)
        if function.stages == self.stages:
            raise refuse("{function} already serves just these stages", function=function_ref(self.function))
        draft.put(replace(function, stages=self.stages))

    def replaced_values(self, organization: Organization) -> dict[str, object]:
        return field_to_mapping(organization.functions.get(self.function), "stages")

    def write_set(self) -> tuple[WriteKey, ...]:
        return (("function", self.function, "stages"),)

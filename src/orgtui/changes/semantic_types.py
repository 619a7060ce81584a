"""What the values in the fields of a change stand for: things of the organisation, money, words.

A field's type says it: `to: TeamId`. Words that files choose from are known by their `Literal` type.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Annotated, Any, Literal, get_args, get_origin

from orgtui.model import kinds
from orgtui.model.kinds import Amount, Id, Ids
from orgtui.model.sentence import Ref


@dataclass(frozen=True, slots=True)
class ReferenceTo:
    """Ids of things of one kind; an id written `kind:id` brings its own."""

    kind: str = ""

    def ref(self, written: str) -> Ref:
        """The thing that an id stands for."""
        return Ref(written) if ":" in written else Ref.to(self.kind, written)


class ValueType(Enum):
    """What a field holds, if not ids."""

    WORDS = auto()
    MONEY = auto()
    FIELDS = auto()
    """Names of fields."""


SemanticType = ReferenceTo | ValueType

AreaId = Annotated[Id, ReferenceTo("area")]
DepartmentId = Annotated[Id, ReferenceTo("department")]
FunctionId = Annotated[Id, ReferenceTo("function")]
GoalId = Annotated[Id, ReferenceTo("goal")]
MissionId = Annotated[Id, ReferenceTo("mission")]
PersonId = Annotated[Id, ReferenceTo("person")]
PillarId = Annotated[Id, ReferenceTo("pillar")]
TeamId = Annotated[Id, ReferenceTo("team")]
FunctionIds = Annotated[Ids, ReferenceTo("function")]
PersonIds = Annotated[Ids, ReferenceTo("person")]
StageIds = Annotated[Ids, ReferenceTo("stage")]
ToolIds = Annotated[Ids, ReferenceTo("tool")]
HandoffEnd = Annotated[kinds.HandoffEnd, ReferenceTo("function")]
ShareEnd = Annotated[kinds.ShareEnd, ReferenceTo()]
Subjects = Annotated[kinds.Subjects, ReferenceTo()]
FieldNames = Annotated[Ids, ValueType.FIELDS]
Money = Annotated[Amount, ValueType.MONEY]


def semantic_type_of(hint: Any) -> SemanticType | None:
    """What a field of a type stands for; None for numbers and plain text."""
    if isinstance(hint, SemanticType):
        return hint
    if get_origin(hint) is Literal:
        return ValueType.WORDS
    return next((found for found in map(semantic_type_of, get_args(hint)) if found is not None), None)

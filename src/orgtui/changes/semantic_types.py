"""Semantic types of the fields of changes: references to records, money, words, names of fields.

They are part of the annotation of a field, as in `to: TeamId`; a `Literal` is a choice of words.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum, auto
from typing import Annotated, Any, Literal, get_args, get_origin

from orgtui.model import kinds
from orgtui.model.kinds import Amount, Id, Ids, Text
from orgtui.model.sentence import Ref


@dataclass(frozen=True, slots=True)
class ReferenceTo:
    """Ids of records of one kind; an id written as `kind:id` states its kind itself."""

    kind: str = ""

    def ref(self, written: str) -> Ref:
        """The reference that an id stands for."""
        return Ref(written) if ":" in written else Ref.to(self.kind, written)


class ValueType(Enum):
    """The semantic types that are not references."""

    WORDS = auto()
    MONEY = auto()
    TOPIC = auto()
    """A skill's id, which is shown as its name, or free text."""
    KIND = auto()
    """A kind of work: text, which is shown as the name of the skill with that id if there is one."""
    FIELDS = auto()
    """Names of fields."""


SemanticType = ReferenceTo | ValueType

AreaId = Annotated[Id, ReferenceTo("area")]
DepartmentId = Annotated[Id, ReferenceTo("department")]
FunctionId = Annotated[Id, ReferenceTo("function")]
GoalId = Annotated[Id, ReferenceTo("goal")]
MissionId = Annotated[Id, ReferenceTo("mission")]
PersonId = Annotated[Id, ReferenceTo("person")]
MetricKey = Annotated[kinds.Metric, ReferenceTo("metric")]
PillarId = Annotated[Id, ReferenceTo("pillar")]
SkillId = Annotated[kinds.Skill, ReferenceTo("skill")]
StageId = Annotated[Id, ReferenceTo("stage")]
TeamId = Annotated[Id, ReferenceTo("team")]
ToolId = Annotated[Id, ReferenceTo("tool")]
FunctionIds = Annotated[Ids, ReferenceTo("function")]
PersonIds = Annotated[Ids, ReferenceTo("person")]
StageIds = Annotated[Ids, ReferenceTo("stage")]
ToolIds = Annotated[Ids, ReferenceTo("tool")]
HandoffEnd = Annotated[kinds.HandoffEnd, ReferenceTo("function")]
ShareEnd = Annotated[kinds.ShareEnd, ReferenceTo()]
NotedRef = Annotated[kinds.Noted, ReferenceTo()]
Subjects = Annotated[kinds.Subjects, ReferenceTo()]
FieldNames = Annotated[Ids, ValueType.FIELDS]
Money = Annotated[Amount, ValueType.MONEY]
Topic = Annotated[Text, ValueType.TOPIC]
KindOfWork = Annotated[Text, ValueType.KIND]


def semantic_type_of(hint: Any) -> SemanticType | None:
    """The semantic type in a type hint; None for numbers and plain text."""
    if isinstance(hint, SemanticType):
        return hint
    if get_origin(hint) is Literal:
        return ValueType.WORDS
    return next((found for found in map(semantic_type_of, get_args(hint)) if found is not None), None)

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
class Refers:
    """Ids of things of one kind; an id written `kind:id` brings its own."""

    kind: str = ""

    def ref(self, written: str) -> Ref:
        """The thing that an id stands for."""
        return Ref(written) if ":" in written else Ref.to(self.kind, written)


class Holds(Enum):
    """What a field holds, if not ids."""

    WORDS = auto()
    MONEY = auto()
    FIELDS = auto()
    """Names of fields."""


Meaning = Refers | Holds

AreaId = Annotated[Id, Refers("area")]
DepartmentId = Annotated[Id, Refers("department")]
FunctionId = Annotated[Id, Refers("function")]
GoalId = Annotated[Id, Refers("goal")]
MissionId = Annotated[Id, Refers("mission")]
PersonId = Annotated[Id, Refers("person")]
PillarId = Annotated[Id, Refers("pillar")]
TeamId = Annotated[Id, Refers("team")]
FunctionIds = Annotated[Ids, Refers("function")]
PersonIds = Annotated[Ids, Refers("person")]
StageIds = Annotated[Ids, Refers("stage")]
ToolIds = Annotated[Ids, Refers("tool")]
HandoffEnd = Annotated[kinds.HandoffEnd, Refers("function")]
ShareEnd = Annotated[kinds.ShareEnd, Refers()]
Subjects = Annotated[kinds.Subjects, Refers()]
FieldNames = Annotated[Ids, Holds.FIELDS]
Money = Annotated[Amount, Holds.MONEY]


def meaning_of(hint: Any) -> Meaning | None:
    """What a field of a type stands for; None for numbers and plain text."""
    if isinstance(hint, Meaning):
        return hint
    if get_origin(hint) is Literal:
        return Holds.WORDS
    return next((found for found in map(meaning_of, get_args(hint)) if found is not None), None)

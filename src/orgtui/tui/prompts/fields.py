"""The fields of a form as data: a text, one of a list, or several of it; and their rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.tui.prompts.prompt import Translate
from orgtui.views.base.cells import cell_len, pad
from orgtui.views.base.row import Role, Row, Rows, Span

Values = Mapping[str, object]
"""The values of a form by the names of its fields, those left out of which are not shown now."""

Shown = Callable[[Values], bool]
"""Whether a field is shown, by the values of the fields before it."""

State = Literal["filled", "empty", "needed", "wrong"]
"""What a field's row says: `needed` if it is empty and must not be, `wrong` if the form waits for it."""

NEEDED = sentence("needed")

LABEL_ROLES: Mapping[State, Role] = {"filled": "dim", "empty": "dim", "needed": "heading", "wrong": "error"}


def _as_typed(answer: Any) -> object:
    return answer


def always(values: Values) -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Among:
    """What a field is chosen from: `find` makes the rows that fit a typed text, `name` the text of a choice.

    With `several` the answer is a tuple of references instead of one or None.
    """

    find: Callable[[str], Rows]
    name: Callable[[Ref], str]
    several: bool = False


@dataclass(slots=True, eq=False)
class Field:
    """A line of a form. Without `among` its `answer` is a text, otherwise what was chosen.

    `read` makes the value of an answer, `example` shows in an empty line how one looks. A `needed` field must
    not be empty; one for which `shown` is false of the values before it is left out.
    """

    name: str
    label: Sentence
    answer: Any = ""
    among: Among | None = None
    needed: bool = False
    example: str = ""
    read: Callable[[Any], object] = _as_typed
    shown: Shown = always

    @property
    def is_empty(self) -> bool:
        return self.answer in ("", None, ())

    def text(self) -> str:
        """The answer as it is shown; of several choices all names, each with what parts it from the next."""
        if self.among is None:
            return str(self.answer)
        if self.among.several:
            return "".join(f"{self.among.name(each)}, " for each in self.answer)
        return "" if self.answer is None else self.among.name(self.answer)


class FieldRows:
    """The fields that are shown as rows, and a last row that submits them."""

    def __init__(self, fields: Sequence[Field], action: Sentence, translate: Translate) -> None:
        self.fields = fields
        self.action = action
        self.translate = translate
        self.wrong: set[str] = set()
        """The names of the fields that the form waits for."""
        self.labels = max((cell_len(translate(field.label)) for field in fields), default=0) + 2

    def __len__(self) -> int:
        return len(self.fields) + 1

    def ref(self, index: int) -> Ref | None:
        return Ref.to("field", str(index))

    def index_of(self, ref: Ref) -> int | None:
        return int(ref.id) if ref.kind == "field" else None

    def state(self, field: Field) -> State:
        if field.name in self.wrong:
            return "wrong"
        return "filled" if not field.is_empty else "needed" if field.needed else "empty"

    def row(self, index: int, width: int) -> Row:
        if index == len(self.fields):
            return Row(self.ref(index), (Span(self.translate(self.action), "heading"),))
        field = self.fields[index]
        state = self.state(field)
        label = pad(self.translate(field.label), self.labels)
        return Row(self.ref(index), (Span(label, LABEL_ROLES[state]), self._answer(field, state)))

    def placeholder(self, field: Field) -> str:
        """What stands in place of an answer that there is not yet; beside several choices nothing does."""
        if isinstance(field.answer, tuple) and field.answer:
            return ""
        return field.example or (self.translate(NEEDED) if field.needed else "")

    def _answer(self, field: Field, state: State) -> Span:
        if field.is_empty:
            return Span(self.placeholder(field), "error" if state == "wrong" else "dim")
        return Span(field.text().rstrip(", "), "error" if state == "wrong" else "plain")

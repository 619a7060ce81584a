"""A prompt with several fields, which shows what their values would do."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from textual.widget import Widget

from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.tui.commands.prompt_keys import PROMPT_KEYS
from orgtui.tui.prompts.prompt import ListPane, Prompt, Translate
from orgtui.tui.widgets.text import Theme
from orgtui.views.base.cells import cell_len, pad
from orgtui.views.base.row import Row, Span

Values = Mapping[str, object]

HINT = sentence("{walk} choose   {take} changes a line or goes on   {close} closes", **PROMPT_KEYS)


@dataclass(slots=True)
class Field:
    """A line of a form.

    `ask` opens a prompt for its value and passes the answer on, `show` makes the text of a value.
    """

    name: str
    label: Sentence
    value: object
    ask: Callable[[object, Callable[[object], None]], None]
    show: Callable[[object], str]


class FieldRows:
    """The fields of a form as rows, and a last row that submits it."""

    def __init__(self, fields: Sequence[Field], action: Sentence, translate: Translate) -> None:
        self.fields = fields
        self.action = action
        self.translate = translate
        self._labels = max((cell_len(translate(field.label)) for field in fields), default=0) + 2

    def __len__(self) -> int:
        return len(self.fields) + 1

    def ref(self, index: int) -> Ref | None:
        return Ref.to("field", str(index))

    def row(self, index: int, width: int) -> Row:
        if index == len(self.fields):
            return Row(self.ref(index), (Span(self.translate(self.action), "heading"),))
        field = self.fields[index]
        label = Span(pad(self.translate(field.label), self._labels), "dim")
        return Row(self.ref(index), (label, Span(field.show(field.value))))

    def index_of(self, ref: Ref) -> int | None:
        return int(ref.id) if ref.kind == "field" else None


class Form(Prompt[bool]):
    """Asks for several values, one line each; the last line submits them.

    `preview` says what the values would do, or what is wrong with them.
    """

    def __init__(
        self,
        theme: Theme,
        translate: Translate,
        title: Sentence,
        fields: Sequence[Field],
        action: Sentence,
        accept: Callable[[Values], Sentence | None],
        preview: Callable[[Values], Sentence],
    ) -> None:
        super().__init__(theme, translate, title, HINT)
        self.shows_preview = True
        self.fields = fields
        self.accept = accept
        self.preview = preview
        self.list: ListPane = ListPane(FieldRows(fields, action, translate), theme)

    def preview_answer(self) -> Sentence | None:
        return self.preview(self.values())

    def body(self) -> Sequence[Widget]:
        self.list.styles.height = len(self.fields) + 2
        return [self.list]

    def values(self) -> Values:
        return {field.name: field.value for field in self.fields}

    def submit(self) -> None:
        if self.list.cursor < len(self.fields):
            field = self.fields[self.list.cursor]
            field.ask(field.value, lambda value: self._keep(field, value))
            return
        refusal = self.accept(self.values())
        if refusal is None:
            self.dismiss(True)
        else:
            self.refuse(refusal)

    def _keep(self, field: Field, value: object) -> None:
        field.value = value
        self.refuse(None)
        self.list.reload()
        self.list.move(1)

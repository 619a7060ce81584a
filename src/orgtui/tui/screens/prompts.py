"""Prompts: ask for a text, choose from a list by typing, confirm, fill in a form.

A prompt hands its answer to `accept`, which does what was asked or says why not; a prompt whose answer is
refused says so and stays open. `escape` closes every prompt without an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import ClassVar, Generic, TypeVar

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input

from orgtui.model.gate import NAME_LENGTH, refused_character
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.tui.line import Line, said
from orgtui.tui.pane import Pane
from orgtui.tui.text import Look
from orgtui.views.cells import cell_len
from orgtui.views.row import Row, Rows, Span

T = TypeVar("T")

Word = Callable[[Sentence], str]
"""Words a sentence, with names for what it refers to."""

LIST_HEIGHT = 12
READING = sentence("↑ ↓ move   esc closes")


class Entry(Input):
    """A line to type in: one row, no frame, a cursor at rest."""

    def __init__(self, value: str = "") -> None:
        super().__init__(value, compact=True, select_on_focus=False, max_length=NAME_LENGTH)
        self.cursor_blink = False


class Prompt(ModalScreen[T], Generic[T], inherit_bindings=False):
    """A box over the session screen with a title, a body and a line that says what is wrong."""

    AUTO_FOCUS = "Entry"
    DEFAULT_CSS = """
    Prompt { align: center middle; background: transparent; }
    Prompt > Vertical {
        width: 76; max-width: 100%; height: auto; max-height: 100%;
        padding: 0 1; border: round ansi_default; background: ansi_default;
    }
    Prompt > Vertical.ascii { border: ascii ansi_default; }
    Prompt Line { height: 1; }
    Prompt Entry { height: 1; background: ansi_default; }
    """

    def __init__(self, look: Look, word: Word, title: Sentence, hint: Sentence) -> None:
        super().__init__()
        self.look = look
        self.word = word
        self.heading = title
        self.hint = hint
        self.refusal: Sentence | None = None
        self.foot = Line("foot", self._foot, look)

    def compose(self) -> ComposeResult:
        with Vertical(classes="ascii" if self.look.ascii else None):
            yield Line("title", lambda width: said(Span(self.word(self.heading), "heading")), self.look)
            yield from self.body()
            yield self.foot

    def body(self) -> Sequence[Widget]:
        """The widgets between title and foot."""
        raise NotImplementedError

    def entered(self) -> None:
        """Enter was pressed."""
        raise NotImplementedError

    def refuse(self, why: Sentence | None) -> None:
        """Say what is wrong and stay open; None takes it back."""
        self.refusal = why
        self.foot.changed()

    def _foot(self, width: int) -> Row:
        if self.refusal is not None:
            return said(Span(self.word(self.refusal), "error"))
        return said(Span(self.word(self.hint), "dim"))

    def on_key(self, event: events.Key) -> None:
        if event.key in ("escape", "ctrl+c"):
            event.stop()
            self.dismiss(None)
        elif event.key == "enter":
            event.stop()
            self.entered()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self.entered()


class AskText(Prompt[str]):
    """Asks for a text."""

    def __init__(
        self,
        look: Look,
        word: Word,
        title: Sentence,
        *,
        value: str = "",
        accept: Callable[[str], Sentence | None] = lambda _: None,
        optional: bool = False,
    ) -> None:
        super().__init__(look, word, title, sentence("enter takes it   esc leaves it as it was"))
        self.entry = Entry(value)
        self.accept = accept
        self.optional = optional

    def body(self) -> Sequence[Widget]:
        return [self.entry]

    def on_input_changed(self, event: Input.Changed) -> None:
        if self.refusal is not None:
            self.refuse(None)

    def entered(self) -> None:
        text = self.entry.value.strip()
        wrong = refused_character(text)
        if wrong is not None:
            self.refuse(sentence("{character} cannot be used in a text", character=wrong))
        elif not text and not self.optional:
            self.refuse(sentence("A text is needed here"))
        else:
            refusal = self.accept(text)
            if refusal is None:
                self.dismiss(text)
            else:
                self.refuse(refusal)


Find = Callable[[str], Rows]
"""The rows that fit what was typed; all of them, or the most useful, for no text."""


class Choose(Prompt[Ref]):
    """Asks for one row of a list that typing narrows down."""

    def __init__(
        self,
        look: Look,
        word: Word,
        title: Sentence,
        find: Find,
        *,
        accept: Callable[[Ref], Sentence | None] = lambda _: None,
        start: Ref | None = None,
    ) -> None:
        super().__init__(
            look, word, title, sentence("type to find   ↑ ↓ choose   enter takes it   esc closes")
        )
        self.find = find
        self.accept = accept
        self.entry = Entry()
        self.list = ListPane(find(""), look)
        if start is not None:
            self.list.go_to(start)

    def body(self) -> Sequence[Widget]:
        return [self.entry, self.list]

    def on_input_changed(self, event: Input.Changed) -> None:
        self.list.show(self.find(self.entry.value.strip()))
        self.list.move_to(0)
        if self.refusal is not None:
            self.refuse(None)

    def on_key(self, event: events.Key) -> None:
        if self.list.walk(event.key):
            event.stop()
            event.prevent_default()

    def entered(self) -> None:
        ref = self.list.ref
        if ref is None:
            self.refuse(sentence("Nothing fits “{text}”", text=self.entry.value.strip()))
            return
        refusal = self.accept(ref)
        if refusal is None:
            self.dismiss(ref)
        else:
            self.refuse(refusal)


class ListPane(Pane, inherit_bindings=False):
    """A list inside a prompt."""

    DEFAULT_CSS = f"ListPane {{ height: {LIST_HEIGHT}; }}"
    WALK: ClassVar = {"up": -1, "down": 1, "pageup": 1 - LIST_HEIGHT, "pagedown": LIST_HEIGHT - 1}

    def __init__(self, rows: Rows, look: Look) -> None:
        super().__init__("list", "", rows, look)
        self.active = True

    def walk(self, key: str) -> bool:
        """Move the cursor if the key says so; whether it did."""
        if key not in self.WALK:
            return False
        self.move(self.WALK[key])
        return True


class Show(Prompt[bool]):
    """Shows rows to read; True if they were read with `enter`, so that it can ask whether to go on."""

    def __init__(
        self,
        look: Look,
        word: Word,
        title: Sentence,
        rows: Rows,
        hint: Sentence = READING,
    ) -> None:
        super().__init__(look, word, title, hint)
        self.list = ListPane(rows, look)

    def body(self) -> Sequence[Widget]:
        self.list.styles.height = min(len(self.list.rows), self.app.size.height - 6) + 1
        return [self.list]

    def on_key(self, event: events.Key) -> None:
        if self.list.walk(event.key):
            event.stop()
            event.prevent_default()
        elif event.key in ("backspace", "q", "question_mark"):
            event.stop()
            self.dismiss(None)

    def entered(self) -> None:
        self.dismiss(True)


@dataclass(slots=True)
class Field:
    """A line of a form: `ask` opens a prompt for its value, `show` words the value."""

    name: str
    label: Sentence
    value: object
    ask: Callable[[object, Callable[[object], None]], None]
    show: Callable[[object], str]


class _FieldRows:
    """The fields of a form as rows, and one more that does what the form is for."""

    def __init__(self, fields: Sequence[Field], action: str, word: Word) -> None:
        self.fields = fields
        self.action = action
        self.word = word
        self.labels = max(cell_len(word(field.label)) for field in fields) if fields else 0

    def __len__(self) -> int:
        return len(self.fields) + 1

    def ref(self, index: int) -> Ref | None:
        return Ref.to("field", str(index))

    def row(self, index: int, width: int) -> Row:
        if index == len(self.fields):
            return Row(self.ref(index), (Span(self.action, "heading"),))
        field = self.fields[index]
        label = self.word(field.label)
        pad = " " * (self.labels - cell_len(label) + 2)
        return Row(self.ref(index), (Span(label + pad, "dim"), Span(field.show(field.value))))

    def index_of(self, ref: Ref) -> int | None:
        return int(ref.id) if ref.kind == "field" else None


Values = dict[str, object]


class Form(Prompt[Values]):
    """Asks for several things: a line for each, and one that does what they are for."""

    def __init__(
        self,
        look: Look,
        word: Word,
        title: Sentence,
        fields: Sequence[Field],
        action: Sentence,
        accept: Callable[[Values], Sentence | None],
    ) -> None:
        super().__init__(
            look, word, title, sentence("↑ ↓ choose   enter changes a line or goes on   esc closes")
        )
        self.fields = fields
        self.accept = accept
        self.list = ListPane(_FieldRows(fields, word(action), word), look)

    def body(self) -> Sequence[Widget]:
        self.list.styles.height = len(self.fields) + 2
        return [self.list]

    def on_key(self, event: events.Key) -> None:
        if self.list.walk(event.key):
            event.stop()
            event.prevent_default()

    def values(self) -> Values:
        return {field.name: field.value for field in self.fields}

    def entered(self) -> None:
        if self.list.cursor < len(self.fields):
            field = self.fields[self.list.cursor]
            field.ask(field.value, lambda value: self._take(field, value))
            return
        refusal = self.accept(self.values())
        if refusal is None:
            self.dismiss(self.values())
        else:
            self.refuse(refusal)

    def _take(self, field: Field, value: object) -> None:
        field.value = value
        self.refuse(None)
        self.list.changed()
        self.list.move(1)

"""Prompts: a box over the session screen that asks for a text, or shows rows to read.

A prompt hands its answer to `accept`, which does what was asked or says why not; a prompt whose answer is
refused says so and stays open. `escape` closes every prompt without an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input

from orgtui.model.gate import NAME_LENGTH, redact_control_chars, refused_character
from orgtui.model.sentence import Sentence, sentence
from orgtui.tui.commands.prompt_keys import PROMPT_KEYS
from orgtui.tui.widgets.line import Line, text_row
from orgtui.tui.widgets.pane import Pane
from orgtui.tui.widgets.text import Theme
from orgtui.views.base.row import Row, Rows, Span

T = TypeVar("T")

Translate = Callable[[Sentence], str]
"""Words a sentence, with names for what it refers to."""

LIST_HEIGHT = 12
BOX_MAX_WIDTH = 104
FRAME_WIDTH = 8
"""Cells of a box beside its text: border, padding and the margin of a row."""

TYPING = sentence("{take} takes it   {close} leaves it as it was", **PROMPT_KEYS)
READING = sentence("{walk} move   {close} closes", **PROMPT_KEYS)


def box_text_width(screen: int) -> int:
    """How many cells wide the text in a box is, on a screen of so many cells."""
    return min(screen, BOX_MAX_WIDTH) - FRAME_WIDTH


class Entry(Input):
    """A line to type in: one row, no frame, a cursor at rest."""

    def __init__(self, value: str = "") -> None:
        super().__init__(
            value,
            compact=True,
            select_on_focus=False,
            max_length=NAME_LENGTH,
            highlighter=PrintableValue(lambda: self.value),
        )
        self.cursor_blink = False


class PrintableValue(Highlighter):
    """Shows a value with every control character visible: what was pasted may hold what no text may.

    The text to highlight has lost some of them already.
    """

    def __init__(self, value: Callable[[], str]) -> None:
        self.value = value

    def __call__(self, text: str | Text) -> Text:
        return Text(redact_control_chars(self.value()), no_wrap=True, overflow="ignore", end="")

    def highlight(self, text: Text) -> None:
        """Colour nothing."""


class ListPane(Pane, inherit_bindings=False):
    """A list inside a prompt."""

    DEFAULT_CSS = f"ListPane {{ height: {LIST_HEIGHT}; }}"
    STEPS: ClassVar = {"up": -1, "down": 1, "pageup": 1 - LIST_HEIGHT, "pagedown": LIST_HEIGHT - 1}

    def __init__(self, rows: Rows, theme: Theme) -> None:
        super().__init__("list", "", rows, theme)
        self.active = True


class Prompt(ModalScreen[T], Generic[T], inherit_bindings=False):
    """A box with a title, a body and a line that says what is wrong, or what can be done.

    Where `promises`, that line says what the answer so far would do, and the keys stand below it.
    """

    shows_preview: bool = False
    AUTO_FOCUS = "Entry"
    DEFAULT_CSS = f"""
    Prompt {{ align: center middle; background: transparent; }}
    Prompt > Vertical {{
        width: 100%; max-width: {BOX_MAX_WIDTH}; height: auto; max-height: 100%;
        padding: 0 1; border: round ansi_default; background: ansi_default;
    }}
    Prompt > Vertical.ascii {{ border: ascii ansi_default; }}
    Prompt Line {{ height: 1; }}
    Prompt Entry {{ height: 1; background: ansi_default; }}
    """

    def __init__(self, theme: Theme, translate: Translate, title: Sentence, hint: Sentence) -> None:
        super().__init__()
        self.theme = theme
        self.translate = translate
        self.heading = title
        self.hint = hint
        self.refusal: Sentence | None = None
        self.list: ListPane | None = None
        self.foot = Line("foot", self._foot, theme)
        self.keys = Line("keys", self._keys, theme)

    def compose(self) -> ComposeResult:
        with Vertical(classes="ascii" if self.theme.ascii else None):
            yield Line(
                "title", lambda width: text_row(Span(self.translate(self.heading), "heading")), self.theme
            )
            yield from self.body()
            yield self.foot
            if self.shows_preview:
                yield self.keys

    def body(self) -> Sequence[Widget]:
        """The widgets between title and foot."""
        raise NotImplementedError

    def submit(self) -> None:
        """Enter was pressed."""
        raise NotImplementedError

    def preview_answer(self) -> Sentence | None:
        """What the answer so far would do."""
        return None

    def refuse(self, why: Sentence | None) -> None:
        """Say what is wrong and stay open; None takes it back."""
        self.refusal = why
        self.foot.reload()
        self.keys.reload()

    def _foot(self, width: int) -> Row:
        if self.refusal is not None:
            return text_row(Span(self.translate(self.refusal), "error"))
        words = self.preview_answer() if self.shows_preview else self.hint
        return text_row() if words is None else text_row(Span(self.translate(words), "dim"))

    def _keys(self, width: int) -> Row:
        return text_row(Span(self.translate(self.hint), "dim"))

    def on_key(self, event: events.Key) -> None:
        if event.key in ("escape", "ctrl+c"):
            event.stop()
            self.dismiss(None)
        elif event.key == "enter":
            event.stop()
            self.submit()
        elif self.list is not None and event.key in ListPane.STEPS:
            event.stop()
            self.list.move(ListPane.STEPS[event.key])
            self.cursor_moved()

    def cursor_moved(self) -> None:
        """The cursor of the list is on another row."""
        self.refuse(None)

    def reload(self) -> None:
        """The organisation has changed."""
        self.foot.reload()


class TextPrompt(Prompt[str]):
    """Asks for a text; `promise` says what it would do."""

    def __init__(
        self,
        theme: Theme,
        translate: Translate,
        title: Sentence,
        *,
        value: str = "",
        accept: Callable[[str], Sentence | None],
        preview: Callable[[str], Sentence | None] | None = None,
        optional: bool = False,
    ) -> None:
        super().__init__(theme, translate, title, TYPING)
        self.entry = Entry(value)
        self.accept = accept
        self.preview = preview
        self.shows_preview = preview is not None
        self.optional = optional
        self.submitted: str | None = None

    def body(self) -> Sequence[Widget]:
        return [self.entry]

    def preview_answer(self) -> Sentence | None:
        text = self.entry.value.strip()
        return self.preview(text) if text and self.preview is not None else None

    def on_input_changed(self, event: Input.Changed) -> None:
        """Take back what is wrong with an answer; Textual may tell of a typed letter after it was given."""
        if self.entry.value != self.submitted:
            self.refuse(None)

    def submit(self) -> None:
        self.submitted = self.entry.value
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


class NoticePrompt(Prompt[bool]):
    """Shows rows to read; True if they were left with `enter`, so that it can ask whether to go on."""

    def __init__(
        self, theme: Theme, translate: Translate, title: Sentence, rows: Rows, hint: Sentence = READING
    ) -> None:
        super().__init__(theme, translate, title, hint)
        self.list: ListPane = ListPane(rows, theme)

    def body(self) -> Sequence[Widget]:
        self.list.styles.height = min(len(self.list.rows), self.app.size.height - 6) + 1
        return [self.list]

    def on_key(self, event: events.Key) -> None:
        if event.key in ("backspace", "q", "question_mark"):
            event.stop()
            self.dismiss(None)

    def submit(self) -> None:
        self.dismiss(True)

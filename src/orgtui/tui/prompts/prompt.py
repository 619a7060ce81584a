"""Prompts: modal boxes above the session screen that ask for an answer or show rows to read.

A prompt passes its answer to `accept`, which applies it or returns why not; in that case the prompt shows the
reason and stays open. `escape` closes every prompt without an answer.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import ClassVar, Generic, TypeVar

from rich.highlighter import Highlighter
from rich.text import Text
from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.geometry import Region
from textual.message import Message
from textual.screen import ModalScreen
from textual.widget import Widget
from textual.widgets import Input

from orgtui.model.gate import NAME_LENGTH, redact_control_chars, refused_character
from orgtui.model.sentence import Sentence, sentence
from orgtui.tui.commands.prompt_keys import NO_TEXT_HERE, PROMPT_KEYS
from orgtui.tui.terminal.decoder import PASTE_MAX_CHARS
from orgtui.tui.widgets.line import Line, text_row
from orgtui.tui.widgets.pane import Pane
from orgtui.tui.widgets.text import GUTTER, Theme
from orgtui.views.base.row import Role, Row, Rows, Span

T = TypeVar("T")

Translate = Callable[[Sentence], str]
"""Translates a sentence, with names for its references."""

LIST_HEIGHT = 12
BOX_MAX_WIDTH = 104
FRAME_WIDTH = 8
"""Width in cells of a box's border and padding and of a row's gutter."""

TYPING = sentence("{take} takes it   {close} leaves it as it was", **PROMPT_KEYS)
RETYPING = sentence(
    "typing replaces it, {keep} keep it   {take} takes it   {close} leaves it as it was", **PROMPT_KEYS
)
READING = sentence("{walk} move   {close} closes", **PROMPT_KEYS)


def box_text_width(screen: int) -> int:
    """The width in cells of the text in a box, for a screen of a width in cells."""
    return min(screen, BOX_MAX_WIDTH) - FRAME_WIDTH


def box_list_width(screen: int) -> int:
    """The width in cells of a list in a box, for a screen of a width in cells."""
    return min(screen, BOX_MAX_WIDTH) - FRAME_WIDTH + GUTTER


_BREAKS = re.compile(r"[\t\n\v\f\r\x85\u2028\u2029]+")
"""Tabs and ends of lines."""

JOINED = sentence("The lines and columns of the paste are joined with spaces")
CUT = sentence("The paste is cut: a text has at most {count} characters", count=NAME_LENGTH)
JOINED_AND_CUT = sentence(
    "The paste is joined into one line, and cut at {count} characters", count=NAME_LENGTH
)
FULL = sentence("A text has at most {count} characters", count=NAME_LENGTH)


class Entry(Input):
    """A text input of one row, without frame or blinking cursor.

    A text that is `selected` is replaced by what is typed, and kept by an arrow. A paste becomes one line of
    at most `NAME_LENGTH` characters; `note` says what was changed about it.
    """

    takes_text = True
    """Keys are letters here: the app asks so because it has no input imported when it begins."""

    class Noted(Message):
        """There is something to say about what was typed or pasted last."""

    def __init__(self, value: str = "", *, selected: bool = False) -> None:
        super().__init__(
            value,
            compact=True,
            select_on_focus=selected,
            max_length=NAME_LENGTH,
            highlighter=PrintableValue(lambda: self.value),
        )
        self.cursor_blink = False
        self._note: tuple[str, Sentence] | None = None

    @property
    def note(self) -> Sentence | None:
        """What is to be said about the last paste or letter, until the value is another one."""
        return self._note[1] if self._note is not None and self._note[0] == self.value else None

    def on_paste(self, event: events.Paste) -> None:
        """Insert the pasted text as one line; Textual would drop all lines but the first without a word."""
        event.prevent_default()
        event.stop()
        text = event.text
        parts = [part for part in (part.strip() for part in _BREAKS.split(text)) if part]
        if _BREAKS.search(text) is not None:
            text = " ".join(parts)
        start, end = sorted(self.selection)
        room = NAME_LENGTH - len(self.value) + end - start
        self.replace(text[:room], start, end)
        if len(text) > room or len(event.text) >= PASTE_MAX_CHARS:  # the decoder drops what is beyond that
            self._say(CUT if len(parts) < 2 else JOINED_AND_CUT)
        elif len(parts) > 1:
            self._say(JOINED)

    def restricted(self) -> None:
        """Say that the text is full."""
        self._say(FULL)

    def _say(self, note: Sentence) -> None:
        self._note = (self.value, note)
        self.post_message(self.Noted())


class PrintableValue(Highlighter):
    """Highlighter that shows control characters in a value, which a paste may contain.

    It reads the value itself, as Textual strips some of them from the text to highlight.
    """

    def __init__(self, value: Callable[[], str]) -> None:
        self.value = value

    def __call__(self, text: str | Text) -> Text:
        return Text(redact_control_chars(self.value()), no_wrap=True, overflow="ignore", end="")

    def highlight(self, text: Text) -> None:
        """Do nothing; only `__call__` is used."""


class ListPane(Pane, inherit_bindings=False):
    """A pane inside a prompt."""

    DEFAULT_CSS = f"ListPane {{ height: {LIST_HEIGHT}; }}"
    wraps = True
    STEPS: ClassVar = {"up": -1, "down": 1, "pageup": 1 - LIST_HEIGHT, "pagedown": LIST_HEIGHT - 1}

    def __init__(self, rows: Rows, theme: Theme) -> None:
        super().__init__("list", "", rows, theme)
        self.active = True
        self.aside = self._place
        self._placed = ""

    def repaint(self) -> None:
        super().repaint()
        if self._place() != self._placed:
            self._retitle()

    def _retitle(self) -> None:
        """Say again at the right of the title which row of how many it is."""
        self._title = None
        self._placed = self._place()
        self.refresh(Region(0, 0, self.size.width, 1))

    def _place(self) -> str:
        """Which row of how many the cursor is on, where not all are on screen."""
        count = len(self.rows)
        return f"{self.cursor + 1}/{count}" if len(set(self._rows_shown)) < count and self._rows_shown else ""


class Prompt(ModalScreen[T], Generic[T], inherit_bindings=False):
    """A box with a title, a body and a line for a refusal or a hint.

    With `shows_preview` that line says what the current answer would do, and the hint is below it.
    """

    shows_preview: bool = False
    AUTO_FOCUS = "Entry"
    DEFAULT_CSS = f"""
    Prompt {{ align: center middle; background: transparent; }}
    Prompt > Vertical {{
        width: 100%; max-width: {BOX_MAX_WIDTH}; height: auto; max-height: 100%;
        padding: 0 1; border: round $foreground; background: $background;
    }}
    Prompt > Vertical.ascii {{ border: ascii $foreground; }}
    Prompt Line {{ height: auto; }}
    Prompt Entry, Prompt Entry:focus {{
        height: 1; background: $background; background-tint: $background 0%; color: $foreground;
    }}
    Prompt Entry > .input--selection {{
        background: $background; color: $foreground; text-style: reverse;
    }}
    """

    def __init__(self, theme: Theme, translate: Translate, title: Sentence, hint: Sentence) -> None:
        super().__init__()
        self.theme = theme
        self.translate = translate
        self.heading = title
        self.hint = hint
        self.refusal: Sentence | None = None
        self.told: Sentence | None = None
        self.list: ListPane | None = None
        self.title_line = Line("title", self._title_row, theme, wraps=True)
        self.foot = Line("foot", self._foot, theme, wraps=True)
        self.keys = Line("keys", self._keys, theme, wraps=True)

    def compose(self) -> ComposeResult:
        with Vertical(classes="ascii" if self.theme.ascii else None):
            yield self.title_line
            yield from self.body()
            yield self.foot
            if self.shows_preview:
                yield self.keys

    def body(self) -> Sequence[Widget]:
        """The widgets between title and foot."""
        raise NotImplementedError

    def submit(self) -> None:
        """Called when enter is pressed."""
        raise NotImplementedError

    def preview_answer(self) -> Sentence | None:
        """What the current answer would do, if anything is to be said."""
        return None

    def refuse(self, why: Sentence | None) -> None:
        """Show why an answer is refused and stay open; None removes the reason."""
        self.refusal = why
        self.told = None
        self.foot.reload()
        self.keys.reload()

    def tell(self, what: Sentence) -> None:
        """Show what was done, until something else is to be shown."""
        self.told = what
        self.foot.reload()

    def show_message(self, what: Sentence, role: Role) -> None:
        """Show a message, until something else is to be shown."""
        self.tell(what)

    def on_entry_noted(self) -> None:
        """Show what the input has to say."""
        self.foot.reload()
        self.keys.reload()

    def _title_row(self, width: int) -> Row:
        return text_row(Span(self.translate(self.heading), "heading"))

    def _foot(self, width: int) -> Row:
        if self.told is not None:
            return text_row(Span(self.translate(self.told)))
        if self.shows_preview:
            words = self.preview_answer() if self.refusal is None else None
            spans = [] if words is None else [Span(self.translate(words))]
        else:
            spans = list(self._keys(width).left)
        if self.refusal is None:
            return text_row(*spans)
        refusal = Span(self.translate(self.refusal), "error")
        return text_row(refusal) if self._note() is None else text_row(*spans, Span("   "), refusal)

    def _keys(self, width: int) -> Row:
        return text_row(self._note() or Span(self.translate(self.hint), "dim"))

    def _note(self) -> Span | None:
        """What the input has to say, if there is one with something to say."""
        note = next((entry.note for entry in self.query(Entry)), None)
        return None if note is None else Span(self.translate(note), "warning")

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

    def on_paste(self, event: events.Paste) -> None:
        """Say that nothing takes a paste; a text input keeps one that it takes to itself."""
        event.stop()
        if event.text.strip():
            self.refuse(NO_TEXT_HERE)

    def on_pane_pressed(self, message: ListPane.Pressed) -> None:
        """Put the cursor where the mouse was pressed, and take that row on a second press."""
        message.stop()
        if message.line is None:
            return
        if message.again:
            self.submit()
        elif message.pane.move_to(message.line):
            self.cursor_moved()

    def on_pane_scrolled(self, message: ListPane.Scrolled) -> None:
        """Scroll the list under the mouse."""
        message.stop()
        if message.pane.scroll_rows(message.by):
            self.cursor_moved()

    def cursor_moved(self) -> None:
        """Called when the cursor of the list is on another row."""
        self.refuse(None)

    def reload(self) -> None:
        """Called when the organisation has changed."""
        self.foot.reload()


class TextPrompt(Prompt[str]):
    """Asks for a text; `preview` says what it would do."""

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
        super().__init__(theme, translate, title, RETYPING if value else TYPING)
        self.entry = Entry(value, selected=True)
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
        """Remove the refusal once the text differs; Textual may report a typed letter after enter."""
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
    """Shows rows to read; the answer is True if it is closed with `enter`, None otherwise."""

    def __init__(
        self, theme: Theme, translate: Translate, title: Sentence, rows: Rows, hint: Sentence = READING
    ) -> None:
        super().__init__(theme, translate, title, hint)
        self.list: ListPane = ListPane(rows, theme)

    def body(self) -> Sequence[Widget]:
        screen = self.app.size
        width, most = box_list_width(screen.width), screen.height - 6
        self.list.styles.height = self.list.lines_of(self.list.rows, width, most) + 1
        return [self.list]

    def on_key(self, event: events.Key) -> None:
        if event.key in ("backspace", "q", "question_mark"):
            event.stop()
            self.dismiss(None)

    def submit(self) -> None:
        self.dismiss(True)

"""Prompts that ask for one or several rows of a list, filtered by what is typed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Generic, TypeVar

from textual import events
from textual.widget import Widget
from textual.widgets import Input

from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.tui.commands.prompt_keys import PROMPT_KEYS
from orgtui.tui.prompts.prompt import LIST_HEIGHT, Entry, ListPane, Prompt, Translate, box_list_width
from orgtui.tui.widgets.text import Theme
from orgtui.views.base.matching import prepare
from orgtui.views.base.row import Rows

T = TypeVar("T")

FindRows = Callable[[str], Rows]
"""Returns the rows that match the typed text; for an empty text all, or the most useful."""

ONE = sentence("type to find   {walk} choose   {take} takes it   {close} closes", **PROMPT_KEYS)
ONE_OR_NEW = sentence(
    "type to find, or what is not there yet   {walk} choose   {take} takes it   {close} closes", **PROMPT_KEYS
)
SEVERAL = sentence(
    "type to find   {mark} marks   {take} takes what is marked   {close} closes", **PROMPT_KEYS
)


class FilterPrompt(Prompt[T], Generic[T], inherit_bindings=False):
    """A text input, and below it the rows that match."""

    def __init__(
        self, theme: Theme, translate: Translate, title: Sentence, find: FindRows, hint: Sentence
    ) -> None:
        super().__init__(theme, translate, title, hint)
        self.find = find
        self.entry = Entry()
        self.list: ListPane = ListPane(find(""), theme)
        self._found = ""
        self._lines = 0

    def body(self) -> Sequence[Widget]:
        prepare()
        self.fit_list()
        return [self.entry, self.list]

    def fit_list(self) -> None:
        """Give the list as many lines as most rows so far took, so that the box never shrinks."""
        rows, width = self.list.rows, box_list_width(self.app.size.width)
        lines = self.list.lines_of(rows, width, LIST_HEIGHT - 1) if len(rows) or self.typed else LIST_HEIGHT
        self._lines = max(self._lines, min(lines, LIST_HEIGHT - 1))
        self.list.styles.height = 1 + max(1, self._lines)

    @property
    def typed(self) -> str:
        return self.entry.value.strip()

    def on_input_changed(self, event: Input.Changed) -> None:
        self.apply_filter()

    def apply_filter(self) -> None:
        """Show the rows that match the text; called on enter too, as Textual may report a letter late."""
        if self.typed != self._found:
            self._found = self.typed
            self.list.show(self.find(self.typed))
            self.fit_list()
            self.list.move_to(0)
            self.cursor_moved()
            self.refuse(self.no_match())

    def no_match(self) -> Sentence | None:
        """The message if no row matches."""
        return None if len(self.list.rows) else sentence("Nothing fits “{text}”", text=self.typed)

    def reload(self) -> None:
        self.list.show(self.find(self._found))
        self.fit_list()
        self.cursor_moved()

    def on_key(self, event: events.Key) -> None:
        if event.key == "backspace" and not self.entry.value:
            event.stop()
            self.dismiss(None)


class ChoicePrompt(FilterPrompt[Ref]):
    """Asks for one row; `preview` says what choosing it would do."""

    def __init__(
        self,
        theme: Theme,
        translate: Translate,
        title: Sentence,
        find: FindRows,
        accept: Callable[[Ref], Sentence | None] = lambda _: None,
        preview: Callable[[Ref], Sentence | None] | None = None,
        hint: Sentence = ONE,
    ) -> None:
        super().__init__(theme, translate, title, find, hint)
        self.accept = accept
        self.preview = preview
        self.shows_preview = preview is not None

    def preview_answer(self) -> Sentence | None:
        ref = self.list.ref
        return None if ref is None or self.preview is None else self.preview(ref)

    def submit(self) -> None:
        self.apply_filter()
        ref = self.list.ref
        if ref is None:
            self.refuse(self.no_match())
            return
        refusal = self.accept(ref)
        if refusal is None:
            self.dismiss(ref)
        else:
            self.refuse(refusal)


class MultiChoicePrompt(FilterPrompt[tuple[Ref, ...]]):
    """Asks for any number of rows; `preview` says what choosing the marked ones would do."""

    def __init__(
        self,
        theme: Theme,
        translate: Translate,
        title: Sentence,
        find: FindRows,
        marked: Iterable[Ref] = (),
        accept: Callable[[tuple[Ref, ...]], Sentence | None] = lambda _: None,
        preview: Callable[[tuple[Ref, ...]], Sentence | None] | None = None,
    ) -> None:
        super().__init__(theme, translate, title, find, SEVERAL)
        self.marked = dict.fromkeys(marked)
        self.list.marked = self.marked
        self.accept = accept
        self.preview = preview
        self.shows_preview = preview is not None

    def preview_answer(self) -> Sentence | None:
        return None if self.preview is None else self.preview(tuple(self.marked))

    def on_key(self, event: events.Key) -> None:
        if event.key == "tab":
            event.stop()
            self._turn(self.list.ref)

    def on_pane_pressed(self, message: ListPane.Pressed) -> None:
        """Mark what the mouse was pressed on, or no longer."""
        message.stop()
        message.prevent_default()
        if message.line is not None:
            self.list.move_to(message.line)
            self._turn(self.list.ref, 0)

    def _turn(self, ref: Ref | None, by: int = 1) -> None:
        if ref in self.marked:
            del self.marked[ref]
        elif ref is not None:
            self.marked[ref] = None
        self.list.move(by)
        self.list.repaint()
        self.refuse(None)

    def submit(self) -> None:
        answer = tuple(self.marked)
        refusal = self.accept(answer)
        if refusal is None:
            self.dismiss(answer)
        else:
            self.refuse(refusal)

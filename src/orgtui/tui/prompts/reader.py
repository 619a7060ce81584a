"""A prompt that shows pages, follows the links of their lines, and edits their lines in place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from textual import events
from textual.containers import Vertical
from textual.widget import Widget
from textual.widgets import Input

from orgtui.model.gate import refused_character
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.tui.commands.command import READ, Situation
from orgtui.tui.prompts.prompt import TYPING, Entry, ListPane, Prompt
from orgtui.tui.screens.mode import Mode
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.widgets.line import Line as TextLine
from orgtui.tui.widgets.line import text_row
from orgtui.tui.widgets.pane import Pane
from orgtui.tui.widgets.text import GUTTER
from orgtui.views.base.cells import cell_len, clip
from orgtui.views.base.row import Role, Row, Span
from orgtui.views.pages.fields import Field
from orgtui.views.pages.page import LINK_WIDTH, Line, Page

if TYPE_CHECKING:
    from orgtui.views.words.news import News

PageOf = Callable[[int], Page]
"""Makes a page for a width in cells."""

NOTHING = ""
NO_TITLE = Sentence(NOTHING)
"""Of a page, whose first row is its title."""

WIDTH_PERCENT, WIDTH_MAX = 94, 120
"""The width of the box: in percent of the terminal, and at most in columns."""

FRAME_WIDTH = 4
ENTRY_MIN_WIDTH = 16
"""Cells for typing that are left beside a label."""

WITHOUT_PARTS = ("page", "principle")
"""Kinds of what pages are about, or lines lead to, of which nothing can be taken away."""

CHROME_LINES = 7
"""Lines of the box beside those of the page."""


@dataclass(frozen=True, slots=True)
class TextEdit:
    """An edit of a line in progress: the input, the label before it, and what to do with the text."""

    entry: Entry
    before: str
    accept: Callable[[str], Sentence | None]
    preview: Callable[[str], Sentence | None]
    done: Callable[[str], None]


class Reader(Prompt[Ref]):
    """Shows a page and those that its lines lead to; the answer is what to go to in the panes.

    Its keys run commands of the registry, as in the panes. At first the cursor is on the line that leads to
    `at`, if there is one.
    """

    DEFAULT_CSS = f"""
    Reader > Vertical {{ width: {WIDTH_PERCENT}%; max-width: {WIDTH_MAX}; }}
    Reader Entry {{ position: absolute; text-style: reverse; }}
    """

    def __init__(self, session: SessionScreen, page: PageOf) -> None:
        super().__init__(session.theme, session.translate, NO_TITLE, TYPING)
        self.shows_preview = True
        self.session = session
        self.page_of = page
        self.at: Ref | None = None
        self.history: list[tuple[PageOf, int]] = []
        self.typing: TextEdit | None = None
        self.submitted: str | None = None
        self.message: tuple[Sentence, Role] | None = None
        self.marked: dict[Ref, None] = {}

    def body(self) -> Sequence[Widget]:
        page = self._build_page()
        self.heading = page.title
        self.list: ListPane = ListPane(page, self.theme)
        self.list.cursor = (None if self.at is None else page.leading_to(self.at)) or 0
        self._fit(page)
        return [self.list]

    @property
    def page(self) -> Page:
        assert isinstance(self.list.rows, Page)
        return self.list.rows

    @property
    def line(self) -> Line:
        """The line under the cursor."""
        return self.page.lines[self.list.cursor] if self.page.lines else Line()

    # -- keys ------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        if self.typing is not None:
            self._key_while_typing(event)
            return
        event.prevent_default()
        self.message = None
        self.refuse(None)
        self.session.on_key(event)

    def on_pane_pressed(self, message: ListPane.Pressed) -> None:
        """Put the cursor where the mouse was pressed, and follow or edit that line on a second press."""
        message.stop()
        message.prevent_default()
        if self.typing is not None or message.line is None:
            return
        self.message = None
        if message.again:
            self.session.press_enter()
        elif self.list.move_to(message.line):
            self.cursor_moved()

    def on_line_pressed(self, message: TextLine.Pressed) -> None:
        """Do what the key does that the mouse was pressed on."""
        if self.typing is None:
            self.message = None
            self.session.press(message.does)

    def _key_while_typing(self, event: events.Key) -> None:
        if event.key == "enter":
            self._take()
        elif event.key in ("escape", "ctrl+c"):
            self.stop_typing()
        elif event.key not in ListPane.STEPS:
            return
        event.stop()
        event.prevent_default()

    def turn_mark(self) -> None:
        """Mark what the line leads to, or take its mark away, and go on to the next line."""
        ref = self.line.target
        if ref in self.marked:
            del self.marked[ref]
        elif ref is not None:
            self.marked[ref] = None
        self.list.marked = self._marked_lines(self.page)
        self.list.move(1)

    # -- reading ---------------------------------------------------------------------------------

    def follow(self, page: PageOf) -> None:
        """Show another page, and remember the current one."""
        self.history.append((self.page_of, self.list.cursor))
        self.page_of = page
        self._show(0)

    def turn_to(self, page: PageOf) -> None:
        """Show another page in place of the current one."""
        self.page_of = page
        self._show(0)

    def go_to_target(self, ref: Ref) -> None:
        """Put the cursor on the first line that leads to something, if there is one."""
        index = self.page.leading_to(ref)
        if index is not None:
            self.list.move_to(index)
            self.cursor_moved()

    def back(self) -> None:
        """Show the previous page, or close if there is none."""
        if not self.history:
            self.dismiss(None)
            return
        self.page_of, cursor = self.history.pop()
        self._show(cursor)

    def reload(self) -> None:
        """Show the page, or the preview of what is typed, as of now."""
        if self.typing is None:
            self._rebuild()
        else:
            self.foot.reload()

    def _rebuild(self) -> None:
        """Build the page again, with the cursor on the line with the same field or target."""
        page = self._build_page()
        there = {line.target for line in page.lines}
        for gone in [ref for ref in self.marked if ref not in there]:
            del self.marked[gone]
        if page.lines:
            self._show(page.nearest(self.line, self.list.cursor), page, self.list.top)
        else:
            self.back()

    def show_message(self, what: Sentence, role: Role) -> None:
        """Show a message below the page until the next key."""
        self.message = (what, role)
        self.foot.reload()

    def on_resize(self, event: events.Resize) -> None:
        self._rebuild()
        self.call_after_refresh(self._place)

    def _build_page(self) -> Page:
        return self.page_of(self._cells())

    def _cells(self) -> int:
        """The width in cells of a line of a page."""
        return min(self.app.size.width * WIDTH_PERCENT // 100, WIDTH_MAX) - FRAME_WIDTH - GUTTER

    def _show(self, cursor: int, page: Page | None = None, top: int = 0) -> None:
        """Show a page, by default the current one built again, with the cursor on a line."""
        page = page or self._build_page()
        self.heading = page.title
        self._fit(page)
        self.list.marked = self._marked_lines(page)
        self.list.show(page)
        self.list.top = top
        self.list.move_to(cursor)
        self.query_one("#title", TextLine).reload()
        self.refuse(None)

    def _marked_lines(self, page: Page) -> set[Ref | None]:
        return {page.ref(index) for index, line in enumerate(page.lines) if line.target in self.marked}

    def _fit(self, page: Page) -> None:
        most = max(1, self.app.size.height - CHROME_LINES)
        self.list.styles.height = max(1, self.list.lines_of(page, self._cells() + GUTTER, most)) + 1

    # -- typing ----------------------------------------------------------------------------------

    def type_in(
        self,
        text: str,
        example: str,
        label: Sentence | None,
        accept: Callable[[str], Sentence | None],
        preview: Callable[[str], Sentence | None],
        done: Callable[[str], None],
    ) -> None:
        """Edit the value of the line in place, with a label before it if one is given.

        `accept` applies the text or returns why not, `preview` says what it would do, `done` is called
        with an accepted text.
        """
        such_as = sentence("such as {example}   {keys}", example=example, keys=TYPING)
        self.hint = such_as if example else TYPING
        before = "" if label is None else self.translate(sentence("{label}:", label=label)) + " "
        self.typing, self.submitted = TextEdit(Entry(text), before, accept, preview, done), None
        self._place()
        self.query_one(Vertical).mount(self.typing.entry)
        self.typing.entry.focus()
        self.refuse(None)

    def _place(self) -> None:
        """Place the input over the value of the line under the cursor."""
        typing = self.typing
        if typing is None:
            return
        line, number, width = self.line, self.list.cursor, self._cells() - LINK_WIDTH
        if line.field is not None:
            number = self.page.line_of(line.field.name) or 0
        before = clip(
            typing.before, max(0, width - line.column - ENTRY_MIN_WIDTH), self.theme.glyphs.ellipsis
        )
        if before:
            self.page.lines[number] = replace(
                line, left=(*line.left[:1], Span(before)), right=(), target=None
            )
            self.list.reload()
        self.list.move_to(number)
        column = line.column + cell_len(before)
        typing.entry.styles.width = width - column
        titled = self.title_line.size.height
        typing.entry.styles.offset = (GUTTER + column, titled + self.list.line_of(number))

    def stop_typing(self) -> None:
        """Close the input and show the line's value."""
        typing, self.typing = self.typing, None
        if typing is not None:
            typing.entry.remove()
            self._rebuild()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Preview what is typed; Textual may report a typed letter after enter."""
        if self.typing is not None and self.typing.entry.value != self.submitted:
            self.refuse(None)

    def _take(self) -> None:
        assert self.typing is not None
        self.submitted = self.typing.entry.value
        typed = self.typing.entry.value.strip()
        wrong = refused_character(typed)
        if wrong is not None:
            self.refuse(sentence("{character} cannot be used in a text", character=wrong))
            return
        refusal, done = self.typing.accept(typed), self.typing.done
        if refusal is None:
            self.stop_typing()
            done(typed)
        else:
            self.refuse(refusal)

    # -- below the page ---------------------------------------------------------------------------

    def preview_answer(self) -> Sentence | None:
        if self.typing is None:
            return self.line.in_full
        typed = self.typing.entry.value.strip()
        return None if refused_character(typed) is not None else self.typing.preview(typed)

    def _foot(self, width: int) -> Row:
        if self.message is not None and self.typing is None:
            what, role = self.message
            return text_row(Span(self.translate(what), role))
        return super()._foot(width)

    def _keys(self, width: int) -> Row:
        return super()._keys(width) if self.typing is not None else self.session.key_hints(width)


class ReadMode:
    """The mode of reading pages; `done` is called with what to go to when they are closed.

    Then the mode is again what it was before.
    """

    name = READ

    def __init__(self, screen: SessionScreen, page: PageOf, done: Callable[[Ref | None], None]) -> None:
        self.screen = screen
        self.reader = Reader(screen, page)
        self.done = done
        self.before: Mode = screen.browse_mode

    def begin(self) -> None:
        """Show the page."""
        self.before = self.screen.mode
        self.screen.mode = self
        self.screen.keys.reload()
        self.screen.show_in_full()
        self.screen.app.push_screen(self.reader, self._left)

    def _left(self, ref: Ref | None) -> None:
        self.screen.mode = self.before
        self.screen.keys.reload()
        self.screen.show_in_full()
        self.done(ref)

    @property
    def pane(self) -> Pane:
        return self.reader.list

    @property
    def ref(self) -> Ref | None:
        return self.reader.line.target

    @property
    def busy(self) -> bool:
        return False

    def situation(self, now: Situation) -> Situation:
        field = self.reader.line.field
        return replace(
            now,
            editable=field is not None and field.kind is not None,
            removable=self._is_removable(field),
            examples=self.reader.page.has_examples,
            about=self.reader.page.about,
        )

    def _is_removable(self, field: Field | None) -> bool:
        """Whether something can be taken away of the line, its target or the subject of the page."""
        if field is not None:
            return bool(field.removal)
        return (self.reader.line.target or self.reader.page.about).kind not in WITHOUT_PARTS

    def cursor_moved(self) -> None:
        self.reader.cursor_moved()

    def refresh(self, news: Sequence[News]) -> None:
        """Nothing to do: the screen reloads all prompts."""

    def show_message(self, what: Sentence, role: Role) -> None:
        self.reader.show_message(what, role)

    def key_hints(self, width: int) -> Row:
        """An empty row: the keys are shown below the page."""
        return Row(None, ())

    def end(self) -> None:
        if self.reader.is_current:
            self.reader.dismiss(None)

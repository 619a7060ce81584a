"""A screen outside of a session that shows one page after another, with the keys that work on each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from orgtui.locales import translate
from orgtui.model.sentence import Ref, Sentence
from orgtui.tui.commands.command import TEAMS, Command
from orgtui.tui.commands.keymap import Keymap
from orgtui.tui.screens.session import function_of
from orgtui.tui.terminal.driver import repaint
from orgtui.tui.widgets.line import Line, text_row
from orgtui.tui.widgets.pane import Pane
from orgtui.tui.widgets.text import GUTTER, Theme
from orgtui.views.base.row import Role, Row, Span
from orgtui.views.pages.page import Page

PageOf = Callable[[int], Page]
"""Makes a page for a width in cells."""


@dataclass(frozen=True, slots=True)
class Step:
    """What is shown: a page and the keys that work on it.

    The cursor stands only on lines with a target if `asks`, at first on the one with `chosen` as target.
    """

    page: PageOf
    keys: Sentence
    asks: bool = False
    chosen: Ref | None = None


NO_WORDS = ""
NO_TITLE = Sentence(NO_WORDS)
NOTHING_YET = Step(lambda width: Page(NO_TITLE, ()), NO_TITLE)
"""What is shown before the first step."""


class PagedScreen(Screen[None], inherit_bindings=False):
    """Shows a page at a time; its keys run those commands of the registry that work in `mode`.

    `leave` and `show_keys` name the functions that leave the screen and show its keys, as commands do.
    """

    mode: ClassVar[str]
    leave: ClassVar[str]
    show_keys: ClassVar[str]

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    PagedScreen Line { height: 1; }
    PagedScreen Pane { height: 1fr; }
    """

    def __init__(self, keymap: Keymap, theme: Theme, heading: str) -> None:
        super().__init__()
        self.keymap = keymap
        self.theme = theme
        self.heading = heading
        self.step = NOTHING_YET
        self.message: tuple[Sentence, Role] | None = None
        self.list = Pane(self.mode, "", Page(NO_TITLE, ()), theme)
        self.list.active = True
        self.foot = Line("foot", self._foot, theme)

    def compose(self) -> ComposeResult:
        yield Line("head", lambda width: text_row(Span(f" {self.heading}", "heading")), self.theme)
        yield self.list
        yield self.foot

    def on_resize(self) -> None:
        self._build(self.list.cursor)

    def show(self, step: Step) -> None:
        """Show a step from its beginning."""
        self.step = step
        self.message = None
        self.list.top = 0
        self._build(0)
        places = [place for place, line in enumerate(self.page.lines) if line.target is not None]
        if step.asks and places:
            chosen = [place for place in places if self.page.lines[place].target == step.chosen]
            self.list.move_to(places[-1])
            self.list.move_to(chosen[0] if chosen else places[0])
        self.foot.reload()

    def update(self, step: Step) -> None:
        """Show another state of the same step, with the cursor where it is."""
        self.step = step
        self._build(self.list.cursor)
        self.foot.reload()

    def show_message(self, what: Sentence, role: Role = "plain") -> None:
        """Show a message in the last line until the next key."""
        self.message = (what, role)
        self.foot.reload()

    @property
    def page(self) -> Page:
        assert isinstance(self.list.rows, Page)
        return self.list.rows

    @property
    def answer(self) -> Ref | None:
        """The answer under the cursor."""
        return self.page.target(self.list.cursor)

    def _build(self, cursor: int) -> None:
        page = self.step.page(max(1, self.size.width - GUTTER - 1))
        self.list.set_label(translate(page.title))
        self.list.show(page)
        self.list.move_to(cursor)

    # -- keys ------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        event.stop()
        key = event.character if event.is_printable and event.character not in (None, " ") else event.key
        command = self.keymap.command(key or event.key, TEAMS, self.mode)
        repaints = command is not None and command.id == "repaint"
        if self.message is not None and not repaints:
            self.message = None
            self.foot.reload()
        if command is not None:
            self._run(command)
        elif event.key == "ctrl+c":
            function_of(self.leave)(self)

    def on_pane_pressed(self, message: Pane.Pressed) -> None:
        """Put the cursor where the mouse was pressed, and do what `enter` does on a second press."""
        if message.line is None or (self.step.asks and self.page.lines[message.line].target is None):
            return
        if message.again:
            here = self.keymap.commands_in(TEAMS, self.mode)
            command = next((each for each in here if "enter" in each.keys), None)
            if command is not None:
                self._run(command)
        else:
            self.list.move_to(message.line)

    def on_pane_scrolled(self, message: Pane.Scrolled) -> None:
        """Scroll the page, as far as the cursor may go."""
        if self.list.scroll_rows(message.by):
            self._go(self.list.cursor - 1, 1)

    def _run(self, command: Command) -> None:
        """Run a command: those that move the cursor as in the panes, the others by their functions."""
        here, page = self.list.cursor, max(1, self.list.page)
        match command.id:
            case "down" | "up":
                self._go(here, 1 if command.id == "down" else -1)
            case "page_down" | "half_down":
                self._go(min(here + page, len(self.list.rows)) - 1, 1)
            case "page_up" | "half_up":
                self._go(max(here - page, -1) + 1, -1)
            case "first":
                self._go(-1, 1)
            case "last":
                self._go(len(self.list.rows), -1)
            case "help":
                function_of(self.show_keys)(self)
            case "suspend":
                self.app.action_suspend_process()
            case "repaint":
                repaint(self.app)
            case _:
                function_of(command.does)(self, *command.arguments)

    def _go(self, here: int, by: int) -> None:
        """Go to the next line, down (1) or up (-1), that the cursor may stand on; scroll if there is none."""
        place = here + by
        while 0 <= place < len(self.list.rows):
            if not self.step.asks or self.page.lines[place].target is not None:
                self.list.move_to(place)
                return
            place += by

    # -- words -----------------------------------------------------------------------------------

    def _foot(self, width: int) -> Row:
        what, role = self.message or (self.step.keys, "dim")
        return text_row(Span(f" {translate(what, self.keymap.name)}", role))

"""The start screen, shown when the app is started without a file."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from orgtui.locales import translate
from orgtui.model.sentence import Sentence, sentence
from orgtui.tui.commands.command import START, TEAMS, Command, key_ref
from orgtui.tui.commands.keymap import Keymap
from orgtui.tui.commands.prompt_keys import NO_TEXT_HERE
from orgtui.tui.screens.session import function_of
from orgtui.tui.terminal.driver import repaint
from orgtui.tui.terminal.host import Leave
from orgtui.tui.widgets.line import Line, text_row
from orgtui.tui.widgets.pane import Pane
from orgtui.tui.widgets.text import Theme
from orgtui.views.base.row import Role, Row, Span
from orgtui.views.lists.start_list import Start, StartList

TAGLINE = sentence("See what a move mends and breaks before you make it")
TITLE = sentence("What do you begin with?")

KEYS = sentence(
    "{up} {down} choose   {take} opens   {language} {other}   {help} help   {leave} leaves",
    up=key_ref("up"),
    down=key_ref("down"),
    take=key_ref("start_open"),
    language=key_ref("start_language"),
    help=key_ref("help"),
    leave=key_ref("leave"),
)


class Starting(Protocol):
    """What the choices lead to, as the commands of the start screen use it."""

    @property
    def other_language(self) -> str:
        """What the language that is spoken next calls itself."""
        ...

    def choose(self, start: Start) -> None:
        """Open, ask for or begin what was chosen."""
        ...

    def forget(self, start: Start) -> None:
        """Take a file off the list of those opened lately."""
        ...

    def next_language(self) -> None:
        """Speak the next language, from now on."""
        ...


class StartScreen(Screen[None], inherit_bindings=False):
    """A list of files, samples and templates; its keys run commands of the registry."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    StartScreen Line { height: 1; }
    StartScreen Pane { height: 1fr; }
    """

    def __init__(
        self,
        keymap: Keymap,
        theme: Theme,
        rows: StartList,
        leave: Leave,
        starting: Callable[[StartScreen], Starting],
    ) -> None:
        super().__init__()
        self.keymap = keymap
        self.theme = theme
        self.rows = rows
        self.leave = leave
        self.starting = starting(self)
        self.message: tuple[Sentence, Role] | None = None
        self.list = Pane("start", translate(TITLE), rows, theme)
        self.list.active = True
        self.list.cursor = self._next(0, 1) or 0
        self.head = Line("head", self._head, theme)
        self.foot = Line("foot", self._foot, theme)

    def compose(self) -> ComposeResult:
        yield self.head
        yield self.list
        yield self.foot

    def show_message(self, what: Sentence, role: Role = "plain") -> None:
        """Show a message in the last line until the next key but the one that paints everything again."""
        self.message = (what, role)
        self.foot.reload()

    def show_rows(self, rows: StartList) -> None:
        """Show other choices, and every word anew; the cursor stays, or goes to the next choice."""
        here = min(self.list.cursor, len(rows) - 1)
        self.rows = rows
        self.list.set_label(translate(TITLE))
        self.list.show(rows)
        self.go(self._next(here, 1))
        self.head.reload()
        self.foot.reload()

    @property
    def start(self) -> Start | None:
        """The choice under the cursor."""
        return self.rows.start(self.list.cursor)

    # -- keys ------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        event.stop()
        key = event.character if event.is_printable and event.character else event.key
        command = self.keymap.command(key, TEAMS, START)
        repaints = command is not None and command.id == "repaint"
        if self.message is not None and not repaints:
            self.message = None
            self.foot.reload()
        if command is not None:
            self._run(command)
        elif event.key == "ctrl+c":
            self.leave(0, [])

    def on_paste(self, event: events.Paste) -> None:
        """Say that nothing takes a paste."""
        event.stop()
        if event.text.strip():
            self.show_message(NO_TEXT_HERE)

    def on_pane_pressed(self, message: Pane.Pressed) -> None:
        """Put the cursor where the mouse was pressed, and open that on a second press."""
        start = None if message.line is None else self.rows.start(message.line)
        if message.line is None or start is None:
            return
        if message.again:
            self.starting.choose(start)
        else:
            self.list.move_to(message.line)

    def on_pane_scrolled(self, message: Pane.Scrolled) -> None:
        """Scroll the list."""
        self.list.scroll_rows(message.by)
        self.go(self._next(self.list.cursor, 1) or self._next(self.list.cursor, -1))

    def _run(self, command: Command) -> None:
        """Run a command: those that move the cursor as in the panes, the others by their functions."""
        last, page = len(self.rows) - 1, self.list.page
        here = self.list.cursor
        match command.id:
            case "down":
                self.go(self._next(here + 1, 1))
            case "up":
                self.go(self._next(here - 1, -1))
            case "page_down" | "half_down":
                self.go(self._next(min(last, here + page), 1) or self._next(last, -1))
            case "page_up" | "half_up":
                self.go(self._next(max(0, here - page), -1) or self._next(0, 1))
            case "first":
                self.go(self._next(0, 1))
            case "last":
                self.go(self._next(last, -1))
            case "help":
                function_of("lifecycle.starting.show_keys")(self)
            case "leave":
                self.leave(0, [])
            case "suspend":
                self.app.action_suspend_process()
            case "repaint":
                repaint(self.app)
            case _:
                function_of(command.does)(self, *command.arguments)

    def go(self, index: int | None) -> None:
        """Put the cursor on a choice, with the caption above it visible."""
        if index is not None:
            self.list.move_to(max(0, index - 1))
            self.list.move_to(index)

    def _next(self, index: int, by: int) -> int | None:
        """The index of the first choice from a row on, down (1) or up (-1); None if there is none."""
        while 0 <= index < len(self.rows):
            if self.rows.ref(index) is not None:
                return index
            index += by
        return None

    # -- words -----------------------------------------------------------------------------------

    def _head(self, width: int) -> Row:
        return text_row(Span(" orgtui   ", "heading"), Span(translate(TAGLINE), "dim"))

    def _foot(self, width: int) -> Row:
        if self.message is not None:
            what, role = self.message
            return text_row(Span(f" {translate(what, self.keymap.name)}", role))
        keys = Sentence(KEYS.template, {**KEYS.params, "other": self.starting.other_language})
        return text_row(Span(f" {translate(keys, self.keymap.name)}", "dim"))

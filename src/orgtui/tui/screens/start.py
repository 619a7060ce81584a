"""The start screen, shown when the app is started without a file."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.app import ComposeResult
from textual.screen import Screen

from orgtui.locales import translate
from orgtui.model.sentence import Sentence, sentence
from orgtui.tui.commands.command import BROWSE, TEAMS, key_ref
from orgtui.tui.commands.keymap import Keymap
from orgtui.tui.commands.prompt_keys import NO_TEXT_HERE, PROMPT_KEYS
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
    "{up} {down} choose   {take} opens   {leave} leaves",
    up=key_ref("up"),
    down=key_ref("down"),
    take=PROMPT_KEYS["take"],
    leave=key_ref("leave"),
)


class StartScreen(Screen[None], inherit_bindings=False):
    """A list of files, samples and templates; calls `choose` with the chosen one."""

    AUTO_FOCUS = ""
    DEFAULT_CSS = """
    StartScreen Line { height: 1; }
    StartScreen Pane { height: 1fr; }
    """

    def __init__(
        self, keymap: Keymap, theme: Theme, rows: StartList, leave: Leave, choose: Callable[[Start], None]
    ) -> None:
        super().__init__()
        self.keymap = keymap
        self.theme = theme
        self.rows = rows
        self.leave = leave
        self.choose = choose
        self.message: tuple[Sentence, Role] | None = None
        self.list = Pane("start", translate(TITLE), rows, theme)
        self.list.active = True
        self.list.cursor = self._next(0, 1) or 0
        self.foot = Line("foot", self._foot, theme)

    def compose(self) -> ComposeResult:
        tagline = (Span(" orgtui   ", "heading"), Span(translate(TAGLINE), "dim"))
        yield Line("head", lambda width: text_row(*tagline), self.theme)
        yield self.list
        yield self.foot

    def show_message(self, what: Sentence, role: Role = "plain") -> None:
        """Show a message in the last line until the next key."""
        self.message = (what, role)
        self.foot.reload()

    # -- keys ------------------------------------------------------------------------------------

    def on_key(self, event: events.Key) -> None:
        event.stop()
        if self.message is not None:
            self.message = None
            self.foot.reload()
        if event.key == "enter":
            start = self.rows.start(self.list.cursor)
            if start is not None:
                self.choose(start)
            return
        key = event.character if event.is_printable and event.character else event.key
        command = self.keymap.command(key, TEAMS, BROWSE)
        if command is not None:
            self._run(command.id)

    def on_paste(self, event: events.Paste) -> None:
        """Say that nothing takes a paste."""
        event.stop()
        if event.text.strip():
            self.show_message(NO_TEXT_HERE)

    def _run(self, command: str) -> None:
        """Run a command of the session screen that also works here."""
        last, page = len(self.rows) - 1, self.list.page
        here = self.list.cursor
        match command:
            case "down":
                self._go(self._next(here + 1, 1))
            case "up":
                self._go(self._next(here - 1, -1))
            case "page_down" | "half_down":
                self._go(self._next(min(last, here + page), 1) or self._next(last, -1))
            case "page_up" | "half_up":
                self._go(self._next(max(0, here - page), -1) or self._next(0, 1))
            case "first":
                self._go(self._next(0, 1))
            case "last":
                self._go(self._next(last, -1))
            case "suspend":
                self.app.action_suspend_process()
            case "repaint":
                repaint(self.app)
            case "leave" | "interrupt":
                self.leave(0, [])

    def _go(self, index: int | None) -> None:
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

    def _foot(self, width: int) -> Row:
        if self.message is not None:
            what, role = self.message
            return text_row(Span(f" {translate(what)}", role))
        return text_row(Span(f" {translate(KEYS, self.keymap.name)}", "dim"))

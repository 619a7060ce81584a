"""The Textual application: its theme, its screens, and its exit."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from textual import events
from textual.reactive import Reactive
from textual.screen import Screen

from orgtui.home import settings_path
from orgtui.interrupt import EXIT_INTERRUPTED, exit_on_interrupt
from orgtui.locales import current_language, translate
from orgtui.locales.language import ENGLISH
from orgtui.locales.streams import print_error, print_farewell
from orgtui.model.sentence import Sentence
from orgtui.tui.commands.browsing import COMMANDS
from orgtui.tui.commands.command import BROWSE, TEAMS
from orgtui.tui.commands.keymap import Keymap, keymap_path, load_keymap
from orgtui.tui.config.settings import load_settings
from orgtui.tui.screens.mode import ShowsMessages, Works
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.terminal.capabilities import colour_count, supports_utf8
from orgtui.tui.terminal.decoder import BackgroundTold
from orgtui.tui.terminal.driver import TerminalDriver, repaint
from orgtui.tui.terminal.ending import die_of_signal
from orgtui.tui.terminal.guard import Guard
from orgtui.tui.terminal.input_method import INPUT_METHOD_ON, is_committed, plain_key
from orgtui.tui.terminal.textual_internals import TerminalApp, end_by_defect
from orgtui.tui.themes.look import UNPAINTED, Look, library_theme
from orgtui.tui.themes.styles import TerminalColours
from orgtui.tui.widgets.line import Line
from orgtui.tui.widgets.pane import Pane
from orgtui.tui.widgets.text import Theme, printable, terminal_colours, theme_for

if TYPE_CHECKING:
    from orgtui.views.lists.start_list import FileToImport, ListToImport


FirstScreen = Callable[["OrgApp"], Screen[None]]
"""Makes the screen that the app begins with."""


class OrgApp(TerminalApp, inherit_bindings=False):
    """The app: shows the start screen or a session, and ends with an exit status and messages."""

    ENABLE_COMMAND_PALETTE = False
    ESCAPE_TO_MINIMIZE = False
    DEFAULT_CSS = ""
    theme: Reactive[str] = Reactive(UNPAINTED)

    def __init__(
        self,
        keymap: Keymap,
        theme: Theme,
        organization: Path | None = None,
        plan: Path | None = None,
        *,
        watch: bool = False,
        guard: Guard | None = None,
        look: Look | None = None,
        first: FirstScreen | None = None,
    ) -> None:
        super().__init__(TerminalDriver)
        self.look = look or Look(TerminalColours(0))
        self.terminal_theme = theme
        self.organization = organization
        self.plan = plan
        self.watch_only = watch
        self._first = first
        self.guard = guard
        self.notice: Sentence | None = None
        self.exit_messages: list[str] = []
        self.farewell: list[str] = []
        title = "orgtui" if organization is None else organization.name
        self.session_screen = SessionScreen(keymap, theme, title, self.leave)
        self._begun = False
        self._told_of_input_method = False
        if look is not None:
            self._wear()

    def get_default_screen(self) -> Screen[None]:
        if self._first is not None:
            return self._first(self)
        if self.organization is not None:
            return self.session_screen
        from orgtui.tui.actions.lifecycle.starting import start_screen

        session = self.session_screen
        return start_screen(self, session.keymap, session.theme, self.leave)

    def begin_import(self, chosen: FileToImport | ListToImport) -> None:
        """Ask for a file or a list, and open the organisation that is made of it."""
        from orgtui.tui.actions.importing.beginning import begin_import

        session = self.session_screen
        begin_import(self, session.keymap, session.theme, self.open_organization, chosen)

    def language_changed(self) -> None:
        """Word anew what was worded in another language."""
        session = self.session_screen
        self.session_screen = SessionScreen(session.keymap, session.theme, session.heading, self.leave)

    def open_for_tour(self, organization: Path) -> None:
        """Show the session screen for a sample, and begin the tour on it."""
        from orgtui.tui.actions.tour.touring import begin_when_open

        begin_when_open(self.session_screen)
        self.open_organization(organization)

    def open_organization(self, organization: Path, notice: Sentence | None = None) -> None:
        """Show the session screen for a file chosen on the start screen, with `notice` as message."""
        self.organization = organization
        self.notice = notice
        self.session_screen.heading = organization.name
        self.push_screen(self.session_screen)

    def post_display_hook(self) -> None:
        """Start to load the organisation after the first frame of the session screen has been sent."""
        painted = not self.is_batching and self.screen is self.session_screen
        if painted and not self._begun and self.organization is not None:
            self._begun = True
            self.begin(self.organization)

    def begin(self, organization: Path) -> None:
        """Load an organisation in a worker thread; returns at once."""
        from orgtui.tui.actions.lifecycle.opening import begin

        begin(self.session_screen, organization, self.plan, watch=self.watch_only, notice=self.notice)

    async def on_event(self, event: events.Event) -> None:
        """Read what an input method makes of keys as the keys themselves, but where a text is typed."""
        typed = isinstance(event, events.Key) and not event.is_forwarded and not self._is_typing
        if isinstance(event, events.Key) and typed:
            if self.session_screen.keymap.command_elsewhere(event.character or "") is None:
                event = plain_key(event)
            if is_committed(event):
                self._tell_of_input_method()
                return
        await super().on_event(event)

    @property
    def _is_typing(self) -> bool:
        return bool(self.screen_stack) and getattr(self.focused, "takes_text", False)

    def _tell_of_input_method(self) -> None:
        """Say once, where messages are shown, that an input method is on."""
        if not self._told_of_input_method and isinstance(self.screen, ShowsMessages):
            self._told_of_input_method = True
            self.screen.show_message(INPUT_METHOD_ON, "warning")

    def on_key(self, event: events.Key) -> None:
        """Run the commands that work in every screen, prompts included."""
        command = self.session_screen.keymap.command(event.key, TEAMS, BROWSE)
        if command is not None and command.id == "suspend":
            self.action_suspend_process()
        elif command is not None and command.id == "repaint":
            repaint(self)
        elif command is not None and command.id == "copy" and self.session_screen.workspace is not None:
            self.session_screen.run_command(command)

    def action_suspend_process(self) -> None:
        """Suspend the process as ctrl+z does, until the shell continues it."""
        if isinstance(self.terminal, TerminalDriver):
            self.terminal.suspend()

    # -- colours and mouse -----------------------------------------------------------------------

    @property
    def needs_background(self) -> bool:
        """Whether the terminal is to be asked for its background."""
        return self.look.needs_background

    def on_background_told(self, message: BackgroundTold) -> None:
        """Take the colours that the terminal's background wants."""
        self.look = self.look.on_background(message.background)
        self._wear()

    def show_theme(self, name: str) -> None:
        """Show everything in a theme, by its name. Raises InvalidConfig for one with problems."""
        self.look = self.look.named(name)
        self._wear()

    def _wear(self) -> None:
        """Take the styles of the look, and paint what is on screen again if they are others."""
        styles = self.look.styles
        if styles == self.terminal_theme.worn:
            return
        self.terminal_theme.wear(styles)
        if styles.colours is None:
            self.theme = UNPAINTED
        else:
            painted = library_theme(self.look.name, styles.colours)
            self.register_theme(painted)
            self.theme = painted.name
        for screen in self.screen_stack:
            for widget in screen.walk_children():
                if isinstance(widget, Pane | Line):
                    widget.restyle()
            screen.refresh()

    @property
    def follows_mouse(self) -> bool:
        """Whether the mouse is followed."""
        return isinstance(self.terminal, TerminalDriver) and self.terminal.mouse

    def follow_mouse(self, mouse: bool) -> None:
        """Follow the mouse, or no longer."""
        if isinstance(self.terminal, TerminalDriver):
            self.terminal.follow_mouse(mouse)

    # -- keys and leaving ------------------------------------------------------------------------

    @property
    def encoding(self) -> str:
        """The encoding of what is sent to the terminal, as a codec name."""
        return "utf-8" if self.terminal_theme.utf8 else "ascii"

    @property
    def busy(self) -> bool:
        """Whether work that the last key started is unfinished, such as findings or the best place."""
        workspace, shown = self.session_screen.workspace, self.screen_stack[-1:]
        return (
            (workspace is not None and workspace.session.has_pending_rules)
            or self.session_screen.mode.busy
            or any(isinstance(each, Works) and each.is_working for each in shown)
        )

    def leave(self, status: int = 0, exit_messages: Sequence[str] = ()) -> None:
        """Close the session and exit with a status; `exit_messages` go to standard error after that.

        So does what went wrong on closing. Where people leave by themselves, where the plan is and how to
        hand it on goes to standard output.
        """
        from orgtui.tui.actions.lifecycle.leaving import close_session, how_to_hand_on

        workspace, peers = self.session_screen.workspace, self.session_screen.peers
        others = () if peers is None else peers.names
        told = close_session(self.session_screen)
        if told is None and workspace is not None and status == 0:
            self.farewell = list(map(translate, how_to_hand_on(workspace, others)))
        self.exit_messages += exit_messages if told is None else (*exit_messages, translate(told))
        self.exit(return_code=status)

    def end_by_defect(self, error: Exception) -> None:
        """End the app after an error outside of message handlers, as Textual does for one inside."""
        end_by_defect(self, error)


def run_app(
    organization: Path | None,
    plan: Path | None,
    *,
    watch: bool = False,
    ascii_only: bool = False,
    theme_name: str | None = None,
    mouse: bool | None = None,
    guard: Guard | None = None,
    first: FirstScreen | None = None,
) -> int:
    """Run the app on this terminal until it exits, and end `guard`; returns the exit status.

    `first` makes another screen than that of a session, or the start, to begin with. The theme and the mouse
    are by default as the settings say. Raises InvalidKeys for a `keys.toml` with problems, InvalidConfig for
    settings or a theme with problems.
    """
    keymap = load_keymap(COMMANDS, keymap_path())
    settings = load_settings(settings_path())
    count = colour_count(os.environ)
    if not count:
        os.environ["NO_COLOR"] = "1"
    utf8 = supports_utf8(os.environ) or current_language() != ENGLISH
    theme = theme_for(os.environ, ascii_only, utf8=utf8, colours=count)
    look = Look(terminal_colours(os.environ, count)).named(theme_name or settings.theme)
    app = OrgApp(keymap, theme, organization, plan, watch=watch, guard=guard, look=look, first=first)
    try:
        app.run(mouse=settings.mouse if mouse is None else mouse)
    except KeyboardInterrupt:  # asyncio takes its own handler away at the end, and sets Python's
        app.exit(return_code=EXIT_INTERRUPTED)
    exit_on_interrupt()
    if guard is not None:
        guard.end()
    for line in app.exit_messages:
        print_error(printable(line))
    print_farewell([printable(line) for line in app.farewell])
    if app.defect is not None:
        from orgtui.tui.defect import report_defect

        report_defect(app.defect)
    die_of_signal(app.return_code or 0)
    return app.return_code or 0

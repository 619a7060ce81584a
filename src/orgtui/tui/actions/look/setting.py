"""Choosing the theme, and whether the mouse is followed; both are kept for the next time."""

from __future__ import annotations

from orgtui.home import settings_path
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.model.system_errors import reason_of
from orgtui.tui.config.invalid import InvalidConfig
from orgtui.tui.config.settings import save_setting
from orgtui.tui.prompts.choosing import ChoicePrompt
from orgtui.tui.screens.adjustable import Adjustable
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.themes.builtin import THEME_NAMES, THEME_NOTES
from orgtui.tui.themes.own import own_themes, themes_folder
from orgtui.tui.widgets.choices import Choice, Choices
from orgtui.views.base.row import Rows, Span

NO_COLOURS = sentence("This terminal shows no colours, or NO_COLOR is set; signs and letters say everything")
OWN = sentence("your own")


class ThemePrompt(ChoicePrompt):
    """Asks for a theme, and shows everything in the one under the cursor."""

    def __init__(self, screen: SessionScreen, app: Adjustable) -> None:
        self.themes = app
        self.before = app.look.name
        self.names = [*THEME_NAMES, *own_themes()]
        self.problem: Sentence | None = None
        super().__init__(screen.theme, screen.translate, sentence("Theme"), self._find, accept=self._show)
        self.list.cursor = self.names.index(self.before)

    def cursor_moved(self) -> None:
        """Show the theme under the cursor, or why it cannot be shown."""
        ref = self.list.ref
        self.problem = None if ref is None else self._show(ref)
        self.refuse(self.problem)

    def no_match(self) -> Sentence | None:
        """The message if no theme matches, or if the one under the cursor cannot be shown."""
        return super().no_match() or self.problem

    def _find(self, typed: str) -> Rows:
        wanted = typed.casefold()
        shown = [(name, *self._words(name)) for name in self.names]
        return Choices(
            [
                Choice(Ref.to("theme", name), (Span(label),), note)
                for name, label, note in shown
                if wanted in f"{name} {label} {note}".casefold()
            ]
        )

    def _words(self, name: str) -> tuple[str, str]:
        if name in THEME_NAMES:
            return self.translate(THEME_NAMES[name]), self.translate(THEME_NOTES[name])
        return name, self.translate(OWN)

    def _show(self, ref: Ref) -> Sentence | None:
        """Show a theme; returns why not."""
        try:
            self.themes.show_theme(ref.id)
        except InvalidConfig as invalid:
            told = self.translate(invalid.sentences[0])
            return sentence("{problem}", problem=told.removeprefix(f"{themes_folder()}/"))
        return None


def choose_theme(screen: SessionScreen) -> None:
    """Choose a theme, seen before it is taken, and keep it for the next time."""
    app = screen.app
    assert isinstance(app, Adjustable)
    if not app.look.terminal.count:
        screen.show_message(NO_COLOURS)
        return
    prompt = ThemePrompt(screen, app)

    def taken(ref: Ref | None) -> None:
        if ref is None:
            app.show_theme(prompt.before)
            return
        label = THEME_NAMES.get(ref.id, sentence("{name}", name=ref.id))
        _keep(screen, "theme", ref.id, sentence("Theme: {theme}", theme=label))

    screen.app.push_screen(prompt, taken)


def turn_mouse(screen: SessionScreen) -> None:
    """Follow the mouse, or no longer, and keep that for the next time."""
    app = screen.app
    assert isinstance(app, Adjustable)
    follow = not app.follows_mouse
    app.follow_mouse(follow)
    on = sentence(
        "The mouse is followed: click a row to go there and again to look, or a key below to press it"
    )
    off = sentence("The mouse is not followed any more: the terminal marks and copies text again")
    _keep(screen, "mouse", follow, on if follow else off)


def _keep(screen: SessionScreen, key: str, value: str | bool, done: Sentence) -> None:
    """Keep a setting, and say what was done or why it holds until one leaves only."""
    try:
        save_setting(settings_path(), key, value)
    except InvalidConfig as invalid:
        reason: object = invalid.sentences[0]
    except OSError as error:
        reason = sentence("{file}: {reason}", file=str(settings_path()), reason=reason_of(error))
    else:
        screen.show_message(done)
        return
    screen.show_message(
        sentence("{done}; only until you leave: {reason}", done=done, reason=reason), "warning"
    )

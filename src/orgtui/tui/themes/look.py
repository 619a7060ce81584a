"""Which theme is shown, by its name, and on what terminal."""

from __future__ import annotations

from dataclasses import dataclass, replace

from textual.theme import Theme as LibraryTheme

from orgtui.model.sentence import sentence
from orgtui.tui.config.invalid import InvalidConfig
from orgtui.tui.themes.builtin import AUTO, TERMINAL, THEME_NAMES
from orgtui.tui.themes.colours import Colours
from orgtui.tui.themes.own import own_theme, own_themes
from orgtui.tui.themes.styles import Styles, TerminalColours, styles_for

UNPAINTED = "ansi-dark"
"""The theme of the terminal library that leaves the terminal's own background."""


@dataclass(frozen=True, slots=True)
class Look:
    """A theme by its name on a terminal; `own` are the colours of one's own."""

    terminal: TerminalColours
    name: str = AUTO
    own: Colours | None = None

    def named(self, name: str) -> Look:
        """The same terminal with another theme. Raises InvalidConfig for one that is missing or wrong."""
        if name in THEME_NAMES:
            return replace(self, name=name, own=None)
        if name not in (known := own_themes()):
            names = ", ".join((*THEME_NAMES, *known))
            raise InvalidConfig(
                [sentence("there is no theme {name}; write one of {names}", name=name, names=names)]
            )
        return replace(self, name=name, own=own_theme(name))

    def on_background(self, background: str) -> Look:
        """The same theme, now that the terminal has told its background as `#rrggbb`."""
        return replace(self, terminal=replace(self.terminal, background=background))

    @property
    def needs_background(self) -> bool:
        """Whether the terminal's background decides about colours."""
        return self.name in (AUTO, TERMINAL) and self.terminal.count > 0

    @property
    def styles(self) -> Styles:
        """The styles of all roles."""
        return styles_for(self.name, self.own, self.terminal)


def library_theme(name: str, colours: Colours) -> LibraryTheme:
    """A painted theme for the widgets of the terminal library, such as text inputs."""
    text, background = colours.tokens["text"], colours.background
    return LibraryTheme(
        name=f"orgtui-{name}",
        primary=colours.tokens["advice"],
        warning=colours.tokens["warning"],
        error=colours.tokens["error"],
        foreground=text,
        background=background,
        surface=background,
        panel=background,
        boost=background,
        dark=colours.is_dark,
        variables={
            "input-cursor-background": text,
            "input-cursor-foreground": background,
            "input-selection-background": colours.tokens["dim"],
            "input-selection-foreground": background,
        },
    )

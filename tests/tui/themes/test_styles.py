"""How themes look on terminals: what is painted, what is named, and what is left without colours."""

from __future__ import annotations

from typing import get_args

import pytest
from rich.terminal_theme import DEFAULT_TERMINAL_THEME

from orgtui.tui.themes.builtin import AUTO, BUILTIN, DARK, HIGH_CONTRAST, LIGHT, TERMINAL
from orgtui.tui.themes.colours import QUIET, TOKENS, contrast
from orgtui.tui.themes.styles import Styles, TerminalColours, styles_for
from orgtui.views.base.row import Role

XTERM = {
    "red": "#cd0000",
    "green": "#00cd00",
    "yellow": "#cdcd00",
    "blue": "#0000ee",
    "magenta": "#cd00cd",
    "cyan": "#00cdcd",
    "bright_red": "#ff0000",
    "bright_green": "#00ff00",
    "bright_cyan": "#00ffff",
    "bright_magenta": "#ff00ff",
}
"""The named colours as xterm has them."""


def colours_of(styles: Styles) -> dict[str, str]:
    """The colours of roles that have one, as hex."""
    return {
        role: style.color.get_truecolor(DEFAULT_TERMINAL_THEME).hex
        for role, style in styles.roles.items()
        if style is not None and style.color is not None
    }


@pytest.mark.parametrize("name", [DARK, LIGHT, HIGH_CONTRAST])
def test_a_theme_that_is_chosen_paints_its_background_everywhere(name: str) -> None:
    styles = styles_for(name, None, TerminalColours(256, "#123456"))
    everywhere = [*styles.roles.values(), styles.cursor, styles.cursor_struck, styles.title_active]
    for style in everywhere:
        assert style is not None
        assert style.bgcolor is not None
        assert style.color is not None
        assert style.bgcolor.get_truecolor().hex == BUILTIN[name].background
    assert not any(style.dim for style in everywhere if style is not None), "what is dim has its own colour"


@pytest.mark.parametrize(
    ("background", "like"),
    [("#000000", DARK), ("#ffffff", LIGHT), ("#fdf6e3", LIGHT), ("#002b36", DARK), ("#2e3440", DARK)],
)
def test_automatic_follows_the_background_and_leaves_it(background: str, like: str) -> None:
    styles = styles_for(AUTO, None, TerminalColours(256, background))
    assert styles.roles["plain"] is None
    assert styles.colours is None
    shown = colours_of(styles)
    assert shown["error"] == BUILTIN[like].tokens["error"]
    for token, colour in shown.items():
        if token in TOKENS:
            assert contrast(colour, background) >= (2.25 if token in QUIET else 3.375)


def test_automatic_paints_over_a_background_on_which_it_could_not_be_read() -> None:
    styles = styles_for(AUTO, None, TerminalColours(256, "#7f7f7f"))
    assert styles.colours is not None


def test_without_an_answer_it_is_dark_unless_the_environment_says_light() -> None:
    assert colours_of(styles_for(AUTO, None, TerminalColours(256)))["error"] == BUILTIN[DARK].tokens["error"]
    light = styles_for(AUTO, None, TerminalColours(256, None, True))
    assert colours_of(light)["error"] == BUILTIN[LIGHT].tokens["error"]


@pytest.mark.parametrize("name", [AUTO, DARK, LIGHT, HIGH_CONTRAST, TERMINAL])
@pytest.mark.parametrize("count", [0, 8, 16])
@pytest.mark.parametrize("background", ["#000000", "#ffffff"])
def test_few_colours_are_the_terminals_own_and_can_be_read(name: str, count: int, background: str) -> None:
    styles = styles_for(name, None, TerminalColours(count, background))
    assert styles.colours is None
    for role, style in styles.roles.items():
        assert style is None or style.bgcolor is None
        if style is not None and style.color is not None and name in (AUTO, TERMINAL) and count:
            least = 3 if role in QUIET else 3.4
            assert contrast(XTERM[style.color.name], background) >= least, (role, style.color.name)
    assert count or not colours_of(styles)


def test_without_colours_errors_still_stand_out() -> None:
    styles = styles_for(AUTO, None, TerminalColours(0))
    error, warning = styles.roles["error"], styles.roles["warning"]
    assert error is not None
    assert error.bold
    assert warning is None


def test_every_role_has_a_style() -> None:
    assert set(styles_for(DARK, None, TerminalColours(256)).roles) == set(get_args(Role))

"""The styles of roles for a theme on a terminal; the only place that makes styles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import get_args

from rich.color import Color
from rich.color_triplet import ColorTriplet
from rich.style import Style

from orgtui.tui.themes.builtin import AUTO, BUILTIN, DARK, LIGHT, TERMINAL
from orgtui.tui.themes.colours import TOKENS, Colours, luminance, rgb
from orgtui.views.base.row import AREA_HUES, Role

NAMED_COLOURS, NUMBERED_COLOURS = 16, 256
"""Numbers of colours: those with names (terminals with fewer have the first eight), and those by number."""

_ATTRIBUTES: Mapping[Role, str] = {
    "dim": "dim",
    "heading": "bold",
    "error": "bold",
    "better": "bold",
    "worse": "bold",
    "resolved": "dim strike",
    "introduced": "bold",
    "related": "underline",
    "match": "underline",
    "carry": "bold reverse",
}

_TOKEN: Mapping[Role, str] = {"resolved": "dim", "carry": "advice"}
"""The token of a role where it is neither its namesake nor `text`."""

_NAMED_ON_DARK: Mapping[str, str] = {
    "error": "bright_red",
    "warning": "yellow",
    "advice": "cyan",
    "better": "green",
    "worse": "bright_red",
}

_NAMED_ON_LIGHT: Mapping[str, str] = {
    "error": "red",
    "warning": "magenta",
    "advice": "blue",
    "better": "blue",
    "worse": "red",
}

_HUES_ON_DARK = ("cyan", "magenta", "green", "bright_cyan", "bright_magenta", "bright_green")
"""Named colours for areas: too loud for the bars of stages, and too few can be read on a light background."""


@dataclass(frozen=True, slots=True)
class TerminalColours:
    """What a terminal can show: its number of colours, none with `NO_COLOR`; its background as `#rrggbb`.

    `background` is None if the terminal has not told; `is_light` is what is known of it otherwise.
    """

    count: int = NAMED_COLOURS
    background: str | None = None
    is_light: bool = False


@dataclass(frozen=True, slots=True)
class Styles:
    """The styles of all roles, of the cursor's row and of the title of the active pane.

    `colours` are those with which the background is painted; None leaves the terminal's own.
    """

    roles: Mapping[Role, Style | None]
    cursor: Style
    cursor_struck: Style
    title_active: Style
    colours: Colours | None = None


def styles_for(name: str, colours: Colours | None, terminal: TerminalColours) -> Styles:
    """The styles of a theme by its name; `colours` are those of one's own theme.

    Terminals without numbered colours get named ones, and those without colours attributes only.
    """
    light = terminal.is_light if terminal.background is None else luminance(terminal.background) > 0.18
    if name == AUTO:
        colours = BUILTIN[LIGHT if light else DARK]
    elif name != TERMINAL:
        colours = colours or BUILTIN[name]
        light = not colours.is_dark
    if not terminal.count:
        return _styles({})
    if name == TERMINAL or colours is None or terminal.count < NUMBERED_COLOURS:
        return _styles(_named(light, terminal.count))
    if name == AUTO and (terminal.background is None or colours.suits(terminal.background)):
        inked = {token: colour for token, colour in colours.tokens.items() if token != "text"}
        return _styles({token: numbered(colour) for token, colour in inked.items()}, dims=False)
    inks = {token: numbered(colour) for token, colour in colours.tokens.items()}
    return _styles(inks, numbered(colours.background), colours, dims=False)


def _named(light: bool, count: int) -> dict[str, Color]:
    named = dict(_NAMED_ON_LIGHT if light else _NAMED_ON_DARK)
    if not light and count >= NAMED_COLOURS:
        named |= dict(zip(AREA_HUES, _HUES_ON_DARK, strict=True))
    if count < NAMED_COLOURS:
        named = {token: colour.removeprefix("bright_") for token, colour in named.items()}
    return {token: Color.parse(colour) for token, colour in named.items()}


def _styles(
    inks: Mapping[str, Color],
    paper: Color | None = None,
    colours: Colours | None = None,
    *,
    dims: bool = True,
) -> Styles:
    """Styles of inks by token on a paper; `dims`: what is dim has the attribute and no colour of its own."""
    shared: dict[tuple[str, Color | None], Style | None] = {
        ("", None): Style(bgcolor=paper) if paper else None
    }
    roles: dict[Role, Style | None] = {}
    for role in get_args(Role):
        attributes = _ATTRIBUTES.get(role, "")
        if not dims:
            attributes = attributes.removeprefix("dim").strip()
        ink = inks.get(_TOKEN.get(role, role if role in TOKENS else "text"))
        key = attributes, ink
        if key not in shared:
            shared[key] = Style(color=ink, bgcolor=paper) + Style.parse(attributes)
        roles[role] = shared[key]
    plain = Style(color=inks.get("text"), bgcolor=paper)
    cursor = plain + Style(reverse=True)
    return Styles(roles, cursor, cursor + Style(strike=True), cursor + Style(bold=True), colours)


@cache
def _numbers() -> Mapping[ColorTriplet, int]:
    return {Color.from_ansi(number).get_truecolor(): number for number in range(NAMED_COLOURS, 256)}


@cache
def numbered(colour: str) -> Color:
    """A colour by its number among the 256 if it is one of them, which is shorter to send, else as it is."""
    triplet = ColorTriplet(*rgb(colour))
    number = _numbers().get(triplet)
    return Color.from_triplet(triplet) if number is None else Color.from_ansi(number)

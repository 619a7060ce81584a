"""The themes that come with the program.

All colours are of the 256 that terminals have by number, so that they are the same without true colour.
Errors have the most saturated one, and the bars of stages, which fill the most cells, cool ones. The hues of
areas, and those of stages beside one another, can be told apart with any of the common kinds of colour
blindness. Tests hold all of this.
"""

from __future__ import annotations

from collections.abc import Mapping

from orgtui.model.sentence import Sentence, sentence
from orgtui.tui.themes.colours import Colours
from orgtui.views.base.row import AREA_HUES, STAGE_HUES

AUTO, DARK, LIGHT, HIGH_CONTRAST, TERMINAL = "auto", "dark", "light", "high-contrast", "terminal"

THEME_NAMES: Mapping[str, Sentence] = {
    AUTO: sentence("Automatic"),
    DARK: sentence("Dark"),
    LIGHT: sentence("Light"),
    HIGH_CONTRAST: sentence("High contrast"),
    TERMINAL: sentence("The terminal's own colours"),
}
"""The names of the themes that can be chosen, by what settings and `--theme` call them."""

THEME_NOTES: Mapping[str, Sentence] = {
    AUTO: sentence("dark or light, as the terminal's background is"),
    DARK: sentence("light text on a dark background"),
    LIGHT: sentence("dark text on a white background"),
    HIGH_CONTRAST: sentence("white on black, for projectors and tired eyes"),
    TERMINAL: sentence("the sixteen colours that the terminal is set to"),
}


def _theme(background: str, tokens: Mapping[str, str], areas: str, stages: str) -> Colours:
    hues: dict[str, str] = dict(
        zip((*AREA_HUES, *STAGE_HUES), (*areas.split(), *stages.split()), strict=True)
    )
    return Colours(background, {**tokens, **hues})


BUILTIN: Mapping[str, Colours] = {
    DARK: _theme(
        "#1c1c1c",
        {
            "text": "#dadada",
            "dim": "#949494",
            "error": "#ff5f5f",
            "warning": "#d7af5f",
            "advice": "#87afd7",
            "better": "#87d7af",
            "worse": "#ff875f",
        },
        areas="#afd787 #d7afd7 #5f87af #ffd7d7 #87875f #87af87",
        stages="#5faf87 #008787 #87afaf #8787af #afafd7 #5f875f",
    ),
    LIGHT: _theme(
        "#ffffff",
        {
            "text": "#262626",
            "dim": "#767676",
            "error": "#d70000",
            "warning": "#875f00",
            "advice": "#005faf",
            "better": "#008700",
            "worse": "#af0000",
        },
        areas="#008787 #5f5f00 #8787d7 #005f5f #af875f #5f5faf",
        stages="#5f8787 #5f5f87 #0087af #005f87 #00875f #8787af",
    ),
    HIGH_CONTRAST: _theme(
        "#000000",
        {
            "text": "#ffffff",
            "dim": "#bcbcbc",
            "error": "#ff5f5f",
            "warning": "#ffd75f",
            "advice": "#87d7ff",
            "better": "#afffaf",
            "worse": "#ff875f",
        },
        areas="#00afaf #ffd7af #afafff #d7875f #afd7ff #d7af87",
        stages="#87afaf #afd7d7 #5faf87 #afafd7 #87d7af #d7afff",
    ),
}
"""The themes that have colours of their own."""

"""Colours of a theme by meaning, and how well they can be read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from orgtui.views.base.row import AREA_HUES, STAGE_HUES

TOKENS = ("text", "dim", "error", "warning", "advice", "better", "worse", *AREA_HUES, *STAGE_HUES)
"""What has a colour of its own; anything else is in the colour of `text`."""

QUIET = frozenset({"dim", *AREA_HUES, *STAGE_HUES})
"""Tokens that may be missed: what they say is also said by a word, a sign or a place."""

TEXT_CONTRAST, QUIET_CONTRAST = 4.5, 3.0
"""The least contrast with the background, as WCAG 2 counts it: of text, and of what is `QUIET`."""

NEARLY = 0.75
"""The share of the least contrast that is enough on a background that people have chosen themselves."""

HEX = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Colours:
    """The colours of a theme as `#rrggbb`: its background, and one for each of `TOKENS`."""

    background: str
    tokens: Mapping[str, str]

    @property
    def is_dark(self) -> bool:
        """Whether light text stands on a dark background."""
        return luminance(self.tokens["text"]) > luminance(self.background)

    def illegible(self) -> Iterator[str]:
        """The tokens that are hard to read on the theme's background."""
        for token, colour in self.tokens.items():
            if contrast(colour, self.background) < least_contrast(token):
                yield token

    def suits(self, background: str) -> bool:
        """Whether all tokens can be read well enough on a background that the user's terminal has."""
        return all(
            contrast(colour, background) >= NEARLY * least_contrast(token)
            for token, colour in self.tokens.items()
        )


def least_contrast(token: str) -> float:
    """The least contrast that a token needs."""
    return QUIET_CONTRAST if token in QUIET else TEXT_CONTRAST


def rgb(colour: str) -> tuple[int, int, int]:
    """Red, green and blue of `#rrggbb`, each from 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def luminance(colour: str) -> float:
    """The relative luminance of a colour as WCAG 2 defines it, from 0 to 1."""
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (part / 255 for part in rgb(colour))
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG 2 counts it, from 1 to 21."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def legible(colour: str, background: str, least: float) -> str:
    """The colour nearest to a given one, on the way to white or black, that has the least contrast."""
    light = luminance(background) < 0.18  # where black and white stand out alike
    ends = rgb("#ffffff" if light else "#000000")
    for step in range(101):
        mixed = (round(part + (end - part) * step / 100) for part, end in zip(rgb(colour), ends, strict=True))
        shade = "#{:02x}{:02x}{:02x}".format(*mixed)
        if contrast(shade, background) >= least:
            return shade
    return "#ffffff" if light else "#000000"

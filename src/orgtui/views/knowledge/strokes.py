"""The characters that boxes and lines of the web are drawn with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from orgtui.views.base.signs import Signs

Weight = Literal["thin", "thick", "gone"]

UP, DOWN, LEFT, RIGHT = 1, 2, 4, 8
"""Where a line leads from a cell, added up."""

ALONG, DOWNWARDS = LEFT | RIGHT, UP | DOWN


@dataclass(frozen=True, slots=True)
class Strokes:
    """`lines` by weight and where they lead, `crossings` by the weights along and down.

    `box` and `bridge` are corners and edges of a box: top left, top, top right, side, bottom left, bottom,
    bottom right. `tails` stand in the border of a box where a line leaves above and below, `heads` where one
    arrives there.
    """

    lines: Mapping[Weight, Mapping[int, str]]
    crossings: Mapping[tuple[Weight, Weight], str]
    box: str
    bridge: str
    tails: Mapping[bool, Mapping[int, str]]
    heads: Mapping[int, str]


_LEADS = (ALONG, DOWNWARDS, DOWN | RIGHT, DOWN | LEFT, UP | RIGHT, UP | LEFT)


def _lines(thin: str, thick: str, gone: str) -> Mapping[Weight, Mapping[int, str]]:
    drawn: tuple[tuple[Weight, str], ...] = (("thin", thin), ("thick", thick), ("gone", gone))
    return {weight: dict(zip(_LEADS, line, strict=True)) for weight, line in drawn}


_UNICODE = Strokes(
    _lines("─│┌┐└┘", "━┃┏┓┗┛", "╌╎┌┐└┘"),
    {
        ("thick", "thick"): "╋",
        ("thick", "thin"): "┿",
        ("thick", "gone"): "┿",
        ("thin", "thick"): "╂",
        ("gone", "thick"): "╂",
    },
    "┌─┐│└─┘",
    "╔═╗║╚═╝",
    {False: {UP: "┴", DOWN: "┬"}, True: {UP: "╧", DOWN: "╤"}},
    {UP: "↓", DOWN: "↑"},
)

_ASCII = Strokes(
    _lines("-|..''", "=H..''", ".:..''"),
    {
        (along, down): "H" if down == "thick" else "|"
        for along in ("thin", "thick", "gone")
        for down in ("thin", "thick", "gone")
    },
    ".-.|'-'",
    "#=###=#",
    {False: {UP: "-", DOWN: "-"}, True: {UP: "=", DOWN: "="}},
    {UP: "v", DOWN: "^"},
)

CROSSING = "┼"


def strokes_of(signs: Signs) -> Strokes:
    """The characters that go with some signs."""
    return _ASCII if signs.arrow.isascii() else _UNICODE

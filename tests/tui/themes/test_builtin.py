"""The themes that come with the program: they can be read, errors stand out, hues can be told apart."""

from __future__ import annotations

from itertools import combinations
from math import dist, hypot

import pytest
from rich.color import ColorSystem

from orgtui.tui.themes.builtin import AUTO, BUILTIN, HIGH_CONTRAST, TERMINAL, THEME_NAMES, THEME_NOTES
from orgtui.tui.themes.colours import QUIET, TOKENS, Colours, contrast, legible, luminance, rgb
from orgtui.tui.themes.styles import numbered
from orgtui.views.base.row import AREA_HUES, STAGE_HUES

SIGHT = {
    "usual": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.01182, 0.04294, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.3039),
    ),
}
"""How linear colours are seen (Machado, Oliveira and Fernandes, 2009)."""

NAMES = [*BUILTIN]


def oklab(colour: str, sight: str) -> tuple[float, float, float]:
    """A colour as it is seen, where equal distances look equal (Ottosson, 2020)."""
    given = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (part / 255 for part in rgb(colour))
    ]
    red, green, blue = (
        min(1.0, max(0.0, sum(a * b for a, b in zip(row, given, strict=True)))) for row in SIGHT[sight]
    )
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.793617785 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.428592205 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.808675766 * short,
    )


def apart(colours: Colours, one: str, other: str) -> float:
    """How far apart two tokens are for whoever sees them worst; 0.02 is just noticeable."""
    pair = colours.tokens[one], colours.tokens[other]
    return min(dist(oklab(pair[0], sight), oklab(pair[1], sight)) for sight in SIGHT)


def saturation(colour: str) -> float:
    return hypot(*oklab(colour, "usual")[1:])


def test_contrast_is_that_of_wcag() -> None:
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.005)
    assert luminance("#ff0000") == pytest.approx(0.2126)


@pytest.mark.parametrize("name", NAMES)
def test_every_token_can_be_read_with_true_colour_and_with_256(name: str) -> None:
    colours = BUILTIN[name]
    assert set(colours.tokens) == set(TOKENS)
    shown = {token: numbered(colour) for token, colour in colours.tokens.items()}
    paper = numbered(colours.background).downgrade(ColorSystem.EIGHT_BIT).get_truecolor().hex
    for token, colour in shown.items():
        assert colour.get_truecolor().hex == colours.tokens[token]
        in_256 = colour.downgrade(ColorSystem.EIGHT_BIT).get_truecolor().hex
        least = 7 if name == HIGH_CONTRAST else 3 if token in QUIET else 4.5
        assert contrast(in_256, paper) >= least, (token, contrast(in_256, paper))
    assert not [*colours.illegible()]


@pytest.mark.parametrize("name", NAMES)
def test_errors_are_what_the_eye_finds_first(name: str) -> None:
    found = {token: saturation(colour) for token, colour in BUILTIN[name].tokens.items()}
    assert max(found, key=lambda token: found[token]) == "error"
    assert all(found[hue] <= 0.65 * found["error"] for hue in (*AREA_HUES, *STAGE_HUES))
    error = oklab(BUILTIN[name].tokens["error"], "usual")
    for hue in STAGE_HUES:
        assert dist(error, oklab(BUILTIN[name].tokens[hue], "usual")) >= 0.2, "bars fill many cells"


@pytest.mark.parametrize("name", NAMES)
def test_hues_can_be_told_apart_by_the_colour_blind(name: str) -> None:
    colours = BUILTIN[name]
    assert all(apart(colours, *pair) >= 0.06 for pair in combinations(AREA_HUES, 2))
    beside = zip(STAGE_HUES, (*STAGE_HUES[1:], STAGE_HUES[0]), strict=True)
    assert all(apart(colours, *pair) >= 0.04 for pair in beside)
    severities = ("error", "warning")
    for hue in (*AREA_HUES, *STAGE_HUES):
        sighted = oklab(colours.tokens[hue], "usual")
        assert all(dist(sighted, oklab(colours.tokens[each], "usual")) >= 0.05 for each in severities)


def test_a_hue_means_one_thing() -> None:
    for colours in BUILTIN.values():
        assert len(set(colours.tokens.values())) >= len(TOKENS) - 1
        hues = [colours.tokens[hue] for hue in (*AREA_HUES, *STAGE_HUES)]
        assert len(set(hues)) == len(hues)


def test_every_theme_has_a_name_and_a_note() -> None:
    assert set(THEME_NAMES) == set(THEME_NOTES) == {AUTO, TERMINAL, *BUILTIN}


@pytest.mark.parametrize("background", ["#1c1c1c", "#ffffff", "#808080", "#00ff00"])
@pytest.mark.parametrize("colour", ["#202020", "#ff0000", "#eeeeee", "#00ff00"])
def test_a_legible_colour_can_be_read(background: str, colour: str) -> None:
    assert contrast(legible(colour, background, 4.5), background) >= 4.5

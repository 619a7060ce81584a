"""Drawings as SVG: one well-formed picture whatever its words are, readable in light, dark and print."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from orgtui.exchange.writing.drawing.shapes import Box, Connector, Drawing, Words
from orgtui.exchange.writing.drawing.svg_text import NAMESPACE, stylesheet, svg_file, svg_within_page

HOSTILE = (
    "<script>alert(1)</script>",
    "]]> & --> <!-- \"quoted\" 'single'",
    "[x](y) | =cmd()",
    "شركة التسويق",
    "王磊 🎉",
    "n" * 200,
)


def drawing(*words: Words, boxes: tuple[Box, ...] = (), connectors: tuple[Connector, ...] = ()) -> Drawing:
    return Drawing("tree-before", "Before", "Two teams", 300, 200.04, boxes, connectors, words)


def texts_of(svg: str | bytes) -> list[str | None]:
    return [each.text for each in ElementTree.fromstring(svg).iter() if each.tag.endswith("text")]


def test_words_come_back_as_they_were() -> None:
    words = tuple(Words(10, 20, text, 10) for text in HOSTILE)
    assert texts_of(svg_file(drawing(*words))) == list(HOSTILE)
    assert texts_of(svg_within_page(drawing(*words))) == list(HOSTILE)


def test_the_same_drawing_gives_the_same_bytes() -> None:
    one = drawing(Words(10, 20, "Brand", 10), boxes=(Box("brand", 5, 5, 100, 40),))
    assert svg_file(one) == svg_file(one)


def test_a_file_has_title_description_style_and_ground() -> None:
    svg = ElementTree.fromstring(svg_file(drawing()))
    assert svg.tag == f"{{{NAMESPACE}}}svg"
    assert svg.get("role") == "img"
    assert (svg.get("viewBox"), svg.get("width")) == ("0 0 300 200", "300pt")
    title, description, style, ground = svg
    assert svg.get("aria-labelledby") == f"{title.get('id')} {description.get('id')}"
    assert (title.text, description.text) == ("Before", "Two teams")
    assert style.text == stylesheet()
    assert ground.get("class") == "ground"


def test_within_a_page_there_is_no_style_and_no_ground() -> None:
    svg = svg_within_page(drawing(Words(10, 20, "Brand", 10)))
    assert "<style" not in svg
    assert "ground" not in svg
    assert not svg.startswith("<?xml")


def test_boxes_tell_focus_tone_and_line_style() -> None:
    svg = ElementTree.fromstring(
        svg_within_page(
            drawing(
                boxes=(
                    Box("a", 0, 0, 50, 20, role="moved", is_strong=True),
                    Box("b", 60, 0, 50, 20, style="dashed", is_filled=False),
                    Box("c", 120, 0, 50, 20, (Words(122, 12, "SEO", 9),), tone=9),
                )
            )
        )
    )
    outer, inner, dashed, toned = (each for each in svg.iter() if each.tag == "rect")
    assert (outer.get("class"), inner.get("class")) == ("box box-moved", "box-open box-moved")
    assert dashed.get("stroke-dasharray")
    assert dashed.get("class") == "box-open box-plain"
    assert toned.get("class") == "tone-1"
    assert float(toned.get("fill-opacity", "1")) < 0.5


def test_connectors_end_in_arrows_and_pass_through_their_points() -> None:
    points = ((0.0, 0.0), (50.0, 20.0), (100.0, 0.0))
    svg = ElementTree.fromstring(
        svg_within_page(
            drawing(
                connectors=(
                    Connector(points, role="moved", has_arrow=True, has_arrow_back=True, is_curved=True),
                    Connector(points, style="dotted"),
                )
            )
        )
    )
    curve, head, head_back, line = svg.findall("path")
    assert "50 20" in curve.get("d", "")
    assert head.get("d", "").startswith("M 100 0 ")
    assert head_back.get("d", "").startswith("M 0 0 ")
    assert line.get("d") == "M 0 0 L 50 20 L 100 0"
    assert line.get("stroke-dasharray")


def styles(*, is_dark: bool) -> dict[str, str]:
    """The fill of each class; dark ones are chosen by attribute."""
    light, _, dark = stylesheet().partition("@media")
    found: dict[str, str] = {}
    for css in (light, dark) if is_dark else (light,):
        for selectors, body in re.findall(r"([.\w, \[\]=~-]+)\{([^{}]*)\}", css):
            fill = re.search(r"fill: (#\w{6})", body)
            if fill is not None:
                found |= {
                    re.sub(r"^(\.|\[class~=)|\]$", "", each.strip()): fill[1] for each in selectors.split(",")
                }
    return found


def rgb(colour: str) -> list[float]:
    return [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]


def luminance(channels: list[float]) -> float:
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("is_dark", [False, True])
def test_all_words_have_contrast_on_every_ground(is_dark: bool) -> None:
    fills = styles(is_dark=is_dark)
    ground = rgb(fills["ground"])
    tints = [
        [0.16 * tone + 0.84 * below for tone, below in zip(rgb(fills[name]), ground, strict=True)]
        for name in fills
        if name.startswith("tone-")
    ]
    words = [name for name in fills if name.startswith("words-")]
    assert len(words) == 11
    assert len(tints) == 8
    for name in words:
        for behind in (ground, rgb(fills["box"]), *tints):
            lights = sorted((luminance(rgb(fills[name])), luminance(behind)))
            assert (lights[1] + 0.05) / (lights[0] + 0.05) >= 4.5, name

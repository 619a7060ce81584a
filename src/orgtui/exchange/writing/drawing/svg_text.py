"""A drawing as SVG text, alone in a file or within a page of HTML.

Every element has one class by what it means; `stylesheet()` says how the classes look, on screens light and
dark and on paper. A file of its own has it inside, a page has it once for all its drawings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise
from math import hypot
from pathlib import Path
from xml.etree.ElementTree import Element, SubElement, tostring

from orgtui.exchange.writing.drawing.shapes import Box, Connector, Drawing, LineStyle, Words

NAMESPACE = "http://www.w3.org/2000/svg"
TONES = 8
"""How many tones there are; a drawing with more begins again with the first."""

_DASHES: Mapping[LineStyle, str] = {"dashed": "4 3", "dotted": "1 2.5"}
_CORNER_PT = 4.0
_STRONG_PT = 2.5
_TINT = "0.16"
_ARROW_LENGTH_PT, _ARROW_WIDTH_PT = 6.0, 5.0
_STYLESHEET = Path(__file__).parent.parent / "templates" / "drawing.css"

Point = tuple[float, float]


@cache
def stylesheet() -> str:
    """The CSS of all drawings, for the head of a page."""
    return _STYLESHEET.read_text(encoding="utf-8")


def svg_file(drawing: Drawing) -> bytes:
    """A drawing as an SVG file: with its own style, and on a white ground (dark on dark screens)."""
    svg = _svg(drawing)
    svg.set("xmlns", NAMESPACE)
    style = Element("style")
    style.text = stylesheet()
    ground = Element("rect", {"class": "ground", "width": "100%", "height": "100%", "fill": "#ffffff"})
    svg[2:2] = [style, ground]
    text: str = tostring(svg, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def svg_within_page(drawing: Drawing) -> str:
    """A drawing as an `<svg>` element for a page of HTML that has `stylesheet()`."""
    text: str = tostring(_svg(drawing), encoding="unicode")
    return text


def _svg(drawing: Drawing) -> Element:
    identity = re.sub(r"[^A-Za-z0-9-]", "-", drawing.key)
    width, height = _coordinate(drawing.width), _coordinate(drawing.height)
    svg = Element(
        "svg",
        {
            "class": "drawing",
            "role": "img",
            "aria-labelledby": f"{identity}-title {identity}-desc",
            "viewBox": f"0 0 {width} {height}",
            "width": f"{width}pt",
            "height": f"{height}pt",
        },
    )
    SubElement(svg, "title", {"id": f"{identity}-title"}).text = drawing.title
    SubElement(svg, "desc", {"id": f"{identity}-desc"}).text = drawing.alt
    for connector in drawing.connectors:
        _add_connector(svg, connector)
    for box in drawing.boxes:
        _add_box(svg, box)
    _add_words(svg, drawing.words)
    return svg


def _add_box(svg: Element, box: Box) -> None:
    group = SubElement(svg, "g")
    rectangle = SubElement(group, "rect", _rectangle(box, 0.0))
    rectangle.set("class", _box_class(box))
    rectangle.set("stroke-width", "1.6" if box.is_strong else "0.8")
    if box.tone is not None and box.words:
        rectangle.set("fill-opacity", _TINT)
    if box.style != "solid":
        rectangle.set("stroke-dasharray", _DASHES[box.style])
    if box.is_strong:
        inner = SubElement(group, "rect", _rectangle(box, _STRONG_PT))
        inner.set("class", f"box-open box-{box.role}")
        inner.set("stroke-width", "0.7")
    _add_words(group, box.words)


def _box_class(box: Box) -> str:
    if not box.is_filled:
        return f"box-open box-{box.role}"
    if box.tone is None:
        return f"box box-{box.role}"
    tone = f"tone-{box.tone % TONES}"
    return tone if box.role == "plain" else f"{tone} box-{box.role}"


def _rectangle(box: Box, inset: float) -> dict[str, str]:
    """The place of a rectangle, smaller by `inset` points on each side."""
    place = {
        "x": _coordinate(box.x + inset),
        "y": _coordinate(box.y + inset),
        "width": _coordinate(max(box.width - 2 * inset, 0.0)),
        "height": _coordinate(max(box.height - 2 * inset, 0.0)),
    }
    if box.is_rounded:
        place["rx"] = _coordinate(max(min(_CORNER_PT, box.width / 2, box.height / 2) - inset / 2, 0.0))
    return place


def _add_words(parent: Element, words: Iterable[Words]) -> None:
    for each in words:
        text = SubElement(
            parent,
            "text",
            {
                "class": f"words-{each.role}",
                "x": _coordinate(each.x),
                "y": _coordinate(each.y),
                "font-size": _coordinate(each.size),
            },
        )
        if each.anchor != "start":
            text.set("text-anchor", each.anchor)
        if each.is_bold:
            text.set("font-weight", "bold")
        if each.is_struck:
            text.set("text-decoration", "line-through")
        text.text = each.text


def _add_connector(svg: Element, connector: Connector) -> None:
    points = connector.points
    path = SubElement(
        svg,
        "path",
        {
            "class": f"line line-{connector.role}",
            "d": _curve(points) if connector.is_curved else _polyline(points),
            "stroke-width": _coordinate(connector.width),
        },
    )
    if all(start[0] == end[0] or start[1] == end[1] for start, end in pairwise(points)):
        path.set("shape-rendering", "crispEdges")
    if connector.style != "solid":
        path.set("stroke-dasharray", _DASHES[connector.style])
    if connector.has_arrow:
        _add_head(svg, points[-2], points[-1], connector)
    if connector.has_arrow_back:
        _add_head(svg, points[1], points[0], connector)


def _add_head(svg: Element, start: Point, end: Point, connector: Connector) -> None:
    """The head of an arrow that comes from `start` and points at `end`."""
    length = hypot(end[0] - start[0], end[1] - start[1])
    if not length:
        return
    along = ((end[0] - start[0]) / length, (end[1] - start[1]) / length)
    foot = (end[0] - along[0] * _ARROW_LENGTH_PT, end[1] - along[1] * _ARROW_LENGTH_PT)
    aside = (-along[1] * _ARROW_WIDTH_PT / 2, along[0] * _ARROW_WIDTH_PT / 2)
    corners = (end, (foot[0] + aside[0], foot[1] + aside[1]), (foot[0] - aside[0], foot[1] - aside[1]))
    SubElement(svg, "path", {"class": f"head head-{connector.role}", "d": f"{_polyline(corners)} Z"})


def _polyline(points: Sequence[Point]) -> str:
    return " ".join(f"{'L' if number else 'M'} {_point(point)}" for number, point in enumerate(points))


def _curve(points: Sequence[Point]) -> str:
    """A smooth line through all points (Catmull and Rom's, as cubic Bézier curves)."""
    pieces = [f"M {_point(points[0])}"]
    for number in range(len(points) - 1):
        before, start = points[max(number - 1, 0)], points[number]
        end, after = points[number + 1], points[min(number + 2, len(points) - 1)]
        leaving = (start[0] + (end[0] - before[0]) / 6, start[1] + (end[1] - before[1]) / 6)
        arriving = (end[0] - (after[0] - start[0]) / 6, end[1] - (after[1] - start[1]) / 6)
        pieces.append(f"C {_point(leaving)} {_point(arriving)} {_point(end)}")
    return " ".join(pieces)


def _point(point: Point) -> str:
    return f"{_coordinate(point[0])} {_coordinate(point[1])}"


def _coordinate(value: float) -> str:
    """A length to a tenth of a point, without a needless zero."""
    text = f"{value:.1f}".removesuffix(".0")
    return "0" if text in ("-0", "-0.0") else text

"""Plans against one another as a picture: what each leaves upwards, the people it touches to the right."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from orgtui.exchange.writing.drawing.canvas import MARGIN_PT, head
from orgtui.exchange.writing.drawing.measure import text_width, wrapped
from orgtui.exchange.writing.drawing.shapes import Box, Connector, Drawing, Words
from orgtui.locales import translate
from orgtui.model.sentence import sentence

_WIDTH_PT, _HEIGHT_PT = 420.0, 210.0
"""The room between the axes."""
_AXIS_PT = 36.0
"""The room for the numbers beside an axis."""
_POINT_PT = 18.0
_TEXT_PT, _LEADING_PT = 10.0, 15.0
_LIST_PT, _GAP_PT = 420.0, 40.0
_BETWEEN_PT = 12.0
"""The room between drawings put below one another."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A plan in the picture: its `number`, and in words its `name` and what it leaves and costs."""

    number: str
    name: str
    said: str
    points: int
    touched: int
    is_recommended: bool = False


def draw_front(candidates: Sequence[Candidate], title: str, subtitle: str) -> Drawing:
    """The plans as numbered points, with a list of their names beside; the recommended one stands out."""
    above = head(title, subtitle, 1, 1, _AXIS_PT + _WIDTH_PT + _GAP_PT + _LIST_PT)
    top = MARGIN_PT + above.height + _LEADING_PT
    left = MARGIN_PT + _AXIS_PT
    listed, bottom = _list(candidates, left + _WIDTH_PT + _GAP_PT, top)
    axes, words = _axes(candidates, left, top)
    return Drawing(
        "suggestions",
        title,
        "; ".join((title, subtitle, *(f"{each.number} {each.name}: {each.said}" for each in candidates))),
        left + _WIDTH_PT + _GAP_PT + _LIST_PT + MARGIN_PT,
        max(bottom, top + _HEIGHT_PT + 2 * _LEADING_PT) + MARGIN_PT,
        tuple(_points(candidates, left, top)),
        axes,
        (*above.words, *words, *listed),
    )


def stacked(drawings: Sequence[Drawing]) -> Drawing:
    """Drawings below one another as one, with the key and title of the first."""
    boxes: list[Box] = []
    connectors: list[Connector] = []
    words: list[Words] = []
    y = 0.0
    for number, drawing in enumerate(drawings):
        boxes += (_box_at(each, number, y) for each in drawing.boxes)
        connectors += (_connector_at(each, number, y) for each in drawing.connectors)
        words += (replace(each, y=each.y + y) for each in drawing.words)
        y += drawing.height + _BETWEEN_PT
    return replace(
        drawings[0],
        alt="; ".join(each.alt for each in drawings),
        width=max(each.width for each in drawings),
        height=y - _BETWEEN_PT,
        boxes=tuple(boxes),
        connectors=tuple(connectors),
        words=tuple(words),
    )


def _points(candidates: Sequence[Candidate], left: float, top: float) -> Iterator[Box]:
    """A numbered box for each plan; one that would cover another stands beside it."""
    most_points, most_touched = _most(candidates)
    taken: list[tuple[float, float]] = []
    for each in sorted(candidates, key=lambda each: (each.touched, each.points, each.number)):
        x = left + (_WIDTH_PT - _POINT_PT) * each.touched / most_touched
        y = top + (_HEIGHT_PT - _POINT_PT) * (1 - each.points / most_points)
        while any(abs(x - other) < _POINT_PT and abs(y - height) < _POINT_PT for other, height in taken):
            x += _POINT_PT
        taken.append((x, y))
        number = Words(
            x + _POINT_PT / 2, y + _POINT_PT * 0.7, each.number, _TEXT_PT, "plain", "middle", is_bold=True
        )
        yield Box(
            "",
            x,
            y,
            _POINT_PT,
            _POINT_PT,
            (number,),
            is_strong=each.is_recommended,
            name=f"{each.number} {each.name}: {each.said}",
        )


def _axes(
    candidates: Sequence[Candidate], left: float, top: float
) -> tuple[tuple[Connector, ...], list[Words]]:
    most_points, most_touched = _most(candidates)
    bottom, right = top + _HEIGHT_PT, left + _WIDTH_PT
    lines = (
        Connector(((left, bottom), (left, top)), role="dim", has_arrow=True),
        Connector(((left, bottom), (right, bottom)), role="dim", has_arrow=True),
    )
    size, below = _TEXT_PT, bottom + _LEADING_PT
    words = [
        Words(left, top - 6.0, translate(sentence("points left")), size, "dim"),
        Words(left - 6.0, top + _POINT_PT * 0.7, str(most_points), size, "dim", "end"),
        Words(left - 6.0, bottom, "0", size, "dim", "end"),
        Words(right - _POINT_PT / 2, below, str(most_touched), size, "dim", "middle"),
        Words((left + right) / 2, below, translate(sentence("people touched")), size, "dim", "middle"),
        Words(left + _POINT_PT / 2, below, "0", size, "dim", "middle"),
    ]
    return lines, words


def _list(candidates: Sequence[Candidate], x: float, y: float) -> tuple[list[Words], float]:
    """The plans by number, each with its name and in a line below what it leaves and costs."""
    words: list[Words] = []
    indent = max(text_width(f"{each.number}  ", _TEXT_PT, is_bold=True) for each in candidates)
    for each in candidates:
        y += _LEADING_PT
        words.append(Words(x, y, each.number, _TEXT_PT, "plain", is_bold=True))
        for line in wrapped(each.name, _LIST_PT - indent, _TEXT_PT, is_bold=True):
            words.append(Words(x + indent, y, line, _TEXT_PT, "plain", is_bold=each.is_recommended))
            y += _LEADING_PT
        for line in wrapped(each.said, _LIST_PT - indent, _TEXT_PT):
            words.append(Words(x + indent, y, line, _TEXT_PT, "dim"))
            y += _LEADING_PT
        y -= _LEADING_PT / 2
    return words, y


def _most(candidates: Sequence[Candidate]) -> tuple[int, int]:
    return max(1, *(each.points for each in candidates)), max(1, *(each.touched for each in candidates))


def _box_at(box: Box, number: int, y: float) -> Box:
    identity = f"{number}-{box.id}" if box.id else ""
    words = tuple(replace(each, y=each.y + y) for each in box.words)
    return replace(box, id=identity, y=box.y + y, words=words)


def _connector_at(connector: Connector, number: int, y: float) -> Connector:
    ends = (f"{number}-{end}" if end else "" for end in (connector.source, connector.target))
    source, target = ends
    points = tuple((left, top + y) for left, top in connector.points)
    return replace(connector, points=points, source=source, target=target)

"""What holds for every picture: nothing overlaps, nothing is cut, nothing is too small to read."""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations

from orgtui.exchange.writing.drawing.measure import text_width
from orgtui.exchange.writing.drawing.ring import Rectangle, sampled
from orgtui.exchange.writing.drawing.shapes import Box, Drawing, Words

A3 = (1191.0, 842.0)
SMALLEST_PT = 9.0
SLACK_PT = 0.01


def assert_sound(drawing: Drawing) -> None:
    """Boxes are apart, words are within their box or beside all boxes, all is on a page that A3 can hold."""
    assert drawing.width <= A3[0] + SLACK_PT
    assert drawing.height <= A3[1] + SLACK_PT
    assert drawing.title
    assert drawing.alt
    page = Rectangle(0, 0, drawing.width, drawing.height)
    boxes = [rectangle(box) for box in drawing.boxes]
    for box, own in zip(drawing.boxes, boxes, strict=True):
        assert within(own, page), box
        for words in box.words:
            assert within(room_of(words), own), words
        assert_apart(box.words)
    for (box, one), (other, two) in combinations(zip(drawing.boxes, boxes, strict=True), 2):
        assert not one.overlaps(two.grown(-SLACK_PT)), (box, other)
    for words in drawing.words:
        room = room_of(words)
        assert within(room, page), words
        assert not any(room.overlaps(own) for own in boxes), words
    assert_apart(drawing.words)
    assert all(words.size >= SMALLEST_PT for words in all_words(drawing))
    ids = [box.id for box in drawing.boxes if box.id]
    assert len(ids) == len(set(ids))
    ends = {end for each in drawing.connectors for end in (each.source, each.target) if end}
    assert ends <= set(ids)
    for connector in drawing.connectors:
        assert all(
            -SLACK_PT <= x <= drawing.width + SLACK_PT and -SLACK_PT <= y <= drawing.height + SLACK_PT
            for x, y in connector.points
        )


def assert_no_line_behind_boxes(drawing: Drawing) -> None:
    """No line runs behind a box that it does not join."""
    boxes = [(box, rectangle(box)) for box in drawing.boxes]
    for connector in drawing.connectors:
        samples = sampled(connector.points)
        xs, ys = [x for x, _ in samples], [y for _, y in samples]
        around = Rectangle(min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)).grown(1)
        for box, own in boxes:
            if box.id not in (connector.source, connector.target) and own.overlaps(around):
                assert not any(own.contains(point) for point in samples), (connector, box.name)


def assert_apart(words: tuple[Words, ...]) -> None:
    rooms = [(room_of(each), each) for each in words]
    for (one, each), (other, another) in combinations(rooms, 2):
        assert not (one.y + SLACK_PT < other.y + other.height and one.overlaps(other.grown(-SLACK_PT))), (
            each,
            another,
        )


def rectangle(box: Box) -> Rectangle:
    return Rectangle(box.x, box.y, box.width, box.height)


@lru_cache(maxsize=100_000)
def room_of(words: Words) -> Rectangle:
    """Where a line of text stands at most, with what hangs below its baseline."""
    width = text_width(words.text, words.size, is_bold=words.is_bold)
    left = words.x - {"start": 0.0, "middle": width / 2, "end": width}[words.anchor]
    return Rectangle(left, words.y - words.size, width, words.size * 1.25)


def within(one: Rectangle, other: Rectangle) -> bool:
    return (
        one.x >= other.x - SLACK_PT
        and one.y >= other.y - SLACK_PT
        and one.x + one.width <= other.x + other.width + SLACK_PT
        and one.y + one.height <= other.y + other.height + SLACK_PT
    )


def all_words(drawing: Drawing) -> list[Words]:
    return [*drawing.words, *(words for box in drawing.boxes for words in box.words)]


def text_of(*drawings: Drawing) -> str:
    """All words of pictures in the order in which they are placed, their lines joined by spaces."""
    return " ".join(words.text for drawing in drawings for words in all_words(drawing))


def squeezed(text: str) -> str:
    """A text without its spaces: names may be wrapped anywhere."""
    return "".join(text.split())

"""A page on which the boxes, lines and words of a picture are laid out, and the legends that explain them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain

from orgtui.exchange.writing.drawing.measure import text_width, wrapped
from orgtui.exchange.writing.drawing.shapes import Anchor, Box, Connector, Drawing, Role, Words
from orgtui.exchange.writing.report import Area, Mark
from orgtui.exchange.writing.words import MARK_SIGNS, MARKS
from orgtui.locales import translate
from orgtui.model.sentence import N_, sentence

PAGE_WIDTH = 1191.0
PAGE_HEIGHT = 842.0
"""A3 landscape: a picture that is no larger keeps the sizes of its text when it is printed on one page."""

MARGIN = 24.0
SMALL = 9.0
NORMAL = 10.0
LARGE = 12.0
LEADING = 1.3
"""The distance of two baselines in sizes of the text."""


def sign_of(mark: Mark | None) -> str:
    """The sign of a mark with a space behind; empty for None."""
    return "" if mark is None else f"{MARK_SIGNS[mark]} "


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text of one look that is wrapped where it is placed."""

    text: str
    size: float = NORMAL
    role: Role = "plain"
    is_bold: bool = False
    is_struck: bool = False

    def lines(self, width: float) -> tuple[str, ...]:
        """The text in lines of at most a width."""
        return _lines(self.text, width, self.size, self.is_bold)

    def height(self, width: float) -> float:
        """How high the text stands in a width."""
        return len(self.lines(width)) * self.size * LEADING

    def width(self) -> float:
        """How wide the text is in one line."""
        return text_width(self.text, self.size, is_bold=self.is_bold)


@lru_cache(maxsize=4096)
def _lines(text: str, width: float, size: float, is_bold: bool) -> tuple[str, ...]:
    """A text in lines; kept, because a layout asks for its height before it places it."""
    return tuple(wrapped(text, width, size, is_bold=is_bold))


def height_of(paragraphs: Iterable[Paragraph], width: float) -> float:
    """How high paragraphs stand one below the other."""
    return sum(each.height(width) for each in paragraphs)


def place(
    paragraphs: Iterable[Paragraph], x: float, y: float, width: float, anchor: Anchor = "start"
) -> tuple[Words, ...]:
    """Paragraphs one below the other; `x` is their left edge and `y` the upper edge of the first."""
    start = {"start": x, "middle": x + width / 2, "end": x + width}[anchor]
    words: list[Words] = []
    for paragraph in paragraphs:
        size, role, is_bold = paragraph.size, paragraph.role, paragraph.is_bold
        for number, line in enumerate(paragraph.lines(width)):
            left, sign = start, sign_of("gone")
            if number == 0 and anchor == "start" and paragraph.is_struck and line.startswith(sign):
                words.append(Words(left, y + size, sign.strip(), size, role, anchor, is_bold))
                left += text_width(sign, size, is_bold=is_bold)
                line = line.removeprefix(sign)
            words.append(Words(left, y + size, line, size, role, anchor, is_bold, paragraph.is_struck))
            y += size * LEADING
    return tuple(words)


@dataclass(frozen=True, slots=True)
class Legend:
    """One sign of a legend: a swatch of a tone, or nothing, and what it means."""

    paragraph: Paragraph
    tone: int | None = None


SWATCH = 10.0
_BETWEEN = 22.0
_LEGEND_LINE = 16.0


@dataclass(slots=True)
class Sheet:
    """What has been placed on a page so far."""

    boxes: list[Box] = field(default_factory=list)
    connectors: list[Connector] = field(default_factory=list)
    words: list[Words] = field(default_factory=list)

    def write(
        self,
        paragraphs: Iterable[Paragraph],
        x: float,
        y: float,
        width: float,
        anchor: Anchor = "start",
    ) -> None:
        """Place paragraphs outside of boxes."""
        self.words.extend(place(paragraphs, x, y, width, anchor))

    def legend(self, items: Sequence[Legend], x: float, y: float, width: float) -> float:
        """Place a legend in lines of at most a width, and give its height."""
        top = y
        for line in _legend_lines(items, width):
            left = x
            for item in line:
                indent = 0.0 if item.tone is None else SWATCH + 5
                if item.tone is not None:
                    self.boxes.append(
                        Box("", left, y + 1, SWATCH, SWATCH, tone=item.tone, name=item.paragraph.text)
                    )
                self.write((item.paragraph,), left + indent, y, width - indent)
                left += indent + item.paragraph.width() + _BETWEEN
            y += max(
                _LEGEND_LINE,
                *(item.paragraph.height(width - SWATCH - 5) + 3 for item in line),
            )
        return y - top

    def drawing(self, key: str, title: str, alt: str, width: float, height: float) -> Drawing:
        """The page as a picture."""
        return Drawing(
            key,
            title,
            alt,
            width,
            height,
            tuple(self.boxes),
            tuple(self.connectors),
            tuple(self.words),
        )


def legend_height(items: Sequence[Legend], width: float) -> float:
    """How high a legend will be."""
    return Sheet().legend(items, 0, 0, width)


def _legend_lines(items: Sequence[Legend], width: float) -> Iterator[list[Legend]]:
    line: list[Legend] = []
    used = 0.0
    for item in items:
        needed = item.paragraph.width() + (0 if item.tone is None else SWATCH + 5)
        if line and used + needed > width:
            yield line
            line, used = [], 0.0
        line.append(item)
        used += needed + _BETWEEN
    if line:
        yield line


def mark_legend(marks: Iterable[Mark | None]) -> list[Legend]:
    """The signs of the marks that a picture has, in words."""
    present = set(marks)
    return [
        Legend(Paragraph(f"{sign_of(mark)}{translate(sentence(words))}", SMALL, mark))
        for mark, words in MARKS.items()
        if mark in present
    ]


def area_legend(areas: Sequence[Area], present: Iterable[str | None]) -> list[Legend]:
    """The areas that a picture has, each by its tone and its number."""
    shown = set(present)
    return [
        Legend(Paragraph(f"{area.number + 1}  {area.name}", SMALL), area.number)
        for area in areas
        if area.id in shown
    ]


def numbered(drawings: Sequence[Drawing]) -> tuple[Drawing, ...]:
    """Pages of one picture with their number in key and title; one page as it is."""
    if len(drawings) == 1:
        return tuple(drawings)
    return tuple(
        replace(
            drawing,
            key=f"{drawing.key}-{number}",
            title=translate(
                sentence(
                    N_("{title} ({page} of {pages})"),
                    title=drawing.title,
                    page=number,
                    pages=len(drawings),
                )
            ),
        )
        for number, drawing in enumerate(drawings, 1)
    )


def joined(*groups: Iterable[Legend]) -> list[Legend]:
    """Several groups of a legend as one."""
    return list(chain.from_iterable(groups))

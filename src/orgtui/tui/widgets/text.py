"""Renders rows as strips and roles as styles; the only place that does, and nothing is parsed as markup.

Colour shows severity, change, areas and stages, always together with a sign, a letter or a position of the
same meaning.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from operator import is_not, ne, or_

from rich.segment import Segment
from rich.style import Style
from textual.geometry import Region
from textual.strip import Strip

from orgtui.model.gate import redact_control_chars
from orgtui.tui.themes.builtin import AUTO
from orgtui.tui.themes.styles import (
    NAMED_COLOURS,
    NUMBERED_COLOURS,
    Styles,
    TerminalColours,
    styles_for,
)
from orgtui.views.base.cells import cell_len, clip, has_ambiguous_width, line_breaks, split_cells
from orgtui.views.base.row import Role, Row, Span

MARGIN = 3
"""Width in cells of a row's margin, which shows a mark of change or a balance."""

GUTTER = 1 + MARGIN
"""Width in cells of what precedes a row's text: the mark, then the margin."""

_RUN = re.compile(rb"\x01(?:\0{0,6}\x01)*")
"""What differs by cell, joined over gaps that cost no more than another move of the cursor."""

_IN_ASCII = str.maketrans(
    {"…": "...", "“": '"', "”": '"', "’": "'", "×": "x", "↑": "^", "↓": "v", "→": ">", "←": "<"}
    | dict.fromkeys("–—−", "-")
)
"""ASCII replacements for the punctuation of the program's own sentences; names stay as they are."""


@dataclass(frozen=True, slots=True)
class Glyphs:
    """The signs that panes draw themselves."""

    related: str = "›"
    marked: str = "■"
    carried: str = "▣"
    peer: str = "◂"
    ellipsis: str = "…"
    horizontal: str = "─"
    vertical: str = "│"


ASCII = Glyphs(related=">", marked="*", carried="^", peer="<", ellipsis="~", horizontal="-", vertical="|")


@dataclass(slots=True)
class Theme:
    """The styles and the glyphs for a terminal, shared by all widgets; `wear` gives it other styles.

    `ascii`: only ASCII is drawn, apart from names; `utf8`: the terminal accepts UTF-8.
    """

    worn: Styles
    glyphs: Glyphs
    ascii: bool = False
    utf8: bool = True

    @property
    def styles(self) -> Mapping[Role, Style | None]:
        """The styles by role."""
        return self.worn.roles

    def wear(self, styles: Styles) -> None:
        """Take other styles; what is on screen has to be painted again."""
        self.worn = styles

    def style(self, role: Role, cursor: bool) -> Style | None:
        if cursor:
            return self.worn.cursor_struck if role == "resolved" else self.worn.cursor
        return self.worn.roles[role]

    def blank(self, width: int) -> Strip:
        """A line without text."""
        return _blank(width, self.styles["plain"])


@lru_cache(maxsize=64)
def _blank(width: int, style: Style | None) -> Strip:
    return Strip.blank(width, style)


def theme_for(
    environ: Mapping[str, str], ascii_only: bool = False, *, utf8: bool = True, colours: int = NAMED_COLOURS
) -> Theme:
    """The theme for a terminal with this environment and number of colours, dark or light as it is.

    A terminal without UTF-8 is drawn in ASCII.
    """
    in_ascii = ascii_only or not utf8
    styles = styles_for(AUTO, None, terminal_colours(environ, colours))
    return Theme(styles, ASCII if in_ascii else Glyphs(), in_ascii, utf8)


def terminal_colours(environ: Mapping[str, str], count: int) -> TerminalColours:
    """What a terminal with a number of colours can show.

    `COLORFGBG` indicates a light background; `NO_COLOR` leaves attributes only; `COLORTERM` tells of more
    colours than terminfo knows.
    """
    light = environ.get("COLORFGBG", "").rpartition(";")[2] in ("7", "15")
    if environ.get("COLORTERM") in ("truecolor", "24bit"):
        count = max(count, NUMBERED_COLOURS)
    return TerminalColours(0 if environ.get("NO_COLOR") else count, None, light)


def printable(text: str) -> str:
    """The text with control characters made visible; a second safeguard, as data is checked when read."""
    return redact_control_chars(text)


def fit(spans: Iterable[Span], width: int, theme: Theme) -> tuple[list[Span], int]:
    """The spans clipped to `width` cells, and their width in cells."""
    kept: list[Span] = []
    taken = 0
    for span in spans:
        text = printable(span.text)
        if theme.ascii and not text.isascii():
            text = text.translate(_IN_ASCII)
        cells = cell_len(text)
        if taken + cells > width:
            text = clip(text, width - taken, theme.glyphs.ellipsis)
            kept.append(Span(text, span.role, span.does))
            return kept, taken + cell_len(text)
        kept.append(Span(text, span.role, span.does))
        taken += cells
    return kept, taken


def strip(row: Row, width: int, theme: Theme, *, mark: str = " ", cursor: bool = False) -> Strip:
    """A row as one line of `width` cells: mark, margin, text from the left, text at the right edge."""
    room = max(0, width - GUTTER)
    margin, margin_width = fit((row.margin,), MARGIN, theme)
    right, right_width = fit(row.right, room, theme)
    left, left_width = fit(row.left, room - right_width - (1 if right_width else 0), theme)
    gap = " " * (room - left_width - right_width)
    gutter = (Span(mark), *margin, Span(" " * (MARGIN - margin_width)))
    return Strip(segments((*gutter, *left, Span(gap), *right), theme, cursor), width)


def strips(
    row: Row, width: int, theme: Theme, *, mark: str = " ", cursor: bool = False, most: int
) -> list[Strip]:
    """A row as at most `most` lines of `width` cells: what is cut in one line is wrapped below its text."""
    room = max(1, width - GUTTER - (_cells(row.right) + 1 if row.right else 0))
    if most == 1 or _cells(row.left) <= room:
        return [strip(row, width, theme, mark=mark, cursor=cursor)]
    first, *others = wrap(row.left, room, hanging_indent(row.left, room))
    lines = [replace(row, left=first), *(Row(row.ref, left) for left in others)]
    marks = (mark, *(" " for _ in others))
    return [
        strip(each, width, theme, mark=its, cursor=cursor)
        for each, its in zip(lines[:most], marks, strict=False)
    ]


def fits(row: Row, width: int) -> bool:
    """Whether a row is not cut in `width` cells beside its margin."""
    return _cells(row.left) + (_cells(row.right) + 1 if row.right else 0) <= width


def hanging_indent(spans: Sequence[Span], width: int) -> int:
    """Where lines below the first one begin: behind short columns, such as a sign, a code or a label."""
    first, reach = spans[0].text, 0
    for at, span in enumerate(spans[:-1]):
        cells = cell_len(span.text)
        if reach + cells > width * 2 // 5 or (at and not span.text.endswith(" ")):
            break
        reach += cells
    return reach or min(len(first) - len(first.lstrip()) + 2, width // 2)


def wrap(spans: Sequence[Span], width: int, indent: int = 0) -> list[tuple[Span, ...]]:
    """Spans in lines of `width` cells, those below the first one indented."""
    words = "".join(span.text for span in spans)
    lines: list[tuple[Span, ...]] = []
    for start, end in line_breaks(words, width, max(1, width - indent)):
        before = (Span(" " * indent),) if lines and indent else ()
        lines.append((*before, *_slice(spans, start, end)))
    return lines


def _slice(spans: Iterable[Span], start: int, end: int) -> Iterator[Span]:
    """The spans of the characters from `start` to `end`."""
    at = 0
    for span in spans:
        piece = span.text[max(0, start - at) : max(0, end - at)]
        if piece:
            yield Span(piece, span.role, span.does)
        at += len(span.text)


def _cells(spans: Iterable[Span]) -> int:
    return sum(cell_len(span.text) for span in spans)


def does_at(row: Row, width: int, theme: Theme, x: int) -> str:
    """The command that a click on a cell of a row runs, by id; empty if it runs none."""
    room = max(0, width - GUTTER)
    _, right_width = fit(row.right, room, theme)
    left, _ = fit(row.left, room - right_width - (1 if right_width else 0), theme)
    return _does_at(left, x - GUTTER)


def line_does_at(row: Row, width: int, theme: Theme, x: int) -> str:
    """The command that a click on a cell of a line runs, by id; empty if it runs none."""
    right, right_width = fit(row.right, width, theme)
    left, _ = fit(row.left, width - right_width, theme)
    return _does_at(left, x) or _does_at(right, x - width + right_width)


def _does_at(spans: Iterable[Span], x: int) -> str:
    end = 0
    for span in spans:
        begin, end = end, end + cell_len(span.text)
        if begin <= x < end:
            return span.does
    return ""


def line(left: Iterable[Span], width: int, theme: Theme, right: Iterable[Span] = ()) -> Strip:
    """Text from the left and text at the right edge as one line of exactly `width` cells."""
    kept_right, right_width = fit(right, width, theme)
    kept, taken = fit(left, width - right_width, theme)
    gap = " " * (width - taken - right_width)
    return Strip(segments((*kept, Span(gap), *kept_right), theme), width)


def wrapped_lines(row: Row, width: int, theme: Theme, *, cursor: bool = False) -> list[Strip]:
    """A row without margin in as many lines of `width` cells as it needs, at least one."""
    right = _cells(row.right)
    room = max(1, width - (right + 1 if right else 0))
    indent = len(row.left[0].text) - len(row.left[0].text.lstrip()) if row.left else 0
    first, *others = wrap(row.left, room, min(indent, room - 1))
    lines = (line(first, width, theme, row.right), *(line(left, width, theme) for left in others))
    return [_under_cursor(each, theme) for each in lines] if cursor else list(lines)


def _under_cursor(line: Strip, theme: Theme) -> Strip:
    """A line with its words in the style of the cursor; blanks in it would cost a byte for each cell."""
    words = f"{line.text.rstrip()} "[: len(line.text)]
    blank = line.text[len(words) :]
    made = [Segment(words, theme.worn.cursor), Segment(blank, theme.styles["plain"])]
    return Strip(made if blank else made[:1], line.cell_length)


def segments(spans: Iterable[Span], theme: Theme, cursor: bool = False) -> list[Segment]:
    """Spans as segments, neighbours of one style in one."""
    made: list[Segment] = []
    text, style = "", theme.style("plain", cursor)
    for span in spans:
        if not span.text:
            continue
        its_style = theme.style(span.role, cursor)
        if its_style is style:
            text += span.text
        else:
            if text:
                made.append(Segment(text, style))
            text, style = span.text, its_style
    if text:
        made.append(Segment(text, style))
    return made


def changed_runs(was: Strip, now: Strip) -> list[tuple[int, int]]:
    """Where two strips of equal width differ: first cell and end of each run, near ones joined."""
    if has_ambiguous_width(was.text) or has_ambiguous_width(now.text):
        return [(0, max(was.cell_length, now.cell_length))]  # it may reach over what did not change
    cells, styles = _cells_of(was)
    cells_now, styles_now = _cells_of(now)
    differs = bytes(map(or_, map(ne, cells, cells_now), map(is_not, styles, styles_now)))
    return [found.span() for found in _RUN.finditer(differs)]


def changed_regions(was: Sequence[Strip], now: Sequence[Strip], top: int = 0) -> list[Region]:
    """Where lines of equal widths differ; the first one is at `top`."""
    return [
        Region(start, y, end - start, 1)
        for y, (before, after) in enumerate(zip(was, now, strict=True), top)
        if before is not after and before != after
        for start, end in changed_runs(before, after)
    ]


def _cells_of(strip: Strip) -> tuple[Sequence[str], Sequence[Style | None]]:
    """What is in each cell, and its style."""
    styles: list[Style | None] = []
    for text, style, _ in strip:
        styles += [style] * cell_len(text)
    return split_cells(strip.text), styles

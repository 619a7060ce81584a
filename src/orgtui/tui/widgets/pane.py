"""A scrolling list of rows with a title and a cursor, painted line by line."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence, Set
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from rich.segment import Segment
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from orgtui.model.sentence import Ref
from orgtui.tui.widgets import text
from orgtui.tui.widgets.text import Theme
from orgtui.views.base.cells import cell_len
from orgtui.views.base.row import HasHeadings, Row, Rows, Span, full_text, says_all

NO_REFS: frozenset[Ref] = frozenset()
NO_PEERS: Mapping[Ref, str] = MappingProxyType({})

NOT_PAINTED = Size(-1, -1)
"""The painted size while nothing is painted."""

WHEEL_ROWS = 3
"""Rows scrolled by one notch of the wheel."""


class _Line(NamedTuple):
    """A row with its strips, if it has been rendered, and what they depend on: mark, peers, cursor."""

    row: Row
    decoration: tuple[str, str, bool] | None = None
    strips: Sequence[Strip] = ()


def no_cover(width: int) -> Sequence[Strip]:
    """Nothing that covers rows, at any width."""
    return ()


class Pane(Widget, can_focus=False, inherit_bindings=False):
    """Shows a window of rows with a cursor; repaints only the lines that changed.

    `top` is the index of the first scrolled row on screen, `cursor` the index of the row under the cursor;
    `aside` words what is said at the right of the title, whenever the size has changed. `cover` is what is
    shown over the last lines, for the width; below that, `covered` lines lie under something else. A pane
    that `wraps` shows in several lines what is cut in one.
    """

    DEFAULT_CSS = ""
    wraps = False

    def __init__(self, name: str, label: str, rows: Rows, theme: Theme) -> None:
        super().__init__(id=name)
        self.label = label
        self.aside: Callable[[], str] = str
        self.cover: Callable[[int], Sequence[Strip]] = no_cover
        self._covering: Sequence[Strip] = ()
        self.covered = 0
        self.rows = rows
        self.theme = theme
        self.top = 0
        self.cursor = 0
        self.active = False
        self.related: Set[Ref] = NO_REFS
        self.marked: Collection[Ref | None] = NO_REFS
        self.carried: Collection[Ref] = NO_REFS
        self.peer_cursors: Mapping[Ref, str] = NO_PEERS
        self._headings = headings_of(rows)
        self._lines: dict[int, _Line] = {}
        self._cut_texts: dict[int, Sequence[Span]] = {}
        self._painted: list[Strip] = []
        self._rows_shown: list[int] = []
        self._refs_shown: Set[Ref | None] = NO_REFS
        self._painted_size = NOT_PAINTED
        self._title: Strip | None = None
        self._pressed: int | None = None

    class Pressed(Message):
        """The mouse was pressed on a row, or on the title.

        `line` is the index of the row, None for the title and below the last row; `does` is the command that
        a click on that cell runs, by id. `again`: it was pressed there before.
        """

        def __init__(self, pane: Pane, line: int | None, does: str = "", again: bool = False) -> None:
            super().__init__()
            self.pane = pane
            self.line = line
            self.does = does
            self.again = again

    class Scrolled(Message):
        """The wheel was turned over a pane; `by` is in rows, positive downwards."""

        def __init__(self, pane: Pane, by: int) -> None:
            super().__init__()
            self.pane = pane
            self.by = by

    # -- positions -----------------------------------------------------------------------------

    @property
    def page(self) -> int:
        """How many rows fit below the headings."""
        room = self._room
        return max(0, room - min(self._headings, room // 2))

    @property
    def headings(self) -> int:
        """How many of the first rows do not scroll: at most half the lines of the pane."""
        return min(self._headings, self._room // 2)

    @property
    def _room(self) -> int:
        """How many lines there are below the title."""
        return self._room_in(self.size)

    def _room_in(self, size: Size) -> int:
        return max(0, size.height - 1 - self.covered)

    @property
    def draws(self) -> bool:
        """Whether a picture is shown in place of rows."""
        return False

    @property
    def ref(self) -> Ref | None:
        """What the row under the cursor refers to."""
        return self.rows.ref(self.cursor) if self.cursor < len(self.rows) else None

    def refs_from_cursor(self) -> list[Ref]:
        """What the row under the cursor refers to, then those below it on screen, then those above it."""
        seen = self.visible_refs()
        if self.ref is None or self.ref not in seen:
            return seen if self.ref is None else [self.ref, *seen]
        here = seen.index(self.ref)
        return [*seen[here:], *reversed(seen[:here])]

    def visible_refs(self) -> list[Ref]:
        """What the rows on screen refer to, headings left out."""
        last = min(len(self.rows), self.top + self.page)
        return [ref for ref in map(self.rows.ref, range(self.top, last)) if ref is not None]

    # -- moving --------------------------------------------------------------------------------

    def move(self, by: int) -> bool:
        """Move the cursor by a number of rows and scroll to it; returns whether it moved."""
        return self.move_to(self.cursor + by)

    def move_to(self, index: int) -> bool:
        """Move the cursor to the row nearest to an index and scroll to it; returns whether it moved."""
        before = self.cursor
        self.cursor = index
        self._follow()
        self.repaint()
        return self.cursor != before

    def go_to(self, ref: Ref) -> bool:
        """Move the cursor to the row of `ref`; returns whether there is one."""
        index = self.rows.index_of(ref)
        if index is None:
            return False
        self.move_to(index)
        return True

    def scroll_rows(self, by: int) -> bool:
        """Scroll and move the cursor by a number of rows; returns whether the cursor moved."""
        self.top += by
        return self.move(by)

    def _follow(self) -> None:
        room = self._room
        above = min(self._headings, room // 2)
        first = next((row for row in range(above) if self.rows.ref(row) is not None), above)
        self.cursor = max(min(first, len(self.rows) - 1), 0, min(self.cursor, len(self.rows) - 1))
        self.top = above + window_top(
            self.top - above, max(0, self.cursor - above), max(0, room - above), len(self.rows) - above
        )
        if self.wraps and self.size.width:
            self.top = max(self.top, self._first_with(self.cursor))

    def _first_with(self, index: int) -> int:
        """The first row from which on a row is on screen as a whole."""
        room = self.page - self._height(index)
        while index > self.headings and room >= self._height(index - 1):
            index -= 1
            room -= self._height(index)
        return index

    def _height(self, index: int) -> int:
        """How many lines a row takes."""
        return len(self._strips_of(index, len(self.rows), self.size.width)) if index < len(self.rows) else 1

    def line_of(self, index: int) -> int:
        """The line of the pane on which a row begins, counted from its title."""
        between = range(self.top, min(index, self.top + self.page))
        return 1 + self.headings + min(self.page, sum(map(self._height, between)))

    def lines_of(self, rows: Rows, width: int, most: int) -> int:
        """How many lines, up to `most`, rows take in a pane of a width, the title not counted."""
        lines = 0
        for index in range(min(len(rows), most)):
            row = rows.row(index, max(0, width - text.GUTTER))
            lines += len(text.strips(row, width, self.theme, most=most)) if self.wraps else 1
        return min(lines, most)

    @property
    def cut_text(self) -> Sequence[Span]:
        """What the row under the cursor says in full, if it does not show all of it."""
        size = self.size
        width = size.width - text.GUTTER
        if self.wraps or width <= 0 or self.cursor >= len(self.rows):
            return ()
        painted = self._lines.get(self.cursor) if self._painted_size == size else None
        if painted is None:
            return self._cut_text(self.rows.row(self.cursor, width), width)
        if self.cursor not in self._cut_texts:
            self._cut_texts[self.cursor] = self._cut_text(painted.row, width)
        return self._cut_texts[self.cursor]

    def _cut_text(self, row: Row, width: int) -> Sequence[Span]:
        full = full_text(self.rows, self.cursor)
        return () if text.fits(row, width) and says_all(row, full) else full

    # -- content -------------------------------------------------------------------------------

    def show(self, rows: Rows) -> None:
        """Show other rows, with the cursor on the same reference if it is there, else below headings."""
        ref = self.ref
        self._pressed = None
        self.rows = rows
        self._headings = headings_of(rows)
        if ref is None:
            self.cursor = max(self.cursor, self._headings)
        self.reload(ref)

    def reload(self, keep: Ref | None = None) -> None:
        """Ask for all visible rows again, with the cursor on `keep` if it is there; repaint changes."""
        self._headings = headings_of(self.rows)
        index = None if keep is None else self.rows.index_of(keep)
        if index is not None:
            self.top += index - self.cursor
            self.cursor = index
        self._follow()
        old, self._lines, self._cut_texts = self._lines, {}, {}
        size = self.size
        count, width = len(self.rows), max(0, size.width - text.GUTTER)
        for line in self._visible(self._room_in(size)):
            if line < count:
                before, row = old.get(line), self.rows.row(line, width)
                self._lines[line] = before if before is not None and before.row == row else _Line(row)
        self.repaint()

    def highlight_related(self, related: Set[Ref]) -> None:
        """Highlight exactly these references: what is related to the selection in another pane."""
        changed = related ^ self.related
        self.related = related
        if not changed.isdisjoint(self._refs_shown):
            self.repaint()

    def show_peer_cursors(self, peer_cursors: Mapping[Ref, str]) -> None:
        """Show beside each row the names of the peers whose cursors are on it."""
        if peer_cursors != self.peer_cursors:
            self.peer_cursors = peer_cursors
            self.repaint()

    def set_active(self, active: bool) -> None:
        """Make the pane the one that gets the keys, or not."""
        if self.active != active:
            self.active = active
            self._title = None
            self.refresh(Region(0, 0, cell_len(self.label) + 2, 1))
            self.repaint()

    def set_covered(self, lines: int) -> None:
        """Keep rows out of the last lines, over which something else is shown."""
        if self.covered != lines:
            self.covered = lines
            self._follow()
            self.repaint()

    @property
    def is_covered(self) -> bool:
        """Whether something is shown over the last lines."""
        return bool(self._covering)

    def reload_cover(self) -> None:
        """Ask again for what is shown over the last lines."""
        cover = self.cover(self.size.width)
        if cover != self._covering:
            self._covering = cover
            self.repaint()

    def set_label(self, label: str) -> None:
        if self.label != label:
            reach = max(cell_len(self.label), cell_len(label)) + 2
            self.label = label
            self._title = None
            self.refresh(Region(0, 0, reach, 1))

    def repaint(self) -> None:
        """Repaint the lines whose strips changed."""
        size = self.size
        if self._painted_size != size:
            self._painted_size = NOT_PAINTED  # a hidden pane may come back in its old size
            return  # the frame that shows it paints everything
        painted = self._strips()
        dirty = text.changed_regions(self._painted, painted, 1)
        self._painted = painted
        if dirty:
            self.refresh(*dirty)
        if len(self._lines) > 8 * size.height:
            self._lines = {line: self._lines[line] for line in self._rows_shown if line in self._lines}
            self._cut_texts = {}

    def restyle(self) -> None:
        """Paint everything again, in the styles that the theme has now."""
        self._painted_size = NOT_PAINTED
        self.refresh()

    # -- painting ------------------------------------------------------------------------------

    def _resized(self) -> None:
        self._painted_size = self.size
        self._lines, self._cut_texts = {}, {}
        self._title = None
        self._follow()
        self._covering = self.cover(self.size.width)
        self._painted = self._strips()

    def _visible(self, room: int) -> list[int]:
        headings = min(self._headings, room // 2)
        return [*range(headings), *range(self.top, self.top + room - headings)]

    def _strips(self) -> list[Strip]:
        """The strips of all lines below the title."""
        size = self._painted_size
        room, width = self._room_in(size), size.width
        strips = self._row_strips(room, width)
        if not self._covering and not self.covered:
            return strips
        cover = self._covering[:room]
        below = [self.theme.blank(width)] * min(self.covered, max(0, size.height - 1))
        return [*strips[: room - len(cover)], *cover, *below]

    def _row_strips(self, room: int, width: int) -> list[Strip]:
        """The strips of the rows on screen; remembers which row each shows."""
        visible, count = self._visible(room), len(self.rows)
        if self.wraps:
            strips: list[Strip] = []
            self._rows_shown = []
            for line in visible:
                of_row = self._strips_of(line, count, width)[: room - len(strips)]
                strips += of_row
                self._rows_shown += [line] * len(of_row)
        else:
            strips = [self._strips_of(line, count, width)[0] for line in visible]
            self._rows_shown = visible
        self._refs_shown = {kept.row.ref for line in visible if (kept := self._lines.get(line)) is not None}
        return strips

    def _strips_of(self, line: int, count: int, width: int) -> Sequence[Strip]:
        """The strips of a row, rendered again only if something that it depends on changed."""
        kept = self._lines.get(line)
        if kept is None and line >= count:
            return (self.theme.blank(width),)
        row = self.rows.row(line, max(0, width - text.GUTTER)) if kept is None else kept.row
        ref = row.ref
        mark, cursor = self._mark(ref), self.active and line == self.cursor
        peer_cursors = "" if ref is None or not self.peer_cursors else self.peer_cursors.get(ref, "")
        decoration = (mark, peer_cursors, cursor)
        if kept is not None and kept.decoration == decoration:
            return kept.strips
        shown = row if not peer_cursors else replace(row, right=(*row.right, self._named(peer_cursors)))
        most = max(1, self.page) if self.wraps else 1
        strips = text.strips(shown, width, self.theme, mark=mark, cursor=cursor, most=most)
        self._lines[line] = _Line(row, decoration, strips)
        return strips

    def _named(self, peer_cursors: str) -> Span:
        return Span(f" {self.theme.glyphs.peer}{peer_cursors}", "heading")

    def _mark(self, ref: Ref | None) -> str:
        glyphs = self.theme.glyphs
        if ref in self.carried:
            return glyphs.carried
        if ref in self.marked:
            return glyphs.marked
        return glyphs.related if ref in self.related else " "

    # -- the mouse -------------------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        event.stop()
        line = self._rows_shown[event.y - 1] if 0 < event.y <= len(self._rows_shown) else None
        if line is None or line >= len(self.rows):
            self._pressed = None
            self.post_message(self.Pressed(self, None))
            return
        is_first = event.y == 1 or self._rows_shown[event.y - 2] != line
        row = self.rows.row(line, max(0, self.size.width - text.GUTTER))
        does = text.does_at(row, self.size.width, self.theme, event.x) if is_first else ""
        again = self.active and line == self.cursor == self._pressed
        self._pressed = line
        self.post_message(self.Pressed(self, line, does, again))

    def on_mouse_scroll_down(self) -> None:
        self.post_message(self.Scrolled(self, WHEEL_ROWS))

    def on_mouse_scroll_up(self) -> None:
        self.post_message(self.Scrolled(self, -WHEEL_ROWS))

    def _titled(self) -> Strip:
        width = self.size.width
        spans, _ = text.fit((Span(self.label),), max(0, width - 2), self.theme)
        label = "".join(span.text for span in spans)
        title_style = self.theme.worn.title_active if self.active else self.theme.styles["heading"]
        title = Segment(f" {label} " if label else "", title_style)
        rest = max(0, width - cell_len(title.text))
        aside = self.aside()
        aside = f" {aside} " if aside and cell_len(aside) + 2 <= rest else ""
        styles = self.theme.styles
        rule = Segment(self.theme.glyphs.horizontal * (rest - cell_len(aside)), styles["dim"])
        return Strip([title, rule, *([Segment(aside, styles["plain"])] if aside else [])], width)

    def render_lines(self, crop: Region) -> list[Strip]:
        """The lines as painted last; Textual's own cache would only repeat this one."""
        if self._painted_size != self.size:
            self._resized()
        if self._title is None:
            self._title = self._titled()
        lines = [self._title, *self._painted][crop.y : crop.bottom]
        if crop.column_span == (0, self.size.width):
            return lines
        return [line.crop(crop.x, crop.right) for line in lines]


def headings_of(rows: Rows) -> int:
    """How many of the first rows do not scroll."""
    return rows.headings if isinstance(rows, HasHeadings) else 0


def window_top(top: int, cursor: int, page: int, count: int) -> int:
    """The first of the `page` visible rows among `count`, scrolled as little as shows the cursor.

    No empty lines are left at the end.
    """
    if page <= 0:
        return cursor
    top = max(cursor - page + 1, min(top, cursor))
    return max(0, min(top, count - page))

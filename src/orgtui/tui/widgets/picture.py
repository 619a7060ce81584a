"""A pane that shows some of its views as a picture with a cursor that walks from box to box."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from textual import events
from textual.strip import Strip

from orgtui.model.sentence import Ref
from orgtui.tui.widgets import text
from orgtui.tui.widgets.pane import Pane, window_top
from orgtui.views.base.row import Span, full_text
from orgtui.views.knowledge.drawn import drawing_of

if TYPE_CHECKING:
    from orgtui.views.knowledge.picture import Direction, Drawing, Looks, Picture

INDENT = " "
"""Beside the picture, at the left edge of the pane."""


class PicturePane(Pane):
    """A pane whose rows may be the boxes of a picture; `top` is then the first line of it on screen."""

    @property
    def drawing(self) -> Drawing | None:
        """The picture that is shown now, if any."""
        return drawing_of(self.rows)

    @property
    def draws(self) -> bool:
        return self.drawing is not None

    @property
    def headings(self) -> int:
        if self.drawing is None:
            return super().headings
        return min(self._picture(self.drawing).fixed, self._room // 2) if self.size.width else 0

    def visible_refs(self) -> list[Ref]:
        if self.drawing is None:
            return super().visible_refs()
        shown = range(self.top, self.top + self.page)
        boxes = sorted(self._picture(self.drawing).boxes.items())
        seen = [self.drawing.ref(place) for place, box in boxes if box.top + 1 in shown]
        return [ref for ref in seen if ref is not None]

    # -- moving --------------------------------------------------------------------------------

    def walk(self, direction: Direction) -> bool:
        """Go to the next box in a direction; returns whether there is one."""
        drawing = self.drawing
        return drawing is not None and self.move_to(self._picture(drawing).step(self.cursor, direction))

    def move(self, by: int) -> bool:
        if self.drawing is None:
            return super().move(by)
        picture, place = self._picture(self.drawing), self.cursor
        for _ in range(abs(by)):
            place = picture.step(place, "down" if by > 0 else "up")
        return self.move_to(place)

    def scroll_rows(self, by: int) -> bool:
        """Scroll by a number of lines, and move the cursor to a box as far away."""
        if self.drawing is None:
            return super().scroll_rows(by)
        picture, before = self._picture(self.drawing), self.cursor
        box = picture.boxes.get(before)
        if box is None:
            return False
        self.top += by
        wanted = box.top + by

        def distance(place: int) -> tuple[int, int]:
            other = picture.boxes[place]
            return abs(other.top - wanted), abs(other.left - box.left)

        nearest = min(picture.boxes, key=distance)
        if nearest == before:
            return self.walk("down" if by > 0 else "up")
        return self.move_to(nearest)

    def _follow(self) -> None:
        drawing = self.drawing
        if drawing is None:
            super()._follow()
            return
        self.cursor = max(0, min(self.cursor, len(drawing) - 1))
        if not self.size.width:
            return  # the frame that shows it follows
        picture = self._picture(drawing)
        above, count = self.headings, len(picture.lines)
        box = picture.boxes[self.cursor]
        for line in (box.bottom - 1, box.top):
            scrolled = window_top(self.top - above, line - above, self.page, count - above)
            self.top = above + scrolled

    def reload(self, keep: Ref | None = None) -> None:
        drawing = self.drawing
        if drawing is None:
            super().reload(keep)
            return
        index = None if keep is None else drawing.index_of(keep)
        self.cursor = self.cursor if index is None else index
        self._follow()
        self.repaint()

    @property
    def cut_text(self) -> Sequence[Span]:
        """What the team under the cursor shares: no line of the picture says it in words."""
        if self.drawing is None:
            return super().cut_text
        return full_text(self.drawing, self.cursor) if self.cursor < len(self.drawing) else ()

    # -- painting ------------------------------------------------------------------------------

    def _picture(self, drawing: Drawing) -> Picture:
        return drawing.picture(max(0, self.size.width - len(INDENT)), self.cursor)

    def _visible(self, room: int) -> list[int]:
        if self.drawing is None:
            return super()._visible(room)
        headings = min(self.headings, room // 2)
        return [*range(headings), *range(self.top, self.top + room - headings)]

    def _row_strips(self, room: int, width: int) -> list[Strip]:
        drawing = self.drawing
        if drawing is None:
            return super()._row_strips(room, width)
        from orgtui.views.knowledge.picture import Looks

        picture = self._picture(drawing)
        looks = Looks(self.ref, self._mark, self._peers_at)
        self._rows_shown = self._visible(room)
        self._refs_shown = {drawing.ref(place) for place in range(len(drawing))}
        return [
            self._drawn(drawing, picture, line, looks)
            if line < len(picture.lines)
            else self.theme.blank(width)
            for line in self._rows_shown
        ]

    def _drawn(self, drawing: Drawing, picture: Picture, line: int, looks: Looks) -> Strip:
        """One line of the picture; the box under the cursor stands out in the active pane."""
        width = self.size.width
        segments = text.segments([Span(INDENT)], self.theme)
        taken = len(INDENT)
        pieces = drawing.pieces(picture, line, looks)
        for is_cursor, group in groupby(pieces, key=lambda piece: piece.is_cursor and self.active):
            spans, cells = text.fit((piece.span for piece in group), width - taken, self.theme)
            segments += text.segments(spans, self.theme, is_cursor)
            taken += cells
        segments += text.segments([Span(" " * (width - taken))], self.theme)
        return Strip(segments, width)

    def _peers_at(self, ref: Ref) -> str:
        names = self.peer_cursors.get(ref, "")
        return f" {self.theme.glyphs.peer}{names}" if names else ""

    # -- the mouse -----------------------------------------------------------------------------

    def on_mouse_down(self, event: events.MouseDown) -> None:
        drawing = self.drawing
        if drawing is None:
            super().on_mouse_down(event)
            return
        event.stop()
        line = self._rows_shown[event.y - 1] if 0 < event.y <= len(self._rows_shown) else -1
        place = self._picture(drawing).at(line, event.x - len(INDENT))
        again = self.active and place is not None and place == self.cursor == self._pressed
        self._pressed = place
        self.post_message(self.Pressed(self, place, "", again))

"""A line of text above or below the panes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from orgtui.tui import text
from orgtui.tui.text import Look
from orgtui.views.row import Span

Words = Callable[[int], Sequence[Span]]
"""What a line says in a number of cells."""


class Line(Widget, can_focus=False, inherit_bindings=False):
    """One line of text, painted again up to the last cell that changed."""

    DEFAULT_CSS = ""

    def __init__(self, name: str, words: Words, look: Look) -> None:
        super().__init__(id=name)
        self.words = words
        self.look = look
        self._strip = Strip([])

    def changed(self) -> None:
        """Ask for the words again."""
        width = self.size.width
        strip = text.line(self.words(width), width, self.look)
        if strip != self._strip:
            reach = _changed_width(self._strip, strip)
            self._strip = strip
            self.refresh(Region(0, 0, reach, 1))

    def render_lines(self, crop: Region) -> list[Strip]:
        width = self.size.width
        if self._strip.cell_length != width:
            self._strip = text.line(self.words(width), width, self.look)
        return [self._strip.crop(crop.x, crop.right)] * crop.height


def _changed_width(was: Strip, now: Strip) -> int:
    """How many cells from the left hold every difference between two lines of one width."""
    if was.cell_length != now.cell_length:
        return now.cell_length
    before, after = list(was), list(now)
    while before and after and before[-1] == after[-1]:
        before.pop()
        after.pop()
    return max(sum(segment.cell_length for segment in kept) for kept in (before, after))

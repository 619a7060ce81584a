"""A widget of one line of text."""

from __future__ import annotations

from collections.abc import Callable

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from orgtui.tui.widgets import text
from orgtui.tui.widgets.text import Theme
from orgtui.views.base.row import Row, Span

LineContent = Callable[[int], Row]
"""The content of a line for a width in cells: text from the left, text at the right edge."""


def text_row(*left: Span) -> Row:
    """A row that has text from the left only."""
    return Row(None, left)


class Line(Widget, can_focus=False, inherit_bindings=False):
    """One line of text, repainted up to the last cell that changed."""

    DEFAULT_CSS = ""

    def __init__(self, name: str, words: LineContent, theme: Theme) -> None:
        super().__init__(id=name)
        self.words = words
        self.theme = theme
        self._strip = Strip([])

    def reload(self) -> None:
        """Ask for the content again, and repaint what changed."""
        strip = self._worded()
        if strip != self._strip:
            reach = text.changed_width(self._strip, strip)
            self._strip = strip
            self.refresh(Region(0, 0, reach, 1))

    @property
    def shown(self) -> Strip:
        """What it shows, or will with the next frame."""
        return self._strip

    def render_lines(self, crop: Region) -> list[Strip]:
        if self._strip.cell_length != self.size.width:
            self._strip = self._worded()
        return [self._strip.crop(crop.x, crop.right)] * crop.height

    def _worded(self) -> Strip:
        width = self.size.width
        row = self.words(width)
        return text.line(row.left, width, self.theme, row.right)

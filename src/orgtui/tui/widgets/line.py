"""A widget of one line of text."""

from __future__ import annotations

from collections.abc import Callable

from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from orgtui.tui.themes.styles import Styles
from orgtui.tui.widgets import text
from orgtui.tui.widgets.text import Theme
from orgtui.views.base.row import Row, Span

LineContent = Callable[[int], Row]
"""The content of a line for a width in cells: text from the left, text at the right edge."""


def text_row(*left: Span) -> Row:
    """A row that has text from the left only."""
    return Row(None, left)


class Line(Widget, can_focus=False, inherit_bindings=False):
    """One line of text, repainted up to the last cell that changed; with `wraps` as many as it needs."""

    DEFAULT_CSS = ""

    def __init__(self, name: str, words: LineContent, theme: Theme, *, wraps: bool = False) -> None:
        super().__init__(id=name)
        self.words = words
        self.theme = theme
        self.wraps = wraps
        self._strips = [Strip([])]
        self._made: tuple[tuple[Styles, int, Row], list[Strip]] | None = None

    def reload(self) -> None:
        """Ask for the content again, and repaint what changed."""
        strips = self._worded(self.size.width)
        if len(strips) != len(self._strips):
            self._strips = strips
            self.refresh(layout=True)
        elif strips is not self._strips and strips != self._strips:
            dirty = text.changed_regions(self._strips, strips)
            self._strips = strips
            self.refresh(*dirty)

    def restyle(self) -> None:
        """Paint it again, in the styles that the theme has now."""
        self._strips = self._worded(self.size.width)
        self.refresh()

    @property
    def shown(self) -> Strip:
        """What it shows, or will with the next frame, in its first line."""
        return self._strips[0]

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._worded(width))

    class Pressed(Message):
        """The mouse was pressed on what runs a command; `does` is its id."""

        def __init__(self, does: str) -> None:
            super().__init__()
            self.does = does

    def on_mouse_down(self, event: events.MouseDown) -> None:
        event.stop()
        does = text.line_does_at(self.words(self.size.width), self.size.width, self.theme, event.x)
        if does and event.y == 0:
            self.post_message(self.Pressed(does))

    def render_lines(self, crop: Region) -> list[Strip]:
        width = self.size.width
        if self._strips[0].cell_length != width:
            self._strips = self._worded(width)
        shown = self._strips[crop.y : crop.bottom]
        shown += [self.theme.blank(width)] * (crop.height - len(shown))
        return shown if crop.width == width else [strip.crop(crop.x, crop.right) for strip in shown]

    def _worded(self, width: int) -> list[Strip]:
        row = self.words(width)
        depends_on = (self.theme.worn, width, row)
        if self._made is None or self._made[0] != depends_on:
            self._made = (depends_on, self._lines_of(row, width))
        return self._made[1]

    def _lines_of(self, row: Row, width: int) -> list[Strip]:
        if not self.wraps:
            return [text.line(row.left, width, self.theme, row.right)]
        return text.wrapped_lines(row, width, self.theme)

"""A strip of a few lines with a text that is wrapped, and something at the right edge of the last line."""

from __future__ import annotations

from collections.abc import Callable

from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from orgtui.tui.widgets import text
from orgtui.tui.widgets.text import Theme
from orgtui.views.base.cells import cell_len, clip, wrapped
from orgtui.views.base.row import Row, Span

StripContent = Callable[[], tuple[str, Row]]
"""The text, and a row whose right part is shown in the last line."""


class TextStrip(Widget, can_focus=False, inherit_bindings=False):
    """The lines, repainted as a whole when anything in them has changed."""

    DEFAULT_CSS = ""

    def __init__(self, name: str, content: StripContent, theme: Theme) -> None:
        super().__init__(id=name)
        self.content = content
        self.theme = theme
        self._lines: list[Strip] = []

    def reload(self) -> None:
        """Ask for the content again, and repaint if it has changed."""
        if self._worded() != self._lines:
            self.refresh()

    def render_lines(self, crop: Region) -> list[Strip]:
        self._lines = self._worded()
        return [line.crop(crop.x, crop.right) for line in self._lines[crop.y : crop.bottom]]

    def _worded(self) -> list[Strip]:
        width, height = self.size
        if not height:
            return []
        words, last = self.content()
        room = max(1, width - 2)
        parts = wrapped(words, room)
        if len(parts) > height:
            parts = [*parts[: height - 1], clip(" ".join(parts[height - 1 :]), room)]
        parts += [""] * (height - len(parts))
        fits = cell_len(parts[-1]) + 2 + sum(cell_len(span.text) for span in last.right) <= width
        rights = [()] * (height - 1) + [last.right if fits else ()]
        return [
            text.line([Span(f" {part}", "better")], width, self.theme, right)
            for part, right in zip(parts, rights, strict=True)
        ]

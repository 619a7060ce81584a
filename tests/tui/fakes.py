"""Small stand-ins for view-models, and the screen as text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from textual.app import App, ComposeResult
from textual.geometry import Region
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from orgtui.model.sentence import Ref
from orgtui.tui.widgets.text import Theme, theme_for
from orgtui.views.base.row import Row, Span

PLAIN = theme_for({"NO_COLOR": "1"})


class Listed:
    """Rows with a name each; `asked` remembers which were worded."""

    def __init__(self, names: Sequence[str], kind: str = "team") -> None:
        self.names = list(names)
        self.kind = kind
        self.asked: list[int] = []

    def __len__(self) -> int:
        return len(self.names)

    def ref(self, index: int) -> Ref | None:
        return Ref.to(self.kind, self.names[index])

    def row(self, index: int, width: int) -> Row:
        self.asked.append(index)
        name = self.names[index]
        return Row(Ref.to(self.kind, name), (Span(name),), (Span(str(len(name)), "number"),))

    def index_of(self, ref: Ref) -> int | None:
        return self.names.index(ref.id) if ref.kind == self.kind and ref.id in self.names else None


def numbered(count: int) -> Listed:
    return Listed([f"row {number}" for number in range(count)])


class OneWidget(App[None]):
    """An app that shows one widget on the whole screen."""

    def __init__(self, shown: Widget, size: tuple[int, int]) -> None:
        super().__init__()
        self.shown = shown
        self.shown_size = size

    def compose(self) -> ComposeResult:
        width, height = self.shown_size
        self.shown.styles.width = width
        self.shown.styles.height = height
        yield self.shown


def strips(screen: Screen[Any]) -> list[Strip]:
    """What a screen shows, line by line."""
    return screen._compositor.render_strips()  # Textual has no public way to the whole picture


def lines(screen: Screen[Any]) -> list[str]:
    """What a screen shows as text, line by line, without trailing spaces."""
    return [strip.text.rstrip() for strip in strips(screen)]


def repainted(widget: Widget) -> set[Region]:
    """The regions of a widget that wait to be painted, which are taken away."""
    return set(widget._exchange_repaint_regions())  # Textual asks for them only when it paints


__all__ = ["PLAIN", "Listed", "OneWidget", "Theme", "lines", "numbered", "repainted", "strips"]

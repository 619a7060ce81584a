"""The reference app of ratios: Textual with a line of text, and a line that `down` repaints."""

from __future__ import annotations

from textual import events
from textual.app import App, ComposeResult
from textual.widget import Widget
from textual.widgets import Static


class Count(Widget):
    DEFAULT_CSS = "Count { height: 1; width: 20; }"
    presses = 0

    def render(self) -> str:
        return f"pressed {self.presses}"


class EmptyApp(App[None]):
    def compose(self) -> ComposeResult:
        yield Static("an empty app")
        yield Count()

    def on_key(self, event: events.Key) -> None:
        if event.key == "down":
            count = self.query_one(Count)
            count.presses += 1
            count.refresh()


if __name__ == "__main__":
    EmptyApp().run()

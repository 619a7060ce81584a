"""What can be set about how the app looks and listens."""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from orgtui.tui.themes.look import Look


@runtime_checkable
class Adjustable(Protocol):
    """The app as the commands that set something use it."""

    @property
    def look(self) -> Look:
        """The theme that is shown."""
        ...

    def show_theme(self, name: str) -> None:
        """Show everything in a theme, by its name. Raises InvalidConfig for one with problems."""
        ...

    @property
    def follows_mouse(self) -> bool:
        """Whether the mouse is followed."""
        ...

    def follow_mouse(self, mouse: bool) -> None:
        """Follow the mouse, or no longer."""
        ...

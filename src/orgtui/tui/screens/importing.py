"""The screen of an import: one page a step, with answers to choose from where something is asked."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Protocol

from orgtui.model.sentence import Ref
from orgtui.tui.commands.command import IMPORT
from orgtui.tui.commands.keymap import Keymap
from orgtui.tui.screens.paged import PagedScreen
from orgtui.tui.widgets.text import Theme


class Steps(Protocol):
    """The steps of an import, as the commands of its screen use them."""

    @property
    def is_working(self) -> bool:
        """Whether the next key should wait until work that has just begun is done."""
        ...

    def go_on(self, answer: Ref | None) -> None:
        """Take an answer, or go on to the next step."""
        ...

    def back(self) -> None:
        """Go back to the step before, or end what is being read."""
        ...

    def take_defaults(self) -> None:
        """Answer what is left by default."""
        ...

    def turn_functions(self) -> None:
        """Propose functions, or no longer."""
        ...

    def leave(self) -> None:
        """End the import."""
        ...


class ImportScreen(PagedScreen):
    """Shows the steps of an import; its keys run commands of the registry."""

    mode: ClassVar[str] = IMPORT
    leave: ClassVar[str] = "importing.steps.leave"
    show_keys: ClassVar[str] = "importing.steps.show_keys"

    def __init__(
        self, keymap: Keymap, theme: Theme, heading: str, begin: Callable[[ImportScreen], Steps]
    ) -> None:
        super().__init__(keymap, theme, heading)
        self.steps: Steps | None = None
        self._begin = begin

    def on_mount(self) -> None:
        self.steps = self._begin(self)

    @property
    def is_working(self) -> bool:
        """Whether the next key should wait until the step that has just begun is there."""
        return self.steps is not None and self.steps.is_working

"""The screen on which the conflicts of a merge are decided: a page a conflict."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, Protocol

from orgtui.changes.merge import Side
from orgtui.tui.commands.command import MERGE
from orgtui.tui.commands.keymap import Keymap
from orgtui.tui.screens.paged import PagedScreen
from orgtui.tui.widgets.text import Theme


class Conflicts(Protocol):
    """The conflicts of a merge, as the commands of its screen use them."""

    @property
    def is_working(self) -> bool:
        """Whether the next key should wait until work that has just begun is done."""
        ...

    def choose(self, side: Side) -> None:
        """Choose a side (ours or theirs) in the conflict that is shown, and go to the next undecided one."""
        ...

    def go(self, by: int) -> None:
        """Go to the next (1) or previous (-1) conflict."""
        ...

    def go_to_undecided(self, by: int) -> None:
        """Go to the next (1) or previous (-1) conflict that is undecided."""
        ...

    def finish(self) -> None:
        """Hand on what was decided; asks first if something is undecided."""
        ...

    def leave(self) -> None:
        """Leave everything as it was."""
        ...


class ConflictScreen(PagedScreen):
    """Shows the conflicts of a merge; its keys run commands of the registry."""

    mode: ClassVar[str] = MERGE
    leave: ClassVar[str] = "merging.conflicts.leave"
    show_keys: ClassVar[str] = "merging.conflicts.show_keys"

    def __init__(
        self, keymap: Keymap, theme: Theme, heading: str, begin: Callable[[ConflictScreen], Conflicts]
    ) -> None:
        super().__init__(keymap, theme, heading)
        self.conflicts: Conflicts | None = None
        self._begin = begin

    def on_mount(self) -> None:
        self.conflicts = self._begin(self)

    @property
    def is_working(self) -> bool:
        """Whether the next key should wait until what was chosen has been merged."""
        return self.conflicts is not None and self.conflicts.is_working

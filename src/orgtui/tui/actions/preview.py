"""A preview: the header and the findings show what would be, and afterwards again what is."""

from __future__ import annotations

from collections.abc import Sequence

from orgtui.tui.commands.command import FINDINGS
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.screens.workspace import SessionWorkspace
from orgtui.tui.widgets.pane import Pane


class PreviewDisplay:
    """One look at what changes would do; remembers how things stood before it."""

    def __init__(self, screen: SessionScreen, workspace: SessionWorkspace) -> None:
        self.screen = screen
        self.workspace = workspace
        self._title = workspace.scoreboard.title
        self._findings_at = self.findings.ref, self.findings.top

    @property
    def findings(self) -> Pane:
        return self.screen.panes[FINDINGS]

    def show(self, title: Sequence[str] = ()) -> None:
        """Paint what the desk previews, in the findings from the first row on unless they have the keys."""
        self.workspace.scoreboard.title = tuple(title) or self._title
        if not self.findings.active or self.screen is not self.screen.app.screen:
            self.findings.top = self.findings.cursor = 0
        self.findings.reload()
        self.screen.header.reload()
        self.screen.keys.reload()

    def end(self) -> None:
        """Show what is, with the findings as they were left."""
        self.forget()
        self.findings.reload()
        self.screen.header.reload()
        self.screen.keys.reload()

    def forget(self) -> None:
        """Let the next picture show what is, with the findings as they were left."""
        self.workspace.end_preview()
        self.workspace.scoreboard.title = self._title
        ref, self.findings.top = self._findings_at
        index = None if ref is None else self.findings.rows.index_of(ref)
        self.findings.cursor = self.findings.top if index is None else index

"""Showing a preview in the header and the findings pane."""

from __future__ import annotations

from collections.abc import Sequence

from orgtui.tui.commands.command import FINDINGS
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.screens.workspace import SessionWorkspace
from orgtui.tui.widgets.pane import Pane


class PreviewDisplay:
    """Shows the workspace's preview, and restores title, cursor and scroll position afterwards."""

    def __init__(self, screen: SessionScreen, workspace: SessionWorkspace) -> None:
        self.screen = screen
        self.workspace = workspace
        self._title = workspace.scoreboard.title
        self._findings_at = self.findings.ref, self.findings.top

    @property
    def findings(self) -> Pane:
        return self.screen.panes[FINDINGS]

    def show(self, title: Sequence[str] = ()) -> None:
        """Show the workspace's preview; scrolls the findings to the top unless their pane is active."""
        self.workspace.scoreboard.title = tuple(title) or self._title
        if not self.findings.active or self.screen is not self.screen.app.screen:
            self.findings.top = self.findings.cursor = 0
        self.findings.reload()
        self.screen.header.reload()
        self.screen.keys.reload()

    def end(self) -> None:
        """End the preview, and repaint the findings as they were before it."""
        self.forget()
        self.findings.reload()
        self.screen.header.reload()
        self.screen.keys.reload()

    def forget(self) -> None:
        """End the preview without repainting."""
        self.workspace.end_preview()
        self.workspace.scoreboard.title = self._title
        ref, self.findings.top = self._findings_at
        index = None if ref is None else self.findings.rows.index_of(ref)
        self.findings.cursor = self.findings.top if index is None else index

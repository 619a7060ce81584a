"""Moving the cursor to a record or a finding, in the pane that has a row for it."""

from __future__ import annotations

from orgtui.model.sentence import Ref, sentence
from orgtui.tui.actions.context import workspace_of
from orgtui.tui.commands.command import FINDINGS, TEAMS
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.panes.finding_filter import FindingFilter


def go_to(screen: SessionScreen, ref: Ref, name: str | None = None) -> None:
    """Put the cursor on a record in the pane `name`, by default the active one, else in the teams pane."""
    workspace = workspace_of(screen)
    name = name or str(screen.pane.id)
    if name == FINDINGS or (name != TEAMS and workspace.rows[name].index_of(ref) is None):
        name = TEAMS
    pane = screen.panes[name]
    if name == TEAMS:
        kept = pane.ref
        workspace.tree.reveal(ref)
        pane.reload(kept)
    screen.activate(name)
    if not pane.go_to(ref):
        screen.show_message(sentence("{thing} is not shown here", thing=ref))
    screen.cursor_moved()


def go_to_finding(screen: SessionScreen, ref: Ref) -> None:
    """Put the cursor on a finding."""
    screen.activate(FINDINGS)
    findings = workspace_of(screen).findings
    if findings.filter and findings.index_of(ref) is None:
        findings.show(FindingFilter(), findings.grouping)
        screen.reload_findings(None)
    if not screen.pane.go_to(ref):
        screen.show_message(sentence("This finding is there no more"))
    screen.cursor_moved()

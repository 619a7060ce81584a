"""Folding teams, switching the views of panes, and painting again."""

from __future__ import annotations

from collections.abc import Mapping

from orgtui.model.sentence import sentence
from orgtui.tui.actions.context import workspace_of
from orgtui.tui.commands.command import FUNNEL, KNOWLEDGE, TEAMS
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.terminal.driver import repaint
from orgtui.views.panes.lanes import Lanes
from orgtui.views.panes.links import Links
from orgtui.views.panes.tree import TeamTree

VIEW_NAMES = {
    "all": sentence("The whole tree, with what left or closed"),
    "present": sentence("The tree as it is now"),
    "findings": sentence("Teams, most findings first"),
    "team": sentence("Functions by team"),
    "area": sentence("Functions by area"),
    "list": sentence("Links one below the other"),
    "matrix": sentence("Who shares with whom, team by team"),
    "web": sentence("The web of teams: it is walked from box to box"),
}


def fold(screen: SessionScreen) -> None:
    """Fold the team under the cursor, or go to its parent if there is nothing to fold."""
    tree, pane = workspace_of(screen).tree, screen.pane
    ref = pane.ref
    if ref is not None and tree.fold(ref):
        pane.reload(ref)
        return
    above = None if ref is None else tree.parent_of(ref)
    if above is not None and pane.go_to(above):
        screen.cursor_moved()


def unfold(screen: SessionScreen) -> None:
    """Unfold the team under the cursor, or go to the first row below it if it is unfolded."""
    tree, pane = workspace_of(screen).tree, screen.pane
    ref = pane.ref
    if ref is not None and tree.unfold(ref):
        pane.reload(ref)
    elif ref is not None and tree.is_open(ref):
        pane.move(1)
        screen.cursor_moved()


def next_view(screen: SessionScreen) -> None:
    """Show the next view of the active pane."""
    workspace, pane = workspace_of(screen), screen.pane
    kept = pane.ref
    views: Mapping[str, TeamTree | Lanes | Links] = {
        TEAMS: workspace.tree,
        FUNNEL: workspace.lanes,
        KNOWLEDGE: workspace.links,
    }
    screen.show_message(VIEW_NAMES[views[str(pane.id)].next_view()])
    pane.reload(kept)
    screen.cursor_moved()


def repaint_all(screen: SessionScreen) -> None:
    """Paint the whole screen again."""
    repaint(screen.app)

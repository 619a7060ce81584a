"""What actions work on: the open session and the selection."""

from __future__ import annotations

from orgtui.model.sentence import Ref
from orgtui.session.session import Session
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.screens.workspace import SessionWorkspace


def workspace_of(screen: SessionScreen) -> SessionWorkspace:
    """The workspace; only for commands that need an open session."""
    assert screen.workspace is not None
    return screen.workspace


def session_of(screen: SessionScreen) -> Session:
    """The session; only for commands that need an open session."""
    return workspace_of(screen).session


def selected_ref(screen: SessionScreen) -> Ref:
    """What the cursor is on; only for commands that need a selection."""
    ref = screen.mode.ref
    assert ref is not None
    return ref

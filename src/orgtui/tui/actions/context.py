"""What a command works on: the session that is open, and what the cursor is on."""

from __future__ import annotations

from orgtui.model.sentence import Ref
from orgtui.session.session import Session
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.screens.workspace import SessionWorkspace


def workspace_of(screen: SessionScreen) -> SessionWorkspace:
    """The desk; commands that need it run only when it is there."""
    assert screen.workspace is not None
    return screen.workspace


def session_of(screen: SessionScreen) -> Session:
    """The session; commands that need it run only when it is there."""
    return workspace_of(screen).session


def selected_ref(screen: SessionScreen) -> Ref:
    """What the cursor is on; commands that need something run only when it is on something."""
    ref = screen.mode.ref
    assert ref is not None
    return ref

"""Leaving the session."""

from __future__ import annotations

from orgtui.model.sentence import sentence
from orgtui.tui.screens.session import SessionScreen


def leave(screen: SessionScreen) -> None:
    screen.app.exit()


def interrupted(screen: SessionScreen) -> None:
    """Ctrl+c is pressed by habit: nothing is lost by it, and nothing happens."""
    screen.tell(sentence("q leaves; every change is already saved"))

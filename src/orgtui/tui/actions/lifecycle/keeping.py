"""Keeping a scratch copy of a sample, with what was changed on it, as a file of one's own."""

from __future__ import annotations

from pathlib import Path

from orgtui.model.sentence import sentence
from orgtui.tui.actions.context import workspace_of
from orgtui.tui.actions.lifecycle.opening import open_other
from orgtui.tui.actions.lifecycle.scratch_copies import ask_where
from orgtui.tui.screens.session import SessionScreen


def keep(screen: SessionScreen) -> None:
    """Ask where the copy goes, and go on there."""

    def go_on(path: Path) -> None:
        workspace_of(screen).kept_as = path
        open_other(screen, path, sentence("Kept as {path}; you work on this file now", path=path))

    ask_where(screen, go_on)

"""Marks of what is pinned, as the file of limits beside the organisation says it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from orgtui.advice.search.limits import Limits
from orgtui.advice.search.limits_file import limits_beside
from orgtui.files.toml.problems import InvalidFile
from orgtui.model.sentence import Sentence, sentence
from orgtui.tui.actions.context import session_of, workspace_of
from orgtui.tui.screens.session import SessionScreen


def show_pins(screen: SessionScreen) -> Limits:
    """Mark what is pinned in the panes, as the file of limits says now; raises InvalidFile if it is wrong."""
    session, workspace = session_of(screen), workspace_of(screen)
    limits = limits_beside(workspace.opened.organization_path, session.baseline, session.organization)
    mark_pins(screen, limits)
    return limits


def show_pins_at_first(screen: SessionScreen) -> None:
    """The same for a session that was just opened; a file with problems is told."""
    try:
        show_pins(screen)
    except InvalidFile as invalid:
        screen.show_message(problems_of(invalid), "warning")


def mark_pins(screen: SessionScreen, limits: Limits) -> None:
    """Mark what some limits pin, and nothing else."""
    scene = workspace_of(screen).scene
    if limits.pins != scene.pins:
        scene.pins = limits.pins
        for pane in screen.panes.values():
            pane.reload(pane.ref)


def problems_of(invalid: InvalidFile) -> Sentence:
    """The first problem of a file of limits, and how many more there are."""
    problem, more = invalid.problems[0], len(invalid.problems) - 1
    first = str(replace(problem, file=Path(problem.file).name))
    if not more:
        return sentence("{problem}", problem=first)
    return sentence("{problem} (and {more:more problem|more problems})", problem=first, more=more)

"""Rebasing the open session onto the organisation's file as it is on disk."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from orgtui.files.toml.problems import InvalidFile
from orgtui.model.sentence import sentence
from orgtui.session.plan.rebasing import SessionRebase, has_finding_in, reload_if_changed
from orgtui.tui.actions.context import workspace_of
from orgtui.tui.actions.lifecycle.on_disk import call_in_event_loop, show_file_changed
from orgtui.tui.actions.lifecycle.opening import reopen
from orgtui.tui.actions.lifecycle.rebase_questions import RebaseCallbacks, ask_conflicts, in_background
from orgtui.tui.prompts.prompt import NoticePrompt
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.screens.workspace import SessionWorkspace
from orgtui.tui.widgets.notes import Notes
from orgtui.views.base.row import Span


def rebase(screen: SessionScreen) -> None:
    """Rebase the session onto the organisation's file on disk; reads it in a worker thread."""
    screen.show_message(sentence("reading…"))
    in_background(screen, partial(_begin, screen, workspace_of(screen)))


def _begin(screen: SessionScreen, workspace: SessionWorkspace) -> None:
    try:
        there = reload_if_changed(workspace.opened)
    except InvalidFile as invalid:
        call_in_event_loop(screen, partial(_show_problems, screen, invalid))
        return
    if there is None:
        call_in_event_loop(
            screen,
            partial(show_file_changed, screen, workspace, False, sentence("It says the same as before")),
        )
        return
    has_finding = has_finding_in(there.organization)

    def ask() -> None:
        if screen.workspace is workspace:
            screen.clear_message()
            ends = RebaseCallbacks(
                screen.show_message, partial(screen.show_message, role="error"), partial(reopen, screen)
            )
            ask_conflicts(screen, SessionRebase(workspace.opened, there, has_finding), ends)

    call_in_event_loop(screen, ask)


def _show_problems(screen: SessionScreen, invalid: InvalidFile) -> None:
    screen.clear_message()
    said = sentence("{count:problem|problems} to mend before it can be used", count=len(invalid.problems))
    rows = Notes([(Span(str(each).removeprefix(f"{Path(each.file).parent}/")),) for each in invalid.problems])
    screen.app.push_screen(NoticePrompt(screen.theme, screen.translate, said, rows))

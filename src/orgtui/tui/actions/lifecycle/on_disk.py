"""Changes of the organisation's file on disk while a session is open."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from orgtui.files.toml.problems import InvalidFile
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.tui.actions.context import workspace_of
from orgtui.tui.commands.command import key_ref
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.screens.workspace import SessionWorkspace


def check_file(screen: SessionScreen) -> None:
    """Read the organisation's file in a worker thread, and show if it differs from the session's baseline."""
    screen.run_worker(
        partial(_check_file, screen, workspace_of(screen)),
        thread=True,
        exclusive=True,
        group="file",
        description=N_("read what the organisation has become"),
    )


def _check_file(screen: SessionScreen, workspace: SessionWorkspace) -> None:
    from orgtui.session.plan.rebasing import reload_if_changed

    name = workspace.opened.organization_path.name
    try:
        there = reload_if_changed(workspace.opened)
    except InvalidFile as invalid:
        said = sentence(
            "{file} changed on disk and has {count:problem|problems}; the session goes on with what it was",
            file=name,
            count=len(invalid.problems),
        )
        call_in_event_loop(screen, partial(show_file_changed, screen, workspace, True, said))
        return
    if there is None:
        call_in_event_loop(screen, partial(show_file_changed, screen, workspace, False, None))
        return
    takes_over = N_("{file} changed on disk; {key} takes the changes over to it")
    said = sentence(takes_over, file=name, key=key_ref("rebase"))
    call_in_event_loop(screen, partial(show_file_changed, screen, workspace, True, said))


def call_in_event_loop(screen: SessionScreen, act: Callable[[], None]) -> None:
    """Call `act` in the event loop from a worker thread; blocks until it has returned."""
    screen.app.call_from_thread(act)


def show_file_changed(
    screen: SessionScreen, workspace: SessionWorkspace, changed: bool, said: Sentence | None
) -> None:
    """Show whether the file has changed, with a message; does nothing if another session is shown by now."""
    if screen.workspace is workspace:
        workspace.mark_changed_on_disk(changed)
        screen.header.reload()
        if said is not None:
            screen.show_message(said, "warning")

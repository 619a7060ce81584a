"""Leaving the app: every change is in the log already; the plan file is written from it."""

from __future__ import annotations

from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.tui.commands.command import key_ref
from orgtui.tui.screens.session import SessionScreen


def leave(screen: SessionScreen) -> None:
    """Close the session and exit; a failure to write the plan is printed after that."""
    screen.leave(0, [])


def suspend(screen: SessionScreen) -> None:
    """Suspend the process until the shell continues it."""
    screen.app.action_suspend_process()


def show_how_to_leave(screen: SessionScreen) -> None:
    """Show which key leaves; ctrl+c, which is pressed by habit, does nothing else."""
    screen.show_message(sentence("{leave} leaves; every change is already saved", leave=key_ref("leave")))


def close_session(screen: SessionScreen) -> Sentence | None:
    """Write the session to its plan file and close it; returns why the file could not be written. Blocks."""
    workspace = screen.workspace
    if workspace is None:
        return None
    from orgtui.session.plan.folding import CannotFold, fold

    workspace.session.unsubscribe(screen.apply_update)
    screen.workspace = None
    if screen.peers is not None:
        screen.peers.end()
    try:
        fold(workspace.opened)
        workspace.session.keep_checkpoint()
    except CannotFold as unwritten:
        kept = N_("{reason}; its log holds every change for the next session")
        return workspace.session.failure or sentence(kept, reason=unwritten.sentence)
    finally:
        workspace.session.close()
    return workspace.session.failure

"""Leaving the session: the log holds everything already, the plan file is folded from it."""

from __future__ import annotations

from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.tui.commands.command import key_ref
from orgtui.tui.screens.session import SessionScreen


def leave(screen: SessionScreen) -> None:
    """Put the plan away and leave; a plan that cannot be written is told after the screen is given back."""
    screen.leave(0, [])


def suspend(screen: SessionScreen) -> None:
    """Give the terminal back to the shell for a while."""
    screen.app.action_suspend_process()


def show_how_to_leave(screen: SessionScreen) -> None:
    """Ctrl+c is pressed by habit: nothing is lost by it, and nothing happens."""
    screen.show_message(sentence("{leave} leaves; every change is already saved", leave=key_ref("leave")))


def close_session(screen: SessionScreen) -> Sentence | None:
    """Fold the session into its plan file and close it; what to say if the file is not written."""
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
    except CannotFold as unwritten:
        kept = N_("{reason}; its log holds every change for the next session")
        return workspace.session.failure or sentence(kept, reason=unwritten.sentence)
    finally:
        workspace.session.close()
    return workspace.session.failure

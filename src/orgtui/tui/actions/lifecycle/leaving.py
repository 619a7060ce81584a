"""Leaving the app: every change is in the log already; the plan file is written from it."""

from __future__ import annotations

import os
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from orgtui.locales import current_language
from orgtui.locales.language import language_from_environment
from orgtui.model.gate import is_clean
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.tui.commands.command import key_ref
from orgtui.tui.screens.session import SessionScreen

if TYPE_CHECKING:
    from orgtui.session.plan.opening import OpenedSession


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


def how_to_get_a_report(opened: OpenedSession) -> Sentence | None:
    """Where the plan of a session that is closed is, with the command for a report of it.

    None if the session made no plan, or if a path cannot be typed.
    """
    organization, plan = opened.organization_path, opened.plan_path
    if not opened.session.has_steps or not plan.is_file():
        return None
    report = plan.with_name(f"{plan.name.removesuffix('.toml').removesuffix('.plan')}.html")
    parts = ["orgtui", "export", _typed(organization), "--plan", _typed(plan), "--to", "html"]
    if current_language() != language_from_environment(os.environ):
        parts += ["--lang", current_language()]
    command = " ".join((*parts, "-o", _typed(report)))
    if not is_clean(command):
        return None
    return sentence("The plan is {plan}; for a report: {command}", plan=plan.name, command=command)


def _typed(path: Path) -> str:
    """A path as it is typed in a shell, where none begins as an option does."""
    text = str(path)
    return quote(f"./{text}" if text.startswith("-") else text)

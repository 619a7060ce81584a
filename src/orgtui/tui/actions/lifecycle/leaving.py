"""Leaving the app: every change is in the log already; the plan file is written from it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING

from orgtui.locales import current_language
from orgtui.model.gate import is_clean
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.tui.commands.command import key_ref
from orgtui.tui.screens.session import SessionScreen

if TYPE_CHECKING:
    from orgtui.tui.screens.workspace import SessionWorkspace


def leave(screen: SessionScreen) -> None:
    """Close the session and exit; what was done on a copy of a sample may be kept before that."""
    workspace = screen.workspace
    if workspace is not None and workspace.is_scratch and workspace.session.has_steps:
        from orgtui.tui.actions.lifecycle.scratch_copies import ask_before_leaving

        ask_before_leaving(screen)
    else:
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
    if screen.tour is not None:
        screen.tour.end()
    is_used = workspace.session.has_steps and workspace.kept_as is None
    if screen.peers is not None:
        is_used |= bool(screen.peers.names)
        screen.peers.end()
    try:
        fold(workspace.opened)
        workspace.session.keep_checkpoint()
    except CannotFold as unwritten:
        kept = N_("{reason}; its log holds every change for the next session")
        return workspace.session.failure or sentence(kept, reason=unwritten.sentence)
    finally:
        workspace.session.close()
    if workspace.session.failure is not None or is_used or not workspace.is_scratch:
        return workspace.session.failure
    from orgtui.tui.actions.lifecycle.scratch_copies import discard

    return discard(workspace.opened.organization_path)


def how_to_hand_on(workspace: SessionWorkspace, others: Sequence[str]) -> Iterator[Sentence]:
    """Where the plan of a session that is closed is, commands that hand it on, and who is still in it.

    Nothing about a plan if the session made none, or if a path cannot be typed.
    """
    from orgtui.session.plan.opening import plan_path_for

    opened = workspace.opened
    organization, plan = opened.organization_path, opened.plan_path
    if workspace.kept_as is not None:
        organization = workspace.kept_as
        plan = plan_path_for(organization)[0]
    if opened.session.has_steps and plan.is_file() and is_clean(f"{organization}{plan}"):
        yield from _about_plan(organization, plan)
    if others:
        yield sentence("Still in this session: {others}", others=list(dict.fromkeys(others)))


def _about_plan(organization: Path, plan: Path) -> Iterator[Sentence]:
    stem = plan.name.removesuffix(".toml").removesuffix(".plan")
    report, after = plan.with_name(f"{stem}.html"), plan.with_name(f"{stem}.after.toml")
    export = _command("export", organization, "--plan", plan, "--to", "html", "-o", report)
    yield sentence("The plan is {plan}", plan=os.path.abspath(plan))
    yield sentence("  a report for others:       {command}", command=export)
    apply = _command("apply", organization, plan, "-o", after)
    yield sentence("  the organisation after it: {command}", command=apply)


def _command(name: str, *arguments: str | Path) -> str:
    """A command of ours as it is typed in a shell, in the language of this session."""
    language = () if _is_spoken_anyway() else ("--lang", current_language())
    parts = (_typed(each) if isinstance(each, Path) else each for each in (*arguments, *language))
    return " ".join(("orgtui", name, *parts))


def _is_spoken_anyway() -> bool:
    """Whether a command speaks the language of this session without being told to."""
    from orgtui.files.disk.chosen_language import preferred_language
    from orgtui.files.toml.problems import InvalidFile

    try:
        return current_language() == preferred_language()
    except InvalidFile:  # it was told at the start
        return False


def _typed(path: Path) -> str:
    """A path as it is typed in a shell, where none begins as an option does."""
    text = str(path)
    return quote(f"./{text}" if text.startswith("-") else text)

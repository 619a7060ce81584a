"""Scratch copies of samples on leaving: they go, stay, or become files of one's own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from orgtui.files.bundled import unused_name, write_new_file
from orgtui.files.disk.recent import forget_recent, recent_file
from orgtui.files.scratch import remove_scratch_copy
from orgtui.files.toml.problems import InvalidFile
from orgtui.home import expand_home
from orgtui.locales import translate
from orgtui.model.sentence import Sentence, sentence
from orgtui.model.system_errors import reason_of
from orgtui.session.plan.folding import CannotFold, fold
from orgtui.session.plan.opening import plan_path_for
from orgtui.tui.actions.context import workspace_of
from orgtui.tui.prompts.deciding import Answers, DecisionPrompt
from orgtui.tui.prompts.prompt import TextPrompt
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.screens.workspace import SessionWorkspace

LEAVE, KEEP = "leave", "keep"

PATH_MAX_CHARACTERS = 4096


def ask_before_leaving(screen: SessionScreen) -> None:
    """Ask whether the copy is kept as a file of one's own, then leave."""
    lines = (
        translate(sentence("What you changed stays, and is found under “Opened lately”.")),
        translate(sentence("As a file of your own it can be shared, and goes where you say.")),
    )
    answers = {
        LEAVE: translate(sentence("Leave")),
        KEEP: translate(sentence("Keep it as a file of my own, then leave")),
    }
    title = sentence("You worked on a copy of a sample")
    prompt = DecisionPrompt(screen.theme, screen.translate, title, Answers(lines, answers))

    def decided(answer: str | None) -> None:
        if answer == LEAVE:
            screen.leave(0, [])
        elif answer == KEEP:
            ask_where(screen, lambda path: _leave_kept(screen, path))

    screen.app.push_screen(prompt, decided)


def _leave_kept(screen: SessionScreen, path: Path) -> None:
    workspace_of(screen).kept_as = path
    screen.leave(0, [])


def ask_where(screen: SessionScreen, then: Callable[[Path], None]) -> None:
    """Ask for a path, write organisation and plan there, and go on."""
    workspace = workspace_of(screen)
    title = sentence("Where does your file go? Its plan goes beside it")
    prompt = TextPrompt(
        screen.theme,
        screen.translate,
        title,
        value=unused_name(Path(), workspace.opened.organization_path.name),
        accept=lambda text: _write(workspace, expand_home(text)),
    )
    prompt.entry.max_length = PATH_MAX_CHARACTERS
    screen.app.push_screen(prompt, lambda text: None if text is None else then(expand_home(text)))


def _write(workspace: SessionWorkspace, path: Path) -> Sentence | None:
    """Write organisation and plan to new files; returns why they cannot be, and then neither is there."""
    opened = workspace.opened
    try:
        fold(opened)
        organization = opened.organization_path.read_bytes()
        plan = opened.plan_path.read_bytes() if opened.plan_path.exists() else None
    except CannotFold as unwritten:
        return unwritten.sentence
    except OSError as error:
        return sentence("This cannot be kept: {reason}", reason=reason_of(error))
    refusal = write_new_file(path, organization)
    if refusal is None and plan is not None:
        refusal = write_new_file(plan_path_for(path)[0], plan)
        if refusal is not None:
            path.unlink()
    return refusal


def discard(copy: Path) -> Sentence | None:
    """Remove a scratch copy, also from the list of files opened lately; returns why it cannot be removed."""
    try:
        remove_scratch_copy(copy)
        forget_recent(copy, recent_file())
    except (OSError, InvalidFile) as error:
        return sentence("The copy of the sample cannot be removed: {reason}", reason=str(error))
    return None

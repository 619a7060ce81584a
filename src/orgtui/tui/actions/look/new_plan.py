"""Beginning another plan beside the one that is open: from its changes, or from the baseline."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from orgtui.changes.refusal import Refused
from orgtui.files.bundled import write_new_file
from orgtui.files.plan_file import Plan, dump_plan
from orgtui.model.sentence import Sentence, sentence
from orgtui.session.plan.beside import PLAN_SUFFIX
from orgtui.session.plan.folding import plan_of
from orgtui.tui.actions.context import workspace_of
from orgtui.tui.actions.lifecycle.opening import open_other
from orgtui.tui.commands.command import key_ref
from orgtui.tui.prompts.deciding import Answers, DecisionPrompt
from orgtui.tui.prompts.prompt import TextPrompt
from orgtui.tui.prompts.reader import ReadMode
from orgtui.tui.screens.session import SessionScreen

CHANGED, BASELINE = "changed", "baseline"


def begin_plan(screen: SessionScreen) -> None:
    """Ask for a name and what to begin from, write the plan, and go on with it."""
    workspace = workspace_of(screen)
    if workspace.is_scratch:
        screen.show_message(sentence("Keep the copy of the sample first: {keep}", keep=key_ref("keep")))
        return
    title = sentence("What is the new plan called?")

    def named(name: str | None) -> None:
        if name is None:
            return
        if workspace.session.has_steps:
            _ask_from(screen, name)
        else:
            _begin(screen, name, with_changes=False)

    ask_name(screen, title, named)


def ask_name(screen: SessionScreen, title: Sentence, named: Callable[[str | None], None]) -> None:
    """Ask for the name of a plan whose file does not exist yet."""
    screen.app.push_screen(
        TextPrompt(screen.theme, screen.translate, title, accept=lambda name: _taken(screen, name)), named
    )


def _ask_from(screen: SessionScreen, name: str) -> None:
    count = len(workspace_of(screen).session.steps)
    answers = {
        CHANGED: screen.translate(
            sentence("From the plan that is open: {changes:change|changes}", changes=count)
        ),
        BASELINE: screen.translate(sentence("From the baseline: nothing is changed yet")),
    }
    title = sentence("What does {name} begin from?", name=name)
    prompt = DecisionPrompt(screen.theme, screen.translate, title, Answers((), answers))

    def decided(answer: str | None) -> None:
        if answer is not None:
            _begin(screen, name, with_changes=answer == CHANGED)

    screen.app.push_screen(prompt, decided)


def _begin(screen: SessionScreen, name: str, *, with_changes: bool) -> None:
    workspace = workspace_of(screen)
    try:
        begun = replace(plan_of(workspace.opened), name=name, status="draft", signoffs=())
    except Refused as impossible:
        screen.show_message(impossible.sentence, "error")
        return
    if not with_changes:
        begun = Plan(
            *(name, begun.organization, begun.baseline),
            author=workspace.session.author,
            created=datetime.now(UTC).astimezone().replace(microsecond=0),
        )
    refusal = write_and_open(screen, begun)
    if refusal is not None:
        screen.show_message(refusal, "error")


def write_and_open(
    screen: SessionScreen, plan: Plan, before: Callable[[], None] | None = None
) -> Sentence | None:
    """Write a new plan beside the one that is open, and go on with it in the place of that.

    Returns why it cannot be written; `before` runs once it is, while the page of plans is still there.
    """
    path = _path(screen, plan.name)
    refusal = write_new_file(path, dump_plan(plan))
    if refusal is not None:
        return refusal
    if before is not None:
        before()
    assert isinstance(screen.mode, ReadMode)
    screen.mode.reader.dismiss(None)
    notice = sentence("You work on {plan} now", plan=path.name)
    open_other(screen, workspace_of(screen).opened.organization_path, notice, path)
    return None


def _taken(screen: SessionScreen, name: str) -> Sentence | None:
    """Why a plan cannot be called so."""
    if not _file_words(name):
        return sentence("Letters or digits are needed for the name of its file")
    path = _path(screen, name)
    return sentence("{file} is there already", file=path.name) if path.exists() else None


def _path(screen: SessionScreen, name: str) -> Path:
    """The file of a plan of that name: beside the one that is open, begins as the organisation's does."""
    opened = workspace_of(screen).opened
    stem = opened.organization_path.name.removesuffix(".toml")
    return opened.plan_path.parent / f"{stem}.{_file_words(name)}{PLAN_SUFFIX}"


def _file_words(name: str) -> str:
    return "-".join("".join(each if each.isalnum() else " " for each in name).lower().split())

"""The page of all plans beside an organisation: compare any two, take changes over, open another."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from textual.worker import get_current_worker

from orgtui.files.toml.problems import InvalidFile
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.session.plan.beside import PlanSeen, see_plan
from orgtui.session.plan.planned import CannotApply
from orgtui.tui.actions.apply import Seen, make_changes
from orgtui.tui.actions.context import workspace_of
from orgtui.tui.actions.look.comparing import (
    compare_plans,
    compare_wave,
    other_plans,
    with_baseline,
    with_plan,
)
from orgtui.tui.actions.look.inspecting import open_page
from orgtui.tui.actions.look.other_plans import all_plans_page, find_their_step, plan_ref
from orgtui.tui.commands.command import key_ref
from orgtui.tui.prompts.reader import Reader, ReadMode
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.screens.workspace import SessionWorkspace
from orgtui.views.lists.plans_page import BASELINE

REASON_MAX_CHARS = 200


def show(screen: SessionScreen) -> None:
    """Open the page of all plans; those beside the one that is open are read in a worker thread."""
    screen.evaluate_pending()
    workspace, others = workspace_of(screen), other_plans(screen)
    open_page(screen, partial(all_plans_page, workspace, others))
    if others:
        screen.run_worker(
            partial(_read, screen, workspace, others),
            thread=True,
            exclusive=True,
            group="plans",
            description=N_("read the plans beside this one"),
        )


def _read(screen: SessionScreen, workspace: SessionWorkspace, others: list[Path]) -> None:
    """Read and judge plans, one after the other, while the page of them is open."""
    worker = get_current_worker()
    for path in others:
        if worker.is_cancelled or screen.workspace is not workspace:
            return
        seen: PlanSeen | Sentence
        try:
            seen = see_plan(workspace.session, workspace.opened.organization_path, path)
        except InvalidFile as invalid:
            seen = sentence("{count:problem|problems} in {plan}", count=len(invalid.problems), plan=path.name)
        except CannotApply as refused:
            seen = refused.sentence
        screen.call_later(_take_in, screen, workspace, path, seen)


def _take_in(
    screen: SessionScreen, workspace: SessionWorkspace, path: Path, seen: PlanSeen | Sentence
) -> None:
    workspace.plans[path] = seen
    if screen.workspace is workspace and isinstance(screen.mode, ReadMode):
        screen.mode.reader.reload()


def compare(screen: SessionScreen) -> None:
    """Compare the marked two plans, or the one on the line with what is open; a wave with what was before."""
    reader = _reader(screen)
    at_cursor = reader.line.target
    if at_cursor is not None and at_cursor.kind == "wave":
        reader.follow(compare_wave(screen, int(at_cursor.id)))
        return
    chosen = _chosen(reader)
    here = workspace_of(screen).opened.plan_path
    if len(chosen) > 2:
        screen.show_message(sentence("Two plans can be compared: take the marks of the others away"), "error")
        return
    others = [Path(ref.id) for ref in chosen if ref != BASELINE and Path(ref.id) != here]
    if not others:
        board = with_baseline(screen)
    elif len(chosen) == 1 or plan_ref(here) in chosen:
        board = with_plan(screen, others[0])
    else:
        board = compare_plans(screen, *([None, *others] if BASELINE in chosen else others))
    if isinstance(board, Sentence):
        screen.show_message(board, "error")
    else:
        reader.follow(board)


def take_over(screen: SessionScreen) -> None:
    """Make the marked changes of another plan, or that on the line, in this one, as one step."""
    workspace, reader = workspace_of(screen), _reader(screen)
    steps = [find_their_step(workspace, ref) for ref in _chosen(reader)]
    steps.sort(key=lambda step: step.number)
    reasons = "; ".join(dict.fromkeys(step.why for step in steps if step.why))
    changes = [change for step in steps for change in step.changes]
    refusal = make_changes(screen, changes, Seen.now(screen), reasons[:REASON_MAX_CHARS] or None)
    if refusal is not None:
        screen.show_message(refusal, "error")


def open_plan(screen: SessionScreen) -> None:
    """Close the plan that is open, as on leaving, and open the one on the line."""
    from orgtui.tui.actions.lifecycle.opening import open_other

    workspace, ref = workspace_of(screen), _reader(screen).line.target
    assert ref is not None
    path = Path(ref.id)
    if ref == BASELINE or path == workspace.opened.plan_path:
        screen.show_message(sentence("This is open already"))
    elif workspace.is_scratch:
        screen.show_message(sentence("Keep the copy of the sample first: {keep}", keep=key_ref("keep")))
    else:
        _reader(screen).dismiss(None)
        notice = sentence("You work on {plan} now", plan=path.name)
        open_other(screen, workspace.opened.organization_path, notice, path)


def _chosen(reader: Reader) -> list[Ref]:
    at_cursor = reader.line.target
    return list(reader.marked) or ([] if at_cursor is None else [at_cursor])


def _reader(screen: SessionScreen) -> Reader:
    assert isinstance(screen.mode, ReadMode)
    return screen.mode.reader

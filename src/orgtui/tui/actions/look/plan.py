"""The list of steps so far, of which any can be taken out."""

from __future__ import annotations

from orgtui.changes.base import Refused
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.session.store import LogError
from orgtui.session.timeline.step import UNVOUCHED, in_plan_order
from orgtui.tui.actions.context import session_of, workspace_of
from orgtui.tui.actions.outcome_words import outcome
from orgtui.tui.commands.prompt_keys import PROMPT_KEYS
from orgtui.tui.prompts.choosing import ChoicePrompt
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.lists.plan_list import PlanList

HINT = sentence("{walk} choose   {take} takes a change out of the plan   {close} closes", **PROMPT_KEYS)

UNVOUCHED_HINT = sentence("{mark} nothing vouches for this name   {hint}", mark=UNVOUCHED, hint=HINT)


def show(screen: SessionScreen) -> None:
    """List the steps so far; `enter` takes one out."""
    workspace = workspace_of(screen)

    def find(typed: str) -> PlanList:
        steps = session_of(screen).steps
        if typed:
            said = {step.number: PlanList(workspace.scene, [step]) for step in steps}
            words = {number: _words(rows) for number, rows in said.items()}
            steps = [step for step in steps if typed.casefold() in words[step.number]]
        return PlanList(workspace.scene, in_plan_order(steps))

    session = session_of(screen)
    title = sentence(
        "The plan so far: {count:change|changes} (log: {entries:entry|entries}, ends in {head})",
        count=len(session.steps),
        entries=session.entry_count,
        head=session.log_head,
    )
    prompt = ChoicePrompt(screen.theme, screen.translate, title, find, lambda ref: _drop(screen, ref))
    is_marked = any(not step.is_vouched for step in session.steps)
    prompt.hint = UNVOUCHED_HINT if is_marked else HINT
    screen.app.push_screen(prompt)


def _words(rows: PlanList) -> str:
    return "".join(span.text for span in rows.row(len(rows) - 1, 1000).left).casefold()


def _drop(screen: SessionScreen, ref: Ref) -> Sentence | None:
    try:
        changed = session_of(screen).drop(int(ref.id))
    except (Refused, LogError) as refusal:
        return refusal.sentence
    screen.show_message(outcome(sentence("Taken out"), changed.difference))
    return None

"""The list of steps so far, of which any can be taken out or put into another wave."""

from __future__ import annotations

from collections.abc import Sequence

from orgtui.changes.base import Refused
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.rules.inputs import Waves
from orgtui.session.store import LogError
from orgtui.session.timeline.step import UNVOUCHED, in_plan_order
from orgtui.tui.actions.apply import change_session, put_into_wave
from orgtui.tui.actions.context import session_of, workspace_of
from orgtui.tui.commands.prompt_keys import EARLIER_WAVE, LATER_WAVE, PROMPT_KEYS
from orgtui.tui.prompts.plan import Placed, PlanPrompt
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.lists.plan_list import PlanList
from orgtui.views.words.deeds import Deed

HINT = sentence(
    "{take} takes out   {mark} marks   {earlier} {later} other wave   {close} closes",
    **PROMPT_KEYS,
    earlier=EARLIER_WAVE,
    later=LATER_WAVE,
)

UNVOUCHED_HINT = sentence("{hint}   {mark} name not vouched for", mark=UNVOUCHED, hint=HINT)


def show(screen: SessionScreen) -> None:
    """List the steps so far; `enter` takes one out, other keys put some into another wave."""
    screen.evaluate_pending()
    workspace = workspace_of(screen)

    def find(typed: str) -> PlanList:
        steps = session_of(screen).steps
        if typed:
            said = {step.number: PlanList(workspace.scene, [step]) for step in steps}
            words = {number: _words(rows) for number, rows in said.items()}
            steps = [step for step in steps if typed.casefold() in words[step.number]]
        waves = session_of(screen).assessment.view.options(Waves).by_number
        new_managers = {number: wave.new_manager for number, wave in waves.items()}
        return PlanList(workspace.scene, in_plan_order(steps), new_managers)

    session = session_of(screen)
    title = sentence(
        "The plan so far: {count:change|changes} (log: {entries:entry|entries}, ends in {head})",
        count=len(session.steps),
        entries=session.entry_count,
        head=session.log_head,
    )
    prompt = PlanPrompt(
        screen.theme,
        screen.translate,
        title,
        find,
        lambda ref: _drop(screen, ref),
        lambda refs, by: _place(screen, refs, by),
    )
    is_marked = any(not step.is_vouched for step in session.steps)
    prompt.hint = UNVOUCHED_HINT if is_marked else HINT
    screen.app.push_screen(prompt)


def _words(rows: PlanList) -> str:
    return "".join(span.text for span in rows.row(len(rows) - 1, 1000).left).casefold()


def _place(screen: SessionScreen, refs: Sequence[Ref], by: int) -> Placed:
    """Put changes into the wave after the last of theirs, or before the first; tells what came of it."""
    session = session_of(screen)
    numbers = {int(ref.id) for ref in refs}
    waves = [wave for step in session.steps if step.number in numbers for wave in step.wave_of_each]
    if not waves:
        return sentence("Somebody has taken that out meanwhile"), True
    wave = (max(waves) if by > 0 else min(waves)) + by
    if wave < 1:
        return sentence("There is no wave before the first"), True
    try:
        return put_into_wave(screen, numbers, wave), False
    except (Refused, LogError) as refusal:
        return refusal.sentence, True


def _drop(screen: SessionScreen, ref: Ref) -> Sentence | None:
    number = int(ref.id)
    deed = Deed("drop", session_of(screen).step(number).changes)
    return change_session(screen, lambda session: session.drop(number), deed)

"""The page of the steps so far, of which any can be looked at, taken out and put into another wave."""

from __future__ import annotations

from collections.abc import Sequence

from orgtui.changes.base import Refused
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.session.plan.beside import PLAN_SUFFIX, last_step
from orgtui.session.store import LogError
from orgtui.session.timeline.reasons import clock
from orgtui.session.timeline.step import UNVOUCHED, SessionStep, in_plan_order
from orgtui.tui.actions.apply import put_into_wave
from orgtui.tui.actions.context import session_of, workspace_of
from orgtui.tui.actions.look.inspecting import open_page
from orgtui.tui.actions.look.waves import waves_of_plan
from orgtui.tui.prompts.reader import Reader, ReadMode
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.lists.plan_page import plan_page
from orgtui.views.pages.page import Page


def show(screen: SessionScreen) -> None:
    """Open the page of the steps so far."""
    screen.evaluate_pending()
    workspace, session = workspace_of(screen), session_of(screen)

    def page(width: int) -> Page:
        steps = session.steps
        opened = workspace.opened
        name = opened.plan_path.name.removesuffix(PLAN_SUFFIX) if opened.plan is None else opened.plan.name
        title = _title(name, steps)
        is_marked = any(not step.is_vouched for step in steps)
        note = sentence("{mark} name not vouched for", mark=UNVOUCHED)
        return plan_page(
            workspace.scene,
            title,
            in_plan_order(steps),
            waves_of_plan(session),
            screen.translate(note) if is_marked else "",
            width,
        )

    open_page(screen, page)


def _title(plan: str, steps: Sequence[SessionStep]) -> Sentence:
    """The plan by its name, that of its file if it has none yet, and who changed it last and when."""
    last = last_step(steps)
    if last is None or last.at is None:
        return sentence("Plan {plan}: {count:change|changes}", plan=plan, count=len(steps))
    when, who = clock(last.at), last.who
    if not who:
        said = N_("Plan {plan}: {count:change|changes}, the last at {when}")
        return sentence(said, plan=plan, count=len(steps), when=when)
    said = N_("Plan {plan}: {count:change|changes}, the last by {who} at {when}")
    return sentence(said, plan=plan, count=len(steps), who=who, when=when)


def mark(screen: SessionScreen) -> None:
    """Mark the change on the line, or take its mark away, and go on to the next line."""
    _reader(screen).turn_mark()


def put_later(screen: SessionScreen) -> None:
    """Put the marked changes, or that on the line, into the wave after the last of theirs."""
    _put(screen, 1)


def put_earlier(screen: SessionScreen) -> None:
    """Put the marked changes, or that on the line, into the wave before the first of theirs."""
    _put(screen, -1)


def _put(screen: SessionScreen, by: int) -> None:
    reader, session = _reader(screen), session_of(screen)
    numbers = {int(ref.id) for ref in _steps(reader)}
    waves = [wave for step in session.steps if step.number in numbers for wave in step.wave_of_each]
    if not waves:
        screen.show_message(sentence("Somebody has taken that out meanwhile"), "error")
        return
    wave = (max(waves) if by > 0 else min(waves)) + by
    if wave < 1:
        screen.show_message(sentence("There is no wave before the first"), "error")
        return
    try:
        screen.show_message(put_into_wave(screen, numbers, wave))
    except (Refused, LogError) as refusal:
        screen.show_message(refusal.sentence, "error")


def _steps(reader: Reader) -> list[Ref]:
    at_cursor = reader.line.target
    return list(reader.marked) or ([] if at_cursor is None else [at_cursor])


def _reader(screen: SessionScreen) -> Reader:
    assert isinstance(screen.mode, ReadMode)
    return screen.mode.reader

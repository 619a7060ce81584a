"""Undo, redo, and the reasons of changes."""

from __future__ import annotations

from collections.abc import Mapping

from orgtui.changes.base import Refused
from orgtui.model.sentence import Sentence, sentence
from orgtui.session.store import LogError
from orgtui.session.timeline.attempt import Superseded
from orgtui.session.timeline.step import ActKind
from orgtui.tui.actions.apply import Seen, change_session, superseded_message
from orgtui.tui.actions.context import session_of, workspace_of
from orgtui.tui.prompts.prompt import TextPrompt
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.words.changes import describe_all
from orgtui.views.words.deeds import Deed, DeedKind

UNDOING: Mapping[ActKind, DeedKind] = {
    "do": "undo",
    "drop": "restore",
    "wave": "unplace",
    "decide": "undecide",
}
REDOING: Mapping[ActKind, DeedKind] = {"do": "redo", "drop": "drop", "wave": "place", "decide": "redecide"}
"""What it is to undo and to redo what was done to a step."""


def undo(screen: SessionScreen) -> None:
    """Undo the last step."""
    act = session_of(screen).steps_to_undo()
    if act is not None:
        kind, steps = act
        decision = session_of(screen).decision_to_undo
        deed = Deed(UNDOING[kind], [change for step in steps for change in step.changes], decision)
        _show_refusal(screen, change_session(screen, lambda session: session.undo(), deed))


def redo(screen: SessionScreen) -> None:
    """Redo the step that was undone last."""
    act = session_of(screen).steps_to_redo()
    if act is not None:
        kind, steps = act
        decision = session_of(screen).decision_to_redo
        deed = Deed(REDOING[kind], [change for step in steps for change in step.changes], decision)
        _show_refusal(screen, change_session(screen, lambda session: session.redo(), deed))


def say_why(screen: SessionScreen) -> None:
    """Ask for the reason of the last step, this user's last one if there is any."""
    session = session_of(screen)
    step = session.last_step
    did = describe_all(workspace_of(screen).scene, step.changes)
    if step.who in (None, session.author):
        asked = sentence("Why? You {did}", did=did)
    else:
        asked = sentence("Why? {by} {did}", by=step.who, did=did)

    seen = Seen.now(screen)

    def keep(why: str) -> Sentence | None:
        try:
            session.say_why(step.number, why, seen.told)
        except Superseded as late:
            seen.told = session.moment
            return superseded_message(screen, late)
        except (Refused, LogError) as refusal:
            return refusal.sentence
        return None

    screen.app.push_screen(
        TextPrompt(
            screen.theme,
            screen.translate,
            asked,
            value=step.why or "",
            accept=keep,
        )
    )


def _show_refusal(screen: SessionScreen, refusal: Sentence | None) -> None:
    if refusal is not None:
        screen.show_message(refusal, "error")

"""Taking a change out of the plan."""

from __future__ import annotations

from orgtui.model.sentence import Ref
from orgtui.tui.actions.apply import change_session
from orgtui.tui.actions.context import session_of
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.words.deeds import Deed


def take_out(screen: SessionScreen, step: Ref) -> None:
    """Take a step out of the plan; says why if that cannot be."""
    number = int(step.id)
    deed = Deed("drop", session_of(screen).step(number).changes)
    refusal = change_session(screen, lambda session: session.drop(number), deed)
    if refusal is not None:
        screen.show_message(refusal, "error")

"""Making changes, taking them back, and saying why; what every flow that changes something goes through."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from orgtui.changes.base import Change, Refused
from orgtui.model.sentence import Sentence, sentence
from orgtui.session.log import LogError
from orgtui.session.session import Changed, Session
from orgtui.tui.screens.prompts import AskText
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.session_desk import SessionDesk


def make(screen: SessionScreen, changes: Sequence[Change]) -> Sentence | None:
    """Make changes as one step and say what they did; why not, if they cannot be made."""
    return _go(screen, lambda session: session.do(changes), sentence("Done"))


def undo(screen: SessionScreen) -> None:
    """Take the last change back."""
    _tell(screen, _go(screen, lambda session: session.undo(), sentence("Undone")))


def redo(screen: SessionScreen) -> None:
    """Make the change again that was taken back last."""
    _tell(screen, _go(screen, lambda session: session.redo(), sentence("Done again")))


def say_why(screen: SessionScreen) -> None:
    """Put on record why the last change was made."""
    session = session_of(screen)
    step = session.steps[-1]

    def keep(why: str) -> Sentence | None:
        try:
            session.say_why(step.number, why)
        except (Refused, LogError) as refusal:
            return refusal.sentence
        return None

    screen.app.push_screen(
        AskText(screen.look, screen.word, sentence("Why this change?"), value=step.why or "", accept=keep)
    )


def desk_of(screen: SessionScreen) -> SessionDesk:
    """The desk; commands that need it run only when it is there."""
    assert screen.desk is not None
    return screen.desk


def session_of(screen: SessionScreen) -> Session:
    return desk_of(screen).session


def _go(screen: SessionScreen, act: Callable[[Session], Changed], done: Sentence) -> Sentence | None:
    try:
        changed = act(session_of(screen))
    except (Refused, LogError) as refusal:
        return refusal.sentence
    screen.tell(outcome(done, changed))
    return None


def outcome(done: Sentence, changed: Changed) -> Sentence:
    """What was done, and what it did to the findings."""
    mended, new = len(changed.difference.resolved), len(changed.difference.introduced)
    if not mended and not new:
        return sentence("{done}; the findings stay as they are", done=done)
    return sentence("{done}: {mended:finding|findings} mended, {new} new", done=done, mended=mended, new=new)


def _tell(screen: SessionScreen, refusal: Sentence | None) -> None:
    if refusal is not None:
        screen.tell(refusal, "error")

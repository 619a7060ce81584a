"""Taking changes out of the plan: alone, or together with what rests on them; others' for a reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from orgtui.changes.base import Refused
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.session.session import Session
from orgtui.session.timeline.step import SessionStep
from orgtui.tui.actions.apply import change_session
from orgtui.tui.actions.context import session_of, workspace_of
from orgtui.tui.actions.outcome_words import preview_outcome
from orgtui.tui.prompts.deciding import Answers, DecisionPrompt
from orgtui.tui.prompts.prompt import NoticePrompt, TextPrompt, box_text_width
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.widgets.notes import Notes
from orgtui.views.base.cells import wrapped
from orgtui.views.base.row import Span
from orgtui.views.words.changes import describe_all
from orgtui.views.words.deeds import Deed

LISTED_MAX = 12
"""So many changes that rest on others are looked for and named."""

FEW = 5
"""So many changes may go together with those that they rest on if some are of others; all if none is."""

LEAVE, TAKE_OUT = "leave", "take_out"


def take_out(screen: SessionScreen, steps: Iterable[Ref]) -> None:
    """Take steps out of the plan; where later ones rest on them, say which, and offer all if they are few."""
    session = session_of(screen)
    numbers = sorted(int(step.id) for step in steps)
    try:
        resting = session.resting_on(numbers, LISTED_MAX + 1)
    except Refused as refusal:
        screen.show_message(refusal.sentence, "error")
        return
    if not resting:
        _take_out(screen, numbers)
    elif len(resting) <= (FEW if any(_is_of_others(session, each) for each in resting) else LISTED_MAX):
        _offer(screen, numbers, resting)
    else:
        lines = Notes([(Span(line),) for line in _lines(screen, resting)])
        screen.app.push_screen(NoticePrompt(screen.theme, screen.translate, _title(resting), lines))


def _offer(screen: SessionScreen, numbers: Sequence[int], resting: Sequence[SessionStep]) -> None:
    """Ask whether to take steps out together with those that rest on them."""
    together = [*numbers, *(step.number for step in resting)]
    answers = {
        LEAVE: screen.translate(sentence("leave it as it is")),
        TAKE_OUT: screen.translate(sentence("take all {changes} out together", changes=len(together))),
    }

    def decided(answer: str | None) -> None:
        if answer == TAKE_OUT:
            _take_out(screen, together)

    told = [*_lines(screen, resting), *_foretold(screen, together)]
    screen.app.push_screen(
        DecisionPrompt(screen.theme, screen.translate, _title(resting), Answers(told, answers)),
        decided,
    )


def _take_out(screen: SessionScreen, numbers: Sequence[int]) -> None:
    """Take steps out of the plan, together; those of others for a reason that is asked for."""
    session = session_of(screen)
    steps = [session.step(number) for number in numbers]

    def accept(why: str | None) -> Sentence | None:
        first, *others = numbers
        deed = Deed("drop", [change for step in steps for change in step.changes])
        return change_session(screen, lambda session: session.drop(first, others, why), deed)

    if any(_is_of_others(session, step) for step in steps):
        title = sentence(
            "Why? It takes out: {changes}", changes=tuple(_words(screen, step) for step in steps)
        )
        prompt = TextPrompt(
            screen.theme,
            screen.translate,
            title,
            accept=accept,
            preview=lambda _: _preview(screen, numbers),
        )
        screen.app.push_screen(prompt)
        return
    refusal = accept(None)
    if refusal is not None:
        screen.show_message(refusal, "error")


def _is_of_others(session: Session, step: SessionStep) -> bool:
    return step.by not in (None, session.author)


# -- words -----------------------------------------------------------------------------------------


def _title(resting: Sequence[SessionStep]) -> Sentence:
    if len(resting) > LISTED_MAX:
        return sentence("More than {most} later changes rest on what is to go", most=LISTED_MAX)
    said = N_("{later:later change rests|later changes rest} on what is to go")
    return sentence(said, later=len(resting))


def _lines(screen: SessionScreen, resting: Sequence[SessionStep]) -> Iterator[str]:
    """Steps by number, author and what they do, in lines of the width of a box."""
    width = box_text_width(screen.app.size.width)
    for step in resting[:LISTED_MAX]:
        yield from wrapped(_words(screen, step), width)
    if len(resting) > LISTED_MAX:
        yield screen.theme.glyphs.ellipsis


def _words(screen: SessionScreen, step: SessionStep) -> str:
    did = describe_all(workspace_of(screen).scene, step.changes)
    if step.who is not None:
        did = screen.translate(sentence("{by}: {did}", by=step.who, did=did))
    return f"{step.number}  {did}"


def _foretold(screen: SessionScreen, numbers: Sequence[int]) -> Iterator[str]:
    """What taking steps out would do to the findings, in lines of the width of a box."""
    said = screen.translate(_preview(screen, numbers))
    yield from ("", *wrapped(said, box_text_width(screen.app.size.width)))


def _preview(screen: SessionScreen, numbers: Sequence[int]) -> Sentence:
    first, *others = numbers
    try:
        return preview_outcome(session_of(screen).preview_drop(first, others).difference)
    except Refused as refusal:
        return refusal.sentence

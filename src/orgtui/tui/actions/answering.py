"""Asking for the value of a field, with a preview of each answer and the reason where it is refused."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from orgtui.changes.parse import parse_change
from orgtui.model.sentence import Sentence, sentence
from orgtui.tui.actions.apply import Labels, Proposal, Seen, apply_proposal, preview_proposal
from orgtui.tui.actions.asking import or_typed
from orgtui.tui.actions.context import workspace_of
from orgtui.tui.prompts.choosing import ONE, ONE_OR_NEW, ChoicePrompt, MultiChoicePrompt
from orgtui.tui.prompts.prompt import TextPrompt
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.widgets.choices import name_filter
from orgtui.views.pages.fields import Field, MultipleChoice, SingleChoice, TextInput


class Type(Protocol):
    """Opens an input for the text of a field."""

    def __call__(
        self,
        title: Sentence,
        field: Field,
        accept: Callable[[str], Sentence | None],
        preview: Callable[[str], Sentence | None],
        done: Callable[[str | None], None],
    ) -> None: ...


def ask(
    screen: SessionScreen, field: Field, thing: object, type_in: Type | None = None, seen: Seen | None = None
) -> None:
    """Ask for the value of a field; `thing` is named in the title, `type_in` replaces the text prompt.

    `seen` is from when the first of several questions was asked.
    """
    seen = seen or Seen.now(screen)
    accept, preview = partial(_accept, screen, field, seen), partial(_preview_answer, screen, field)
    done = partial(_go_on, screen, field, thing, type_in, seen)
    title = sentence("{thing}: {label}", thing=thing, label=field.label)
    match field.kind:
        case TextInput():
            (type_in or partial(_type, screen))(title, field, accept, preview, done)
        case SingleChoice(among, new=new, notes=notes):
            find = name_filter(workspace_of(screen).scene, among(), notes())
            find, hint = (or_typed(screen, find, new), ONE_OR_NEW) if new else (find, ONE)
            prompt = ChoicePrompt(screen.theme, screen.translate, title, find, accept, preview, hint)
            if field.initial is not None:
                prompt.list.go_to(field.initial)
            screen.app.push_screen(prompt, done)
        case MultipleChoice(among):
            find = name_filter(workspace_of(screen).scene, among())
            marked = field.initial or ()
            several = MultiChoicePrompt(screen.theme, screen.translate, title, find, marked, accept, preview)
            screen.app.push_screen(several, done)


def _type(
    screen: SessionScreen,
    title: Sentence,
    field: Field,
    accept: Callable[[str], Sentence | None],
    preview: Callable[[str], Sentence | None],
    done: Callable[[str | None], None],
) -> None:
    text = field.initial or ""
    prompt = TextPrompt(screen.theme, screen.translate, title, value=text, accept=accept, preview=preview)
    screen.app.push_screen(prompt, done)


# -- answering -------------------------------------------------------------------------------------


def _accept(screen: SessionScreen, field: Field, seen: Seen, answer: Any) -> Sentence | None:
    """Apply the changes of an answer, unless a question follows; returns why they cannot be made."""
    if answer == field.now or field.follow_up(field.plan_value(answer)) is not None:
        return None
    return apply_proposal(screen, lambda: _proposal(field, answer), seen, _labels(field, answer))


def _go_on(
    screen: SessionScreen, field: Field, thing: object, type_in: Type | None, seen: Seen, answer: Any
) -> None:
    """Ask the question that follows an answer, if any."""
    following = None if answer in (None, field.now) else field.follow_up(field.plan_value(answer))
    if following is not None:
        ask(screen, following, thing, type_in, seen)


def _preview_answer(screen: SessionScreen, field: Field, answer: Any) -> Sentence | None:
    """What an answer would do; None for the current value."""
    if answer == field.now:
        return None
    return preview_proposal(screen, lambda: _proposal(field, answer), _labels(field, answer))


def _proposal(field: Field, answer: Any) -> Proposal:
    return [parse_change(each) for each in field.proposal(answer)]


def _labels(field: Field, answer: Any) -> Labels:
    """The label of the last question for every key of the changes."""
    last, _ = field.last_question(answer)
    return {key: last.label for change in field.proposal(answer) for key in change}

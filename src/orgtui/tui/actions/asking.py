"""Prompts and form fields for actions; each passes its answer to a function that applies or refuses it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import cast

from orgtui.locales import join_list
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.tui.actions.apply import Proposal, Seen, apply_proposal, make_changes, preview_proposal
from orgtui.tui.actions.context import workspace_of
from orgtui.tui.prompts.choosing import ChoicePrompt, MultiChoicePrompt
from orgtui.tui.prompts.forms import Field, Form, Values
from orgtui.tui.prompts.prompt import TextPrompt
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.widgets.choices import Choice, Choices, NoteOf, name_filter
from orgtui.views.lists.find import highlighted

Keep = Callable[[object], None]

YES_NO = ("yes", "no")
ADD = sentence("Add it")


@dataclass(frozen=True, slots=True)
class Action:
    """An entry of a menu: changes to make as one step, or a question to ask."""

    label: Sentence
    ask: Callable[[], None] | None = None
    changes: Proposal = ()


def ask_text(
    screen: SessionScreen,
    title: Sentence,
    accept: Callable[[str], Sentence | None],
    value: str = "",
    *,
    optional: bool = False,
) -> None:
    """Ask for a text; `accept` applies it or returns why not."""
    screen.app.push_screen(
        TextPrompt(screen.theme, screen.translate, title, value=value, accept=accept, optional=optional)
    )


def type_change(
    screen: SessionScreen, title: Sentence, changes: Callable[[str], Proposal], value: str = ""
) -> None:
    """Ask for a text that leads to changes."""
    seen = Seen.now(screen)
    screen.app.push_screen(
        TextPrompt(
            screen.theme,
            screen.translate,
            title,
            value=value,
            accept=lambda text: apply_proposal(screen, lambda: changes(text), seen),
            preview=lambda text: preview_proposal(screen, lambda: changes(text)),
        )
    )


def choose(
    screen: SessionScreen,
    title: Sentence,
    refs: Iterable[Ref],
    accept: Callable[[Ref], Sentence | None],
    note: NoteOf = lambda ref: "",
) -> None:
    """Ask for one of some named records; `note` says something of each."""
    look_up = name_filter(workspace_of(screen).scene, refs, note)
    screen.app.push_screen(ChoicePrompt(screen.theme, screen.translate, title, look_up, accept=accept))


def choose_change(
    screen: SessionScreen,
    title: Sentence,
    refs: Iterable[Ref],
    changes: Callable[[Ref], Proposal],
    note: NoteOf = lambda ref: "",
) -> ChoicePrompt:
    """Ask for one of some named records, which leads to changes; `note` says something of each."""
    seen = Seen.now(screen)
    prompt = ChoicePrompt(
        screen.theme,
        screen.translate,
        title,
        name_filter(workspace_of(screen).scene, refs, note),
        accept=lambda ref: apply_proposal(screen, lambda: changes(ref), seen),
        preview=lambda ref: preview_proposal(screen, lambda: changes(ref)),
    )
    screen.app.push_screen(prompt)
    return prompt


def choose_action(screen: SessionScreen, title: Sentence, actions: Sequence[Action]) -> None:
    """Show a menu of actions; a single action that asks a question is run at once."""
    if len(actions) == 1 and actions[0].ask is not None:
        actions[0].ask()
        return
    seen = Seen.now(screen)
    labels = {
        Ref.to("action", str(number)): screen.translate(each.label) for number, each in enumerate(actions)
    }

    def find(typed: str) -> Choices:
        fit = [(ref, label) for ref, label in labels.items() if typed.casefold() in label.casefold()]
        return Choices([Choice(ref, highlighted(label, typed)) for ref, label in fit])

    def make_it(ref: Ref) -> Sentence | None:
        changes = actions[int(ref.id)].changes
        return make_changes(screen, changes, seen) if changes else None

    def preview(ref: Ref) -> Sentence | None:
        changes = actions[int(ref.id)].changes
        return preview_proposal(screen, lambda: changes) if changes else None

    def go_on(ref: Ref | None) -> None:
        ask = None if ref is None else actions[int(ref.id)].ask
        if ask is not None:
            ask()

    changing = any(each.changes for each in actions)
    prompt = ChoicePrompt(screen.theme, screen.translate, title, find, make_it, preview if changing else None)
    screen.app.push_screen(prompt, go_on)


# -- forms -------------------------------------------------------------------------------------------


def fill_in(
    screen: SessionScreen,
    title: Sentence,
    fields: Sequence[Field],
    action: Sentence,
    proposal: Callable[[Values], Proposal],
) -> None:
    """Show a form whose values lead to changes, with a preview of them below."""
    labels, seen = {field.name: field.label for field in fields}, Seen.now(screen)
    screen.app.push_screen(
        Form(
            screen.theme,
            screen.translate,
            title,
            fields,
            action,
            accept=lambda values: apply_proposal(screen, lambda: proposal(values), seen, labels),
            preview=lambda values: preview_proposal(screen, lambda: proposal(values), labels),
        )
    )


def text_field(screen: SessionScreen, name: str, label: Sentence, value: str = "") -> Field:
    """A field for a text."""

    def ask(now: object, keep: Keep) -> None:
        def take(text: str) -> None:
            keep(text)

        ask_text(screen, label, lambda text: take(text), cast(str, now), optional=True)

    return Field(name, label, value, ask, lambda now: cast(str, now))


def choice_field(
    screen: SessionScreen,
    name: str,
    label: Sentence,
    refs: Iterable[Ref],
    value: Ref | None = None,
    note: NoteOf = lambda ref: "",
) -> Field:
    """A field for one of some records; its value is a Ref or None. `note` says something of each."""
    scene, refs = workspace_of(screen).scene, list(refs)

    def ask(now: object, keep: Keep) -> None:
        choose(screen, label, refs, lambda ref: keep(ref), note)

    def show(now: object) -> str:
        return screen.translate(sentence("not chosen yet")) if now is None else scene.names(cast(Ref, now))

    return Field(name, label, value, ask, show)


def word_field(
    screen: SessionScreen, name: str, label: Sentence, words: Sequence[str], value: str = ""
) -> Field:
    """A field for one of some fixed words; its value is the word, or "" for none."""

    def ask(now: object, keep: Keep) -> None:
        choose_action(screen, label, [Action(Sentence(word), partial(keep, word)) for word in words])

    def show(now: object) -> str:
        return screen.translate(Sentence(cast(str, now))) if now else screen.translate(sentence("not said"))

    return Field(name, label, value, ask, show)


def many_field(
    screen: SessionScreen, name: str, label: Sentence, refs: Iterable[Ref], value: Iterable[Ref] = ()
) -> Field:
    """A field for any of some records; its value is a tuple of Refs."""
    scene, refs = workspace_of(screen).scene, list(refs)

    def ask(now: object, keep: Keep) -> None:
        prompt = MultiChoicePrompt(
            screen.theme, screen.translate, label, name_filter(scene, refs), cast("tuple[Ref, ...]", now)
        )
        screen.app.push_screen(prompt, lambda chosen: None if chosen is None else keep(chosen))

    def show(now: object) -> str:
        chosen = cast("tuple[Ref, ...]", now)
        return join_list(map(scene.names, chosen)) or screen.translate(sentence("none"))

    return Field(name, label, tuple(value), ask, show)

"""The prompts as flows use them: each hands its answer to a function that says why not, or does it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import cast

from orgtui.locales import listed
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.tui.choices import Choice, Choices, finder
from orgtui.tui.flows.changing import Proposal, attempt, desk_of, promise
from orgtui.tui.screens.choosing import Choose, ChooseMany
from orgtui.tui.screens.forms import Field, Form, Values
from orgtui.tui.screens.prompts import AskText
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.find import highlighted

Keep = Callable[[object], None]


def ask_text(
    screen: SessionScreen,
    title: Sentence,
    accept: Callable[[str], Sentence | None],
    value: str = "",
    *,
    optional: bool = False,
) -> None:
    screen.app.push_screen(
        AskText(screen.look, screen.word, title, value=value, accept=accept, optional=optional)
    )


def choose(
    screen: SessionScreen, title: Sentence, refs: Iterable[Ref], accept: Callable[[Ref], Sentence | None]
) -> None:
    """Choose one of some things that have names."""
    look_up = finder(desk_of(screen).scene, refs)
    screen.app.push_screen(Choose(screen.look, screen.word, title, look_up, accept=accept))


def choose_action(
    screen: SessionScreen, title: Sentence, actions: Sequence[tuple[Sentence, Callable[[], None]]]
) -> None:
    """Choose what to do; a single possibility needs no question."""
    if len(actions) == 1:
        actions[0][1]()
        return
    labels = {Ref.to("action", str(number)): screen.word(said) for number, (said, _) in enumerate(actions)}

    def find(typed: str) -> Choices:
        fit = [(ref, label) for ref, label in labels.items() if typed.casefold() in label.casefold()]
        return Choices([Choice(ref, highlighted(label, typed)) for ref, label in fit])

    def act(ref: Ref | None) -> None:
        if ref is not None:
            actions[int(ref.id)][1]()

    screen.app.push_screen(Choose(screen.look, screen.word, title, find), act)


# -- forms -------------------------------------------------------------------------------------------


def fill_in(
    screen: SessionScreen,
    title: Sentence,
    fields: Sequence[Field],
    action: Sentence,
    proposal: Callable[[Values], Proposal],
) -> None:
    """Fill in a form whose values make changes; what they would do stands below it all the while."""
    labels = {field.name: field.label for field in fields}
    screen.app.push_screen(
        Form(
            screen.look,
            screen.word,
            title,
            fields,
            action,
            accept=lambda values: attempt(screen, lambda: proposal(values), labels),
            promise=lambda values: promise(screen, lambda: proposal(values), labels),
        )
    )


def text_field(screen: SessionScreen, name: str, label: Sentence, value: str = "") -> Field:
    def ask(now: object, keep: Keep) -> None:
        def take(text: str) -> None:
            keep(text)

        ask_text(screen, label, lambda text: take(text), cast(str, now), optional=True)

    return Field(name, label, value, ask, lambda now: cast(str, now))


def choice_field(
    screen: SessionScreen, name: str, label: Sentence, refs: Iterable[Ref], value: Ref | None = None
) -> Field:
    """A field for one of some things; its value is a Ref or None."""
    scene, refs = desk_of(screen).scene, list(refs)

    def ask(now: object, keep: Keep) -> None:
        choose(screen, label, refs, lambda ref: keep(ref))

    def show(now: object) -> str:
        return screen.word(sentence("not chosen yet")) if now is None else scene.names(cast(Ref, now))

    return Field(name, label, value, ask, show)


def word_field(
    screen: SessionScreen, name: str, label: Sentence, words: Sequence[str], value: str = ""
) -> Field:
    """A field for one of some fixed words; its value is the word, or "" for none."""

    def ask(now: object, keep: Keep) -> None:
        choose_action(screen, label, [(Sentence(word), partial(keep, word)) for word in words])

    def show(now: object) -> str:
        return screen.word(Sentence(cast(str, now))) if now else screen.word(sentence("not said"))

    return Field(name, label, value, ask, show)


def many_field(
    screen: SessionScreen, name: str, label: Sentence, refs: Iterable[Ref], value: Iterable[Ref] = ()
) -> Field:
    """A field for any of some things; its value is a tuple of Refs."""
    scene, refs = desk_of(screen).scene, list(refs)

    def ask(now: object, keep: Keep) -> None:
        prompt = ChooseMany(
            screen.look, screen.word, label, finder(scene, refs), cast("tuple[Ref, ...]", now)
        )
        screen.app.push_screen(prompt, lambda chosen: None if chosen is None else keep(chosen))

    def show(now: object) -> str:
        chosen = cast("tuple[Ref, ...]", now)
        return listed(map(scene.names, chosen)) or screen.word(sentence("none"))

    return Field(name, label, tuple(value), ask, show)

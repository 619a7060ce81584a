"""Prompts and form fields for actions; each passes its answer to a function that applies or refuses it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial

from orgtui.model.gate import refused_character
from orgtui.model.invalid import InvalidChange
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.tui.actions.apply import (
    Proposal,
    Seen,
    apply_proposal,
    first_key,
    first_problem,
    make_changes,
    preview_proposal,
)
from orgtui.tui.actions.context import workspace_of
from orgtui.tui.prompts.choosing import ChoicePrompt, FindRows
from orgtui.tui.prompts.fields import Among, Field, Shown, Values, always
from orgtui.tui.prompts.forms import Form, Problem
from orgtui.tui.prompts.prompt import TextPrompt
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.widgets.choices import Choice, Choices, NoteOf, label_filter, name_filter
from orgtui.views.base.row import Span
from orgtui.views.pages.fields import CREATE, DAY, NEW, NO, YES, parse_number

DAY_EXAMPLE = DAY.example

ADD = sentence("Add it")


@dataclass(frozen=True, slots=True)
class Action:
    """An entry of a menu: changes to make as one step, or a question to ask; `note` says more of it."""

    label: Sentence
    ask: Callable[[], None] | None = None
    changes: Proposal = ()
    note: Sentence | None = None


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
    notes = {
        ref: "" if each.note is None else screen.translate(each.note)
        for ref, each in zip(labels, actions, strict=True)
    }

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
    find = label_filter(labels, notes)
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
    """Show a form whose values lead to changes, with a preview of them below.

    Fields are named like the keys of the changes, so that the form goes to what a change misses.
    """
    labels, seen = {field.name: field.label for field in fields}, Seen.now(screen)

    def accept(values: Values) -> Problem | None:
        try:
            changes = proposal(values)
        except InvalidChange as invalid:
            return Problem(first_problem(invalid, labels), first_key(invalid))
        refusal = make_changes(screen, changes, seen)
        return None if refusal is None else Problem(refusal)

    screen.app.push_screen(
        Form(
            screen.theme,
            screen.translate,
            title,
            fields,
            action,
            accept,
            preview=lambda values: preview_proposal(screen, lambda: proposal(values), labels),
        )
    )


def text_field(
    screen: SessionScreen,
    name: str,
    label: Sentence,
    value: str = "",
    *,
    needed: bool = False,
    example: str = "",
    shown: Shown = always,
) -> Field:
    """A field for a text."""
    return Field(name, label, value, needed=needed, example=example, shown=shown)


def number_field(
    screen: SessionScreen,
    name: str,
    label: Sentence,
    value: str = "",
    *,
    needed: bool = False,
    example: str = "",
    shown: Shown = always,
) -> Field:
    """A field for a number; its value is the number, the text if it is none, or None if nothing was typed."""
    return Field(name, label, value, needed=needed, example=example, read=_number, shown=shown)


def day_field(
    screen: SessionScreen,
    name: str,
    label: Sentence,
    value: str = "",
    *,
    needed: bool = False,
    shown: Shown = always,
) -> Field:
    """A field for a day, as plans write it; an empty one is None."""
    return Field(name, label, value, needed=needed, example=DAY_EXAMPLE, read=_or_none, shown=shown)


def choice_field(
    screen: SessionScreen,
    name: str,
    label: Sentence,
    refs: Iterable[Ref],
    value: Ref | None = None,
    note: NoteOf = lambda ref: "",
    *,
    needed: bool = False,
    creates: bool = False,
    offer: str = CREATE,
    shown: Shown = always,
) -> Field:
    """A field for one of some records, found by typing; its value is a Ref or None.

    `note` says something of each. If it `creates`, a text that no record is called by can be chosen too, as a
    Ref of kind `NEW` whose id is the text; `offer` words that choice.
    """
    among = Among(_find(screen, refs, note, creates=creates, offer=offer), partial(choice_name, screen))
    return Field(name, label, value, among, needed, shown=shown)


def many_field(
    screen: SessionScreen,
    name: str,
    label: Sentence,
    refs: Iterable[Ref],
    value: Iterable[Ref] = (),
    *,
    needed: bool = False,
    creates: bool = False,
    shown: Shown = always,
) -> Field:
    """A field for any of some records; its value is a tuple of Refs, as `choice_field` has one."""
    among = Among(_find(screen, refs, creates=creates), partial(choice_name, screen), several=True)
    return Field(name, label, tuple(value), among, needed, shown=shown)


def word_field(
    screen: SessionScreen,
    name: str,
    label: Sentence,
    words: Sequence[str],
    value: str = "",
    *,
    shown: Shown = always,
) -> Field:
    """A field for one of some fixed words; its value is the word, or "" for none."""
    refs = [Ref.to("word", word) for word in words]
    among = Among(_find(screen, refs), partial(choice_name, screen))
    answer = Ref.to("word", value) if value else None
    return Field(name, label, answer, among, read=lambda ref: "" if ref is None else ref.id, shown=shown)


def yes_no_field(
    screen: SessionScreen, name: str, label: Sentence, value: bool = False, *, shown: Shown = always
) -> Field:
    """A field for a truth value."""
    among = Among(_find(screen, (YES, NO)), partial(choice_name, screen))
    return Field(name, label, YES if value else NO, among, read=lambda ref: ref == YES, shown=shown)


def choice_name(screen: SessionScreen, ref: Ref) -> str:
    """The name of a choice; what was typed instead of one is its own."""
    return ref.id if ref.kind == NEW else workspace_of(screen).scene.names(ref)


def _find(
    screen: SessionScreen,
    refs: Iterable[Ref],
    note: NoteOf = lambda ref: "",
    *,
    creates: bool = False,
    offer: str = CREATE,
) -> FindRows:
    """Finds records by a typed text; their names are read when the first is looked for."""
    known = list(refs)

    @cache
    def by_name() -> Callable[[str], Choices]:
        return name_filter(workspace_of(screen).scene, known, note)

    def find(typed: str) -> Choices:
        return by_name()(typed)

    return or_typed(screen, find, offer) if creates else find


def or_typed(screen: SessionScreen, find: Callable[[str], Choices], offer: str) -> Callable[[str], Choices]:
    """Extends `find` by the typed text itself, unless a choice has that name or id; `offer` words it."""

    def find_or_new(typed: str) -> Choices:
        rows, wanted = find(typed), typed.casefold()
        there = any(
            wanted in (each.ref.id.casefold(), choice_name(screen, each.ref).casefold())
            for each in rows.choices
        )
        if not wanted or there or refused_character(typed) is not None:
            return rows
        words = screen.translate(sentence(offer, text=typed))
        return Choices([*rows.choices, Choice(Ref.to(NEW, typed), (Span(words, "heading"),))])

    return find_or_new


def _number(text: str) -> object:
    return parse_number(text) if text else None


def _or_none(text: str) -> object:
    return text or None

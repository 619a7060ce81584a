"""What the keys do while a page is read: follow its lines, and edit them in place."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from orgtui.changes.forms import IDENTITY
from orgtui.changes.parse import parse_change
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.tui.choices import Choices, choice, finder
from orgtui.tui.commands import READY, WRITABLE
from orgtui.tui.flows.asking import Action, choose_action
from orgtui.tui.flows.changing import Labels, Proposal, attempt, desk_of, promise
from orgtui.tui.flows.inspecting import has_place, page_of
from orgtui.tui.screens.choosing import Choose, ChooseMany
from orgtui.tui.screens.reader import Reader
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.fields import Chosen, Field, Several, Typed


def edit(screen: SessionScreen) -> None:
    """Edit the line."""
    field = _reader(screen).line.field
    assert field is not None
    now = screen.situation()
    reason = READY.why_not(now) or WRITABLE.why_not(now)
    if reason is None:
        _ask(screen, field)
    else:
        screen.tell(reason)


def look_closer(screen: SessionScreen) -> None:
    """Show the page of what the line leads to."""
    reader = _reader(screen)
    assert reader.line.target is not None
    reader.follow(page_of(desk_of(screen), reader.line.target))


def back(screen: SessionScreen) -> None:
    """Back to the page before."""
    _reader(screen).back()


def close(screen: SessionScreen) -> None:
    """Leave the page."""
    _reader(screen).dismiss(None)


def go_there(screen: SessionScreen) -> None:
    """Leave the page for what the line leads to."""
    reader = _reader(screen)
    target = reader.line.target
    if target is not None and has_place(desk_of(screen), target):
        reader.dismiss(target)
    else:
        screen.tell(sentence("No pane has a row for this"))


def remove(screen: SessionScreen) -> None:
    """Take away what stands on the line, once it is seen what that would do."""
    reader = _reader(screen)
    field = reader.line.field
    assert field is not None
    entry = sentence("Take away {entry}", entry=reader.line.left[-1].text)
    take_away = Action(entry, changes=[parse_change(each) for each in field.removal])
    choose_action(screen, sentence("{thing}: {label}", thing=reader.heading, label=field.label), [take_away])


def _reader(screen: SessionScreen) -> Reader:
    assert screen.reading is not None
    return screen.reading


# -- asking ----------------------------------------------------------------------------------------


def _ask(screen: SessionScreen, field: Field, label: Sentence | None = None) -> None:
    """Ask for what a field says; a label is written before what is typed, where the line has another."""
    accept, foretell = partial(_accept, screen, field), partial(_foretell, screen, field)
    go_on = partial(_go_on, screen, field)
    title = sentence("{thing}: {label}", thing=_reader(screen).heading, label=field.label)
    match field.kind:
        case Typed(example=example):
            _reader(screen).type_in(field.first or "", example, label, accept, foretell, go_on)
        case Chosen(among, new=new):
            find = finder(desk_of(screen).scene, among())
            find = find if new is None else _or_new(screen, find, new)
            prompt = Choose(screen.look, screen.word, title, find, accept, foretell)
            if field.first is not None:
                prompt.list.go_to(field.first)
            screen.app.push_screen(prompt, go_on)
        case Several(among):
            find = finder(desk_of(screen).scene, among())
            marked = field.first or ()
            several = ChooseMany(screen.look, screen.word, title, find, marked, accept, foretell)
            screen.app.push_screen(several, go_on)


def _or_new(screen: SessionScreen, find: Callable[[str], Choices], kind: str) -> Callable[[str], Choices]:
    """Finds what is typed, too, where it can be an id and is none yet."""
    scene = desk_of(screen).scene

    def find_or_new(typed: str) -> Choices:
        rows = find(typed)
        new = Ref.to(kind, typed.casefold())
        if not IDENTITY.fullmatch(new.id) or rows.index_of(new) is not None:
            return rows
        return Choices([*rows.choices, choice(scene, new, typed)._replace(note=screen.word(sentence("new")))])

    return find_or_new


# -- answering -------------------------------------------------------------------------------------


def _accept(screen: SessionScreen, field: Field, answer: Any) -> Sentence | None:
    """Make what an answer comes to, unless it leads to a question more; why not, if that cannot be."""
    if answer == field.now or field.then(field.plain(answer)) is not None:
        return None
    return attempt(screen, lambda: _proposal(field, answer), _labels(field, answer))


def _go_on(screen: SessionScreen, field: Field, answer: Any) -> None:
    """Ask the question that an answer leads to."""
    following = None if answer in (None, field.now) else field.then(field.plain(answer))
    if following is not None:
        _ask(screen, following, following.label)


def _foretell(screen: SessionScreen, field: Field, answer: Any) -> Sentence | None:
    """What an answer would do; nothing is said of what is so already."""
    if answer == field.now:
        return None
    return promise(screen, lambda: _proposal(field, answer), _labels(field, answer))


def _proposal(field: Field, answer: Any) -> Proposal:
    return [parse_change(each) for each in field.proposal(answer)]


def _labels(field: Field, answer: Any) -> Labels:
    """What is asked last, whatever key of the changes is wrong."""
    last, _ = field.last(answer)
    return {key: last.label for change in field.proposal(answer) for key in change}

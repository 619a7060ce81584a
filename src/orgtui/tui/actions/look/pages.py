"""The commands while a page is read: follow its links, edit, add and remove."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from orgtui.changes.parse import parse_change
from orgtui.model.sentence import Sentence, sentence
from orgtui.tui.actions.answering import ask
from orgtui.tui.actions.asking import Action, choose_action
from orgtui.tui.actions.context import workspace_of
from orgtui.tui.actions.edit.adding import add_to
from orgtui.tui.actions.edit.removing import remove_from
from orgtui.tui.actions.edit.take_out import take_out
from orgtui.tui.actions.look.inspecting import has_row, page_of
from orgtui.tui.commands.command import READY, WRITABLE
from orgtui.tui.prompts.reader import Reader, ReadMode
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.lists.decisions_page import PLAN_STATUS
from orgtui.views.lists.plans_page import PLANS
from orgtui.views.pages.fields import Field, TextInput


def edit(screen: SessionScreen) -> None:
    """Edit the line under the cursor."""
    field = _reader(screen).line.field
    assert field is not None
    now = screen.situation()
    reason = READY.why_not(now) or WRITABLE.why_not(now)
    if reason is None:
        ask(screen, field, _reader(screen).heading, partial(_type_in_line, _reader(screen), field))
    else:
        screen.show_message(reason)


def follow_link(screen: SessionScreen) -> None:
    """Open the page that the line leads to; the line of the plan's status leads to the others."""
    reader = _reader(screen)
    assert reader.line.target is not None
    if reader.line.target == PLAN_STATUS:
        from orgtui.tui.actions.look.signing import decide

        decide(screen)
        return
    reader.follow(page_of(workspace_of(screen), reader.line.target))


def back(screen: SessionScreen) -> None:
    """Go back to the previous page."""
    _reader(screen).back()


def close(screen: SessionScreen) -> None:
    """Close the page."""
    _reader(screen).dismiss(None)


def go_to_target(screen: SessionScreen) -> None:
    """Close the page and go to what the line leads to."""
    reader = _reader(screen)
    target = reader.line.target
    if target is not None and has_row(workspace_of(screen), target):
        reader.dismiss(target)
    else:
        screen.show_message(sentence("No pane has a row for this"))


def turn_examples(screen: SessionScreen) -> None:
    """Show examples as in a file, or drawn again."""
    workspace = workspace_of(screen)
    workspace.examples_as_files = not workspace.examples_as_files
    _reader(screen).reload()


def add(screen: SessionScreen) -> None:
    """Choose what to add to the subject of the page; to the list of plans, another one."""
    if _reader(screen).page.about == PLANS:
        from orgtui.tui.actions.look.new_plan import begin_plan

        begin_plan(screen)
        return
    add_to(screen, _reader(screen).page.about)


def remove(screen: SessionScreen) -> None:
    """Remove the entry on the line, or choose what to remove of the line's target or the page's subject.

    Where changes of the plan are marked, take these out.
    """
    reader = _reader(screen)
    field = reader.line.field
    at = reader.line.target or reader.page.about
    if reader.marked and at.kind == "step":
        take_out(screen, reader.marked)
    elif field is None:
        remove_from(screen, at)
    else:
        _take_away(screen, reader, field)


def _take_away(screen: SessionScreen, reader: Reader, field: Field) -> None:
    """Ask whether to take away the entry on the line."""
    entry = sentence("Take away {entry}", entry=reader.line.left[-1].text)
    take_away = Action(entry, changes=[parse_change(each) for each in field.removal])
    choose_action(screen, sentence("{thing}: {label}", thing=reader.heading, label=field.label), [take_away])


def _type_in_line(
    reader: Reader,
    of_line: Field,
    title: Sentence,
    field: Field,
    accept: Callable[[str], Sentence | None],
    preview: Callable[[str], Sentence | None],
    done: Callable[[str | None], None],
) -> None:
    """Edit the value in place, with the field's label before it if it is another field than the line's."""
    assert isinstance(field.kind, TextInput)
    label = None if field is of_line else field.label
    reader.type_in(field.initial or "", field.kind.example, label, accept, preview, done)


def _reader(screen: SessionScreen) -> Reader:
    assert isinstance(screen.mode, ReadMode)
    return screen.mode.reader

"""Notes: written on what the cursor is on, and all of them on one page."""

from __future__ import annotations

from functools import partial

from orgtui.changes.parse import parse_change
from orgtui.model.kinds import SUBJECT_KINDS
from orgtui.model.sentence import Ref, sentence
from orgtui.tui.actions.asking import Action, choose_action, type_change
from orgtui.tui.actions.context import selected_ref, workspace_of
from orgtui.tui.actions.look.inspecting import open_page
from orgtui.tui.screens.session import SessionScreen
from orgtui.views.lists.notes_page import notes_page


def write(screen: SessionScreen) -> None:
    """Write a note on the selection, or on what the selected finding is about."""
    ref = selected_ref(screen)
    reported = workspace_of(screen).findings.finding(ref)
    about = [ref] if reported is None else list(reported.finding.subjects)
    noted = [each for each in about if each.kind in SUBJECT_KINDS]
    if noted:
        actions = [Action(sentence("{thing}", thing=each), partial(_ask, screen, each)) for each in noted]
        choose_action(screen, sentence("A note on what?"), actions)
    else:
        screen.show_message(sentence("A note can be on teams, people, work and links, not on this"))


def show_all(screen: SessionScreen) -> None:
    """Open the page of all notes."""
    scene = workspace_of(screen).scene
    if scene.organization.notes.rows():
        open_page(screen, partial(notes_page, scene))
    else:
        screen.show_message(sentence("There are no notes yet"))


def _ask(screen: SessionScreen, on: Ref) -> None:
    title = sentence("A note on {thing}", thing=on)
    type_change(screen, title, lambda text: [parse_change({"op": "note", "on": str(on), "text": text})])

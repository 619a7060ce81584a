"""Searching by name, or for the words of a note, and going to the results."""

from __future__ import annotations

from collections.abc import Callable

from orgtui.model.sentence import Ref, sentence
from orgtui.tui.actions.context import workspace_of
from orgtui.tui.actions.going import go_to, go_to_finding
from orgtui.tui.actions.look.inspecting import has_row, open_page, page_of
from orgtui.tui.commands.command import KNOWLEDGE, TEAMS
from orgtui.tui.prompts.choosing import ChoicePrompt
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.widgets.choices import CHOICES_MAX, Choices, choice, name_filter
from orgtui.views.base.names import note_key
from orgtui.views.base.row import Rows
from orgtui.views.base.scene import Scene
from orgtui.views.lists.find import Search

READ_AT_ONCE = 500
PAUSE_S = 0.001
"""How many names or findings are read between two keys, and how long keys have their turn."""


def find(screen: SessionScreen) -> None:
    """Search for a team, person or function by name, or for a note, and go to it or to what it is on."""
    workspace = workspace_of(screen)

    def look_up(typed: str) -> Rows:
        found = workspace.name_index.search(typed)[:CHOICES_MAX]
        return Choices([choice(workspace.scene, ref, typed, _noted(workspace.scene, ref)) for ref in found])

    def go(ref: Ref | None) -> None:
        if ref is not None:
            screen.search = Search.at(ref, prompt.typed, workspace.name_index.search(prompt.typed))
            _go(screen, ref)

    prompt = ChoicePrompt(
        screen.theme, screen.translate, sentence("Find a team, function, person or note"), look_up
    )
    screen.app.push_screen(prompt, go)
    read_ahead(prompt, workspace.name_index.build)


def read_ahead(prompt: ChoicePrompt, read: Callable[[int], bool]) -> None:
    """Read what is to be searched between keys, some at a time; `read` says whether anything was left."""

    def read_some() -> None:
        if not read(READ_AT_ONCE):
            timer.stop()

    timer = prompt.set_interval(PAUSE_S, read_some)


def go_to_next_result(screen: SessionScreen, by: int) -> None:
    """Go to the next (1) or previous (-1) result of the last search."""
    found = None if screen.search is None else screen.search.step(by)
    if found is None:
        return
    if found.kind == "finding":
        go_to_finding(screen, found)
    else:
        _go(screen, found)


def _go(screen: SessionScreen, found: Ref) -> None:
    """Go to a record, or to what a note is on; its page opens if no pane has a row for it."""
    if found.kind != "note":
        go_to(screen, found)
        return
    on = Ref(note_key(found)[0])
    workspace = workspace_of(screen)
    if on.kind == "share" and has_row(workspace, on):
        go_to(screen, on, KNOWLEDGE)
    elif has_row(workspace, on):
        go_to(screen, on)
    else:
        open_page(screen, page_of(workspace, on))


def _noted(scene: Scene, found: Ref) -> str:
    """What a note is on; empty for what is no note."""
    return scene.names(Ref(note_key(found)[0])) if found.kind == "note" else ""


def find_team(screen: SessionScreen) -> None:
    """Search for a team by name as a place for the carried items, and go to it."""
    scene = workspace_of(screen).scene
    screen.app.push_screen(
        ChoicePrompt(
            screen.theme,
            screen.translate,
            sentence("Carry it where?"),
            name_filter(scene, scene.every("team")),
        ),
        lambda ref: None if ref is None else go_to(screen, ref, TEAMS),
    )


def go_to_subject(screen: SessionScreen) -> None:
    """Go from the selected finding to its first subject in the teams pane."""
    workspace = workspace_of(screen)
    here = screen.pane.ref
    reported = None if here is None else workspace.findings.finding(here)
    for subject in () if reported is None else reported.finding.subjects:
        if workspace.team_of(subject) is not None:
            go_to(screen, subject, TEAMS)
            return
    screen.show_message(sentence("This finding is about the whole organisation"))

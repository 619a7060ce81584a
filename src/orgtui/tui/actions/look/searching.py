"""Searching by name, and going to the results."""

from __future__ import annotations

from collections.abc import Callable

from orgtui.model.sentence import Ref, sentence
from orgtui.tui.actions.context import workspace_of
from orgtui.tui.actions.going import go_to, go_to_finding
from orgtui.tui.commands.command import TEAMS
from orgtui.tui.prompts.choosing import ChoicePrompt
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.widgets.choices import CHOICES_MAX, Choices, choice, name_filter
from orgtui.views.base.row import Rows
from orgtui.views.lists.find import Search

READ_AT_ONCE = 500
PAUSE_S = 0.001
"""How many names or findings are read between two keys, and how long keys have their turn."""


def find(screen: SessionScreen) -> None:
    """Search for a team, person or function by name, and go to it."""
    workspace = workspace_of(screen)

    def look_up(typed: str) -> Rows:
        return Choices(
            [choice(workspace.scene, ref, typed) for ref in workspace.name_index.search(typed)[:CHOICES_MAX]]
        )

    def go(ref: Ref | None) -> None:
        if ref is not None:
            screen.search = Search.at(ref, prompt.typed, workspace.name_index.search(prompt.typed))
            go_to(screen, ref)

    prompt = ChoicePrompt(
        screen.theme, screen.translate, sentence("Find a team, function or person"), look_up
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
        go_to(screen, found)


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

"""Finding by name, and going to what was found."""

from __future__ import annotations

from orgtui.model.sentence import Ref, sentence
from orgtui.tui.actions.apply import desk_of
from orgtui.tui.commands.command import FINDINGS, TEAMS
from orgtui.tui.prompts.choosing import Choose
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.widgets.choices import MOST, Choices, choice, finder
from orgtui.views.base.row import Rows
from orgtui.views.lists.find import Search


def find(screen: SessionScreen) -> None:
    """Find a team, person or function by typing some of its name."""
    desk = desk_of(screen)

    def look_up(typed: str) -> Rows:
        return Choices([choice(desk.scene, ref, typed) for ref in desk.finder.search(typed)[:MOST]])

    def go(ref: Ref | None) -> None:
        if ref is not None:
            screen.search = Search.at(ref, prompt.typed, desk.finder.search(prompt.typed))
            go_to(screen, ref)

    prompt = Choose(screen.look, screen.word, sentence("Find a team, function or person"), look_up)
    screen.app.push_screen(prompt, go)


def go_on(screen: SessionScreen, by: int) -> None:
    """Go to the next of what was found last, or the one before."""
    found = None if screen.search is None else screen.search.step(by)
    if found is None:
        return
    if found.kind == "finding":
        go_to_finding(screen, found)
    else:
        go_to(screen, found)


def find_team(screen: SessionScreen) -> None:
    """While carrying: find a place by its name."""
    scene = desk_of(screen).scene
    screen.app.push_screen(
        Choose(screen.look, screen.word, sentence("Carry it where?"), finder(scene, scene.every("team"))),
        lambda ref: None if ref is None else go_to(screen, ref, TEAMS),
    )


def go_to(screen: SessionScreen, ref: Ref, name: str | None = None) -> None:
    """Put the cursor on something, in the pane named or this one if it is there, else among the teams."""
    desk = desk_of(screen)
    name = name or str(screen.pane.id)
    if name == FINDINGS or (name != TEAMS and desk.rows[name].index_of(ref) is None):
        name = TEAMS
    pane = screen.panes[name]
    if name == TEAMS:
        kept = pane.ref
        desk.tree.reveal(ref)
        pane.changed(kept)
    screen.activate(name)
    if not pane.go_to(ref):
        screen.tell(sentence("{thing} is not shown here", thing=ref))
    screen.stepped()


def go_to_finding(screen: SessionScreen, ref: Ref) -> None:
    """Put the cursor on a finding."""
    screen.activate(FINDINGS)
    if not screen.pane.go_to(ref):
        screen.tell(sentence("This finding is there no more"))
    screen.stepped()


def go_to_subject(screen: SessionScreen) -> None:
    """Go from a finding to the first of its subjects that has a place."""
    desk = desk_of(screen)
    here = screen.pane.ref
    judged = None if here is None else desk.findings.finding(here)
    for subject in () if judged is None else judged.finding.subjects:
        if desk.place_of(subject) is not None:
            go_to(screen, subject, TEAMS)
            return
    screen.tell(sentence("This finding is about the whole organisation"))

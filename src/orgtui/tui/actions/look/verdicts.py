"""Reviewing a plan seat by seat: verdicts, the next seat that has none, and the page of what is left."""

from __future__ import annotations

from functools import partial

from orgtui.changes.plan_operations import Review
from orgtui.model.kinds import Verdict
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.tui.actions.apply import decide
from orgtui.tui.actions.context import session_of, workspace_of
from orgtui.tui.actions.going import go_to
from orgtui.tui.actions.look.inspecting import open_or_follow, page_of
from orgtui.tui.commands.command import key_ref
from orgtui.tui.prompts.reader import ReadMode
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.screens.workspace import SessionWorkspace
from orgtui.views.base.cells import cell_len
from orgtui.views.lists.review_page import ALL_REVIEWED, left_page, next_left
from orgtui.views.pages.page import Page
from orgtui.views.panes.team_contents import present_ref

HOW = sentence(
    "{keep} keeps the seat, {change} is for changing it, {close} for closing it; {next} goes to the next",
    keep=key_ref("verdict_keep"),
    change=key_ref("verdict_change"),
    close=key_ref("verdict_close"),
    next=key_ref("next_left"),
)
"""How seats are reviewed, said when the page of those that are left is opened."""


def give(screen: SessionScreen, verdict: Verdict) -> None:
    """Give a verdict on the seat under the cursor, or that the page is about; then go to the next one."""
    person, session = _seat(screen), session_of(screen)
    assert person is not None
    lines = _lines_after(screen)

    def told(did: Sentence) -> None:
        _go_on(screen, person, lines)
        _say_what_is_left(screen, did)

    review = Review(person, verdict)
    refusal = decide(screen, review, lambda _: session.review(person, verdict), told)
    if refusal is not None:
        screen.show_message(refusal, "error")


def go_to_next(screen: SessionScreen) -> None:
    """Go to the next seat that has no verdict, and say how many are left."""
    _go_on(screen, _seat(screen), _lines_after(screen), opens=True)
    _say_what_is_left(screen)


def show_left(screen: SessionScreen) -> None:
    """Open the page of the seats without a verdict, by division."""
    session, here = session_of(screen), _seat(screen)
    start = here if here is not None and session.reviews.is_left(here) else next(session.reviews.left(), None)
    at = None if start is None else Ref.to("person", start)
    open_or_follow(screen, partial(_left_page, workspace_of(screen)), at, None if at is None else HOW)


def _left_page(workspace: SessionWorkspace, width: int) -> Page:
    session = workspace.session
    return left_page(workspace.scene, session.left_by_division(), session.reviews.total, width)


def _seat(screen: SessionScreen) -> str | None:
    """The seat under the cursor, else that the page is about."""
    refs = [screen.mode.ref]
    if isinstance(screen.mode, ReadMode):
        refs.append(screen.mode.reader.page.about)
    seats = (present_ref(ref) for ref in refs if ref is not None)
    return next((ref.id for ref in seats if ref.kind == "person"), None)


def _lines_after(screen: SessionScreen) -> list[Ref]:
    """The seats to which the lines of the page lead that is read: those below the cursor, then the others."""
    if not isinstance(screen.mode, ReadMode):
        return []
    reader = screen.mode.reader
    here = reader.list.cursor
    targets = [line.target for line in (*reader.page.lines[here + 1 :], *reader.page.lines[:here])]
    return [target for target in targets if target is not None and target.kind == "person"]


def _go_on(screen: SessionScreen, person: str | None, lines: list[Ref], *, opens: bool = False) -> None:
    """Put the cursor on the next seat that is left: in the teams, or on the page that is read.

    The page of a seat turns into that of the next one. Where the page leads to none, that page `opens`.
    """
    reviews = session_of(screen).reviews
    found = next_left(session_of(screen).organization, reviews.is_left, person)
    if found is None:
        return
    if not isinstance(screen.mode, ReadMode):
        go_to(screen, Ref.to("person", found))
        return
    reader, page = screen.mode.reader, page_of(workspace_of(screen), Ref.to("person", found))
    on_page = next((ref for ref in lines if reviews.is_left(ref.id)), None)
    if reader.page.about == Ref.to("person", person or ""):
        reader.turn_to(page)
    elif on_page is not None:
        reader.go_to_target(on_page)
    elif opens:
        reader.follow(page)


def _say_what_is_left(screen: SessionScreen, did: Sentence | None = None) -> None:
    """Say how many seats are left, and which one the cursor is on; after what was done, if there is room."""
    session = session_of(screen)
    reviews = session.reviews
    left, person = reviews.total - reviews.reviewed, _seat(screen)
    if left == 0:
        said = Sentence(ALL_REVIEWED, {"total": reviews.total})
    elif person is None or not reviews.is_left(person):
        said = sentence("{left:seat|seats} left", left=left)
    else:
        team = Ref.to("team", session.organization.people[person].team)
        said = sentence(
            "{left} left, next: {person} in {team}", left=left, person=Ref.to("person", person), team=team
        )
    if did is not None:
        both = sentence("{told} · {left}", told=did, left=said)
        said = both if cell_len(screen.translate(both)) <= screen.message_width else said
    screen.show_message(said)

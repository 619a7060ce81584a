"""The page of decisions about a plan: signing divisions, and setting the status."""

from __future__ import annotations

from functools import partial

from orgtui.changes.plan_operations import Decision, SetStatus, SignOff, TakeBackSignature
from orgtui.model.kinds import PlanStatus
from orgtui.model.sentence import Sentence, sentence
from orgtui.rules.inputs import TARGET_MISSED
from orgtui.session.session import Session
from orgtui.tui.actions.apply import Seen
from orgtui.tui.actions.apply import decide as decide_about
from orgtui.tui.actions.asking import Action, choose_action
from orgtui.tui.actions.context import selected_ref, session_of, workspace_of
from orgtui.tui.actions.look.inspecting import open_or_follow
from orgtui.tui.commands.command import DECIDABLE, WRITABLE, key_ref
from orgtui.tui.screens.session import SessionScreen
from orgtui.tui.screens.workspace import SessionWorkspace
from orgtui.views.lists.decisions_page import (
    NEXT_STATUSES,
    PLAN_STATUS,
    PlanDecisions,
    decisions_page,
    still_open,
)
from orgtui.views.pages.page import Page
from orgtui.views.words.decisions import STATUS_WORDS

ACTIONS: dict[PlanStatus, Sentence] = {
    "draft": sentence("Make it a draft again"),
    "proposed": sentence("Propose it"),
    "approved": sentence("Approve it: it takes no changes then"),
    "applied": sentence("Mark it applied: the organisation is like that now"),
}


HOW = sentence(
    "{sign} signs a division or takes its signature back; on the status it sets another one",
    sign=key_ref("sign"),
)
"""How to decide, said when the page is opened."""


def show(screen: SessionScreen) -> None:
    """Open the page of the decisions about the plan."""
    screen.evaluate_pending()
    open_or_follow(screen, partial(_page, workspace_of(screen)), says=HOW)


def _page(workspace: SessionWorkspace, width: int) -> Page:
    return decisions_page(workspace.scene, _decided(workspace.session), width)


def _decided(session: Session) -> PlanDecisions:
    left = {division: len(seats) for division, seats in session.left_by_division().items()}
    reported = session.assessment.reported.values()
    missed = sum(1 for each in reported if each.finding.code == TARGET_MISSED and each.counts)
    signatures = {division: session.signatures.get(division) for division in session.divisions}
    return PlanDecisions(session.status, session.status_set, signatures, left, session.reviews.total, missed)


def decide(screen: SessionScreen) -> None:
    """Sign the division on the line, or take its signature back; on the status, choose another one."""
    ref, now = selected_ref(screen), screen.situation()
    why_not = DECIDABLE.why_not(now) if ref == PLAN_STATUS else WRITABLE.why_not(now)
    if why_not is not None:
        screen.show_message(why_not)
    elif ref == PLAN_STATUS:
        choose_status(screen)
    else:
        _sign_or_take_back(screen, ref.id)


def _sign_or_take_back(screen: SessionScreen, team: str) -> None:
    session = session_of(screen)
    seen = session.moment
    decision: Decision
    if team in session.signatures:
        decision = TakeBackSignature(team)
        refusal = decide_about(screen, decision, lambda session: session.take_back_signature(team, seen))
    else:
        decision = SignOff(team, "")
        refusal = decide_about(screen, decision, lambda session: session.sign_off(team, seen))
    if refusal is not None:
        screen.show_message(refusal, "error")


def choose_status(screen: SessionScreen) -> None:
    """Choose what the plan becomes; approving asks once more if something speaks against it."""
    session, seen = session_of(screen), Seen.now(screen)
    screen.evaluate_pending()
    actions = [
        Action(ACTIONS[status], partial(_set, screen, status, seen))
        for status in NEXT_STATUSES[session.status]
    ]
    now = Sentence(STATUS_WORDS[session.status])
    choose_action(screen, sentence("The plan: {status}. What does it become?", status=now), actions)


def _set(screen: SessionScreen, status: PlanStatus, seen: Seen) -> None:
    against = still_open(_decided(session_of(screen))) if status == "approved" else None
    if against is None:
        _set_status(screen, status, seen)
        return
    stays = Action(sentence("Leave it as it is"), lambda: None)
    anyway = Action(sentence("Approve it all the same"), partial(_set_status, screen, status, seen))
    choose_action(
        screen, sentence("{against}. Approve the plan all the same?", against=against), [stays, anyway]
    )


def _set_status(screen: SessionScreen, status: PlanStatus, seen: Seen) -> None:
    decision = SetStatus(status)
    act = lambda session: session.set_status(status, seen.told)  # noqa: E731
    refusal = decide_about(screen, decision, act, seen=seen)
    if refusal is not None:
        screen.show_message(refusal, "error")

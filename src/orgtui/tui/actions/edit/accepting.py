"""Accepting findings, and changing acceptances."""

from __future__ import annotations

from orgtui.changes.operations.acceptances import Accept, Unaccept
from orgtui.changes.parse import parse_change
from orgtui.model.sentence import sentence
from orgtui.rules.assessment import ReportedFinding
from orgtui.rules.policy import message
from orgtui.tui.actions.asking import Action, choose_action, type_change
from orgtui.tui.actions.context import session_of, workspace_of
from orgtui.tui.screens.session import SessionScreen


def accept(screen: SessionScreen) -> None:
    """Accept the selected finding for a reason; for an accepted one, ask whether to end or limit that."""
    reported = selected_finding(screen)
    if reported.acceptance is not None:
        _reconsider(screen, reported)
        return
    finding, by = reported.finding, session_of(screen).author
    type_change(
        screen,
        sentence("Why do we live with this? {finding}", finding=message(finding)),
        lambda why: [Accept(finding.code, finding.subjects, why, by)],
    )


def _reconsider(screen: SessionScreen, reported: ReportedFinding) -> None:
    finding, accepted = reported.finding, reported.acceptance
    assert accepted is not None
    written = {
        "op": "accept",
        "code": finding.code,
        "subjects": list(map(str, finding.subjects)),
        "why": accepted.why,
        "by": session_of(screen).author,
    }

    def set_a_day() -> None:
        day = "" if accepted.until is None else accepted.until.isoformat()
        title = sentence("Live with it through which day? Such as {day}", day="2027-03-31")
        type_change(screen, title, lambda typed: [parse_change(written | {"until": typed.strip()})], day)

    choose_action(
        screen,
        sentence("Accepted: {why}", why=accepted.why),
        [
            Action(sentence("no longer live with this"), changes=[Unaccept(finding.code, finding.subjects)]),
            Action(sentence("live with it until a day"), set_a_day),
        ],
    )


def selected_finding(screen: SessionScreen) -> ReportedFinding:
    """The finding that the cursor is on."""
    here = screen.pane.ref
    reported = None if here is None else workspace_of(screen).findings.finding(here)
    assert reported is not None
    return reported

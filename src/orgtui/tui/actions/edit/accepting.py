"""Accepting findings, and changing acceptances."""

from __future__ import annotations

from orgtui.changes.operations.acceptances import Unaccept
from orgtui.changes.parse import parse_change
from orgtui.engine.finding import Finding
from orgtui.model.sentence import sentence
from orgtui.rules.assessment import ReportedFinding
from orgtui.rules.policy import message
from orgtui.tui.actions.asking import Action, choose_action, day_field, fill_in, text_field, type_change
from orgtui.tui.actions.context import session_of, workspace_of
from orgtui.tui.screens.session import SessionScreen


def accept(screen: SessionScreen) -> None:
    """Accept the selected finding for a reason and until a day, if one is given.

    For an accepted one, ask whether to end or limit that.
    """
    reported = selected_finding(screen)
    if reported.acceptance is not None:
        _reconsider(screen, reported)
        return
    written = _written(screen, reported.finding)
    fill_in(
        screen,
        sentence("Accept: {finding}", finding=message(reported.finding)),
        [
            text_field(screen, "why", sentence("Why do we live with this?"), needed=True),
            day_field(screen, "until", sentence("Until")),
        ],
        sentence("Accept it"),
        lambda values: [parse_change({**written, **values})],
    )


def _written(screen: SessionScreen, finding: Finding) -> dict[str, object]:
    """The change that accepts a finding, still without a reason."""
    subjects = list(map(str, finding.subjects))
    return {"op": "accept", "code": finding.code, "subjects": subjects, "by": session_of(screen).author}


def _reconsider(screen: SessionScreen, reported: ReportedFinding) -> None:
    finding, accepted = reported.finding, reported.acceptance
    assert accepted is not None
    written = {**_written(screen, finding), "why": accepted.why}

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

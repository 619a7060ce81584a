"""Checking the summary of a plan against its changes."""

from __future__ import annotations

import json
from collections.abc import Iterator

from orgtui.api.state import OrganizationState
from orgtui.api.user_error import UserError
from orgtui.files.plan_file import Summary
from orgtui.model.sentence import sentence
from orgtui.rules.assessment import Assessment
from orgtui.session.plan.outcome import summary


def require_matching_summary(state: OrganizationState, plan: str) -> None:
    """Check that the summary of a state's plan, called `plan` in the message, has the actual numbers.

    Raises UserError with every number that differs. Does nothing for a plan without summary.
    """
    expected = None if state.plan is None else state.plan.summary
    if expected is None:
        return
    assessment = Assessment(state.organization, state.baseline.profile.as_of, waves=state.waves)
    assessment.evaluate_pending()
    wrong = list(_differences(expected, summary(state.baseline, assessment)))
    if wrong:
        raise UserError(
            sentence(
                "the summary of {plan} does not fit its changes, which come to what stands in brackets: "
                "{wrong}; mend the summary, or take it out to apply the changes without it",
                plan=plan,
                wrong=wrong,
            )
        )


def _differences(expected: Summary, actual: Summary) -> Iterator[str]:
    """The expected values that differ from the actual ones, each with the actual one in brackets."""
    for state in ("before", "after"):
        said, numbers = getattr(expected, state), getattr(actual, state)
        for name in numbers:
            if said.get(name) != numbers[name]:
                yield f"{state}.{name} {format_value(said.get(name))} ({numbers[name]})"
    for name in ("resolved", "introduced"):
        said, findings = (
            {(each.code, *each.subjects) for each in getattr(summary, name)} for summary in (expected, actual)
        )
        for finding in sorted(said ^ findings):
            here, there = (" ".join(finding) if finding in each else "–" for each in (said, findings))
            yield f"{name} {here} ({there})"
    for name in ("people_moved", "new_manager"):
        if getattr(expected, name) != getattr(actual, name):
            yield f"{name} {getattr(expected, name)} ({getattr(actual, name)})"


def format_value(value: object) -> str:
    """A value of a plan on one line; a dash for None."""
    return "–" if value is None else json.dumps(value, ensure_ascii=False, default=str)

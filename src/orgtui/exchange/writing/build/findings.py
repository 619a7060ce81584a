"""What the principles say of both states: what the plan resolves, brings and leaves, and what is accepted."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from orgtui.exchange.writing.build.state import State
from orgtui.exchange.writing.report import ReportedFinding, Standing
from orgtui.model.records import Severity
from orgtui.rules.assessment import ReportedFinding as Judged
from orgtui.rules.policy import SEVERITIES, message

IsWithin = Callable[[Judged], bool]
"""Tells whether a finding belongs to what is reported."""


def counts_of(state: State, is_within: IsWithin) -> dict[Severity, int]:
    """How many findings of a state count, by severity, gravest first."""
    counts = dict.fromkeys(SEVERITIES, 0)
    for each in state.report.reported.values():
        counts[each.severity] += each.counts and is_within(each)
    return counts


def findings_of(before: State, after: State, is_within: IsWithin) -> tuple[ReportedFinding, ...]:
    """The findings of both states, gravest first, each in the words of the last state that has it."""
    found = [each for each in _findings(before, after) if is_within(each[0])]
    found.sort(key=lambda each: (SEVERITIES.index(each[0].severity), each[0].identity))
    return tuple(_worded(*each) for each in found)


def _findings(before: State, after: State) -> Iterator[tuple[Judged, Standing, State]]:
    was, now = before.report.reported, after.report.reported
    for identity, judged in now.items():
        earlier = was.get(identity)
        if not judged.counts:
            yield judged, "accepted", after
        else:
            yield judged, "left" if earlier is not None and earlier.counts else "new", after
    for identity, judged in was.items():
        if judged.counts and identity not in now:
            yield judged, "resolved", before


def _worded(judged: Judged, standing: Standing, state: State) -> ReportedFinding:
    finding, accepted = judged.finding, judged.acceptance
    why, by, until = (accepted.why, accepted.by, accepted.until) if accepted else (None, None, None)
    return ReportedFinding(
        finding.code,
        judged.severity,
        standing,
        state.say(message(finding)),
        tuple(state.names(each) for each in finding.subjects),
        why,
        state.author(by),
        until,
        tuple(map(str, finding.subjects)),
        by,
    )

"""Folding a session into its plan file: net changes, and what they come to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from orgtui.changes.net import net
from orgtui.changes.parse import change_to_mapping
from orgtui.changes.step import Step
from orgtui.engine.view import PlainView
from orgtui.files.plan_file import Plan, PlanStep, Summary, SummaryFinding, dump_plan
from orgtui.files.writing import replace_file
from orgtui.metrics import SEVERITY_METRICS, new_managers, pairs, people_moved, teams
from orgtui.model.records import Severity
from orgtui.model.sentence import Sentence, sentence
from orgtui.model.store import Organization
from orgtui.rules.assessment import Judged
from orgtui.session.log import LogError
from orgtui.session.opening import Opened, file_hash, hash_of
from orgtui.session.session import Session


class CannotFold(Exception):
    """The plan file was not written; `sentence` says why. The log still holds everything."""

    def __init__(self, said: Sentence) -> None:
        super().__init__(said.template)
        self.sentence = said


def fold(opened: Opened) -> bool:
    """Write the plan file if the log holds something that it does not; returns whether it was written.

    Raises CannotFold if it cannot be, or was changed by somebody else meanwhile.
    """
    session, path = opened.session, opened.plan_path
    if not session.unfolded or session.read_only is not None:
        return False
    data = dump_plan(plan_of(opened))
    try:
        if file_hash(path) not in (None, session.plan):
            raise CannotFold(
                sentence("{plan} was changed by somebody else and is left as it is", plan=path.name)
            )
        session.folding(hash_of(data))
        replace_file(path, data)
        session.folded(hash_of(data))
    except OSError as error:
        reason = error.strerror or str(error)
        unwritten = sentence("{plan} cannot be written: {reason}", plan=path.name, reason=reason)
        raise CannotFold(unwritten) from error
    except LogError as error:
        raise CannotFold(error.sentence) from error
    return True


def plan_of(opened: Opened) -> Plan:
    """The plan that a session has come to: net changes with their summary."""
    session = opened.session
    before = opened.plan or Plan(
        name=opened.plan_path.name.removesuffix(".toml").removesuffix(".plan"),
        organization=session.baseline.profile.name,
        baseline=opened.baseline_hash,
        author=session.author,
        created=session.began,
    )
    steps = [
        Step(change, {}, step.why, step.by, step.at, step.wave)
        for step in session.steps
        for change in step.changes
    ]

    def holds(there: Organization, code: str, subjects: tuple[str, ...]) -> bool:
        return session.assessment.says(there, code, subjects) is not False

    made = net(session.baseline, steps, holds)
    return replace(before, steps=tuple(map(_as_written, made)), summary=summary(session))


def _as_written(step: Step) -> PlanStep:
    return PlanStep(change_to_mapping(step.change), step.was, step.why, step.by, step.at, step.wave)


def summary(session: Session) -> Summary:
    """What a session's changes come to, from the baseline to now."""
    session.settle()
    assessment = session.assessment
    back = session.since_baseline(lambda view: (teams(view), pairs(view)))
    teams_before, pairs_before = back.answer
    resolved, introduced = back.difference.introduced, back.difference.resolved
    after = {name: assessment.count(severity) for severity, name in SEVERITY_METRICS.items()}
    before = {
        name: after[name] + _of(severity, resolved) - _of(severity, introduced)
        for severity, name in SEVERITY_METRICS.items()
    }
    baseline = PlainView(session.baseline, assessment.verdicts.today, {})
    return Summary(
        before={**before, "teams": teams_before, "pairs": pairs_before},
        after={**after, "teams": teams(assessment.view), "pairs": pairs(assessment.view)},
        resolved=named(resolved),
        introduced=named(introduced),
        people_moved=people_moved(baseline, assessment.view),
        new_manager=new_managers(baseline, assessment.view),
    )


def _of(severity: Severity, findings: Iterable[Judged]) -> int:
    return sum(1 for each in findings if each.severity == severity)


def named(findings: Iterable[Judged]) -> tuple[SummaryFinding, ...]:
    """Findings as a summary names them, by code and then subjects."""
    return tuple(
        SummaryFinding(code, subjects) for code, subjects in sorted(each.identity for each in findings)
    )

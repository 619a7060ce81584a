"""Plans that commands write: going on from a plan, its net steps, and the file in which it is put."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from orgtui.changes.parse import parse_change
from orgtui.changes.step import Step
from orgtui.cli.common import UserError, warn, write_to_stdout
from orgtui.cli.output import back_up, write_error
from orgtui.cli.state import OrganizationState
from orgtui.files.disk.writing import replace_file
from orgtui.files.organization_file import baseline_hash
from orgtui.files.plan_file import Plan, dump_plan, load_plan
from orgtui.model.gate import safe_name
from orgtui.model.sentence import N_, sentence
from orgtui.model.store import Organization, Set
from orgtui.rules.assessment import Assessment
from orgtui.rules.facts.waves import waves_of
from orgtui.session.identity import user_name
from orgtui.session.plan.approval import why_plan_is_locked
from orgtui.session.plan.decided import signed_as_is, still_signed
from orgtui.session.plan.outcome import net_plan
from orgtui.session.plan.planned import made_from, with_reviewed

Changes = Sequence[Mapping[str, object]]
"""The changes of a plan as they are written."""


def planned_steps(state: OrganizationState) -> list[Step]:
    """The steps of the plan to go on from; none without a plan."""
    written = () if state.plan is None else state.plan.steps
    return [
        Step(parse_change(each.change), each.was, each.why, each.by, each.at, each.wave) for each in written
    ]


def changes_at(output: Path | None) -> Changes:
    """The changes of the plan that stands where the new one is to be; raises UserError if it takes none."""
    if output is None or not output.exists() or not output.stat().st_size:
        return []
    plan = load_plan(output, parse_change)
    require_unlocked(plan, output)
    return [step.change for step in plan.steps]


def require_unlocked(plan: Plan | None, path: Path | None) -> None:
    """Refuse to change a plan, read from `path`, that is approved or applied; raises UserError."""
    locked = None if plan is None or path is None else why_plan_is_locked(plan, path)
    if locked is not None:
        raise UserError(sentence("{plan}: {reason}", plan=path, reason=locked))


def plan_of(
    state: OrganizationState, assessment: Assessment, steps: Sequence[Step], output: Path | None
) -> Plan:
    """The plan of the net changes of steps; `assessment`, of where they lead, learns of their waves.

    Signatures of divisions that are no longer as in the plan to go on from are taken away, which is said.
    """
    head, there = _head(state, output), assessment.organization
    waves = waves_of(state.baseline, _assignments(state.baseline, steps))
    reviewed = {each.person for each in head.reviews}
    assessment.update_waves(with_reviewed(waves, state.baseline, there, reviewed))
    if head.signoffs:
        before = made_from(state.baseline, head, output or state.path).organization
        kept = still_signed(head, signed_as_is(head, before), there)
        for each in head.signoffs:
            if each not in kept.signoffs:
                said = N_("the signature of {team} by {by} is taken away, as the division changes")
                warn(sentence(said, team=each.team, by=each.by or "?"))
        head = kept
    return net_plan(head, state.baseline, assessment, steps)


def write_plan(plan: Plan, output: Path | None, earlier: Changes, *, going_on_from: Path | None) -> None:
    """Write a plan; of another one that stood there, whose changes were `earlier`, a copy is kept.

    Raises UserError if it cannot be written.
    """
    if output is None:
        write_to_stdout(dump_plan(plan))
        return
    going_on = bool(going_on_from and earlier) and output.samefile(going_on_from or output)
    written = [step.change for step in plan.steps]
    is_lost = any(each not in written for each in earlier)
    try:
        if is_lost and not going_on:
            warn(sentence("the plan that was in {file} is kept as {kept}", file=output, kept=back_up(output)))
        replace_file(output, dump_plan(plan))
    except OSError as error:
        raise write_error(output, error) from error


def _assignments(baseline: Organization, steps: Sequence[Step]) -> Iterator[tuple[int, list[Set]]]:
    """The assignments of steps made one after another, with their waves."""
    there = baseline.copy()
    for step in steps:
        sets = step.change.compile(there)
        for each in sets:
            there.apply(each)
        yield step.wave, sets


def _head(state: OrganizationState, output: Path | None) -> Plan:
    """The plan to go on from, or a new one called after its file, else after the organisation's."""
    return state.plan or Plan(
        name=safe_name((output or state.path).name.removesuffix(".toml").removesuffix(".plan")),
        organization=state.baseline.profile.name,
        baseline=baseline_hash(state.baseline),
        author=user_name(),
        created=datetime.now(UTC).astimezone().replace(microsecond=0),
    )

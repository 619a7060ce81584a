"""`orgtui fix`: write a plan that applies the fixes of the findings."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

from orgtui.advice.autofix import SAFE, WITH_DECISIONS, AppliedFix, apply_fixes
from orgtui.changes.parse import parse_change
from orgtui.changes.step import Step
from orgtui.cli.common import Telling, output_path, run_command, warn, write_to_stdout
from orgtui.cli.output import back_up, check_output, write_error
from orgtui.cli.parser import Parser
from orgtui.cli.state import OrganizationState, load_state
from orgtui.files.disk.writing import replace_file
from orgtui.files.organization_file import baseline_hash
from orgtui.files.plan_file import Plan, dump_plan, load_plan
from orgtui.locales import translate
from orgtui.model.gate import safe_name
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.model.store import Organization, Set
from orgtui.rules.assessment import Assessment, ReportedFinding
from orgtui.rules.facts.waves import waves_of
from orgtui.rules.inputs import Waves
from orgtui.rules.policy import SEVERITIES, message, reason_for_fix
from orgtui.session.identity import user_name
from orgtui.session.plan.outcome import net_plan
from orgtui.views.base.names import Names


def run(arguments: list[str]) -> int:
    """Run the command; returns 0 if the plan is written, 2 if nothing is, or not all is told."""
    parser = Parser("orgtui fix", description=N_("Write the plan that takes the fixes of what is found."))
    parser.add_argument("organization", metavar="ORG", type=Path, help=N_("organisation file"))
    parser.add_argument("--plan", type=Path, help=N_("go on from this plan"))
    parser.add_argument(
        "--decisions", action="store_true", help=N_("also take the best of the fixes that move somebody")
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="NEWPLAN",
        type=output_path,
        required=True,
        help=N_("plan to write, - for standard output"),
    )
    options = parser.parse_args(arguments)
    return run_command(lambda: _fix(options))


def _fix(options: Namespace) -> int:
    check_output(options.output, "plan")
    earlier = _changes_at(options.output)
    state = load_state(options.organization, options.plan)
    assessment = Assessment(state.organization, state.baseline.profile.as_of, waves=state.waves or Waves())
    assessment.evaluate_pending()
    before = _finding_counts(assessment)
    steps = _planned(state)
    first_wave = _first_wave(steps, options.decisions)
    names = Names(state.organization, state.baseline)
    tell = Telling(options.output)
    for number, mended in enumerate(
        apply_fixes(assessment, WITH_DECISIONS if options.decisions else SAFE), start=1
    ):
        for line in _report(number, mended):
            tell(translate(line, names))
        steps += _steps(mended, first_wave, names)
    assessment.update_waves(waves_of(state.baseline, _assignments(state.baseline, steps)))
    plan = net_plan(_head(state, options.output), state.baseline, assessment, steps)
    going_on = bool(options.plan and earlier) and options.output.samefile(options.plan)
    lost = [each for each in earlier if each not in [step.change for step in plan.steps]]
    _write(plan, options.output, keep=bool(lost) and not going_on)
    said = sentence("{before} → {after}", before=before, after=_finding_counts(assessment))
    tell(translate(said))
    tell.end()
    return 0


# -- steps -----------------------------------------------------------------------------------------


def _planned(state: OrganizationState) -> list[Step]:
    """The steps of the plan to continue."""
    written = () if state.plan is None else state.plan.steps
    return [
        Step(parse_change(each.change), each.was, each.why, each.by, each.at, each.wave) for each in written
    ]


def _first_wave(planned: Sequence[Step], decisions: bool) -> int:
    """The wave of the first fixes: fixes that move people come in a new wave after those of the plan."""
    if not planned:
        return 1
    return planned[-1].wave + int(decisions)


def _steps(mended: AppliedFix, first_wave: int, names: Names) -> Iterator[Step]:
    """The changes of a fix, with the finding as their reason."""
    why = translate(reason_for_fix(mended.reported.finding), names)
    now = datetime.now(UTC).astimezone().replace(microsecond=0)
    for change in mended.fix.changes:
        yield Step(change, {}, why, user_name(), now, first_wave + mended.wave)


def _assignments(baseline: Organization, steps: Sequence[Step]) -> Iterator[tuple[int, list[Set]]]:
    """The assignments of steps made one after another, with their waves."""
    there = baseline.copy()
    for step in steps:
        sets = step.change.compile(there)
        for each in sets:
            there.apply(each)
        yield step.wave, sets


# -- the plan --------------------------------------------------------------------------------------


def _head(state: OrganizationState, output: Path | None) -> Plan:
    """The plan to go on from, or a new one called after its file, else after the organisation's."""
    return state.plan or Plan(
        name=safe_name((output or state.path).name.removesuffix(".toml").removesuffix(".plan")),
        organization=state.baseline.profile.name,
        baseline=baseline_hash(state.baseline),
        author=user_name(),
        created=datetime.now(UTC).astimezone().replace(microsecond=0),
    )


def _changes_at(output: Path | None) -> list[Mapping[str, object]]:
    """The changes of the plan that stands where the new one is to be."""
    if output is None or not output.exists() or not output.stat().st_size:
        return []
    return [step.change for step in load_plan(output, parse_change).steps]


def _write(plan: Plan, output: Path | None, *, keep: bool) -> None:
    if output is None:
        write_to_stdout(dump_plan(plan))
        return
    try:
        if keep:
            warn(sentence("the plan that was in {file} is kept as {kept}", file=output, kept=back_up(output)))
        replace_file(output, dump_plan(plan))
    except OSError as error:
        raise write_error(output, error) from error


# -- report ----------------------------------------------------------------------------------------


def _report(number: int, mended: AppliedFix) -> Iterator[Sentence]:
    """A numbered fix, then each finding that it resolves or introduces."""
    fix = mended.fix
    yield sentence("{number}. {title}", number=number, title=fix.title)
    for reported in _in_order(fix.difference.resolved):
        yield _finding(N_("   resolved    {severity} {code} {message}"), reported)
    for reported in _in_order(fix.difference.introduced):
        yield _finding(N_("   introduced  {severity} {code} {message}"), reported)


def _in_order(findings: Sequence[ReportedFinding]) -> list[ReportedFinding]:
    return sorted(findings, key=lambda reported: reported.identity)


def _finding(template: str, reported: ReportedFinding) -> Sentence:
    finding = reported.finding
    params = {"severity": reported.severity, "code": finding.code, "message": message(finding)}
    return Sentence(template, params)


def _finding_counts(assessment: Assessment) -> Sentence:
    return sentence(
        "{error:error|errors}, {warning:warning|warnings}, {advice} advice",
        **{severity: assessment.count(severity) for severity in SEVERITIES},
    )

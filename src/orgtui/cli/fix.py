"""`orgtui fix`: write a plan that applies the fixes of the findings."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from orgtui.advice.autofix import SAFE, WITH_DECISIONS, AppliedFix, apply_fixes, spread_shocks
from orgtui.advice.fit import WORDS
from orgtui.advice.fixes import PreviewedFix
from orgtui.changes.plan_operations import SetWave
from orgtui.changes.step import Step
from orgtui.cli.common import Telling, output_path, run_command
from orgtui.cli.output import check_output
from orgtui.cli.parser import Parser
from orgtui.cli.plan_output import changes_at, plan_of, planned_steps, require_unlocked, write_plan
from orgtui.cli.state import load_state
from orgtui.locales import translate
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.rules.assessment import Assessment, ReportedFinding
from orgtui.rules.difference import Resized
from orgtui.rules.facts.waves import no_waves
from orgtui.rules.policy import SEVERITIES, message, reason_for_fix
from orgtui.session.identity import user_name
from orgtui.session.plan.planned import waves_of_plan, with_reviewed
from orgtui.views.base.names import Names


def run(arguments: list[str]) -> int:
    """Run the command; returns 0 if the plan is written, 2 if nothing is, or not all is told."""
    options = make_parser().parse_args(arguments)
    return run_command(lambda: _fix(options))


def make_parser() -> Parser:
    """The parser of the arguments."""
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
    return parser


def _fix(options: Namespace) -> int:
    check_output(options.output, "plan")
    earlier = changes_at(options.output)
    state = load_state(options.organization, options.plan)
    require_unlocked(state.plan, options.plan)
    waves = state.waves or no_waves(state.baseline)
    assessment = Assessment(state.organization, state.baseline.profile.as_of, waves=waves)
    assessment.evaluate_pending()
    before = _finding_counts(assessment)
    steps, done = planned_steps(state), 0
    names = Names(state.organization, state.baseline)
    tell = Telling(options.output)
    if options.decisions:
        for done, (fix, placing) in enumerate(spread_shocks(assessment), start=1):
            steps = _placed(steps, placing)
            reviewed = () if state.plan is None else [each.person for each in state.plan.reviews]
            placed = waves_of_plan(state.baseline, steps)
            assessment.update_waves(with_reviewed(placed, state.baseline, state.organization, reviewed))
            for line in _report(done, fix):
                tell(translate(line, names))
    first_wave = _first_wave(steps, options.decisions)
    for number, mended in enumerate(
        apply_fixes(assessment, WITH_DECISIONS if options.decisions else SAFE), start=done + 1
    ):
        for line in _report(number, mended.fix):
            tell(translate(line, names))
        steps += _steps(mended, first_wave, names)
    plan = plan_of(state, assessment, steps, options.output)
    write_plan(plan, options.output, earlier, going_on_from=options.plan)
    said = sentence("{before} → {after}", before=before, after=_finding_counts(assessment))
    tell(translate(said))
    tell.written()
    tell.end()
    return 0


# -- steps -----------------------------------------------------------------------------------------


def _first_wave(planned: Sequence[Step], decisions: bool) -> int:
    """The wave of the first fixes: fixes that move people come in a new wave after those of the plan."""
    if not planned:
        return 1
    return planned[-1].wave + int(decisions)


def _placed(steps: Sequence[Step], placing: SetWave) -> list[Step]:
    """The steps of a plan with some of them, by number, in another wave."""
    numbers = frozenset(placing.changes)
    placed = (
        replace(step, wave=placing.wave) if number in numbers else step
        for number, step in enumerate(steps, start=1)
    )
    return sorted(placed, key=lambda step: step.wave)


def _steps(mended: AppliedFix, first_wave: int, names: Names) -> Iterator[Step]:
    """The changes of a fix, with the finding as their reason."""
    why = translate(reason_for_fix(mended.reported.finding), names)
    now = datetime.now(UTC).astimezone().replace(microsecond=0)
    for change in mended.fix.changes:
        yield Step(change, {}, why, user_name(), now, first_wave + mended.wave)


# -- report ----------------------------------------------------------------------------------------


def _report(number: int, fix: PreviewedFix) -> Iterator[Sentence]:
    """A numbered fix, then each finding that it resolves or introduces, or that has another size."""
    yield sentence("{number}. {title}", number=number, title=fix.title)
    if fix.fitting is not None and fix.moves_to_strangers:
        yield sentence("   {fit}    {why}", fit=WORDS[fix.fitting.fit], why=fix.fitting.why)
    for reported in _in_order(fix.difference.resolved):
        yield _finding(N_("   resolved    {severity} {code} {message}"), reported)
    for reported in _in_order(fix.difference.introduced):
        yield _finding(N_("   introduced  {severity} {code} {message}"), reported)
    for was, reported in _resized_in_order(fix.difference.shrunk):
        yield _finding(N_("   smaller     {severity} {code} {message} ({was} → {now})"), reported, was)
    for was, reported in _resized_in_order(fix.difference.grown):
        yield _finding(N_("   larger      {severity} {code} {message} ({was} → {now})"), reported, was)


def _in_order(findings: Sequence[ReportedFinding]) -> list[ReportedFinding]:
    return sorted(findings, key=lambda reported: reported.identity)


def _resized_in_order(pairs: Sequence[Resized]) -> list[tuple[int, ReportedFinding]]:
    """Findings with their sizes before, in order."""
    ordered = sorted(pairs, key=lambda pair: pair[1].identity)
    return [(before.finding.size, now) for before, now in ordered]


def _finding(template: str, reported: ReportedFinding, was: int | None = None) -> Sentence:
    """A finding in a line of its own, with its size before and now if that has changed."""
    finding = reported.finding
    params = {"severity": reported.severity, "code": finding.code, "message": message(finding)}
    sizes = {} if was is None else {"was": was, "now": finding.size}
    return Sentence(template, {**params, **sizes})


def _finding_counts(assessment: Assessment) -> Sentence:
    return sentence(
        "{error:error|errors}, {warning:warning|warnings}, {advice} advice",
        **{severity: assessment.count(severity) for severity in SEVERITIES},
    )

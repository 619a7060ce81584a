"""`orgtui check`: what the principles say of an organisation."""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import partial
from pathlib import Path

from orgtui.advice.fixes import fixes_for
from orgtui.changes.parse import change_to_mapping
from orgtui.cli.github import github_lines
from orgtui.cli.located import located
from orgtui.cli.parser import Parser
from orgtui.cli.sarif import sarif_log
from orgtui.cli.state import State, load_state
from orgtui.cli.words import Unusable, as_json, day, reporting, words
from orgtui.engine.view import PlainView
from orgtui.files.disk.beside import path_beside
from orgtui.files.pay_csv import load_pay
from orgtui.locales import Names, say
from orgtui.metrics import measure
from orgtui.model.records import Acceptance, Severity
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.rules.assessment import Assessment, Judged, Judgement, judge
from orgtui.rules.registry import catalogue, codes_named, known_rules, nearest
from orgtui.rules.verdicts import SEVERITIES, message
from orgtui.views.base.cells import pad
from orgtui.views.base.names import name_of


def run(arguments: list[str]) -> int:
    """Run the command; 0 nothing at or above `--fail-on`, 1 findings, 2 bad usage or input."""
    options = _parser().parse_args(arguments)
    return reporting(lambda: _check(options))


def _parser() -> argparse.ArgumentParser:
    parser = Parser("orgtui check", description="Check an organisation against the principles.")
    parser.add_argument("organization", metavar="ORG", type=Path, help="organisation file")
    parser.add_argument("--plan", type=Path, help="check the organisation with this plan applied")
    parser.add_argument("--format", choices=("text", "json", "sarif", "github"), default="text")
    parser.add_argument("--select", type=words, metavar="WORDS", help="only these codes, names or families")
    parser.add_argument("--ignore", type=words, metavar="WORDS", default=(), help="all but these")
    parser.add_argument("--today", type=day, metavar="DATE", help="the day to judge by (YYYY-MM-DD)")
    parser.add_argument("--with-pay", action="store_true", help="judge the cost by the pay file")
    parser.add_argument(
        "--fail-on", choices=SEVERITIES, default="error", help="exit with 1 from this severity on"
    )
    return parser


def _check(options: argparse.Namespace) -> int:
    _require_known((*(options.select or ()), *options.ignore))
    state = load_state(options.organization, options.plan)
    today = options.today or state.baseline.profile.as_of
    pay = _pay(options.organization, state) if options.with_pay else None
    judgement = judge(
        state.now, today, select=options.select, ignore=options.ignore, waves=state.waves, pay=pay
    )
    findings = sorted(judgement.judged.values(), key=lambda judged: judged.identity)
    if options.format == "json":
        adviser = Assessment(state.now.copy(), today, waves=state.waves, pay=pay)
        adviser.settle()
        print(as_json(report(state, judgement, findings, adviser)))
    else:
        _print(options.format, options.organization, state, judgement, findings)
    worst = SEVERITIES[: SEVERITIES.index(options.fail_on) + 1]
    return int(any(judged.counts and judged.severity in worst for judged in findings))


def _print(
    form: str, organization: Path, state: State, judgement: Judgement, findings: Sequence[Judged]
) -> None:
    """Print findings for people, for a workflow, or as a log for other programs."""
    if form == "text":
        print("\n".join(text_lines(judgement, findings)))
    elif form == "github":
        for line in github_lines(located(organization, state, findings)):
            print(line)
    else:
        print(as_json(sarif_log(located(organization, state, findings))))


def _pay(organization: Path, state: State) -> Mapping[str, Decimal]:
    """What each seat costs a year, from the pay file that the organisation names."""
    named = state.baseline.files.pay
    if named is None:
        raise Unusable(sentence("{organization} names no pay file", organization=organization.name))
    return load_pay(path_beside(organization, named), state.now)


def _require_known(given: tuple[str, ...]) -> None:
    unknown = [word for word in given if not any(codes_named(word))]
    if unknown:
        known = (*known_rules().words, *sorted(known_rules().families))
        wrong = 'no rule, name or family is called "{word}"; the nearest is {near}'
        raise Unusable(
            *(sentence(wrong, word=word, near=nearest(word, known)) for word in dict.fromkeys(unknown))
        )


def report(
    state: State, judgement: Judgement, findings: Sequence[Judged], adviser: Assessment
) -> dict[str, object]:
    """The findings and metrics as `--format json` writes them; `adviser` judges fixes by every rule."""
    names = partial(name_of, state.now)
    verdicts = judgement.verdicts
    counts: dict[Severity, int] = {severity: judgement.count(severity) for severity in SEVERITIES}
    found = {code: len(findings) for code, findings in adviser.engine.by_code.items()}
    before = None if state.plan is None else PlainView(state.baseline, verdicts.today, {})
    identities = {judged.identity for judged in findings}
    stale = verdicts.stale_acceptances(judgement.view, identities)
    return {
        "organization": state.now.profile.name,
        "today": verdicts.today.isoformat(),
        "findings": [_finding(adviser, judged, names) for judged in findings],
        "counts": {str(severity): count for severity, count in counts.items()}
        | {"accepted": judgement.accepted()},
        "asleep": [{"code": code, "needs": needs} for code, needs in judgement.asleep.items()],
        "stale_accepts": [
            {"code": each.code, "subjects": list(each.subjects), **_acceptance(each)} for each in stale
        ],
        "metrics": measure(judgement.view, found, counts, before=before, with_pay=verdicts.has_pay),
    }


def _finding(adviser: Assessment, judged: Judged, names: Names) -> dict[str, object]:
    finding = judged.finding
    return {
        "code": finding.code,
        "name": catalogue()[finding.code].name,
        "severity": judged.severity,
        "subjects": list(finding.subjects),
        "message": say(message(finding), names),
        "evidence": dict(finding.evidence),
        "accepted": None if judged.acceptance is None else _acceptance(judged.acceptance),
        "fixes": [
            {
                "title": say(fix.title, names),
                "applicability": fix.applicability,
                "changes": [change_to_mapping(change) for change in fix.changes],
            }
            for fix in fixes_for(adviser, finding)
        ],
    }


def _acceptance(accepted: Acceptance) -> dict[str, object]:
    until = None if accepted.until is None else accepted.until.isoformat()
    return {"why": accepted.why, "by": accepted.by, "until": until}


def text_lines(judgement: Judgement, findings: Sequence[Judged]) -> Iterator[str]:
    """The findings as `--format text` writes them, one a line, then what they add up to."""
    names = partial(name_of, judgement.organization)
    for judged in findings:
        said = say(message(judged.finding), names)
        if judged.acceptance is None:
            yield f"{pad(say(Sentence(judged.severity)), 8)} {judged.finding.code}  {said}"
        else:
            accepted = pad(say(sentence("accepted")), 8)
            yield f"{accepted} {judged.finding.code}  {said}  ({judged.acceptance.why})"
    if findings:
        yield ""
    yield say(
        sentence(
            "{error:error|errors}, {warning:warning|warnings}, {advice} advice, {accepted} accepted",
            **{each: judgement.count(each) for each in SEVERITIES},
            accepted=judgement.accepted(),
        )
    )
    identities = {judged.identity for judged in findings}
    for stale in judgement.verdicts.stale_acceptances(judgement.view, identities):
        about = [names(Ref(subject)) for subject in stale.subjects]
        yield say(sentence("accepted, but not found any more: {code} {about}", code=stale.code, about=about))
    if judgement.asleep:
        yield say(
            sentence(
                "asleep for want of data: {rules}",
                rules=[
                    sentence("{code} ({needs})", code=code, needs=Sentence(needs))
                    for code, needs in judgement.asleep.items()
                ],
            )
        )

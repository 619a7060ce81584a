"""The result of a check as text: a line for each finding, then the counts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from orgtui.api.checking import CheckedState
from orgtui.locales import translate
from orgtui.model.sentence import Ref, Sentence, sentence
from orgtui.rules.policy import SEVERITIES, message
from orgtui.views.base.cells import pad
from orgtui.views.base.finding_order import finding_order
from orgtui.views.base.names import name_of


def text_lines(checked: CheckedState) -> Iterator[str]:
    """The findings as `--format text` writes them, errors first."""
    report = checked.report
    names = partial(name_of, report.organization)
    for reported in sorted(checked.findings, key=finding_order(names)):
        said = translate(message(reported.finding), names)
        if reported.acceptance is None:
            yield f"{pad(translate(Sentence(reported.severity)), 8)} {reported.finding.code}  {said}"
        else:
            accepted = pad(translate(sentence("accepted")), 8)
            yield f"{accepted} {reported.finding.code}  {said}  ({reported.acceptance.why})"
    if checked.findings:
        yield ""
    yield translate(
        sentence(
            "{error:error|errors}, {warning:warning|warnings}, {advice} advice, {accepted} accepted",
            **{each: report.count(each) for each in SEVERITIES},
            accepted=report.accepted(),
        )
    )
    for stale in checked.stale:
        about = [names(Ref(subject)) for subject in stale.subjects]
        yield translate(
            sentence("accepted, but not found any more: {code} {about}", code=stale.code, about=about)
        )
    if report.asleep:
        rules = [
            sentence("{code} ({needs})", code=code, needs=Sentence(needs))
            for code, needs in report.asleep.items()
        ]
        yield translate(sentence("asleep for want of data: {rules}", rules=rules))

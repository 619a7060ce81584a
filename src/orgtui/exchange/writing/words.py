"""The words, and the signs of marks, for what reports hold as keys: states, marks, standings, verdicts."""

from __future__ import annotations

from collections.abc import Mapping

from orgtui.exchange.writing.report import Joint, Mark, Report, Standing
from orgtui.locales import translate
from orgtui.model.records import FunctionState, SeatState, Severity
from orgtui.model.sentence import N_, Sentence, sentence
from orgtui.rules.policy import selected_codes
from orgtui.views.base.signs import UNICODE

MARKS: Mapping[Mark, str] = {
    "new": N_("new"),
    "moved": N_("moved"),
    "changed": N_("changed"),
    "gone": N_("closed"),
}
MARK_SIGNS: Mapping[Mark, str] = {
    "new": UNICODE.new,
    "moved": UNICODE.moved,
    "changed": UNICODE.changed,
    "gone": UNICODE.gone,
}
SEAT_STATES: Mapping[SeatState, str] = {
    "filled": N_("filled"),
    "vacant": N_("vacant"),
    "planned": N_("planned"),
    "closed": N_("closed"),
}
FUNCTION_STATES: Mapping[FunctionState, str] = {"established": N_("established"), "new": N_("new")}
SEVERITIES: Mapping[Severity, str] = {
    "error": N_("error"),
    "warning": N_("warning"),
    "advice": N_("advice"),
}
STANDINGS: Mapping[Standing, str] = {
    "resolved": N_("Resolved"),
    "new": N_("New"),
    "left": N_("Left"),
    "accepted": N_("Accepted"),
}
VERDICTS: Mapping[str, str] = {"better": N_("better"), "worse": N_("worse")}
JOINTS: Mapping[Joint, str] = {"tracked": N_("tracked"), "blind": N_("not tracked"), "broken": N_("broken")}

ABOUT_FINDINGS = N_(
    "What {count:principle|principles} of marketing organisation find. An error has to be mended for the "
    "structure to work, a warning ought to be, advice is worth a talk."
)
ABOUT_FUNNEL = N_(
    "Which team works on which stage, from first notice to sale, and whether leads are handed on from one "
    "stage to the next."
)
ABOUT_KNOWLEDGE = N_(
    "Who shares what they know with whom. A team on an island learns nothing from the others; a skill that "
    "one person alone has leaves with that person."
)
"""What those who know nothing of it read before the findings, the funnel and the web of knowledge."""


def about_findings(report: Report) -> str:
    """What a finding is, with how many principles the organisation is held against."""
    return translate(sentence(ABOUT_FINDINGS, count=len(selected_codes(report.organization.rules))))


REACHED: Mapping[bool | None, str | None] = {True: N_("missed"), False: N_("reached"), None: None}
"""By whether a target is missed, the word for it."""


def word(template: str | None) -> str:
    """A word in the language of the process; nothing for None."""
    return "" if template is None else translate(Sentence(template))

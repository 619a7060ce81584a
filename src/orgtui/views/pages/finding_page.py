"""The page of a finding: message, acceptance, subjects, numbers, evidence and principle."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from orgtui.engine.evidence import Read
from orgtui.locales import join_list
from orgtui.model.records import Key
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.rules.assessment import ReportedFinding
from orgtui.rules.policy import message
from orgtui.rules.registry import catalogue
from orgtui.views.base.names import finding_ref
from orgtui.views.base.row import Span
from orgtui.views.base.scene import Scene
from orgtui.views.pages.facts.organization import ORGANIZATION
from orgtui.views.pages.page import (
    INDENT,
    Entry,
    Fact,
    Line,
    Page,
    fact_lines,
    link_line,
    section,
    text_lines,
)
from orgtui.views.words.evidence import EVIDENCE
from orgtui.views.words.records import HIDDEN, label_of, record_name, record_ref, value_words

RECORDS_MAX = 60
"""How many records of the evidence are shown at most."""

EMPTY_TABLE_LABELS: Mapping[str, str] = {
    "team": N_("No team"),
    "function": N_("No function"),
    "person": N_("No seat"),
    "goal": N_("No goal"),
    "handoff": N_("No handoff"),
    "share": N_("No link"),
    "request": N_("No request"),
    "mission": N_("No mission"),
    "tool": N_("No tool"),
    "stage": N_("No stage"),
    "department": N_("No department"),
}
"""By table, the label for evidence that there is no record."""


def principle_ref(code: str) -> Ref:
    """The reference to the page of a rule."""
    return Ref.to("principle", code)


def finding_page(scene: Scene, reported: ReportedFinding, reads: Iterable[Read], width: int) -> Page:
    """The page of a finding in `width` cells; `reads` is its evidence, the fields that the rule read."""
    finding = reported.finding
    rule = catalogue()[finding.code]
    title = sentence(
        "{code} {name} ({severity})", code=rule.code, name=rule.title, severity=Sentence(reported.severity)
    )
    lines = [*text_lines(scene.translate(message(finding)), width)]
    lines += section(scene.say("Accepted"), fact_lines(scene, _acceptance(scene, reported), width, INDENT))
    lines += section(
        scene.say("About"),
        (link_line(scene, (Span(INDENT), Span(scene.names(each))), each) for each in finding.subjects),
    )
    params = message(finding).params
    numbers = [
        (scene.say(EVIDENCE.get(name, name)), [Entry(_worded(scene, params[name]))])
        for name in finding.evidence
    ]
    lines += section(scene.say("Numbers"), fact_lines(scene, numbers, width, INDENT))
    lines += section(scene.say("What it rests on"), fact_lines(scene, _cells(scene, reads), width, INDENT))
    page = principle_ref(rule.code)
    lines += [Line(), link_line(scene, (Span(scene.say("Its principle"), "heading"),), page)]
    lines += [*text_lines(scene.say(rule.page.partition("\n")[0]), width, indent=INDENT)]
    return Page(title, lines, finding_ref(reported.identity))


def _acceptance(scene: Scene, reported: ReportedFinding) -> Iterator[Fact]:
    accepted = reported.acceptance
    if accepted is not None:
        yield scene.say("Why"), [Entry(accepted.why)]
        yield scene.say("By"), [Entry(accepted.by)] if accepted.by else []
        yield scene.say("Until"), [Entry(accepted.until.isoformat())] if accepted.until else []


def _worded(scene: Scene, value: object) -> str:
    return scene.signs.nothing if value is None else scene.say("{value}", value=value)


def _cells(scene: Scene, reads: Iterable[Read]) -> Iterator[Fact]:
    """Each record of the evidence with the current values of its fields, and tables without a record.

    The mere existence of a record with an id is left out; that of a link may be all the evidence.
    """
    records: dict[tuple[str, Key], list[str]] = {}
    for table, key, field in reads:
        if field or not key or isinstance(key, tuple):
            records.setdefault((table, key), []).append(field)
    for number, ((table, key), fields) in enumerate(records.items()):
        if number == RECORDS_MAX:
            more = scene.say("{more} more", more=len(records) - RECORDS_MAX)
            yield scene.signs.ellipsis, [Entry(more)]
            return
        if not key and fields == [""]:
            yield scene.say(EMPTY_TABLE_LABELS.get(table, table)), [Entry(scene.signs.nothing)]
            continue
        yield _name(scene, table, key), [Entry(_held(scene, table, key, fields), _target(table, key))]


def _held(scene: Scene, table: str, key: Key, fields: Iterable[str]) -> str:
    record = scene.organization.tables[table].get(key)
    return join_list(
        f"{label_of(scene, field)} {value_words(scene, field, getattr(record, field))}"
        for field in fields
        if field and field not in HIDDEN
    )


def _name(scene: Scene, table: str, key: Key) -> str:
    return scene.names(ORGANIZATION) if table == "profile" else record_name(scene, table, key)


def _target(table: str, key: Key) -> Ref | None:
    return None if table in ("profile", "request") else record_ref(table, key)

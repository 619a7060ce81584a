"""The page of a record: its facts, its differences from the baseline, and its findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from orgtui.model.sentence import Ref, sentence
from orgtui.rules.assessment import ReportedFinding
from orgtui.rules.policy import message
from orgtui.views.base.finding_order import finding_order
from orgtui.views.base.names import KEYS, end_ref, finding_ref
from orgtui.views.base.row import Span
from orgtui.views.base.scene import Scene
from orgtui.views.pages.facts.functions import function_facts
from orgtui.views.pages.facts.funnel import area_facts, funnel_facts, stage_facts
from orgtui.views.pages.facts.organization import acceptance_facts, organization_facts
from orgtui.views.pages.facts.people import person_facts
from orgtui.views.pages.facts.relations import department_facts, handoff_facts, request_facts, share_facts
from orgtui.views.pages.facts.remarks import notes_on
from orgtui.views.pages.facts.resources import skill_facts, tool_facts
from orgtui.views.pages.facts.strategy import goal_facts, mission_facts, pillar_facts
from orgtui.views.pages.facts.teams import team_facts
from orgtui.views.pages.listing import LabelledEntries
from orgtui.views.pages.page import Entry, Fact, Line, Page, fact_lines, link_line, section
from orgtui.views.panes.findings import acceptance_words
from orgtui.views.words.records import differences

FACTS: Mapping[str, Callable[[Scene, str], Iterator[LabelledEntries]]] = {
    "team": team_facts,
    "function": function_facts,
    "person": person_facts,
    "funnel": funnel_facts,
    "stage": stage_facts,
    "area": area_facts,
    "goal": goal_facts,
    "share": share_facts,
    "handoff": handoff_facts,
    "department": department_facts,
    "skill": skill_facts,
    "mission": mission_facts,
    "pillar": pillar_facts,
    "tool": tool_facts,
    "request": request_facts,
    "organization": organization_facts,
    "accept": acceptance_facts,
}
"""By kind of reference, the function that makes its facts."""


def inspector_page(scene: Scene, ref: Ref, reported: Iterable[ReportedFinding], width: int) -> Page:
    """The page of a record in `width` cells."""
    told: list[Fact] = [(scene.translate(label), list(entries)) for label, entries in facts_of(scene, ref)]
    lines = [*fact_lines(scene, told, width)]
    lines += section(scene.say("Findings"), finding_lines(scene, findings_about(ref, reported, scene.names)))
    return Page(sentence("{thing}", thing=ref), lines, ref)


def findings_about(
    ref: Ref, reported: Iterable[ReportedFinding], names: Callable[[Ref], str] = str
) -> list[ReportedFinding]:
    """The findings with a record among their subjects, or with both ends of a handoff; gravest first."""
    subjects = {end_ref(end) for end in ref.id.split(">")} if ref.kind == "handoff" else {ref}
    found = [each for each in reported if subjects.issubset(each.finding.subjects)]
    return sorted(found, key=finding_order(names))


def finding_lines(scene: Scene, reported: Iterable[ReportedFinding]) -> Iterator[Line]:
    """Findings as lines that lead to their pages; accepted ones are dim, with a note on the acceptance."""
    for each in reported:
        counts = each.counts
        sign = Span(f"{scene.signs.severity(each.severity)} ", each.severity if counts else "dim")
        code = Span(f"{each.finding.code} ", "dim")
        said = Span(scene.translate(message(each.finding)), "plain" if counts else "dim")
        line = link_line(scene, (sign, code, said), finding_ref(each.identity))
        accepted = acceptance_words(scene, each, dated=False)
        words = (Span(f"{accepted} ", "dim"),) if accepted else ()
        yield Line(line.left, (*words, *line.right), target=line.target)


def facts_of(scene: Scene, ref: Ref) -> Iterator[LabelledEntries]:
    """The facts of a record, and its differences from the baseline."""
    told = FACTS.get(ref.kind)
    if told is not None:
        facts = list(told(scene, ref.id))
        yield from facts
        if facts:
            yield from notes_on(scene, ref)
    table, key = ref.kind, KEYS[ref.kind](ref) if ref.kind in KEYS else ref.id
    if table in scene.organization.tables:
        yield sentence("Since the baseline"), [Entry(each) for each in differences(scene, table, key)]

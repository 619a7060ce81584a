"""The page of all principles, and the page of each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from orgtui.locales import join_list
from orgtui.locales.documentation import in_language_spoken, sections_of
from orgtui.model.sentence import N_, Ref, Sentence, sentence
from orgtui.rules.assessment import Assessment, Difference
from orgtui.rules.examples import example_of
from orgtui.rules.policy import parameters_of
from orgtui.rules.registry import CatalogueRule, catalogue, chapters
from orgtui.views.base.cells import column
from orgtui.views.base.finding_order import finding_order
from orgtui.views.base.row import Span
from orgtui.views.base.scene import Scene
from orgtui.views.pages.drawn_example import drawn_lines
from orgtui.views.pages.finding_page import principle_ref
from orgtui.views.pages.inspector import finding_lines
from orgtui.views.pages.page import INDENT, Entry, Line, Page, fact_lines, link_line, section, text_lines

NAME_WIDTH = 26
"""Width in cells of a rule's name."""

MISSING_INPUTS: Mapping[str, str] = {
    "stages": N_("stages"),
    "areas": N_("areas"),
    "headcount": N_("{seats} open seats"),
    "handoffs": N_("handoffs"),
    "function skills": N_("skills that functions need"),
    "function skills or handoffs": N_("skills that functions need, or handoffs"),
    "people's skills": N_("skills of people"),
    "kinds": N_("kinds of functions"),
    "goals": N_("goals"),
    "divisions": N_("two divisions at work"),
    "pillars": N_("pillars"),
    "shares": N_("knowledge links"),
    "requests": N_("requests"),
    "people's functions": N_("people's shares in functions"),
    "tools": N_("tools"),
    "targets": N_("targets"),
    "pay": N_("pay"),
    "plan": N_("a change"),
}
"""By the input that an asleep rule lacks, a template that says what the rule needs."""


@dataclass(frozen=True, slots=True)
class Counts:
    """The numbers of findings that count, by code of their rule, now and in the baseline."""

    now: Mapping[str, int]
    before: Mapping[str, int]


def rule_counts(assessment: Assessment, since: Difference) -> Counts:
    """The counts of a state; `since` is how they differ from those of the baseline."""
    now = dict.fromkeys(catalogue(), 0)
    for reported in assessment.reported.values():
        now[reported.finding.code] += reported.counts
    before = dict(now)
    for reported in since.lost:
        before[reported.finding.code] += 1
    for reported in since.found:
        before[reported.finding.code] -= 1
    return Counts(now, before)


def principles_page(scene: Scene, assessment: Assessment, counts: Counts, width: int) -> Page:
    """The page of all rules by family in `width` cells, with lines that lead to their pages."""
    lines: list[Line] = []
    for family, chapter in chapters().items():
        rules = [each for each in catalogue().values() if each.families[1] == family]
        caption = f"{family} {scene.say(chapter)}"
        lines += section(caption, (_rule_line(scene, assessment, counts, each, width) for each in rules))
    broken = sum(1 for count in counts.now.values() if count)
    lines += section(scene.say("Accepted, but not found any more"), _stale_lines(scene, assessment))
    title = sentence("{rules} principles, {broken} broken now", rules=len(catalogue()), broken=broken)
    return Page(title, lines[1:])


def _stale_lines(scene: Scene, assessment: Assessment) -> Iterator[Line]:
    """The acceptances that match no finding, with lines that lead to their principles."""
    for accepted in assessment.policy.stale_acceptances(assessment.view, assessment.reported):
        about = join_list(scene.names(Ref(subject)) for subject in accepted.subjects)
        said = (
            Span(f"{INDENT}{accepted.code} {about}"),
            Span(f"  {scene.signs.reason} {accepted.why}", "dim"),
        )
        yield link_line(scene, said, principle_ref(accepted.code))


def _rule_line(scene: Scene, assessment: Assessment, counts: Counts, rule: CatalogueRule, width: int) -> Line:
    code, signs = rule.code, scene.signs
    severity = assessment.policy.severity(code)
    now, before = counts.now[code], counts.before[code]
    silent = code not in assessment.policy.codes or code in assessment.asleep
    left = (
        Span(f"{signs.severity(severity) if now else ' '} ", severity),
        Span(f"{code} ", "dim"),
        Span(
            column(scene.translate(rule.title), NAME_WIDTH, signs.ellipsis) + INDENT,
            "dim" if silent or not now else "plain",
        ),
        Span(scene.say(rule.page.partition("\n")[0]), "dim"),
    )
    amount = Span(str(now), "number") if before == now else _change(scene, before, now)
    state = Span(inactive_reason(scene, assessment, code), "dim") if silent else amount
    line = link_line(scene, left, principle_ref(code))
    return Line(line.left, (state, Span(" "), *line.right), line.margin, line.target)


def inactive_reason(scene: Scene, assessment: Assessment, code: str) -> str:
    """Why a rule is not checked: ignored, or asleep for lack of data."""
    needs = assessment.asleep.get(code)
    if needs is None:
        return scene.say("ignored")
    seats = parameters_of(code, assessment.engine.options).get("min_headcount")
    return scene.say("asleep: needs {what}", what=Sentence(MISSING_INPUTS[needs], {"seats": seats}))


def _change(scene: Scene, before: int, now: int) -> Span:
    return Span(f"{before} {scene.signs.becomes} {now}", "better" if now < before else "worse")


def principle_page(
    scene: Scene, assessment: Assessment, code: str, width: int, *, as_files: bool = False
) -> Page:
    """The page of a rule in `width` cells: its findings, current parameters and documentation.

    Its examples are drawn, or shown `as_files`.
    """
    rule = catalogue()[code]
    severity = Sentence(assessment.policy.severity(code))
    title = sentence("{code} {name} ({severity})", code=code, name=rule.title, severity=severity)
    lines = [*text_lines(scene.say(rule.page.partition("\n")[0]), width)]
    if code not in assessment.policy.codes or code in assessment.asleep:
        lines += text_lines(inactive_reason(scene, assessment, code), width, "dim")
    found = (reported for reported in assessment.reported.values() if reported.finding.code == code)
    ordered = sorted(found, key=finding_order(scene.names))
    lines += section(scene.say("Findings"), finding_lines(scene, ordered))
    in_force = parameters_of(code, assessment.engine.options).items()
    told = [(name, [Entry(scene.say("{value}", value=value))]) for name, value in in_force]
    lines += section(scene.say("Parameters"), fact_lines(scene, told, width, INDENT))
    lines += _documentation(scene, rule, width, as_files=as_files)
    return Page(title, lines, has_examples=True)


def _documentation(scene: Scene, rule: CatalogueRule, width: int, *, as_files: bool) -> Iterator[Line]:
    """The documentation below its first sentence: paragraphs wrapped, examples drawn or as in a file."""
    _, *sections = sections_of(in_language_spoken(rule.page))
    for parts in sections:
        files = [part.text for part in parts if part.kind == "code"]
        for part in parts:
            if part.kind == "heading":
                yield from (Line(), Line((Span(part.text.lstrip("# "), "heading"),)))
            elif part.kind == "text":
                yield from text_lines(part.text, width)
            elif as_files:
                yield from (Line((Span(INDENT + line, "dim"),)) for line in part.text.splitlines())
        if files and not as_files:
            yield from drawn_lines(example_of(rule, *files), scene.signs, rule.severity, width)
